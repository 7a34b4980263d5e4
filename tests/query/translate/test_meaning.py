"""What translated queries find and do not find, product by product."""

import pytest

from vigie.model import Author, Media, Post
from vigie.query import evaluate, parse
from vigie.query.translate import Vendor, translate


def post(text: str, **told: object) -> Post:
    """A post; ``by``, ``followers``, ``country`` and ``verified`` are its author's."""
    author = Author(
        "id:1",
        str(told.pop("by", "")),
        followers=told.pop("followers", None),  # type: ignore[arg-type]
        verified=bool(told.pop("verified", False)),
        country=str(told.pop("country", "")),
    )
    return Post(str(told.pop("network", "bluesky")), "1", author, text, 0, **told)  # type: ignore[arg-type]


def found(vendor: Vendor, query: str, *posts: Post) -> list[bool]:
    translated = parse(translate(query, vendor).text)
    return [evaluate(translated, one) for one in posts]


CASES: list[tuple[Vendor, str, list[Post], list[Post]]] = [
    (
        "brandwatch",
        "apple NOT (juice OR “apple pie”)",
        [post("an apple a day"), post("Apple!")],
        [post("apple and juice"), post("apple pie"), post("pear")],
    ),
    (
        "brandwatch",
        "logitech NEAR/2f keyboard",
        [post("Logitech solar keyboard"), post("logitech keyboard")],
        [post("a keyboard by Logitech"), post("logitech makes one more good keyboard")],
    ),
    ("brandwatch", "{BT} OR telecom", [post("I left BT today"), post("Telecom")], [post("bt mistake")]),
    ("brandwatch", '"apple juice"~5', [post("juice from an apple")], [post("apple one two three four five six juice")]),
    (
        "brandwatch",
        "café AND country:fra AND authorFollowers:[100 TO *]",
        [post("café", country="fr", followers=100)],
        [post("café", country="be", followers=100), post("café", country="fr", followers=99), post("café")],
    ),
    (
        "brandwatch",
        "site:twitter.com AND espresso",
        [post("espresso", network="x")],
        [post("espresso", links=("https://twitter.com/a",))],
    ),
    (
        "brandwatch",
        "at_mentions:brulerie",
        [post("merci @brulerie"), post("merci", mentions=("brulerie",))],
        [post("brulerie")],
    ),
    (
        "brandwatch",
        "espresso NOT engagementType:RETWEET <<< sans les partages >>>",
        [post("espresso")],
        [post("espresso", repost_of="at://x/1")],
    ),
    ("brandwatch", "espresso NOT NEAR/1 martini", [post("un espresso")], [post("un espresso martini")]),
    (
        "talkwalker",
        "panne NEAR/s machine",
        [post("Machine en panne. Bonjour.")],
        [post("La machine marche. Une panne ailleurs.")],
    ),
    ("talkwalker", "panne ONEAR/2 machine", [post("panne de machine")], [post("machine en panne")]),
    ("talkwalker", "++Orange AND réseau", [post("Réseau Orange")], [post("réseau orange"), post("ORANGE réseau")]),
    (
        "talkwalker",
        "espresso AND NOT post_type:(image OR video)",
        [post("espresso")],
        [post("espresso", media=(Media("image"),)), post("espresso", media=(Media("video"),))],
    ),
    (
        "talkwalker",
        'BlackBerry site:"www.cnet.com" site:"bild.de"',
        [post("BlackBerry", links=("https://bild.de/a",)), post("BlackBerry", links=("https://cnet.com",))],
        [post("BlackBerry", links=("https://example.org",))],
    ),
    (
        "talkwalker",
        "espresso AND twitter_followers:>1000",
        [post("espresso", followers=1001)],
        [post("espresso", followers=1000)],
    ),
    (
        "meltwater",
        "apple and (watch or iwatch)^9 not “apple sauce”",
        [post("apple watch")],
        [post("apple"), post("apple sauce, and watch")],
    ),
    ("meltwater", "Apple NEAR watch", [post("apple a b c d watch")], [post("apple a b c d e watch")]),
    ("meltwater", "Apple ONEAR/1 watch", [post("apple big watch")], [post("watch apple")]),
    (
        "meltwater",
        "atleast/3(espresso)",
        [post("espresso, espresso, espresso")],
        [post("espresso, espresso")],
    ),
    (
        "meltwater",
        "atleast2(espresso OR ristretto)",
        [post("espresso ou ristretto"), post("espresso espresso")],
        [post("espresso")],
    ),
    ("meltwater", 'matchExact:"Orange" and réseau', [post("réseau Orange")], [post("réseau orange")]),
    ("meltwater", "a1 AND b1 OR c1 NOT d1", [post("a1 b1 d1"), post("c1")], [post("c1 d1"), post("a1")]),
    (
        "x",
        '("air france" OR #airfrance) -is:retweet lang:fr has:images',
        [post("Air France", langs=("fr",), media=(Media("image"),))],
        [
            post("Air France", langs=("fr",)),
            post("Air France", langs=("en",), media=(Media("image"),)),
            post("Air France", langs=("fr",), media=(Media("image"),), repost_of="x"),
        ],
    ),
    ("x", "corona covid OR flu", [post("corona covid"), post("flu")], [post("corona")]),
    ("x", '"the * time"', [post("the best time")], [post("the very best time")]),
    ("x", "why ?", [post("Why that?")], [post("why that")]),
    ("x", '"social media"~2', [post("media, social")], [post("social one two three media")]),
    ("x", "from:nasa include:nativeretweets", [post("hi", by="nasa")], [post("nasa", by="esa")]),
    ("x", "espresso followers_count:100..500", [post("espresso", followers=500)], [post("espresso", followers=501)]),
    ("x", "cat -(juice OR pie)", [post("cat")], [post("cat pie")]),
    (
        "x",
        'url:"https://www.brulerie.example/offres"',
        [post("", links=("https://brulerie.example/offres/1",))],
        [post("")],
    ),
]


@pytest.mark.parametrize(("vendor", "query", "matching", "others"), CASES, ids=[f"{c[0]}: {c[1]}" for c in CASES])
def test_it_finds_these_and_not_those(vendor: Vendor, query: str, matching: list[Post], others: list[Post]) -> None:
    assert found(vendor, query, *matching) == [True] * len(matching)
    assert found(vendor, query, *others) == [False] * len(others)

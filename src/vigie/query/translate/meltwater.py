"""Meltwater's queries."""

import re

from vigie.query.translate import meanings as m
from vigie.query.translate.dialect import Dialect, Meaning

_TYPES = {
    **{
        name: Meaning((f"network:{name}",))
        for name in ("facebook", "instagram", "youtube", "reddit", "tiktok", "pinterest")
    },
    **{name: Meaning(("network:x",)) for name in ("twitter", "x")},
    **{
        name: Meaning(("network:rss",), "different", "translate.became.press")
        for name in ("news", "blogs", "blog", "rss")
    },
}
_POST_TYPES = {
    "reply": Meaning(("is:reply",)),
    "repost": Meaning(("is:repost",)),
    "retweet": Meaning(("is:repost",)),
    "quote": Meaning(("is:quote",)),
}
_PLACES = ("city", "state", "region", "location", "geo", "subregion")
_PROFILE = ("bio", "gender", "occupation", "authorname", "language_of_author")
_JUDGED = ("sentiment", "tag", "keyphrase", "entity", "category", "editorial", "prominence")
_REACTIONS = ("reach", "engagement", "ave", "views", "likes", "shares", "comments", "impressions", "tier")

MELTWATER = Dialect(
    "meltwater",
    {
        "title": m.words("translate.became.title"),
        "ingress": m.words("translate.became.title"),
        "headline": m.words("translate.became.title"),
        "startword": m.words("translate.became.start"),
        "startswith": m.words("translate.became.start"),
        "body": m.plain_words,
        "author": m.account("author"),
        "from": m.account("author"),
        "to": m.account("to", "wider", "translate.became.to"),
        "site": m.published_on,
        "url": m.published_on,
        "source": m.published_on,
        "links": m.linked,
        "link": m.linked,
        "lang": m.language,
        "language": m.language,
        "country": m.author_country,
        "continent": m.author_continent,
        "hashtag": m.sign("#"),
        "hashtags": m.sign("#"),
        "mention": m.mentioned,
        "mentions": m.mentioned,
        "followers": m.number("followers"),
        "sourcetype": m.choice(_TYPES),
        "type": m.choice(_TYPES | _POST_TYPES),
        "date": m.DATES,
        **dict.fromkeys(_PLACES, m.PLACES),
        **dict.fromkeys(_PROFILE, m.PROFILE),
        **dict.fromkeys(_JUDGED, m.JUDGED),
        **dict.fromkeys(_REACTIONS, m.REACTIONS),
    },
    signs=(
        (re.compile(r"\bat ?least/?\d*\s*\(", re.IGNORECASE), 5),
        (re.compile(r"\b(?:startword|startswith|matchexact|ingress)\b\s*[:(]", re.IGNORECASE), 5),
        (re.compile(r"[\w\")]\^\d"), 4),
        (re.compile(r"\bO?NEAR\b(?!/)"), 2),
        (re.compile(r"\bONEAR/\d"), 1),
        (re.compile(r"[\w\")] (?:and|or|not) [\w\"(]"), 1),
    ),
    numeric=frozenset({"followers", *_REACTIONS}),
    any_case=True,
    near=4,
    mixing_unsure=False,
    side_by_side_unsure=True,
)

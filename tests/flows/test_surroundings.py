"""What a draft is held against beside the charter: what is planned, what our other accounts say, what goes wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from desk.made import incident, sent
from store.making import DAY, HOUR, NOON, act
from store.publishing import schedule, wanted
from vigie.charter import Vocabulary, parse
from vigie.checks import built_in
from vigie.flows.check_draft import RECENT, Around, check
from vigie.flows.surroundings import EVERYWHERE, MOST_PLANNED, NEARBY, Beside, elsewhere, own_posts, troubled
from vigie.judge.review import policy
from vigie.model import Author, Batch, Content, Outgoing, Piece, Post, Sighting
from vigie.query import PlainMatcher
from vigie.store import Store, open_store

CHARTER = """\
charter: 1
company: {name: Brûlerie du Port, languages: [fr, en], timezone: Europe/Paris}
channels:
  - {id: bsky, network: bluesky, account: brulerie.example, account_id: "did:plc:us", cadence: {at_most: 2/day}}
  - {id: shop, network: bluesky, account: boutique.example}
  - {id: masto, network: mastodon, account: brulerie@port.example}
"""
VOCABULARY = Vocabulary(frozenset({"bluesky", "mastodon"}), checks={one.id: one.options for one in built_in()})
WORDS = "Samedi, on torréfie devant vous : venez avec votre tasse et vos questions."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "vigie.db", role="web")
    yield store
    store.close()


@pytest.fixture(scope="module")
def charter():
    return parse(CHARTER, VOCABULARY)


def beside(at: int = NOON, draft: int = 0) -> Beside:
    return Beside(at, RECENT, draft)


def planned(store: Store, text: str = WORDS, at: int = NOON, **more: Any):
    (made,) = schedule(store, wanted(text, due=at, draft=9, **more))
    return made


def texts(posts: tuple[Post, ...]) -> list[str]:
    return [post.text for post in posts]


def said(store: Store, text: str, id: str, at: int, author: str = "did:plc:us") -> None:
    post = Post("bluesky", id, Author(author, "x.example"), text, at)
    store.archive.append("bluesky", Batch(posts=(post,)), [Sighting(post, (), "own")], at)


def test_what_was_said_and_what_is_planned_newest_first(store: Store, charter) -> None:
    said(store, "hier", "at://1", NOON - DAY)
    planned(store, "demain", NOON + DAY)
    planned(store, "tout à l'heure", NOON + HOUR, channel="masto", network="mastodon")
    thread = Outgoing((Piece("un"), Piece("deux")), "fr", answers=Post("bluesky", "at://q", Author("z"), "?", NOON))
    planned(store, at=NOON + 2 * HOUR, outgoing=thread)
    posts = own_posts(charter.channel("bsky"), store.archive, store.publications, beside())
    assert [(one.text, one.reply_to, one.author.handle) for one in posts] == [
        ("demain", "", "brulerie.example"),
        ("un\n\ndeux", "at://q", "brulerie.example"),
        ("hier", "", "x.example"),
    ]
    assert texts(own_posts(charter.channel("bsky"), store.archive, None, beside())) == ["hier"]


def test_a_published_post_counts_once_and_at_its_own_time(store: Store, charter) -> None:
    bsky = charter.channel("bsky")
    one = store.publications.claim(planned(store).id, 1, ["k"], NOON, act("publication.claimed"))
    assert one
    out = structs.replace(one, state="published", sent=sent("at://7"), published_at=NOON + 3)
    store.publications.settle(out, act("publication.published"))
    (seen,) = own_posts(bsky, store.archive, store.publications, beside())
    assert (seen.remote_id, seen.created_at) == ("at://7", NOON + 3)
    said(store, WORDS, "at://7", NOON + 3)
    assert len(own_posts(bsky, store.archive, store.publications, beside())) == 1


@pytest.mark.parametrize("state", ["dropped", "failed", "missed"])
def test_what_does_not_go_out_does_not_count(store: Store, charter, state: str) -> None:
    store.publications.settle(structs.replace(planned(store), state=state))
    assert own_posts(charter.channel("bsky"), store.archive, store.publications, beside()) == ()


def test_nor_what_is_being_taken_back(store: Store, charter) -> None:
    one = planned(store)
    store.publications.settle(structs.replace(one, state="published", recall="asked", published_at=NOON))
    assert own_posts(charter.channel("bsky"), store.archive, store.publications, beside()) == ()


def test_a_draft_is_not_held_against_itself_nor_against_what_is_far(store: Store, charter) -> None:
    planned(store)
    planned(store, "dans deux mois", NOON + 2 * NEARBY)
    bsky = charter.channel("bsky")
    assert texts(own_posts(bsky, store.archive, store.publications, beside())) == [WORDS]
    assert own_posts(bsky, store.archive, store.publications, beside(draft=9)) == ()
    assert texts(own_posts(bsky, store.archive, store.publications, beside(NOON + 2 * NEARBY))) == ["dans deux mois"]


def test_a_full_queue_is_read_around_the_moment(store: Store, charter) -> None:
    schedule(store, *(wanted(f"{n}", due=NOON + n * HOUR) for n in range(MOST_PLANNED + 40)))
    posts = own_posts(charter.channel("bsky"), store.archive, store.publications, beside(NOON + 50 * HOUR))
    assert len(posts) == MOST_PLANNED
    assert {"20", "50", "79"} <= set(texts(posts)) and "0" not in texts(posts)  # noqa: PT018


def test_our_other_accounts_of_the_same_network(store: Store, charter) -> None:
    said(store, "à la boutique", "at://2", NOON - HOUR, "boutique.example")
    planned(store, "bientôt à la boutique", NOON + HOUR, channel="shop")
    planned(store, "ici", NOON)
    planned(store, "ailleurs", NOON, channel="masto", network="mastodon")
    found = elsewhere(charter.channel("bsky"), charter, store.archive, store.publications, beside())
    assert texts(found) == ["bientôt à la boutique", "à la boutique"]


def test_where_something_goes_wrong(store: Store) -> None:
    for n, (channels, state) in enumerate(
        [(("bsky",), "open"), (("masto", "bsky"), "contained"), (("shop",), "resolved"), ((), "acknowledged")]
    ):
        made, _ = store.incidents.open(
            incident(id=0, revision=0, key=str(n), channels=channels), (), (), act("incident.opened")
        )
        if state != "open":
            store.incidents.change(structs.replace(made, state=state), (), act("incident.changed"))
    assert set(troubled(store.incidents)) == {"bsky", "masto", EVERYWHERE}


def found(store: Store, charter, content: Content, now: int = NOON, draft: int = 0) -> set[str]:
    around = Around(
        archive=store.archive,
        detect=lambda _: "fr",
        now=now,
        author="yanis",
        publications=store.publications,
        incidents=store.incidents,
        draft=draft,
    )
    return {one.finding.code for one in check(content, policy(charter, PlainMatcher), around).remarks}


def test_the_checks_see_what_is_planned(store: Store, charter) -> None:
    planned(store, at=NOON + 3 * DAY)
    again = Content(WORDS, ("bsky",), language="fr")
    assert "checks.repeat.own" in found(store, charter, again)
    assert "checks.repeat.own" not in found(store, charter, again, draft=9)
    assert "checks.repeat.other" in found(store, charter, Content(WORDS, ("shop",), language="fr"))
    assert "checks.repeat.other" not in found(store, charter, Content(WORDS, ("masto",), language="fr"))


def test_the_day_that_counts_is_the_planned_one(store: Store, charter) -> None:
    for hour in (0, 2):
        planned(store, f"Le moulin numéro {hour} est réparé.", NOON + DAY + hour * HOUR)
    tomorrow = Content("Une tasse neuve est arrivée.", ("bsky",), language="fr", when=NOON + DAY + HOUR)
    assert "checks.timing.too_many_day" in found(store, charter, tomorrow)
    assert "checks.timing.too_many_day" not in found(store, charter, structs.replace(tomorrow, when=NOON))


def test_an_open_incident_stops_what_is_not_about_it(store: Store, charter) -> None:
    content = Content("Une tasse neuve est arrivée.", ("bsky",), language="fr")
    assert "checks.timing.incident_here" not in found(store, charter, content)
    made = incident(id=0, revision=0, channels=("bsky",))
    store.incidents.open(made, (), (), act("incident.opened"))
    assert "checks.timing.incident_here" in found(store, charter, content)
    assert "checks.timing.incident_here" not in found(store, charter, structs.replace(content, channels=("masto",)))


def test_the_statement_of_an_incident_may_go_out(store: Store, charter) -> None:
    made = incident(id=0, revision=0, channels=("bsky",), statement=9)
    store.incidents.open(made, (), (), act("incident.opened"))
    content = Content("Le dernier message n'est pas de nous.", ("bsky",), language="fr")
    assert "checks.timing.incident_here" in found(store, charter, content)
    assert "checks.timing.incident_here" not in found(store, charter, content, draft=9)

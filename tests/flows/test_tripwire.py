"""A post of ours that draws more than the channel's posts usually do sets off the charter's tripwires, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.tower import ACCOUNTS, HOUR, MINUTE, NOW, House, batch, charter, own, somebody
from vigie.charter import Charter
from vigie.flows.tripwire import PATIENCE, Tripwires
from vigie.model import Author, Incident, Millis, Post, Sighting
from vigie.signals.reactions import REMEMBERED

RATIO = {"id": "ratio", "on": "reply-ratio", "at_least": 3, "of": 8}
SPEED = {"id": "speed", "on": "reactions", "at_least": 3, "of": 8}
WORDS = {"id": "words", "on": "crisis-words", "query": "storm", "at_least": 4, "of": 4, "then": "alert"}
QUOTES = {"id": "quotes", "on": "quotes", "at_least": 2, "of": 2, "followers": 10_000}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.store.close()


def wires(house: House, written: Charter) -> Tripwires:
    made = Tripwires(house.tower)
    made.follow(written, ACCOUNTS)
    return made


def kept(house: House, watch: Tripwires, *sightings: Sighting, now: Millis = NOW + HOUR) -> list[Incident]:
    """Posts stored, then counted, as `listen` does."""
    posts = tuple(sighting.post for sighting in sightings)
    house.store.archive.append("jetstream", batch(*posts), sightings, now)
    return watch.look(sightings, now)


def reply(number: int, to: Post, at: Millis, *queries: str, **more: object) -> Sighting:
    """Somebody's answer to a post of ours."""
    author = more.pop("author", somebody(number))
    id = f"at://did:plc:p{number}/app.bsky.feed.post/{to.remote_id[-3:]}{at}"
    post = Post("bluesky", id, author, "Quoi ?", at, **{"reply_to": to.remote_id, "thread": to.remote_id} | more)  # type: ignore[arg-type]
    return Sighting(post, queries, "match" if queries else "thread")


def quote(number: int, of: Post, at: Millis, followers: int | None = None) -> Sighting:
    """Somebody's quote of a post of ours."""
    return reply(number, of, at, reply_to="", thread="", quote_of=of.remote_id, author=somebody(number, followers))


def test_many_more_replies_than_usual_suspend_the_channel_once(house: House) -> None:
    watch = wires(house, charter(RATIO))
    calm = [own(f"Jour {day}", at=NOW - (20 - day) * 24 * HOUR) for day in range(10)]
    for post in calm:
        answers = [reply(n, post, post.created_at + n * HOUR) for n in range(3)]
        assert kept(house, watch, Sighting(post, (), "own"), *answers) == []
    loud = own("Promotion", at=NOW)
    assert kept(house, watch, Sighting(loud, (), "own")) == []
    found: list[Incident] = []
    for n in range(20):
        found += kept(house, watch, reply(n, loud, NOW + n * MINUTE), now=NOW + n * MINUTE)
    (incident,) = found
    assert (incident.origin, incident.reason, incident.remote_id) == ("tripwire", "reply-ratio", loud.remote_id)
    assert incident.values["replies"] == 9  # three times the three that nine in ten of its posts stayed below
    assert incident.values["usual"] == 3
    (pause,) = house.store.publications.pauses()
    assert pause.channels == ("bluesky",)
    assert {one.kind for one in house.store.incidents.evidence(incident.id)} == {"post", "reactions"}


def test_several_tripwires_about_one_post_are_one_incident(house: House) -> None:
    watch = wires(house, charter(WORDS, RATIO, SPEED))
    loud = own(at=NOW)
    kept(house, watch, Sighting(loud, (), "own"))
    found = kept(house, watch, *[reply(n, loud, NOW + n * 1_000, "storm") for n in range(9)])
    assert len({one.id for one in found}) == 1
    lines = house.store.incidents.timeline(found[0].id)
    assert {line.values.get("tripwire") for line in lines if "tripwire" in line.values} == {"words", "ratio", "speed"}


def test_words_of_the_crisis_query_are_counted(house: House) -> None:
    watch = wires(house, charter(WORDS))
    post = own(at=NOW)
    kept(house, watch, Sighting(post, (), "own"))
    assert kept(house, watch, *[reply(n, post, NOW + n, "brand") for n in range(9)]) == []
    (incident,) = kept(house, watch, *[reply(n, post, NOW + 100 + n, "storm") for n in range(20, 24)])
    assert (incident.reason, incident.values["query"], incident.pause) == ("crisis-words", "storm", 0)


def test_large_accounts_count_even_when_their_size_is_learned_later(house: House) -> None:
    watch = wires(house, charter(QUOTES))
    post = own(at=NOW)
    kept(house, watch, Sighting(post, (), "own"))
    assert (
        kept(house, watch, quote(1, post, NOW + 1, 50_000), quote(2, post, NOW + 2), quote(3, post, NOW + 3, 9)) == []
    )
    assert watch.look_again(NOW + HOUR) == []
    house.store.archive.set_authors("bluesky", [Author("did:plc:p2", "grand.example", followers=20_000)])
    (incident,) = watch.look_again(NOW + 2 * HOUR)
    assert incident.reason == "quotes"


def test_one_account_that_quotes_often_is_one_account(house: House) -> None:
    watch = wires(house, charter(QUOTES))
    post = own(at=NOW)
    kept(house, watch, Sighting(post, (), "own"))
    assert kept(house, watch, *[quote(1, post, NOW + n, 50_000) for n in range(1, 5)]) == []


def test_a_post_that_is_loved_may_draw_many_replies(house: House) -> None:
    watch = Tripwires(house.tower)
    watch.follow(charter(RATIO), ACCOUNTS, ("bluesky",))
    post = own(at=NOW)
    kept(house, watch, Sighting(post, (), "own"))
    assert kept(house, watch, *[reply(n, post, NOW + n) for n in range(9)], now=NOW + MINUTE) == []
    assert watch.wanting() == {"bluesky": [post.remote_id]}
    assert watch.liked({post.remote_id: 400}, NOW + MINUTE + 1) == []
    assert watch.wanting() == {}
    assert kept(house, watch, *[reply(n, post, NOW + n) for n in range(9, 12)], now=NOW + 3 * MINUTE) == []
    (incident,) = watch.liked({post.remote_id: 5}, NOW + 3 * MINUTE + 1)
    assert (incident.values["likes"], incident.values["replies"]) == (5, 12)


def test_a_network_that_does_not_answer_is_not_waited_for_long(house: House) -> None:
    watch = Tripwires(house.tower)
    watch.follow(charter(RATIO), ACCOUNTS, ("bluesky",))
    post = own(at=NOW)
    kept(house, watch, Sighting(post, (), "own"))
    kept(house, watch, *[reply(n, post, NOW + n) for n in range(9)], now=NOW + MINUTE)
    assert watch.look_again(NOW + MINUTE + PATIENCE) == []
    (incident,) = watch.look_again(NOW + MINUTE + PATIENCE + 1)
    assert "likes" not in incident.values
    assert watch.wanting() == {}


def test_an_archive_read_at_once_teaches_what_is_usual_and_calls_nobody(house: House) -> None:
    watch = wires(house, charter(RATIO))
    old = own("Il y a un mois", at=NOW - 30 * 24 * HOUR)
    assert kept(house, watch, Sighting(old, (), "own"), *[reply(n, old, old.created_at + n) for n in range(50)]) == []


def test_counting_goes_on_after_a_restart(house: House) -> None:
    written = charter(RATIO)
    first = wires(house, written)
    post = own(at=NOW)
    kept(house, first, Sighting(post, (), "own"), *[reply(n, post, NOW + n) for n in range(5)])
    first.save()
    second = wires(house, written)
    (incident,) = kept(house, second, *[reply(n, post, NOW + n) for n in range(5, 9)])
    assert incident.values["replies"] == 9
    second.save()
    assert kept(house, wires(house, written), *[reply(n, post, NOW + n) for n in range(9, 30)]) == []


def test_what_is_remembered_holds_nobodys_name_and_does_not_grow(house: House) -> None:
    watch = wires(house, charter(RATIO))
    for day in range(REMEMBERED + 30):
        post = own(at=NOW + day * 25 * HOUR)
        kept(house, watch, Sighting(post, (), "own"), *[quote(n, post, post.created_at + n, 5) for n in range(3)])
    watch.save()
    stored = house.store.signals.load("channel:bluesky") or b""
    assert b"did:plc:p" not in stored
    assert len(stored) < 10_000

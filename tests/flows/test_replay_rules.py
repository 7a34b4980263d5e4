"""The charter replayed over our own posts, from a real archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vigie.charter import Charter, Vocabulary, parse
from vigie.checks import built_in
from vigie.flows import replay_rules
from vigie.flows.ports.archive import Archive
from vigie.flows.replay_rules import YEAR, Replayed, replay
from vigie.judge.review import Policy, policy
from vigie.model import Author, Batch, Deleted, Media, Millis, Post, Sighting
from vigie.query import PlainMatcher
from vigie.store import open_store

NOW: Millis = 1_794_501_720_000
HOUR = 3_600_000
NOUS = Author("did:plc:nous", "brulerie.example")
CHARTER = """\
charter: 1
company: {name: Port, languages: [fr], timezone: Europe/Paris}
channels: [{id: bsky, network: bluesky, account: brulerie.example, account_id: "did:plc:nous"}]
rules:
  - {id: garantie, match: '"garanti* à vie"', severity: block, why: on tient parole, bad: [garanti à vie], good: [ok]}
  - {id: essai, match: '"garanti* à vie"', severity: block, status: trial, why: x, bad: [garanti à vie], good: [ok]}
  - id: reponse
    when: draft.is_reply && draft.length < 10
    why: un mot ne suffit pas
    bad: [{text: Merci, answers: Bonjour}]
    good: [Merci]
  - id: encore
    when: recent.size() > 2
    why: on parle trop
    bad: [{text: a, recent: [b, c, d]}]
    good: [a]
"""


@pytest.fixture(scope="module")
def charter() -> Charter:
    return parse(CHARTER, Vocabulary(frozenset({"bluesky"}), checks={check.id: check.options for check in built_in()}))


@pytest.fixture(scope="module")
def held(charter: Charter) -> Policy:
    return policy(charter, PlainMatcher)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    store = open_store(tmp_path / "vigie.db", role="test")
    yield store.archive
    store.close()


def publish(archive: Archive, *texts: str, at: Millis = NOW, kept: str = "own", **more: object) -> list[Post]:
    """Posts of ours, an hour apart, the last one at ``at``."""
    posts = []
    for number, text in enumerate(reversed(texts)):
        given = {"author": NOUS, "langs": ("fr",)} | more
        posts.append(Post("bluesky", f"at://{at}/{number}", text=text, created_at=at - number * HOUR, **given))
    sightings = [Sighting(post, (), kept) for post in posts]
    archive.append("bluesky", Batch(posts=tuple(posts), cursor=str(at)), sightings, at)
    return posts


def whole(archive: Archive, held: Policy) -> Replayed:
    *_, last = replay(archive, held, lambda _: "fr", NOW - YEAR)
    return last


def test_what_would_have_been_stopped_is_counted_and_kept_to_be_seen(archive: Archive, held: Policy) -> None:
    publish(archive, "Un moulin garanti à vie.", "Le café est arrivé.")
    found = whole(archive, held)
    assert (found.read, found.stopped, found.whole) == (2, 1, True)
    garantie = found.rules["garantie"]
    assert (garantie.stopped, garantie.told) == (1, 0)
    assert [one.post.text for one in garantie.examples] == ["Un moulin garanti à vie."]
    assert garantie.examples[0].finding.spans


def test_a_rule_on_trial_stops_nothing(archive: Archive, held: Policy) -> None:
    publish(archive, "Un moulin garanti à vie.")
    assert (whole(archive, held).rules["essai"].stopped, whole(archive, held).rules["essai"].told) == (0, 1)


def test_others_and_what_was_taken_back_and_older_years_are_not_ours_to_judge(archive: Archive, held: Policy) -> None:
    publish(archive, "garanti à vie", kept="match", author=Author("did:plc:lou"))
    gone = publish(archive, "Il était garanti à vie.", at=NOW - 5 * HOUR)
    archive.append("bluesky", Batch(deleted=(Deleted("bluesky", gone[0].remote_id, NOW),), cursor="x"), [], NOW)
    publish(archive, "garanti à vie, l'an dernier", at=NOW - YEAR - HOUR)
    publish(archive, "garanti à vie, chez un autre", at=NOW - 9 * HOUR, repost_of="at://autre/1")
    found = whole(archive, held)
    assert (found.read, found.stopped, found.whole, found.oldest) == (0, 0, True, None)


def test_a_reply_is_one_even_when_what_it_answers_is_not_kept(archive: Archive, held: Policy) -> None:
    publish(archive, "Merci", reply_to="at://inconnu/1")
    publish(archive, "Bien", at=NOW - 2 * HOUR)
    assert whole(archive, held).rules["reponse"].told == 1


def test_each_post_is_held_against_those_before_it(archive: Archive, held: Policy) -> None:
    texts = [
        f"Le lot numéro {n} vient de {place}." for n, place in enumerate(["Kivu", "Huila", "Sidamo", "Harrar", "Yirga"])
    ]
    publish(archive, *texts)
    found = whole(archive, held)
    assert [one.post.text for one in found.rules["encore"].examples] == [texts[4], texts[3]]


def test_what_nobody_knows_of_a_published_post_is_not_held_against_it(archive: Archive, held: Policy) -> None:
    publish(archive, "Le café est arrivé.", media=(Media("image", "https://x.example/1.jpg", alt="Un sac de café"),))
    assert "no-objective" not in whole(archive, held).rules


def test_it_tells_as_it_goes_and_keeps_few_examples(archive: Archive, held: Policy) -> None:
    publish(archive, *(f"Moulin {n}, garanti à vie" for n in range(45)))
    told = list(replay(archive, held, lambda _: "fr", NOW - YEAR))
    assert [one.read for one in told] == [20, 40, 45, 45]
    assert [one.whole for one in told] == [False, False, False, True]
    assert told[-1].rules["garantie"].stopped == 45
    assert len(told[-1].rules["garantie"].examples) == replay_rules.EXAMPLES
    assert told[-1].oldest == NOW - 44 * HOUR

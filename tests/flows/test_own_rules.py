"""What stands on our accounts is held against the rules of today, each version once, whoever wrote it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from flows.tower import HOUR, MINUTE, NOW, House, batch, charter, own
from vigie.flows.own_rules import CAUGHT_UP, Bench, OwnRules
from vigie.judge.review import policy
from vigie.model import Post, Sighting
from vigie.query import PlainMatcher


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.store.close()


def bench(house: House) -> Bench:
    return Bench(policy(charter(), PlainMatcher), lambda _: "fr", house.store.drafts)


def begun(house: House, at: int = NOW) -> OwnRules:
    rules = OwnRules(house.tower)
    rules.begin(at)
    return rules


def checked(house: House, rules: OwnRules, now: int) -> list[str]:
    """The texts that were checked, an exclamation mark behind those that opened an incident."""
    found = []
    while post := rules.next(now):
        incident = rules.check(post, charter().channels[0], bench(house), now)
        found.append(post.text + "!" * (incident is not None))
    return found


def stored(house: House, *posts: Post) -> tuple[Post, ...]:
    house.store.archive.append("jetstream", batch(*posts), [Sighting(post, (), "own") for post in posts], NOW)
    return posts


def test_a_post_that_breaks_a_rule_opens_an_incident(house: House) -> None:
    rules = begun(house)
    rules.add(stored(house, own("un secret"), own("un café")))
    assert checked(house, rules, NOW + MINUTE) == ["un secret!", "un café"]
    (incident,) = house.store.incidents.of_states(("open",))
    assert (incident.origin, incident.reason) == ("tripwire", "own-post-breaks-rule")
    assert (incident.values["rule"], incident.values["channel"]) == ("secret", "bluesky")
    assert house.store.publications.pauses() == []
    assert "un secret" in house.store.incidents.evidence(incident.id)[0].content


def test_each_version_is_checked_once_also_after_a_restart(house: House) -> None:
    rules = begun(house)
    (post,) = stored(house, own("un secret"))
    rules.add([post, post])
    assert checked(house, rules, NOW + MINUTE) == ["un secret!"]
    (incident,) = house.store.incidents.of_states(("open",))
    assert checked(house, begun(house, NOW + HOUR), NOW + HOUR) == []  # found in the archive, and known
    again = begun(house, NOW + HOUR)
    again.add([structs.replace(post, text="un autre secret", edited_at=NOW + HOUR)])
    assert checked(house, again, NOW + HOUR) == ["un autre secret!"]
    assert [one.id for one in house.store.incidents.of_states(("open",))] == [incident.id]


def test_what_was_stored_but_not_checked_before_a_crash_is_checked_after_it(house: House) -> None:
    begun(house)
    stored(house, own("un secret"))
    assert checked(house, begun(house, NOW + HOUR), NOW + HOUR) == ["un secret!"]


def test_an_archive_is_left_alone(house: House) -> None:
    rules = begun(house)
    rules.add([own("un vieux secret", at=NOW - HOUR)])
    assert checked(house, rules, NOW) == []
    rules.add([own("un secret", at=NOW + HOUR)])
    assert checked(house, rules, NOW + HOUR + CAUGHT_UP + 1) == []

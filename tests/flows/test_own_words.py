"""Whatever stands on our accounts and Vigie did not put there is told once, and what Vigie did is never told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from flows.tower import DID, HAND, HOUR, MINUTE, NOW, OURS, House, batch, charter, own, uri
from vigie.flows.drafts import Doing
from vigie.flows.own_words import PATIENCE
from vigie.flows.pausing import propose
from vigie.model import Author, AuthorChanged, AuthorGone, Deleted, Incident


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.store.close()


def incidents(house: House) -> list[Incident]:
    return house.store.incidents.of_states(("open", "acknowledged", "contained", "resolved", "learned"))


def test_a_post_of_an_unknown_hand_opens_an_incident_suspends_the_channel_and_calls(house: House) -> None:
    words = house.words(charter(HAND))
    post = own("Achetez mes jetons")
    assert house.arrive(words, batch(post)) == ["unknown-post"]
    (incident,) = incidents(house)
    assert (incident.origin, incident.channels, incident.remote_id) == ("unknown-hand", ("bluesky",), post.remote_id)
    assert incident.contain_within == 10 * MINUTE
    (pause,) = house.store.publications.pauses()
    assert (pause.by, pause.channels, pause.incident) == ("vigie", ("bluesky",), incident.id)
    assert incident.pause == pause.id
    ((notice, delivery),) = house.store.notices.for_person("maelle")
    assert (notice.urgency, notice.incident, delivery.person) == ("now", incident.id, "maelle")
    (evidence,) = house.store.incidents.evidence(incident.id)
    assert "Achetez mes jetons" in evidence.content
    assert [line.kind for line in house.store.incidents.timeline(incident.id)] == ["line.opened", "line.paused"]


def test_what_vigie_sent_is_no_strangers(house: House) -> None:
    words = house.words(charter(HAND))
    house.publish(key="3mine")
    assert house.arrive(words, batch(own(key="3mine"))) == []


def test_a_claimed_key_is_known_before_the_network_has_answered(house: House) -> None:
    words = house.words(charter(HAND))
    house.publish(key="3early", confirmed=False)
    assert house.arrive(words, batch(own(key="3early"))) == []
    assert house.arrive(words, batch(own(key="3other"))) == ["unknown-post"]


def test_a_key_claimed_for_another_account_is_a_strangers_here(house: House) -> None:
    written = charter(HAND)
    channels = (*written.channels, structs.replace(written.channels[0], id="second"))
    words = house.words(structs.replace(written, channels=channels))
    words.follow(structs.replace(written, channels=channels), {("bluesky", DID): "second"}, (), NOW)
    house.publish(key="3mine")
    assert house.arrive(words, batch(own(key="3mine"))) == ["unknown-post"]


def test_nothing_is_told_twice_by_replays_or_restarts(house: House) -> None:
    written = charter(HAND)
    post = own()
    house.arrive(house.words(written), batch(post))
    for _ in range(2):
        assert house.arrive(house.words(written, at=NOW + HOUR), batch(post), NOW + HOUR) == []
    (incident,) = incidents(house)
    assert len(house.store.incidents.timeline(incident.id)) == 2


def test_a_crash_between_alarm_and_storing_tells_once_more_and_opens_nothing_twice(house: House) -> None:
    post = own()
    assert len(house.words(charter(HAND)).look(batch(post), NOW + MINUTE)) == 1  # and the batch is not stored
    house.arrive(house.words(charter(HAND)), batch(post))
    (incident,) = incidents(house)
    assert len(house.store.publications.pauses()) == 1
    assert len(house.store.incidents.evidence(incident.id)) == 1
    assert len(house.store.notices.of_incident(incident.id)) == 1


def test_what_was_there_before_we_looked_is_no_alarm(house: House) -> None:
    words = house.words(charter(HAND))
    old = own(at=NOW - HOUR)
    assert house.arrive(words, batch(old)) == []
    assert house.arrive(words, batch(deleted=(Deleted("bluesky", uri("3older"), NOW - HOUR),))) == []


def test_a_post_that_bears_an_old_date_but_comes_as_it_happens_is_new(house: House) -> None:
    words = house.words(charter(HAND))
    later = NOW + 2 * HOUR
    forged = batch(own(at=NOW - 90 * 24 * HOUR), latest=later)
    assert house.arrive(words, forged, later) == ["unknown-post"]
    archive = batch(own(at=NOW - 90 * 24 * HOUR))  # an old line read again: nothing of it happens now
    assert house.arrive(words, archive, later) == []


def test_an_edit_and_a_deletion_that_nobody_here_made(house: House) -> None:
    words = house.words(charter())
    words.follow(charter(HAND), words.accounts, (), NOW)
    house.publish(key="3mine")
    house.arrive(words, batch(own(key="3mine")))
    edit = own("Bonsoir", "3mine", edited_at=NOW + 2 * MINUTE)
    assert house.arrive(words, batch(edit)) == ["unknown-edit"]
    assert house.arrive(words, batch(deleted=(Deleted("bluesky", uri("3mine"), NOW + 3 * MINUTE),))) == [
        "unknown-edit"  # it goes into the incident that is open about the same post
    ]
    (incident,) = incidents(house)
    reasons = [line.values.get("reason") for line in house.store.incidents.timeline(incident.id)]
    assert reasons == ["unknown-edit", None, "unknown-deletion"]
    publication = house.store.publications.by_remote("bluesky", uri("3mine"))
    assert publication is not None
    assert publication.sent[0].gone_at == NOW + 3 * MINUTE


def test_a_deletion_that_vigie_made_is_known(house: House) -> None:
    words = house.words(charter(HAND))
    published = house.publish(key="3mine")
    house.arrive(words, batch(own(key="3mine")))
    house.store.publications.settle(structs.replace(published, recall="recalling"))
    assert house.arrive(words, batch(deleted=(Deleted("bluesky", uri("3mine"), NOW + 2 * MINUTE),))) == []


def test_strangers_deletions_are_not_even_looked_up(house: House) -> None:
    words = house.words(charter(HAND))
    gone = Deleted("bluesky", "at://did:plc:somebody/app.bsky.feed.post/3x", NOW + MINUTE)
    assert house.arrive(words, batch(deleted=(gone,))) == []


def test_fifty_posts_of_one_hand_are_one_incident_until_it_is_contained(house: House) -> None:
    words = house.words(charter(HAND))
    for number in range(5):
        house.arrive(words, batch(own(at=NOW + number * MINUTE)))
    (incident,) = incidents(house)
    assert len(house.store.notices.of_incident(incident.id)) == 1
    assert len(house.store.incidents.evidence(incident.id)) == 5


def test_a_new_name_and_a_new_picture(house: House) -> None:
    words = house.words(charter(HAND))
    seen = structs.replace(OURS, name="Maison", avatar="https://a.example/1.png")
    assert words.meet("bluesky", seen, NOW + MINUTE) == []  # the first look teaches what is usual
    assert words.meet("bluesky", seen, NOW + 2 * MINUTE) == []
    changed = structs.replace(seen, avatar="https://a.example/2.png")
    assert [one.reason for one in words.meet("bluesky", changed, NOW + 3 * MINUTE)] == ["profile-changed"]
    renamed = AuthorChanged("bluesky", Author(DID, "pirate.example"), NOW + 4 * MINUTE)
    (incident,) = words.look(batch(authors=(renamed,)), NOW + 4 * MINUTE)
    line = next(one for one in house.store.incidents.timeline(incident.id) if "was" in one.values)
    assert line.values == {
        "reason": "handle-changed", "channel": "bluesky", "part": "handle", "was": "maison.example",
        "now": "pirate.example",
    }  # fmt: skip
    assert words.look(batch(authors=(renamed,)), NOW + 5 * MINUTE) == []
    assert house.words(charter(HAND)).look(batch(authors=(renamed,)), NOW + 6 * MINUTE) == []


def test_a_handle_that_the_charter_writes_in_another_way_is_no_change(house: House) -> None:
    words = house.words(charter(HAND))
    shown = structs.replace(OURS, handle="maison.example.social")
    assert words.meet("bluesky", shown, NOW + MINUTE) == []
    assert [one.reason for one in words.meet("bluesky", OURS, NOW + 2 * MINUTE)] == ["handle-changed"]


def test_an_account_that_is_gone(house: House) -> None:
    words = house.words(charter(HAND))
    gone = AuthorGone("bluesky", DID, NOW + MINUTE)
    assert [one.reason for one in words.look(batch(authors=(gone,)), NOW + MINUTE)] == ["account-gone"]


def test_a_channel_that_vigie_does_not_write_to_is_left_alone_unless_the_charter_says_so(house: House) -> None:
    assert house.arrive(house.words(charter()), batch(own())) == []
    assert house.arrive(house.words(charter(), "bluesky"), batch(own())) == ["unknown-post"]
    assert house.store.publications.pauses() == []  # no tripwire: it is told, and nothing is suspended


def test_a_tripwire_may_only_call(house: House) -> None:
    words = house.words(charter({**HAND, "then": "alert"}))
    assert house.arrive(words, batch(own())) == ["unknown-post"]
    assert house.store.publications.pauses() == []


def test_where_the_network_names_posts_one_waits_for_what_is_on_its_way(house: House) -> None:
    words = house.words(charter(HAND))
    flying = house.publish(key="3mine", confirmed=False)
    post = structs.replace(own(), remote_id="https://masto.example/users/maison/statuses/1")
    assert house.arrive(words, batch(post)) == []
    assert words.look_again(NOW + MINUTE + 1) == []
    sent = (structs.replace(flying.sent[0], remote_id=post.remote_id),)
    house.store.publications.settle(structs.replace(flying, state="published", sent=sent))
    assert words.look_again(NOW + MINUTE + 2) == []
    assert incidents(house) == []


def test_what_was_waited_for_and_is_not_ours_is_told_also_after_a_restart(house: House) -> None:
    words = house.words(charter(HAND))
    flying = house.publish(key="3mine", confirmed=False)
    post = structs.replace(own(), remote_id="https://masto.example/users/maison/statuses/2")
    assert house.arrive(words, batch(post)) == []
    again = house.words(charter(HAND))
    sent = (structs.replace(flying.sent[0], remote_id="https://masto.example/users/maison/statuses/1"),)
    house.store.publications.settle(structs.replace(flying, state="published", sent=sent))
    assert [one.reason for one in again.look_again(NOW + MINUTE + 1)] == ["unknown-post"]
    assert again.look_again(NOW + MINUTE + PATIENCE) == []


def test_a_suspension_that_was_lifted_comes_back_with_the_next_strange_post(house: House) -> None:
    words = house.words(charter(HAND))
    house.arrive(words, batch(own()))
    publications = house.store.publications
    (pause,) = publications.pauses()
    propose(publications, charter(HAND), pause.id, (), Doing("maelle", NOW + 2 * MINUTE))
    assert publications.pauses() == []
    house.arrive(words, batch(own(at=NOW + 3 * MINUTE)), NOW + 3 * MINUTE)
    (again,) = publications.pauses()
    assert incidents(house)[0].pause == again.id

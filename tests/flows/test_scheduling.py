"""From an approved draft to the queue, and what is done with what waits there: on a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from flows.publishing import NOW, PublishingHouse, house_policy
from vigie.desk.moves import MoveError
from vigie.desk.when import wall_of
from vigie.flows import scheduling
from vigie.flows.drafts import StateError, StoppedError
from vigie.flows.ports.drafts import OutdatedError
from vigie.flows.ports.publications import MovedError
from vigie.flows.scheduling import Plan, ScheduleError, timed
from vigie.model import Act, Attachment, Author, Post
from vigie.store import open_store

DAY = 86_400_000


@pytest.fixture(scope="module")
def by():
    return house_policy()


@pytest.fixture
def house(tmp_path: Path, by) -> Iterator[PublishingHouse]:
    store = open_store(tmp_path / "vigie.db", role="web")
    yield PublishingHouse(store, by)
    store.close()


def why_not(house: PublishingHouse, saved, wall: str = "") -> str:
    with pytest.raises(ScheduleError) as error:
        house.schedule(saved, wall)
    assert house.store.publications.of_draft(saved.id) == []
    return error.value.code


def test_each_channel_gets_its_own(house):
    saved = house.approved("Bonjour du port.", channels=("bsky", "free"), variants={"free": "Bonjour de l'essai."})
    made = house.schedule(saved, "2026-11-20T09:30")
    assert [(one.channel, one.outgoing.pieces[0].text) for one in made] == [
        ("bsky", "Bonjour du port."),
        ("free", "Bonjour de l'essai."),
    ]
    assert {(one.wall, one.zone, one.due - NOW > 7 * DAY) for one in made} == {
        ("2026-11-20T09:30", "Europe/Paris", True)
    }
    assert house.store.drafts.get(saved.id).state == "scheduled"
    with pytest.raises((StateError, OutdatedError)):
        house.schedule(saved, "2026-11-20T09:30")
    with pytest.raises(StateError):
        house.schedule(house.store.drafts.get(saved.id), "2026-11-20T09:30")
    assert len(house.store.publications.of_draft(saved.id)) == 2


def test_a_thread_is_cut_at_its_dashes_and_bears_pictures_first(house):
    picture = Attachment(id="a" * 64, type="image/png", alt="Le tambour")
    saved = house.begin("Un.\n\n---\n\nDeux.\n---\n", channels=("free",), media=(picture,))
    (draft,) = house.checked(saved).drafts
    sent = scheduling.outgoing(structs.replace(draft, media=(picture,)))
    assert [(one.text, len(one.media)) for one in sent.pieces] == [("Un.", 1), ("Deux.", 0)]


def test_what_is_not_approved_does_not_go_out(house):
    begun = house.begin("Bonjour du port.")
    assert why_not(house, begun) == "not-approved"
    assert why_not(house, house.ask(begun)) == "not-approved"
    done = house.approved("Bonsoir du port.")
    house.now += 3 * DAY
    assert why_not(house, done) == "lapsed"
    assert house.store.drafts.get(done.id).state == "expired"


def test_the_charter_is_asked_again_with_the_planned_moment(house):
    saved = house.approved("Le café du mois arrive.")
    with pytest.raises(StoppedError):
        house.schedule(saved, "2026-11-24T09:30")  # a day of mourning
    assert house.store.publications.of_draft(saved.id) == []
    assert len(house.schedule(saved, "2026-11-25T09:30")) == 1


def test_no_account_an_unknown_one_and_an_answer_elsewhere(house):
    assert why_not(house, house.begin("Bonjour.", channels=())) == "no-channel"
    question = Post("bluesky", "at://x/1", Author("did:plc:x", "lou.example"), "Ouvert samedi ?", NOW)
    saved = house.begin("Oui, dès dix heures.", channels=("free",))
    ready_checked = house.checked(saved)
    answering = structs.replace(ready_checked, drafts=(structs.replace(ready_checked.drafts[0], answers=question),))
    ready = scheduling.Ready(saved, house.review(saved), answering, house.charter)
    with pytest.raises(ScheduleError) as error:
        scheduling.schedule(house.rooms, ready, timed(Plan(), "Europe/Paris", NOW), house.doing("maelle"))
    assert (error.value.code, error.value.channel) == ("answers-elsewhere", "free")


@pytest.mark.parametrize(
    ("wall", "goes_out", "turned"),
    [
        ("2026-03-29T02:30", "2026-03-29T03:30", "skipped"),
        ("2026-10-25T02:30", "2026-10-25T02:30", "twice"),
        ("2026-10-25T09:30", "2026-10-25T09:30", ""),
    ],
)
def test_the_nights_when_clocks_change(wall, goes_out, turned):
    at = timed(Plan(wall), "Europe/Paris", 0)
    assert (at.wall, wall_of(at.due, "Europe/Paris"), at.turned) == (wall, goes_out, turned)


@pytest.mark.parametrize(
    ("wall", "code"),
    [
        ("2026-11-12T17:40", "past"),
        ("demain", "no-moment"),
        ("2026-02-30T09:00", "no-moment"),
        ("1969-01-01T00:00", "no-moment"),
    ],
)
def test_what_is_no_moment_to_come(wall, code):
    with pytest.raises(ScheduleError) as error:
        timed(Plan(wall), "Europe/Paris", NOW)
    assert error.value.code == code
    assert timed(Plan("2026-11-12T17:42"), "Europe/Paris", NOW + 30_000).due == NOW + 30_000  # this very minute is now


def test_good_moments_are_offered_while_they_are_free(house):
    def offered() -> list[tuple[str, tuple[str, ...]]]:
        found = scheduling.offers(house.charter, ("bsky", "masto"), house.store.publications, house.now, 3)
        return [(one.wall, one.channels) for one in found]

    assert offered() == [
        ("2026-11-12T18:00", ("masto",)),
        ("2026-11-13T09:30", ("bsky", "masto")),
        ("2026-11-13T18:00", ("masto",)),
    ]
    house.schedule(house.approved("Bonjour du port."), "2026-11-13T09:30")
    assert offered()[1] == ("2026-11-13T09:30", ("masto",))
    house.schedule(house.approved("Chaque jour."), "2026-11-14T09:30", "day")  # its turns to come are taken too
    found = scheduling.offers(house.charter, ("bsky",), house.store.publications, house.now, 2)
    assert [one.wall for one in found] == ["2026-11-17T11:30", "2026-11-24T11:30"]


def test_what_waits_is_moved_dropped_and_taken_up(house):
    saved = house.approved("Bonjour du port.")
    (one,) = house.schedule(saved, "2026-11-20T09:30")
    at = timed(Plan("2026-11-21T10:00"), "Europe/Paris", house.now)
    moved = scheduling.move(house.store.publications, one, at, house.doing("maelle"))
    assert (moved.wall, moved.due) == ("2026-11-21T10:00", at.due)
    with pytest.raises(MovedError):
        scheduling.drop(house.store.publications, one, house.doing("maelle"))
    again = scheduling.take_up(house.rooms, house.store.drafts.get(saved.id), house.doing("yanis"))
    assert again.state == "draft"
    assert [one.state for one in house.store.publications.of_draft(saved.id)] == ["dropped"]
    verbs = [act.verb for _, act in house.store.acts.about(f"publication:{one.id}")]
    assert verbs == ["publication.dropped", "publication.moved", "publication.scheduled"]


def test_nothing_is_taken_up_while_it_is_being_sent(house):
    saved = house.approved("Bonjour du port.")
    (one,) = house.schedule(saved)
    assert house.store.publications.claim(one.id, one.revision, ["key"], house.now)
    with pytest.raises(StateError):
        scheduling.take_up(house.rooms, house.store.drafts.get(saved.id), house.doing("yanis"))
    with pytest.raises(MoveError):
        scheduling.drop(house.store.publications, house.store.publications.get(one.id), house.doing("maelle"))


def test_a_turn_is_left_out(house):
    (one,) = house.schedule(house.approved("Bonjour du port."), "2026-11-20T09:30", "week")
    assert scheduling.skip(house.store.publications, one, house.doing("maelle")).wall == "2026-11-27T09:30"


def test_what_is_out_is_taken_back_with_a_reason(house):
    (one,) = house.schedule(house.approved("Bonjour du port."))
    with pytest.raises(MoveError):
        scheduling.recall(house.store.publications, one, house.doing("maelle"), "erreur")
    claimed = house.store.publications.claim(one.id, one.revision, ["key"], house.now)
    sent = scheduling.publishing.sent_one(claimed, 0, "at://x/key", "cid", "", house.now)
    out = house.store.publications.settle(
        sent, Act(house.now, "vigie", "publication.published", f"publication:{one.id}")
    )
    asked = scheduling.recall(house.store.publications, out, house.doing("maelle"), "le café est épuisé")
    assert (asked.state, asked.recall) == ("published", "asked")
    assert house.store.acts.about(f"publication:{one.id}")[0][1].why == "le café est épuisé"


def test_a_draft_whose_publications_never_came_is_scheduled_again(house):
    saved = house.approved("Bonjour du port.")
    by = house.doing("maelle")
    alone = house.store.drafts.move(
        saved.id, saved.revision, "scheduled", "maelle", house.now, by.act("draft.scheduled", 1)
    )
    assert len(house.schedule(alone, "2026-11-20T09:30")) == 1

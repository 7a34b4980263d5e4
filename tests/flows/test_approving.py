"""Who approves a draft, and what voids it: on a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.publishing import PublishingHouse, house_policy
from vigie.flows import approving
from vigie.flows import drafts as flow
from vigie.flows.approving import AnswerError, placed
from vigie.flows.drafts import StateError, StoppedError
from vigie.flows.ports.drafts import SITTING, OutdatedError
from vigie.model import Content, Remark, Span
from vigie.store import open_store

TEXT = "Un moulin en panne, on le répare. Venez samedi."
DAY = 86_400_000


@pytest.fixture(scope="module")
def by():
    return house_policy()


@pytest.fixture
def house(tmp_path: Path, by) -> Iterator[PublishingHouse]:
    store = open_store(tmp_path / "vigie.db", role="web")
    yield PublishingHouse(store, by)
    store.close()


def refused(house: PublishingHouse, saved, who: str, **how) -> str:
    before = house.store.publications.approvals(saved.id)
    with pytest.raises(AnswerError) as error:
        house.answer(saved, who, **how)
    assert house.store.publications.approvals(saved.id) == before
    return error.value.code


def test_a_draft_is_asked_for_answered_and_approved(house):
    saved = house.ask(house.begin(TEXT))
    assert saved.state == "in_review"
    assert house.review(saved).waits_for == ("tanguy", "ines", "odile")
    done = house.answer(saved, "ines")
    assert (done.state, house.review(done).granted) == ("approved", True)
    verbs = [act.verb for _, act in house.store.acts.about(f"draft:{saved.id}")]
    assert verbs == ["draft.moved", "draft.approved", "draft.review-asked", "draft.begun"]


def test_nobody_approves_words_of_their_own(house):
    own = house.ask(house.begin(TEXT, who="tanguy"))
    assert refused(house, own, "tanguy") == "own-words"
    assert refused(house, own, "yanis") == "not-asked"
    # whoever mends a word of somebody else's draft has written it too
    mended = house.write(own, TEXT + " Tôt.", who="ines")
    again = house.ask(mended, who="tanguy")
    assert refused(house, again, "ines") == "own-words"
    assert "ines" not in house.review(again).waits_for
    assert house.answer(again, "odile").state == "approved"


def test_writing_after_approval_voids_it_in_the_same_minute_too(house):
    done = house.answer(house.ask(house.begin(TEXT)), "ines")
    changed = house.write(done, TEXT + " Tôt.", who="yanis")
    assert changed.state == "draft"
    assert not house.review(changed).granted
    asked = house.ask(changed)
    assert house.review(asked).round == ()
    assert not house.review(asked).granted
    # nor does putting the very same words back bring it back
    back = house.ask(house.write(asked, TEXT))
    assert not house.review(back).granted
    assert [one.opinion for one in house.review(back).all] == ["approved"]


def test_who_approves_and_then_edits_has_approved_nothing(house):
    done = house.answer(house.ask(house.begin(TEXT)), "ines")
    house.now += 1000
    edited = house.write(done, TEXT + " Et dimanche.", who="ines")
    assert edited.state == "draft"
    asked = house.ask(edited, who="yanis")
    assert refused(house, asked, "ines") == "own-words"


def test_a_writer_of_the_same_sitting_is_not_forgotten(house):
    begun = house.begin(TEXT)
    house.now += SITTING
    house.write(begun, TEXT + " Tôt.", who="tanguy")
    house.now += 1000
    asked = house.ask(house.store.drafts.get(begun.id), who="ines")
    back = flow.moved(house.store.drafts, asked, "draft", house.doing("ines"), "draft.reopened")
    last = house.ask(house.write(back, TEXT + " Très tôt.", who="ines"))
    assert house.review(last).wrote == {"yanis", "tanguy", "ines"}


def test_an_order_is_kept_and_each_answers_once(house):
    saved = house.ask(house.begin(TEXT, channels=("masto",)))
    assert refused(house, saved, "maelle", opinion="rejected") == "not-your-turn"
    saved = house.answer(saved, "odile")
    assert saved.state == "in_review"
    assert house.review(saved).waits_for == ("maelle",)
    assert refused(house, saved, "odile") == "already-answered"
    assert house.answer(saved, "maelle").state == "approved"


def test_changes_are_asked_for_on_words_and_found_again(house):
    saved = house.ask(house.begin(TEXT))
    assert refused(house, saved, "ines", opinion="changes-requested") == "no-words"
    remark = Remark("À quelle heure ?", Span(40, 46), "", "samedi")
    back = house.answer(saved, "ines", "changes-requested", (remark,))
    assert back.state == "changes_requested"
    assert house.review(back).asked_changes.remarks == (remark,)
    assert refused(house, back, "odile") == "not-in-review"
    better = house.write(back, "Bonjour. " + TEXT)
    assert house.review(better).asked_changes.remarks == (remark,)
    assert placed(remark, better.content) == Span(49, 55)
    assert placed(remark, Content("Venez dimanche.")) is None
    assert placed(Remark("Trop long."), better.content) is None
    asked = house.ask(better)
    assert house.review(asked).asked_changes is None
    assert house.answer(asked, "ines").state == "approved"


def test_a_rejection_is_final(house):
    gone = house.answer(house.ask(house.begin(TEXT)), "ines", "rejected")
    assert gone.state == "rejected"
    for act in (house.ask, lambda saved: house.write(saved, "Autre chose.")):
        with pytest.raises(StateError):
            act(gone)


def test_an_approval_lapses(house):
    done = house.answer(house.ask(house.begin(TEXT)), "ines")
    house.now += 3 * DAY
    found = house.review(done)
    assert (found.granted, found.standing.lapsed) == (False, ("relecture",))
    assert approving.expire(house.rooms, found, house.doing("maelle")).state == "expired"


def test_what_stops_is_shown_to_nobody(house):
    with pytest.raises(StoppedError):
        house.ask(house.begin("Nos moulins sont garantis à vie."))


def test_where_nobody_has_to_approve_those_who_schedule_are_asked(house):
    done = house.ask(house.begin(TEXT, channels=("free",)))
    assert done.state == "approved"
    (notice, _) = house.store.notices.for_person("maelle")[0]
    assert (notice.kind, notice.path) == ("draft.to-schedule", f"/drafts/{done.id}")


def test_two_who_answer_at_once_both_get_there(house):
    saved = house.ask(house.begin(TEXT))
    early = house.review(saved)
    assert house.answer(saved, "ines").state == "approved"
    late = approving.answer(house.rooms, early, house.charter, "approved", house.doing("odile"))
    assert late.state == "approved"
    with pytest.raises(OutdatedError):
        approving.answer(house.rooms, early, house.charter, "rejected", house.doing("tanguy"))

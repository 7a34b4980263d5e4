"""How a draft goes from its first word to its publications, every pair of states."""

from itertools import product
from typing import get_args

import pytest

from vigie.desk.drafting import asked_at, edited, may_move
from vigie.desk.moves import MoveError
from vigie.model import Content, DraftState, SavedDraft

STATES = get_args(DraftState)
ALLOWED = {
    ("draft", "in_review"), ("draft", "scheduled"), ("draft", "discarded"),
    ("in_review", "draft"), ("in_review", "changes_requested"), ("in_review", "rejected"), ("in_review", "expired"),
    ("in_review", "approved"), ("in_review", "discarded"),
    ("changes_requested", "draft"), ("changes_requested", "in_review"), ("changes_requested", "discarded"),
    ("approved", "draft"), ("approved", "changes_requested"), ("approved", "rejected"), ("approved", "expired"),
    ("approved", "scheduled"), ("approved", "discarded"),
    ("expired", "draft"), ("expired", "in_review"), ("expired", "discarded"),
    ("scheduled", "draft"),
    ("discarded", "draft"),
}  # fmt: skip


@pytest.mark.parametrize(("state", "to"), list(product(STATES, STATES)))
def test_each_pair_of_states(state: DraftState, to: DraftState) -> None:
    assert may_move(state, to) == ((state, to) in ALLOWED)


@pytest.mark.parametrize("state", STATES)
def test_words_that_change_are_a_draft_again_or_may_not_change(state: DraftState) -> None:
    if state in ("rejected", "scheduled", "discarded"):
        with pytest.raises(MoveError, match=state):
            edited(state)
    else:
        assert edited(state) == "draft"


def draft(state: DraftState, revision: int) -> SavedDraft:
    return SavedDraft(1, revision, 2, Content("x"), "ines", "ines", 0, 0, state)


@pytest.mark.parametrize("state", STATES)
def test_from_which_revision_answers_count(state: DraftState) -> None:
    if state == "in_review":
        assert asked_at(draft(state, 5)) == 5
    elif state == "approved":
        assert asked_at(draft(state, 6)) == 5, "approving was one move more"
    else:
        with pytest.raises(MoveError, match="not-asked"):
            asked_at(draft(state, 5))

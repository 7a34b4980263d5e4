"""How far a draft has come, from its first word to its publications."""

from collections.abc import Mapping
from types import MappingProxyType

from vigie.desk.moves import MoveError
from vigie.model import DraftState, SavedDraft

_STATES: Mapping[DraftState, frozenset[DraftState]] = MappingProxyType(
    {
        "draft": frozenset({"in_review", "scheduled", "discarded"}),
        "in_review": frozenset({"draft", "changes_requested", "rejected", "expired", "approved", "discarded"}),
        "changes_requested": frozenset({"draft", "in_review", "discarded"}),
        "approved": frozenset({"draft", "changes_requested", "rejected", "expired", "scheduled", "discarded"}),
        "expired": frozenset({"draft", "in_review", "discarded"}),
        "scheduled": frozenset({"draft"}),
        "discarded": frozenset({"draft"}),
        "rejected": frozenset(),
    }
)
"""From each state, those it may go to. ``draft`` goes straight to ``scheduled`` where nobody's approval is needed, and
``scheduled`` back to ``draft`` once none of its publications is to go out any more."""


def may_move(state: DraftState, to: DraftState) -> bool:
    """Whether a draft in one state may go to another."""
    return to in _STATES[state]


def edited(state: DraftState) -> DraftState:
    """What a draft is once its words were changed: a draft, whatever people thought of the words before.

    Raises:
        MoveError: ``rejected``: that is final; ``scheduled``, ``discarded``: it is taken up again first.
    """
    if state in ("rejected", "scheduled", "discarded"):
        raise MoveError(state)
    return "draft"


def asked_at(draft: SavedDraft) -> int:
    """The revision from which answers count: the one with which its review began.

    Every saving and every move raises the revision, and answering does not. So what was answered before the last time
    that it was edited, taken back or asked again lies below, even when the words are the same in the end.

    Raises:
        MoveError: ``not-asked``: it is neither in review nor approved.
    """
    match draft.state:
        case "in_review":
            return draft.revision
        case "approved":
            return draft.revision - 1
        case _:
            raise MoveError("not-asked")

"""Who may do what: one table, role by action. Accounts only prove who somebody is."""

from collections.abc import Iterable
from typing import Literal, TypeAlias, get_args

Role: TypeAlias = Literal["reader", "author", "approver", "publisher", "owner"]
Action: TypeAlias = Literal[
    "read-mentions",
    "read-queries",
    "read-sources",
    "use-api",
    "read-drafts",
    "write-drafts",
    "let-pass",
    "read-publications",
    "approve",
    "schedule",
    "recall",
    "read-incidents",
    "handle-incidents",
    "pause",
    "release",
    "connect-accounts",
    "edit-queries",
    "read-acts",
    "export",
    "edit-sources",
    "edit-company",
    "manage-people",
    "change-roles",
    "erase",
]

ROLES: tuple[Role, ...] = get_args(Role)
ACTIONS: tuple[Action, ...] = get_args(Action)

# One line an action, one column a role: reader, author, approver, publisher, owner.
_TABLE: dict[Action, str] = {
    #                R A V P O
    "read-mentions": "x x x x x",
    "read-queries":  "x x x x x",
    "read-sources":  "x x x x x",
    "use-api":       "x x x x x",  # no more than the person may do on the pages
    "read-drafts":   "x x x x x",
    "write-drafts":  ". x x x x",
    "let-pass":      ". . x x x",  # a finding that stops a draft; what only warns, its author lets pass
    "read-publications": "x x x x x",
    "approve":       ". . x . x",  # never one's own words, and only where the charter asks for it
    "schedule":      ". . . x x",  # also moves and drops what is scheduled
    "recall":        ". . . x x",  # takes back or corrects what is published
    "read-incidents": "x x x x x",
    "handle-incidents": ". x x x x",
    "pause":         ". x x x x",  # whoever writes may stop everything; letting go takes two
    "release":       ". . x x x",
    "edit-queries":  ". x x x x",
    "read-acts":     ". x x x x",
    "export":        ". . x x x",  # takes other people's words out of the house
    "connect-accounts": ". . . x x",  # holds the keys with which we write
    "edit-sources":  ". . . x x",  # holds the networks' keys
    "edit-company":  ". . . . x",
    "manage-people": ". . . . x",  # invite, disable, reset a password
    "change-roles":  ". . . . x",
    "erase":         ". . . . x",  # cannot be undone
}  # fmt: skip

_RIGHTS: dict[Role, frozenset[Action]] = {
    role: frozenset(action for action, cells in _TABLE.items() if cells.split()[column] == "x")
    for column, role in enumerate(ROLES)
}


def allows(roles: Iterable[str], action: Action) -> bool:
    """True when one of the roles allows the action; an unknown role allows nothing.

    >>> allows(("reader",), "edit-queries"), allows(("reader", "author"), "edit-queries")
    (False, True)
    """
    return any(action in _RIGHTS.get(role, ()) for role in roles)  # type: ignore[call-overload]

"""Who may do what, cell by cell."""

import pytest

from vigie.charter import ACTIONS, ROLES, allows

EVERYONE = set(ROLES)
NOT_READERS = EVERYONE - {"reader"}
CELLS = {
    "read-mentions": EVERYONE,
    "read-queries": EVERYONE,
    "read-sources": EVERYONE,
    "use-api": EVERYONE,
    "read-drafts": EVERYONE,
    "write-drafts": NOT_READERS,
    "let-pass": {"approver", "publisher", "owner"},
    "read-publications": EVERYONE,
    "approve": {"approver", "owner"},
    "schedule": {"publisher", "owner"},
    "recall": {"publisher", "owner"},
    "read-incidents": EVERYONE,
    "handle-incidents": NOT_READERS,
    "pause": NOT_READERS,
    "release": {"approver", "publisher", "owner"},
    "connect-accounts": {"publisher", "owner"},
    "edit-queries": NOT_READERS,
    "read-acts": NOT_READERS,
    "export": {"approver", "publisher", "owner"},
    "edit-sources": {"publisher", "owner"},
    "edit-company": {"owner"},
    "manage-people": {"owner"},
    "change-roles": {"owner"},
    "erase": {"owner"},
}


def test_the_table_names_every_action() -> None:
    assert set(CELLS) == set(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_each_cell(role: str, action: str) -> None:
    assert allows((role,), action) == (role in CELLS[action])


@pytest.mark.parametrize("action", ACTIONS)
def test_roles_add_up_and_strangers_may_nothing(action: str) -> None:
    assert allows(("reader", "owner"), action)
    assert not allows((), action)
    assert not allows(("admin",), action)

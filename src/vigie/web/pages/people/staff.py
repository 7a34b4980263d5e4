"""The charter's people together with their accounts."""

from typing import Literal, TypeAlias
from unicodedata import combining, normalize

from msgspec import Struct

from vigie.charter import Charter, Person
from vigie.flows.ports.accounts import Account, Accounts
from vigie.model import Millis
from vigie.web.house import House

State: TypeAlias = Literal["none", "invited", "open", "disabled"]


class Member(Struct, frozen=True):
    """Somebody of the house.

    Attributes:
        state: ``none``: no account; ``invited``: has not set a password yet; ``open``: can log in; ``disabled``.
        seen: when a browser of theirs was last here; None when none is logged in.
        stray: an account whose person is no longer in the charter.
    """

    id: str
    name: str
    email: str
    roles: tuple[str, ...]
    state: State
    account: Account | None = None
    seen: Millis | None = None
    stray: bool = False


def members(house: House) -> list[Member]:
    """The charter's people in its order, then accounts that nobody stands behind."""
    charter = house.charter()
    accounts = {account.person: account for account in house.accounts.all()}
    people = charter.people if charter else ()
    known = [_member(house.accounts, person, accounts.pop(person.id, None)) for person in people]
    return known + [_stray(house.accounts, account, written=charter is not None) for account in accounts.values()]


def member(house: House, id: str) -> Member | None:
    """One of them."""
    return next((one for one in members(house) if one.id == id), None)


def last_owner(house: House, id: str) -> bool:
    """Whether nobody else could still manage the house without this person."""
    charter = house.charter()
    return not any("owner" in one.roles and one.state == "open" and one.id != id for one in members(house)) and (
        charter is None or "owner" in charter.roles(id)
    )


def free_id(charter: Charter | None, name: str) -> str:
    """An id for a new person made of their name; empty when the name has no letter to make one of."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in _plain(name).lower())
    base = next((word for word in plain.split("-") if word and word[0].isalpha()), "")[:40]
    taken = {person.id for person in charter.people} if charter else set()
    if base not in taken:
        return base
    return next(f"{base}{number}" for number in range(2, len(taken) + 3) if f"{base}{number}" not in taken)


def _member(accounts: Accounts, person: Person, account: Account | None) -> Member:
    return Member(
        person.id, person.name, person.email, tuple(person.roles), _state(account), account, _seen(accounts, account)
    )


def _stray(accounts: Accounts, account: Account, *, written: bool) -> Member:
    roles = () if written else ("owner",)
    return Member(
        account.person, account.person, "", roles, _state(account), account, _seen(accounts, account), stray=written
    )


def _state(account: Account | None) -> State:
    if account is None:
        return "none"
    if account.disabled:
        return "disabled"
    return "invited" if account.must_change else "open"


def _seen(accounts: Accounts, account: Account | None) -> Millis | None:
    return max((session.seen_at for session in accounts.sessions(account.login)), default=None) if account else None


def _plain(name: str) -> str:
    return "".join(sign for sign in normalize("NFD", name) if not combining(sign))

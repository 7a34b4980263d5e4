"""How somebody gets a password: the first owner's is printed once, everyone else sets theirs by a link used once."""

import secrets
from typing import Protocol

import msgspec

from vigie.flows.ports.accounts import Account, Accounts
from vigie.model import Act, Millis
from vigie.web import tickets
from vigie.web.passwords import generated, hash_password

GOOD_FOR: Millis = 7 * 86_400_000
"""A link to set a password lasts a week."""


class Someone(Protocol):
    """What an account needs of a person of the charter."""

    @property
    def id(self) -> str: ...


def create_owner(accounts: Accounts, person: Someone | str, now: Millis, charter: str = "", password: str = "") -> str:
    """Makes the first account, whose login is the person's id, and returns its password: show it once, it is not
    kept. It stays good until its owner changes it. One is drawn unless ``password`` is given.

    Raises:
        LoginTakenError: there is such an account already.
    """
    id = person if isinstance(person, str) else person.id
    password = password or generated()
    account = Account(login=id.lower(), person=id, password_hash=hash_password(password), created_at=now)
    accounts.add(
        account, Act(at=now, who="vigie", verb="account.created", what=f"account:{account.login}", charter=charter)
    )
    return password


def closed_account(login: str, person: str, now: Millis) -> Account:
    """An account that nobody can log in with until a link was used."""
    unknowable = hash_password(secrets.token_urlsafe(32))
    return Account(login=login, person=person, password_hash=unknowable, must_change=True, created_at=now)


def locked_again(account: Account) -> Account:
    """The same account after a reset: the old password, the second factor and older links no longer work."""
    unknowable = hash_password(secrets.token_urlsafe(32))
    return msgspec.structs.replace(account, password_hash=unknowable, totp="", must_change=True)


def link_ticket(secret: bytes, account: Account, now: Millis) -> str:
    """What the link carries. It names the password it replaces, so it works once and until then."""
    return tickets.sign(secret, "join", f"{account.login} {_mark(secret, account)}", now + GOOD_FOR)


def ticket_account(secret: bytes, accounts: Accounts, ticket: str, now: Millis) -> Account | None:
    """The account a link is for; None when it was used, is too old or not ours."""
    login, _, mark = tickets.read(secret, "join", ticket, now).partition(" ")
    account = accounts.get(login) if login else None
    if account is None or account.disabled or mark != _mark(secret, account):
        return None
    return account


def _mark(secret: bytes, account: Account) -> str:
    return tickets.seal(secret, "password", account.password_hash)[:16]

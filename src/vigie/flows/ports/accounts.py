"""Accounts: who may log in. What they may do is the charter's business alone."""

from collections.abc import Sequence
from typing import Literal, Protocol

from msgspec import Struct

from vigie.model import Act, Millis


class Account(Struct, frozen=True):
    """A login for one of the charter's people (``person`` is their id there; logins are lower case).

    ``totp`` is the confirmed second factor's secret, empty without one. ``must_change`` asks for a new password first.
    """

    login: str
    person: str
    password_hash: str
    totp: str = ""
    must_change: bool = False
    disabled: bool = False
    created_at: Millis = 0
    lang: str = ""
    theme: str = ""
    density: str = ""


class Session(Struct, frozen=True):
    """One browser. ``digest`` is SHA-256 of the cookie's secret, so a stolen database opens nothing."""

    digest: str
    login: str
    created_at: Millis
    seen_at: Millis
    address: str
    agent: str


class Token(Struct, frozen=True):
    """A key for the API. ``digest`` as for sessions; ``scope`` ``read`` or ``write``."""

    id: str
    digest: str
    login: str
    name: str
    scope: Literal["read", "write"]
    created_at: Millis
    used_at: Millis | None = None
    expires_at: Millis | None = None


class LoginTakenError(Exception):
    """An account with this login is there already."""


class Accounts(Protocol):
    """Each writing method is one transaction with its act, where it takes one."""

    def all(self) -> list[Account]: ...

    def get(self, login: str) -> Account | None: ...

    def add(self, account: Account, act: Act) -> None:
        """Raises LoginTakenError."""
        ...

    def change(self, account: Account, act: Act | None) -> None:
        """Replaces the account of the same login; a disabled one loses its sessions and tokens."""
        ...

    def open_session(self, session: Session, act: Act) -> None: ...

    def session(self, digest: str) -> Session | None: ...

    def sessions(self, login: str) -> list[Session]: ...

    def touch_session(self, digest: str, at: Millis) -> None: ...

    def close_sessions(self, digests: Sequence[str], act: Act) -> None: ...

    def add_token(self, token: Token, act: Act) -> None: ...

    def token(self, digest: str) -> Token | None: ...

    def tokens(self, login: str) -> list[Token]: ...

    def drop_token(self, id: str, act: Act) -> None: ...

    def touch_token(self, id: str, at: Millis) -> None: ...

    def failures(self, key: str, since: Millis) -> int:
        """Failed logins under a key (``login:x`` or ``address:y``) since then."""
        ...

    def add_failure(self, key: str, at: Millis) -> None: ...

    def clear_failures(self, key: str) -> None: ...

    def remember_answer(self, key: str, digest: str, answer: bytes, at: Millis) -> bytes | None:
        """Idempotency-Key of the API: stores the first answer to (key, request digest) and gives it back later.
        Raises ValueError when the key was used with another request. Kept 24 h."""
        ...

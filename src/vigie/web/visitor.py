"""Who is asking: an account, the charter's person behind it, and the session or token that shows it."""

from collections.abc import Iterable

from msgspec import Struct

from vigie.charter import ROLES, Action, allows
from vigie.flows.ports.accounts import Account, Session, Token


class Visitor(Struct, frozen=True):
    """Somebody who has shown who they are.

    Attributes:
        id: the person's id in the charter; what acts are signed with.
        roles: as in the charter; everyone is owner before the first charter is written, nobody is anything when it
            cannot be read at all.
        session, token: how they came; exactly one is there.
    """

    account: Account
    id: str
    name: str
    roles: tuple[str, ...]
    session: Session | None = None
    token: Token | None = None

    @property
    def login(self) -> str:
        """The name they log in with."""
        return self.account.login

    @property
    def initials(self) -> str:
        """Two letters for the round."""
        return initials(self.name)

    @property
    def role(self) -> str:
        """Message id of the role that allows most."""
        return role_label(self.roles)

    def may(self, action: Action) -> bool:
        """Whether the charter's roles allow it."""
        return allows(self.roles, action)


def initials(name: str) -> str:
    """First letters of the first and last word.

    >>> initials("Maëlle Kerbrat"), initials("ana"), initials("")
    ('MK', 'AN', '?')
    """
    words = name.split()
    return (words[0][0] + words[-1][0] if len(words) > 1 else name.strip()[:2] or "?").upper()


def allowed(visitor: Visitor | None, action: Action | None) -> bool:
    """Whether something is shown to this visitor."""
    return action is None or (visitor is not None and visitor.may(action))


def role_label(roles: Iterable[str]) -> str:
    """Message id of the role that allows most, of those given."""
    mine = frozenset(roles)
    return f"people.role.{next((role for role in reversed(ROLES) if role in mine), 'none')}"

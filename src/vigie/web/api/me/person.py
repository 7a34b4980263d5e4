"""Who is asking."""

from typing import Annotated, Any, Literal

from litestar import Request
from litestar.params import JSONBody
from msgspec import Meta, Struct, structs

from vigie.charter import ACTIONS
from vigie.flows.ports.accounts import Account
from vigie.web.api.routes import LOGGED_IN, reads, writes
from vigie.web.guard import csrf_token, visitor
from vigie.web.house import house_of
from vigie.web.visitor import Visitor

Asked = Request[Any, Any, Any]


class Me(Struct, frozen=True):
    """Who is asking and what they may do."""

    id: str
    login: str
    name: str
    roles: tuple[str, ...]
    rights: Annotated[tuple[str, ...], Meta(description="What the charter allows these roles.")]
    scope: Annotated[Literal["read", "write"], Meta(description="A token may only be for reading.")]
    lang: Annotated[str, Meta(description="Empty: the browser's.")]
    theme: str
    density: str
    second_factor: bool
    csrf: Annotated[
        str, Meta(description="For X-CSRF-Token, when a session's cookie shows who asks; empty for tokens.")
    ]


class Look(Struct, frozen=True, forbid_unknown_fields=True):
    """How Vigie looks to me. What is null stays."""

    lang: Literal["", "fr", "en"] | None = None
    theme: Literal["", "light", "dark"] | None = None
    density: Literal["compact", "", "roomy"] | None = None


@reads("/me", LOGGED_IN)
def read_me(request: Asked) -> Me:
    """See who you are.

    And what you may do.
    """
    return _me(request, visitor(request))


@writes("PATCH", "/me", LOGGED_IN)
def change_me(request: Asked, data: JSONBody[Look]) -> Me:
    """Change how Vigie looks to you."""
    who = visitor(request)
    given = {key: value for key, value in structs.asdict(data).items() if value is not None}
    changed: Account = structs.replace(who.account, **given)
    if changed != who.account:
        house_of(request).accounts.change(changed, None)
    return _me(request, structs.replace(who, account=changed))


def _me(request: Asked, who: Visitor) -> Me:
    account = who.account
    return Me(
        id=who.id,
        login=who.login,
        name=who.name,
        roles=who.roles,
        rights=tuple(action for action in ACTIONS if who.may(action)),
        scope=who.token.scope if who.token else "write",
        lang=account.lang,
        theme=account.theme,
        density=account.density,
        second_factor=bool(account.totp),
        csrf="" if who.token else csrf_token(request),
    )

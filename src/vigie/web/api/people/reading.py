"""The list of people, and one of them."""

from typing import Annotated, Any

from litestar import Request
from litestar.params import FromPath
from msgspec import Meta, Struct

from vigie.web.api.paging import Items
from vigie.web.api.problems import RefusedError
from vigie.web.api.routes import reads
from vigie.web.api.times import Instant, instant_or_none
from vigie.web.house import House, house_of
from vigie.web.pages.people.staff import Member, State, member, members

Asked = Request[Any, Any, Any]


class Person(Struct, frozen=True):
    """Somebody of the house."""

    id: Annotated[str, Meta(examples=["ines"])]
    name: str
    email: str
    roles: tuple[str, ...]
    account: Annotated[State, Meta(description="none; invited: has no password yet; open: can log in; disabled.")]
    login: str
    second_factor: bool
    seen_at: Annotated[Instant | None, Meta(description="When a browser of theirs was last here.")]
    stray: Annotated[bool, Meta(description="An account whose person is no longer in the charter: it may do nothing.")]


EXAMPLE = Person(
    id="ines",
    name="Inès Abgrall",
    email="",
    roles=("reader",),
    account="open",
    login="ines",
    second_factor=False,
    seen_at=None,
    stray=False,
)


@reads("/people", "manage-people", example=Items((EXAMPLE,)))
def list_people(request: Asked) -> Items[Person]:
    """List people.

    Those of the charter in its order, then accounts that nobody stands behind.
    """
    return Items(tuple(map(person_out, members(house_of(request)))))


@reads("/people/{id:str}", "manage-people", example=EXAMPLE, fails=(404,))
def read_person(request: Asked, id: FromPath[str]) -> Person:
    """Read a person."""
    return person_out(there(house_of(request), id))


def there(house: House, id: str) -> Member:
    """Somebody of the house, strays too. Raises RefusedError."""
    one = member(house, id)
    if one is None:
        raise RefusedError("not-found")
    return one


def person_out(one: Member) -> Person:
    """A person for the answer."""
    account = one.account
    return Person(
        id=one.id,
        name=one.name,
        email=one.email,
        roles=one.roles,
        account=one.state,
        login=account.login if account else "",
        second_factor=bool(account and account.totp),
        seen_at=instant_or_none(one.seen),
        stray=one.stray,
    )

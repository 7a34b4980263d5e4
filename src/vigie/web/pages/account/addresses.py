"""Where somebody is told, as far as it may be shown, and what became of the test that they sent themselves."""

from typing import Any

from litestar import Request
from msgspec import Struct

from vigie.model import Delivery, Millis, Notice
from vigie.web.guard import visitor
from vigie.web.house import House, house_of

PATIENCE: Millis = 15_000
"""After this, a test that nobody has tried to deliver is not waited for any more."""
TEST = "test"
_RECENT = 200


class Addresses(Struct, frozen=True):
    """Ways to one person besides the pages.

    Attributes:
        email: of the charter; ``mail``: whether this house can send any.
        quiet: their hours, as people write them.
        chat: the service's name, ``slack``; the rest of the address is a secret. Empty for none.
    """

    email: str
    mail: bool
    quiet: tuple[str, ...]
    chat: str


class SentTest(Struct, frozen=True):
    """A test and its ways. ``over``: all is known; ``waits``: nobody delivers at the moment."""

    notice: Notice
    ways: tuple[Delivery, ...]
    over: bool
    waits: bool


def addresses(house: House, person: str) -> Addresses:
    """Somebody's, from the charter and the vault."""
    charter = house.charter()
    known = charter.person(person) if charter else None
    quiet = tuple(f"{_wall(one.start)}-{_wall(one.end)}" for one in known.quiet) if known else ()
    chat = house.vault.get(chat_of(person)).partition("://")[0]
    return Addresses(known.email if known else "", house.sends_mail, quiet, chat)


def chat_of(person: str) -> str:
    """The name of the secret in the vault."""
    return f"person:{person}:chat"


def test_of(request: Request[Any, Any, Any]) -> SentTest | None:
    """The visitor's test that the address names (``?test=7``), if it is theirs."""
    number = str(request.query_params.get("test", ""))
    return found_test(house_of(request), visitor(request).id, int(number)) if number.isdecimal() else None


def found_test(house: House, person: str, id: int) -> SentTest | None:
    """One of this person's tests, with what became of it."""
    notice = house.notices.get(id) if id < 2**63 else None
    if notice is None or notice.kind != TEST or notice.to != (person,):
        return None
    ways = tuple(one for one, about in reversed(house.notices.log(_RECENT)) if about.id == id)
    untried = any(one.state == "waiting" and not one.attempts for one in ways)
    waits = untried and house.clock() - notice.at > PATIENCE
    return SentTest(notice, ways, not untried or waits, waits)


def _wall(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"

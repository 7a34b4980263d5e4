"""The routes of the charter. Its text names people and their roles, so it is for owners alone."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import JSONBody
from msgspec import Meta, Struct

from vigie.charter import Charter, CharterError
from vigie.model import Act
from vigie.web.api.preconditions import quoted, seen, unchanged
from vigie.web.api.problems import Fault, RefusedError, charter_faults, voice
from vigie.web.api.routes import asks, reads, writes
from vigie.web.guard import visitor
from vigie.web.house import House, house_of

Asked = Request[Any, Any, Any]
LONGEST = 300_000
"""Characters; a charter of a thousand queries has a third of them."""

CharterYaml = Annotated[str, Meta(max_length=LONGEST, description="The whole of charter.yaml.")]


class CharterText(Struct, frozen=True):
    """The charter's file. ``digest`` is SHA-256 of its bytes, in hex: the name of this version, and its ``ETag``."""

    text: str
    digest: str


class NewCharter(Struct, frozen=True, forbid_unknown_fields=True):
    """The charter to be, and why it changes."""

    text: CharterYaml
    why: Annotated[str, Meta(max_length=500)] = ""


class CharterToCheck(Struct, frozen=True, forbid_unknown_fields=True):
    """A charter that is not taken yet."""

    text: CharterYaml


class Checked(Struct, frozen=True):
    """Everything that is wrong with it, in the order of the text; ``notes`` are worth knowing about a good one."""

    good: bool
    problems: tuple[Fault, ...]
    notes: tuple[Fault, ...]


@reads("/charter", "edit-company", example=CharterText("charter: 1\n…", "9f86d081…"), fails=(304, 404))
def read_charter(request: Asked) -> Response[Any]:
    """Read the charter's text.

    `If-None-Match` with the digest that you have gets a 304 while nothing changed.
    """
    house = house_of(request)
    text, digest = _read(house)
    if not digest:
        raise RefusedError("not-found")
    headers = {"ETag": quoted(digest)}
    if unchanged(request, digest):
        return Response(None, status_code=304, headers=headers)
    return Response(CharterText(text, digest), headers=headers)


@writes("PUT", "/charter", "change-roles", also=201, fails=(412, 428))
def put_charter(request: Asked, data: JSONBody[NewCharter]) -> Response[CharterText]:
    """Replace the charter.

    `If-Match` names the digest that you have read. The text is checked first, and somebody who can log in must remain
    an owner. The file that was there is kept beside the new one.
    """
    house, who, say = house_of(request), visitor(request), voice(request)
    _, digest = _read(house)
    over = seen(request, digest)
    try:
        charter = house.parse_charter(data.text)
    except CharterError as error:
        raise RefusedError("invalid-charter", *charter_faults(error.problems, say, "#/text")) from error
    if not _has_owner(house, charter):
        raise RefusedError("last-owner")
    verb = "charter.changed" if over else "charter.founded"
    act = Act(at=house.clock(), who=who.id, verb=verb, what="charter:1", why=data.why.strip(), charter=over)
    after = house.charter_file.write(data.text, over, act)
    return Response(CharterText(data.text, after), status_code=200 if over else 201, headers={"ETag": quoted(after)})


@asks("/charter/check", "read-queries", cost=20, example=Checked(good=True, problems=(), notes=()))
def check_charter(request: Asked, data: JSONBody[CharterToCheck]) -> Checked:
    """Check a charter.

    Nothing is written. All problems are told at once, each with its line and column.
    """
    say = voice(request)
    try:
        charter = house_of(request).parse_charter(data.text)
    except CharterError as error:
        return Checked(good=False, problems=charter_faults(error.problems, say), notes=())
    notes = tuple(
        Fault(say(one.code, **one.values), one.code, line=one.line, column=one.column) for one in charter.notes
    )
    return Checked(good=True, problems=(), notes=notes)


def _read(house: House) -> tuple[str, str]:
    """The file as it is now. Raises CharterError when it cannot be read at all."""
    error = house.charter_error()
    if error is not None and not house.charter_digest():
        raise error
    return house.charter_file.read()


def _has_owner(house: House, charter: Charter) -> bool:
    owners = {person.id for person in charter.people if "owner" in person.roles}
    return any(one.person in owners and not one.disabled and not one.must_change for one in house.accounts.all())

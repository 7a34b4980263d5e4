"""The route of erasure."""

from typing import Annotated, Any

from litestar import Request
from litestar.params import JSONBody
from msgspec import Meta, Struct

from vigie.model import Act
from vigie.web.api.problems import invalid_body, voice
from vigie.web.api.routes import writes
from vigie.web.guard import visitor
from vigie.web.house import house_of

Asked = Request[Any, Any, Any]


class Erasure(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to forget: a handle or lasting id, on whatever network. ``why`` is kept, so it names nobody."""

    handle: Annotated[str, Meta(min_length=1, max_length=300, examples=["lou.example"])]
    why: Annotated[str, Meta(max_length=500, examples=["asked by letter on 12 November"])] = ""


class Erased(Struct, frozen=True):
    """How many posts went."""

    posts: int


@writes("POST", "/erasures", "erase", example=Erased(12))
def erase_person(request: Asked, data: JSONBody[Erasure]) -> Erased:
    """Forget a person.

    Their posts, every version, the search index, the sample, the quarantine and the backups; they are not collected
    again. This cannot be undone.
    """
    house, say = house_of(request), voice(request)
    handle = data.handle.strip().removeprefix("@")
    if not handle:
        raise invalid_body(say, "short", "#/handle", least=1)
    if handle.casefold() in data.why.casefold():
        raise invalid_body(say, "names", "#/why")
    # the handle itself is not written down: the record keeps that somebody was erased, not who
    act = Act(
        at=house.clock(), who=visitor(request).id, verb="person.erased", what="person", why=data.why.strip(),
        charter=house.charter_digest(),
    )  # fmt: skip
    gone = house.archive.erase(handle, act)
    house.archive.checkpoint()
    return Erased(gone)

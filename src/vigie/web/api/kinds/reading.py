"""The route of the kinds of problems."""

from typing import Annotated, Any

from litestar import Request
from msgspec import Meta, Struct

from vigie.web.api.paging import Items
from vigie.web.api.problems import STATUS, voice
from vigie.web.api.routes import OPEN_TO_ALL, reads

Asked = Request[Any, Any, Any]


class Kind(Struct, frozen=True):
    """A kind of problem, in the language asked for."""

    code: Annotated[str, Meta(examples=["precondition-required"])]
    status: int
    title: str
    detail: str


@reads("/problems", OPEN_TO_ALL)
def list_problems(request: Asked) -> Items[Kind]:
    """List the kinds of problems.

    The `type` of a problem points here; its `code` names the entry.
    """
    say = voice(request)
    left_open = dict.fromkeys(("roles", "wait", "reference", "state", "reason", "publications"), "…")
    return Items(
        tuple(
            Kind(kind, status, say(f"api.problem.{kind}.title"), say(f"api.problem.{kind}.then", **left_open))
            for kind, status in STATUS.items()
        )
    )

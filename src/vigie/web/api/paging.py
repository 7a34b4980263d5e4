"""Pages of a list: a cursor to go on from, in the body and as an RFC 8288 link."""

from typing import Annotated, Any, Generic, TypeAlias, TypeVar
from urllib.parse import urlencode

from litestar import Request, Response
from litestar.params import QueryParameter
from msgspec import Struct

MOST = 200

Limit: TypeAlias = Annotated[int, QueryParameter(ge=1, le=MOST, description="How many items at most.")]
After: TypeAlias = Annotated[
    str, QueryParameter(max_length=200, description="`next` of the page before; empty for the first.")
]

Item = TypeVar("Item")


class Items(Struct, Generic[Item], frozen=True):
    """A page. ``next`` goes into ``after`` of the following call; it is empty at the end."""

    items: tuple[Item, ...]
    next: str = ""


def page(request: Request[Any, Any, Any], items: tuple[Item, ...], next: str = "") -> Response[Items[Item]]:
    """The answer, with a ``Link`` header to the next page while there is one."""
    headers = {}
    if next:
        pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
        headers["Link"] = f'<{request.url.path}?{urlencode([*pairs, ("after", next)])}>; rel="next"'
    return Response(Items(items, next), headers=headers)

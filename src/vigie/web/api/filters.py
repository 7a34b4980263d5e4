"""Which mentions a call is about: the filters of the page Listening, as parameters."""

from typing import Annotated, Literal, TypeAlias

from litestar.params import QueryParameter

from vigie.flows.ports.archive import Filter
from vigie.web.api.times import millis

_LONGEST = 200
_MANY = 50

Queries: TypeAlias = Annotated[
    list[str] | None, QueryParameter(name="query", description="Ids of queries; repeat for several.", max_items=_MANY)
]
"""Python's name is ``queries``: Litestar keeps ``query`` for itself."""
Networks: TypeAlias = Annotated[
    list[str] | None, QueryParameter(description="Networks (`bluesky`); repeat for several.", max_items=_MANY)
]
Langs: TypeAlias = Annotated[
    list[str] | None, QueryParameter(description="Languages (`fr`); repeat for several.", max_items=_MANY)
]
By: TypeAlias = Annotated[str, QueryParameter(description="A person's id or handle.", max_length=_LONGEST)]
Words: TypeAlias = Annotated[
    str,
    QueryParameter(
        description='Words, "phrases" and prefix*, all required; accents and case do not count.', max_length=_LONGEST
    ),
]
Since: TypeAlias = Annotated[
    str,
    QueryParameter(
        description="Written then or later; RFC 3339 with a zone.", max_length=40, schema_extra={"format": "date-time"}
    ),
]
Until: TypeAlias = Annotated[
    str,
    QueryParameter(
        description="Written before; RFC 3339 with a zone.", max_length=40, schema_extra={"format": "date-time"}
    ),
]
KeptFor: TypeAlias = Annotated[
    Literal["match", "own", "thread", "all"],
    QueryParameter(description="Why it was kept: a query matched, we wrote it, it is in their threads, all is kept."),
]


def filtered(
    queries: list[str] | None = None,
    network: list[str] | None = None,
    lang: list[str] | None = None,
    author: str = "",
    q: str = "",
    since: str = "",
    until: str = "",
    kept: str = "match",
) -> Filter:
    """The archive's filter. Raises InvalidError for an instant without a zone."""
    return Filter(
        queries=tuple(queries or ()),
        networks=tuple(network or ()),
        langs=tuple(lang or ()),
        author=author.removeprefix("@"),
        since=millis(since, "since"),
        until=millis(until, "until"),
        text=q.strip(),
        kept=(kept,),
    )

"""Checking a text and trying it on the rolling sample; nothing is saved."""

from typing import Annotated, Any

from litestar import Request
from litestar.params import JSONBody
from msgspec import Meta, Struct

from vigie.flows import queries as flow
from vigie.flows.preview import preview
from vigie.query import to_text
from vigie.web.api.problems import Fault, RefusedError, query_faults, voice
from vigie.web.api.queries.changing import LONGEST
from vigie.web.api.queries.reading import MATCH, Cost, cost_out
from vigie.web.api.routes import asks
from vigie.web.api.shapes import Post, Span, post_out, spans_out
from vigie.web.api.times import Instant, instant_or_none
from vigie.web.house import house_of
from vigie.web.pages.queries.sample import SAMPLE, frequencies

Asked = Request[Any, Any, Any]


class QueryTrial(Struct, frozen=True, forbid_unknown_fields=True):
    """A text. ``id`` is the query it would be, so that one which names itself in a circle is found."""

    match: Annotated[str, Meta(max_length=LONGEST, description=MATCH.description, examples=MATCH.examples)]
    id: Annotated[str, Meta(max_length=64)] = ""


class Cheaper(Struct, frozen=True):
    """A text that costs less, for a query that is too dear. Not ``same``: it finds fewer posts, and no other ones."""

    match: str
    same: bool
    without: Annotated[str, Meta(description="What a narrower text leaves out; empty for the same.")]


class Verdict(Struct, frozen=True):
    """What the parser says: ``problems`` of a text that cannot be read, else what its author may not have meant."""

    readable: bool
    canonical: Annotated[str, Meta(description="The same query in its plainest form; empty when it cannot be read.")]
    cost: Cost | None
    problems: tuple[Fault, ...]
    cheaper: Cheaper | None = None


class Example(Struct, frozen=True):
    """A post of the sample that the query would have found, and the characters that made it match."""

    post: Post
    marks: tuple[Span, ...]


class Preview(Struct, frozen=True):
    """What a query would have found: ``matched`` of ``size`` posts, read since ``since``. Examples are the newest."""

    matched: int
    size: int
    since: Instant | None
    says_little: Annotated[bool, Meta(description="The sample is too small for the figure to mean much.")]
    examples: tuple[Example, ...]


CHEAP = Cost(0.01, 0.0002, 0.0001, 0.0005, "low")
GOOD = Verdict(readable=True, canonical="café AND livraison", cost=CHEAP, problems=())


@asks("/queries/-/validate", "read-queries", cost=1, example=GOOD)
def validate_query(request: Asked, data: JSONBody[QueryTrial]) -> Verdict:
    """Check a query.

    Says what is wrong, where, and what to write instead; or what the query costs.
    """
    house = house_of(request)
    said = flow.examine(data.match, data.id, flow.named(house.charter()), frequencies(house))
    problems = said.problems or (said.query.warnings if said.query else ())
    return Verdict(
        readable=said.query is not None,
        canonical=to_text(said.query) if said.query else "",
        cost=cost_out(said.cost),
        problems=query_faults(problems, voice(request)),
        cheaper=Cheaper(said.cheaper.text, said.cheaper.same, said.cheaper.without) if said.cheaper else None,
    )


@asks("/queries/-/preview", "read-queries", cost=5)
def preview_query(request: Asked, data: JSONBody[QueryTrial]) -> Preview:
    """Try a query on the rolling sample.

    How many of the last posts it would have found, with examples.
    """
    house = house_of(request)
    said = flow.examine(data.match, data.id, flow.named(house.charter()))
    if said.query is None:
        raise RefusedError("invalid-query", *query_faults(said.problems, voice(request)))
    posts, since = SAMPLE.posts(house.archive, house.clock())
    seen = preview(said.query, posts, since)
    return Preview(
        matched=seen.matched,
        size=seen.size,
        since=instant_or_none(seen.since),
        says_little=seen.says_little,
        examples=tuple(Example(post_out(one.post), spans_out(one.spans)) for one in seen.examples),
    )

"""Why a query finds a post, or does not; nothing is saved."""

from collections.abc import Iterator
from typing import Annotated, Any

from litestar import Request
from litestar.params import JSONBody
from msgspec import Meta, Struct

from vigie import model
from vigie.flows import queries as flow
from vigie.flows.why import pasted, post_at
from vigie.query import Query
from vigie.query.explain import Clause, explain
from vigie.query.ground import Found
from vigie.query.miss import Miss
from vigie.web.api.problems import Fault, RefusedError, query_faults, voice
from vigie.web.api.queries.changing import LONGEST
from vigie.web.api.queries.reading import MATCH
from vigie.web.api.routes import asks
from vigie.web.api.shapes import Span, spans_out
from vigie.web.house import House, house_of
from vigie.web.pages.queries.sample import SAMPLE
from vigie.wording import Wording
from vigie.wording.reasons import answer, missed

Asked = Request[Any, Any, Any]
_TOLD = 2_000
"""Conditions in one answer; a query may have 10,000."""
_LONGEST_POST = 100_000


class QueryQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """A query, by ``id`` or by its text, and a post: one of ``mention``, ``post`` and ``text``."""

    id: Annotated[str, Meta(max_length=64, description="One of the charter's queries.", examples=["brand"])] = ""
    match: Annotated[str, Meta(max_length=LONGEST, description=MATCH.description, examples=MATCH.examples)] = ""
    mention: Annotated[Annotated[int, Meta(ge=0, le=2**53)] | None, Meta(description="Number of a stored mention.")] = (
        None
    )
    post: Annotated[str, Meta(max_length=2_000, description="Address or identifier of a post that Vigie keeps.")] = ""
    text: Annotated[str, Meta(max_length=_LONGEST_POST, description="Words of any other post.")] = ""
    lang: Annotated[str, Meta(max_length=8, description="Language of ``text``.", examples=["fr"])] = ""


class Places(Struct, frozen=True):
    """Where something stands: characters of the post's text and title, and its tags."""

    text: tuple[Span, ...]
    title: tuple[Span, ...]
    tags: tuple[str, ...]


class Condition(Struct, frozen=True):
    """A part of the query beside the post. Those that it joins follow it, one ``depth`` further in."""

    depth: int
    kind: Annotated[str, Meta(examples=["near"])]
    clause: Annotated[str, Meta(description="In the canonical form; empty for and, or, not and atleast of several.")]
    holds: Annotated[bool, Meta(description="By itself: what stands under not says so of the thing.")]
    places: Places
    distance: Annotated[int | None, Meta(description="Of nearness: the fewest words found between.")]


class MissedCondition(Struct, frozen=True):
    """One of the fewest conditions that would have to turn out otherwise."""

    clause: str
    code: Annotated[str, Meta(examples=["why.miss.far"])]
    detail: Annotated[str, Meta(description="A sentence: what was missed, and by how much.")]
    values: Annotated[dict[str, str | int], Meta(description="What the sentence is made of.")]
    excluded: Annotated[bool, Meta(description="It holds and must not; otherwise it does not and should.")]
    places: Annotated[Places, Meta(description="What comes nearest, or what is there although it should not be.")]
    instead: Annotated[tuple[str, ...], Meta(description="Conditions any one of which would do as well.")]


class QueryExplanation(Struct, frozen=True):
    """Whether a query finds a post, and why; ``missed`` is empty where it does, and where no post could be found."""

    matches: bool
    detail: Annotated[str, Meta(description="The answer in a sentence.")]
    marks: Annotated[tuple[Span, ...], Meta(description="Characters of the text that made it match.")]
    missed: tuple[MissedCondition, ...]
    conditions: tuple[Condition, ...]


_NOWHERE = Places((), (), ())
EXAMPLE = QueryExplanation(
    matches=False,
    detail="The query does not find this post: one condition is not met.",
    marks=(),
    missed=(
        MissedCondition(
            clause='grève NEAR/8 "Air France"',
            code="why.miss.far",
            detail="“grève” is there, “Air France” is 14 words away; NEAR/8 asks for 8 at most.",
            values={"left": "grève", "right": "Air France", "distance": 14, "operator": "NEAR/8", "most": 8},
            excluded=False,
            places=Places((Span(3, 8), Span(93, 103)), (), ()),
            instead=(),
        ),
    ),
    conditions=(Condition(0, "near", 'grève NEAR/8 "Air France"', holds=False, places=_NOWHERE, distance=14),),
)


@asks("/queries/-/explain", "read-mentions", cost=3, example=EXAMPLE, fails=(404,))
def explain_query(request: Asked, data: JSONBody[QueryQuestion]) -> QueryExplanation:
    """Explain a query.

    Why it finds a post, condition by condition; or the fewest conditions that it misses, and by how much.
    """
    house, say = house_of(request), voice(request)
    query = _query(data, house, say)
    post = _post(data, house, say)
    said = explain(query, post)
    return QueryExplanation(
        matches=said.matches,
        detail=answer(said, flow.label_of(house.charter(), data.id) if data.id else "", say),
        marks=spans_out(said.spans),
        missed=tuple(_missed(one, say) for one in said.misses[:_TOLD]),
        conditions=tuple(one for one, _ in zip(_conditions(said.clause, 0), range(_TOLD), strict=False)),
    )


def _query(data: QueryQuestion, house: House, say: Wording) -> Query:
    if bool(data.id) == bool(data.match):
        raise _one_of(say, "id", "match")
    named = flow.named(house.charter())
    if data.id and data.id not in named:
        raise RefusedError("not-found")
    said = flow.examine(named[data.id] if data.id else data.match, data.id, named)
    if said.query is None:
        raise RefusedError("invalid-query", *query_faults(said.problems, say))
    return said.query


def _post(data: QueryQuestion, house: House, say: Wording) -> model.Post:
    if sum((data.mention is not None, bool(data.post), bool(data.text))) != 1:
        raise _one_of(say, "mention", "post", "text")
    if data.text:
        return pasted(data.text, data.lang)
    if data.mention is not None:
        mention = house.archive.mention(data.mention)
        found = mention.post if mention is not None and mention.gone_at is None else None
    else:
        sample, _ = SAMPLE.posts(house.archive, house.clock())
        found = post_at(data.post, house.archive, sample, house.networks)
    if found is None:
        raise RefusedError("not-found")
    return found


def _one_of(say: Wording, *fields: str) -> RefusedError:
    sentence = say("why.error.one_of", fields=", ".join(fields))
    return RefusedError("invalid-body", Fault(sentence, "why.error.one_of", pointer=f"#/{fields[0]}"))


def _missed(miss: Miss, say: Wording) -> MissedCondition:
    return MissedCondition(
        clause=miss.clause,
        code=miss.code,
        detail=missed(miss, say),
        values=miss.values,
        excluded=miss.excluded,
        places=_places(miss.found),
        instead=miss.instead[:_TOLD],
    )


def _conditions(clause: Clause, depth: int) -> Iterator[Condition]:
    yield Condition(depth, clause.kind, clause.text, clause.holds, _places(clause.found), clause.distance)
    for part in clause.parts:
        yield from _conditions(part, depth + 1)


def _places(found: Found) -> Places:
    return Places(spans_out(found.text), spans_out(found.title), found.tags)

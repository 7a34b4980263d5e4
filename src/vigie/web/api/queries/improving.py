"""Words that would widen a query or sharpen it, and queries of other products in our language."""

import asyncio
from typing import Annotated, Any, Literal

from litestar import Request
from litestar.params import JSONBody
from msgspec import Meta, Struct

from vigie.flows import queries as flow
from vigie.query import QueryError
from vigie.query.translate import detect, translate
from vigie.web.api.problems import RefusedError, query_faults, voice
from vigie.web.api.queries.changing import LONGEST
from vigie.web.api.queries.reading import MATCH
from vigie.web.api.queries.trying import QueryTrial
from vigie.web.api.routes import asks
from vigie.web.house import house_of
from vigie.web.pages.queries.suggesting import offers
from vigie.web.slow import slow_of
from vigie.wording.translations import note_sentence

Asked = Request[Any, Any, Any]


class Offer(Struct, frozen=True):
    """A word to take up. ``match`` is the whole query then; ``posts`` is how many it adds (`or`) or drops."""

    term: str
    change: Literal["or", "and", "not"]
    posts: int
    match: str


class Offers(Struct, frozen=True):
    """Words that the posts found say more often than the others; ``matched`` of the ``compared`` posts are found."""

    widen: tuple[Offer, ...]
    sharpen: tuple[Offer, ...]
    matched: int
    compared: int
    basis: Annotated[Literal["sample", "kept"], Meta(description="The rolling sample, or the latest kept posts.")]


class Pasted(Struct, frozen=True, forbid_unknown_fields=True):
    """A query as another product writes it."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST)]
    vendor: Literal["auto", "brandwatch", "talkwalker", "meltwater", "x"] = "auto"


class Note(Struct, frozen=True):
    """What became of a part of the pasted text; ``effect`` is what the whole query finds because of it."""

    code: str
    start: int
    end: int
    effect: Literal["same", "wider", "narrower", "different"]
    becomes: str
    detail: str


class Translation(Struct, frozen=True):
    """The query in our language; ``match`` is empty when nothing of it could be carried over."""

    vendor: str
    match: Annotated[str, MATCH]
    faithful: Annotated[bool, Meta(description="It finds the same posts, nothing more and nothing less.")]
    notes: tuple[Note, ...]


@asks("/queries/-/suggest", "read-mentions", cost=20)
async def suggest_query(request: Asked, data: JSONBody[QueryTrial]) -> Offers:
    """Suggest words.

    That widen a query or sharpen it, by how much more often the posts that it finds say them.
    """
    house = house_of(request)
    charter = await asyncio.to_thread(house.charter)
    said = await asyncio.to_thread(flow.examine, data.match, data.id, flow.named(charter))
    query = said.query
    if query is None:
        raise RefusedError("invalid-query", *query_faults(said.problems, voice(request)))
    found = await slow_of(request.app).run(lambda: offers(house, query))
    return Offers(
        widen=tuple(Offer(one.term, one.change, one.posts, one.text) for one in found.widen),
        sharpen=tuple(Offer(one.term, one.change, one.posts, one.text) for one in found.sharpen),
        matched=found.matched,
        compared=found.compared,
        basis=found.basis,
    )


@asks("/queries/-/translate", "read-queries", cost=1)
def translate_query(request: Asked, data: JSONBody[Pasted]) -> Translation:
    """Translate a query.

    Of Brandwatch, Talkwalker, Meltwater or X. What could not be carried over, or not exactly, is noted.
    """
    say = voice(request)
    vendor = detect(data.text) if data.vendor == "auto" else data.vendor
    try:
        found = translate(data.text, vendor)
    except QueryError as error:
        raise RefusedError("invalid-query", *query_faults(error.problems, say)) from error
    notes = tuple(
        Note(note.code, note.start, note.end, note.effect, note.becomes, note_sentence(note, say))
        for note in found.notes
    )
    return Translation(found.vendor, found.text, found.faithful, notes)

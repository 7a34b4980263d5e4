"""The routes of mentions."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import FromPath
from msgspec import Meta, Struct

from vigie.flows import mentions as flow
from vigie.flows.mentions import marked
from vigie.flows.ports.archive import AuthorSheet
from vigie.web.api import filters, shapes
from vigie.web.api.filters import By, KeptFor, Langs, Networks, Queries, Since, Until, Words
from vigie.web.api.invalid import InvalidError
from vigie.web.api.paging import After, Items, Limit, page
from vigie.web.api.problems import RefusedError
from vigie.web.api.routes import reads
from vigie.web.api.shapes import Mention, author_out, mention_out
from vigie.web.api.times import Instant, instant
from vigie.web.house import house_of
from vigie.web.pages.listening.watching import watched_by

Asked = Request[Any, Any, Any]
_HIGHEST = 2**63 - 1  # what SQLite counts with


class Count(Struct, frozen=True):
    """How many."""

    count: int


class Language(Struct, frozen=True):
    """A language and how many mentions have it; empty for those whose language nobody knows."""

    lang: str
    count: int


class KnownAuthor(Struct, frozen=True):
    """An author as the archive knows them."""

    network: str
    author: shapes.Author
    mentions: int
    first_at: Instant
    last_at: Instant


class Version(Struct, frozen=True):
    """What a post said from then on."""

    at: Instant
    text: str


class Why(Struct, frozen=True):
    """One reason for a mention to be here: a query, and the words that matched it."""

    query: str
    version: Annotated[int, Meta(description="Number of the query's present version.")]
    purpose: Annotated[str, Meta(description="Empty when the charter no longer has the query.")]
    words: tuple[str, ...]
    still: Annotated[bool, Meta(description="The query as it is now matches the post as it is now.")]


class OpenedMention(Struct, frozen=True):
    """A mention with its thread (oldest first, itself included), its author, its versions and its reasons."""

    mention: Mention
    thread: tuple[Mention, ...]
    author: KnownAuthor | None
    versions: tuple[Version, ...]
    why: tuple[Why, ...]


@reads("/mentions", "read-mentions", example=Items((shapes.EXAMPLE,), "1794501720000-4711"))
def list_mentions(
    request: Asked,
    *,
    queries: Queries = None,
    network: Networks = None,
    lang: Langs = None,
    author: By = "",
    q: Words = "",
    since: Since = "",
    until: Until = "",
    kept: KeptFor = "match",
    after: After = "",
    limit: Limit = 50,
) -> Response[Items[Mention]]:
    """List and search mentions.

    Newest first by the time they were written. `q` searches the full text. Marks show the words that matched.
    """
    house = house_of(request)
    where = filters.filtered(queries, network, lang, author, q, since, until, kept)
    try:
        part = house.archive.mentions(where, after, limit)
    except ValueError as error:
        raise InvalidError("cursor", "after", body=False) from error
    watch = watched_by(house)
    found = (marked(mention, watch) for mention in part.mentions)
    return page(request, tuple(mention_out(row.mention, row.marks) for row in found), part.next)


@reads("/mentions/count", "read-mentions", example=Count(214))
def count_mentions(
    request: Asked,
    *,
    queries: Queries = None,
    network: Networks = None,
    lang: Langs = None,
    author: By = "",
    q: Words = "",
    since: Since = "",
    until: Until = "",
    kept: KeptFor = "match",
) -> Count:
    """Count mentions."""
    where = filters.filtered(queries, network, lang, author, q, since, until, kept)
    return Count(house_of(request).archive.count(where))


@reads("/mentions/languages", "read-mentions", example=Items((Language("fr", 198), Language("en", 16))))
def list_languages(
    request: Asked, *, queries: Queries = None, network: Networks = None, since: Since = "", until: Until = ""
) -> Items[Language]:
    """List the languages of mentions.

    The most frequent first.
    """
    where = filters.filtered(queries, network, since=since, until=until)
    return Items(tuple(Language(lang, count) for lang, count in house_of(request).archive.langs(where)))


@reads("/mentions/{id:int}", "read-mentions", fails=(404,))
def read_mention(request: Asked, id: FromPath[int]) -> OpenedMention:
    """Read a mention.

    With its thread, its author, its versions and why it is here.
    """
    house = house_of(request)
    found = flow.opened(house.archive, id, watched_by(house)) if 0 <= id <= _HIGHEST else None
    if found is None:
        raise RefusedError("not-found")
    return OpenedMention(
        mention=mention_out(found.row.mention, found.row.marks),
        thread=tuple(mention_out(row.mention, row.marks) for row in found.thread),
        author=_known(found.author),
        versions=tuple(Version(instant(at), text) for at, text in found.versions),
        why=tuple(Why(one.query, one.version, one.purpose, one.words, one.still) for one in found.why),
    )


def _known(sheet: AuthorSheet | None) -> KnownAuthor | None:
    if sheet is None:
        return None
    return KnownAuthor(
        sheet.network, author_out(sheet.author), sheet.mentions, instant(sheet.first_at), instant(sheet.last_at)
    )

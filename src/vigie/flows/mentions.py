"""Reading what was said: the log of mentions, one mention with what surrounds it, and why each is here."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, structs

from vigie.flows.ports.archive import Archive, AuthorSheet, Filter, QueryVersion
from vigie.model import Mention, Millis, Span
from vigie.query import Query, QueryError, evaluate, parse, spans

PAGE = 50
"""Mentions on one page of the log."""

MARKED_AT_MOST = 20_000
"""Characters of a text in which matched words are looked for; what follows is shown plain."""


class Row(Struct, frozen=True):
    """A mention and the characters of its text that made it match."""

    mention: Mention
    marks: tuple[Span, ...]


class Listing(Struct, frozen=True):
    """A page of the log, newest first. ``next`` asks for the one after; empty at the end."""

    rows: tuple[Row, ...]
    next: str


class Why(Struct, frozen=True):
    """One reason for a mention to be here.

    Attributes:
        query: the query's id.
        version: the number of its present version; 0 when the archive has not recorded it.
        purpose: as the charter states it; empty when the charter no longer has the query.
        words: the words that matched, as written in the post, each once.
        still: the query as it is now matches the post as it is now.
    """

    query: str
    version: int
    purpose: str
    words: tuple[str, ...]
    still: bool


class Opened(Struct, frozen=True):
    """A mention with what surrounds it: its thread (oldest first, itself included), its author, its versions."""

    row: Row
    thread: tuple[Row, ...]
    author: AuthorSheet | None
    versions: tuple[tuple[Millis, str], ...]
    why: tuple[Why, ...]


class Watched(Struct, frozen=True):
    """The charter's queries, ready to explain a match.

    ``parsed`` has those that parse; ``purposes`` all of them.
    """

    parsed: Mapping[str, Query]
    purposes: Mapping[str, str]


def watched(queries: Iterable[tuple[str, str, str]]) -> Watched:
    """Prepares (id, purpose, match) of the charter's queries. One that does not parse marks no words, that is all."""
    known = list(queries)
    named = {name: match for name, _, match in known}
    parsed: dict[str, Query] = {}
    for name, match in named.items():
        try:
            parsed[name] = parse(match, named)
        except QueryError:
            continue
    return Watched(parsed, {name: purpose for name, purpose, _ in known})


def marked(mention: Mention, watch: Watched) -> Row:
    """A mention with its matched words. A tombstone has none."""
    if mention.gone_at is not None or not mention.queries:
        return Row(mention, ())
    found = [span for name in mention.queries if name in watch.parsed for span in _spans(watch.parsed[name], mention)]
    return Row(mention, merged(found))


def listing(archive: Archive, where: Filter, watch: Watched, after: str = "", limit: int = PAGE) -> Listing:
    """The mentions that a filter lets through, newest first."""
    part = archive.mentions(where, after, limit)
    return Listing(tuple(marked(mention, watch) for mention in part.mentions), part.next)


def fresh(archive: Archive, where: Filter, ids: Sequence[int], watch: Watched) -> tuple[Row, ...]:
    """Of the mentions that have just come, those that a filter lets through, newest first; at most a page."""
    found = [
        m for m in (archive.mention(one) for one in dict.fromkeys(ids[-1000:])) if m is not None and passes(m, where)
    ]
    if where.text and found:
        written = [m.post.created_at for m in found]
        narrow = structs.replace(where, since=min(written), until=max(written) + 1)
        wanted = {m.id for m in archive.mentions(narrow, "", 1000).mentions}
        found = [m for m in found if m.id in wanted]
    found.sort(key=lambda m: (m.post.created_at, m.id), reverse=True)
    return tuple(marked(m, watch) for m in found[:PAGE])


def passes(mention: Mention, where: Filter) -> bool:
    """Whether a filter lets a mention through, its full-text search left aside."""
    post = mention.post
    return (
        (not where.kept or mention.kept in where.kept)
        and (not where.queries or not set(where.queries).isdisjoint(mention.queries))
        and (not where.networks or post.network in where.networks)
        and (not where.langs or not set(where.langs).isdisjoint(post.langs))
        and (not where.author or where.author in (post.author.id, post.author.handle))
        and (where.since is None or post.created_at >= where.since)
        and (where.until is None or post.created_at < where.until)
    )


def opened(archive: Archive, id: int, watch: Watched) -> Opened | None:
    """One mention with its thread, author, versions and reasons; None when the archive has no such mention."""
    mention = archive.mention(id)
    if mention is None:
        return None
    row = marked(mention, watch)
    thread = tuple(marked(one, watch) for one in archive.thread(id)) or (row,)
    gone = mention.gone_at is not None
    versions = archive.queries()
    return Opened(
        row=row,
        thread=thread,
        author=None if gone else archive.author(mention.post.network, mention.post.author.id),
        versions=() if gone else tuple(archive.versions(id)),
        why=tuple(_why(mention, query, watch, versions) for query in mention.queries),
    )


def merged(found: Iterable[Span]) -> tuple[Span, ...]:
    """Spans sorted, those that touch or overlap as one.

    >>> merged([Span(4, 6), Span(0, 2), Span(5, 9)])
    (Span(start=0, end=2), Span(start=4, end=9))
    """
    out: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, one.end)):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _why(mention: Mention, query: str, watch: Watched, versions: Sequence[QueryVersion]) -> Why:
    parsed = watch.parsed.get(query)
    here = mention.gone_at is None and parsed is not None
    words: dict[str, None] = {}
    if here and parsed is not None:
        words = dict.fromkeys(mention.post.text[span.start : span.end] for span in _spans(parsed, mention))
    return Why(
        query=query,
        version=max((one.number for one in versions if one.id == query), default=0),
        purpose=watch.purposes.get(query, ""),
        words=tuple(words)[:12],
        still=bool(here and parsed is not None and evaluate(parsed, mention.post)),
    )


def _spans(query: Query, mention: Mention) -> tuple[Span, ...]:
    post = mention.post
    if len(post.text) > MARKED_AT_MOST:  # an article, or somebody's idea of fun
        post = structs.replace(post, text=post.text[:MARKED_AT_MOST])
    return spans(query, post)

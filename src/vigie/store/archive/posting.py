"""Puts posts into the archive: new ones, later versions of known ones, matches that known ones gain."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import Connection, bindparam, insert, select, update

from vigie.flows.ports.archive import Appended
from vigie.model import Kept, Millis, Post, Sighting
from vigie.store import sqlite
from vigie.store.archive.counting import ANY, Counted, count_matches
from vigie.store.archive.people import author_numbers
from vigie.store.changes import Kind, note_changes
from vigie.store.rows import Values, lang_of, post_row, rest_of
from vigie.store.schema import match, post, version

_HELD = select(
    post.c.remote_id,
    post.c.id,
    post.c.kept,
    post.c.created_at,
    post.c.edited_at,
    post.c.gone_at,
    post.c.version,
    post.c.lang,
).where(post.c.network == bindparam("network"), post.c.remote_id.in_(sqlite.among(bindparam("ids"))))
_MATCHED = select(match.c.post, match.c.query).where(match.c.post.in_(sqlite.among(bindparam("ids"))))
_ADD_POST = sqlite.positional(insert(post))
_ADD_MATCH = sqlite.positional(insert(match))
_KEEP_VERSION = insert(version).from_select(
    ["post", "at", "text"],
    select(post.c.id, bindparam("version_at"), post.c.text).where(post.c.id == bindparam("of")),
)
_EDIT = (
    update(post)
    .where(post.c.id == bindparam("of"))
    .values({name: bindparam(name) for name in ("author", "edited_at", "version", "url", "title", "text", "rest")})
)
_RAISE = update(post).where(post.c.id == bindparam("of")).values(kept=bindparam("now_kept"))

_WEAK: tuple[Kept, ...] = ("thread", "all")


class Held(Struct):
    """What the archive knows of a post, as far as storing it again needs."""

    id: int
    kept: Kept
    created_at: Millis
    version_at: Millis
    gone: bool
    version: int
    lang: str
    queries: set[str]


def held_posts(tx: Connection, posts: Iterable[Post]) -> dict[tuple[str, str], Held]:
    """Those of these posts that are there already, by (network, remote_id)."""
    names: dict[str, set[str]] = {}
    for said in posts:
        names.setdefault(said.network, set()).add(said.remote_id)
    held: dict[tuple[str, str], Held] = {}
    by_id: dict[int, Held] = {}
    for network, ids in names.items():
        found = tx.execute(_HELD, {"network": network, "ids": sqlite.as_list(ids)})
        for remote_id, id, kept, created_at, edited_at, gone_at, number, lang in found:
            version_at = created_at if edited_at is None else edited_at
            one = Held(id, kept, created_at, version_at, gone_at is not None, number, lang, set())
            held[network, remote_id] = by_id[id] = one
    if by_id:
        for id, query in tx.execute(_MATCHED, {"ids": sqlite.as_list(by_id)}):
            by_id[id].queries.add(query)
    return held


def put_posts(tx: Connection, sightings: Sequence[Sighting], edits: Sequence[Post], now: Millis) -> Appended:
    """Stores sightings, and versions of posts that are no sighting any more but that the archive holds."""
    if not sightings and not edits:
        return Appended()
    held = held_posts(tx, [*(sighting.post for sighting in sightings), *edits])
    work = _Work(tx, held, now)
    for sighting in sightings:
        work.put(sighting.post, sighting.queries, sighting.kept)
    for said in edits:
        if (said.network, said.remote_id) in held:
            work.put(said, (), None)
    work.finish()
    return Appended(work.new, work.edited, 0, work.repeated)


class _Work:
    """One batch on its way into the tables: rows are gathered, then written table by table."""

    def __init__(self, tx: Connection, held: dict[tuple[str, str], Held], now: Millis) -> None:
        self.tx, self.held, self.now = tx, held, now
        self.new = self.edited = self.repeated = 0
        self._last_id = sqlite.last_number(tx, post)
        self._fresh: list[tuple[int, Post, Kept]] = []
        self._matches: list[Values] = []
        self._counted: list[Counted] = []
        self._changes: list[tuple[Kind, str]] = []

    def put(self, said: Post, queries: Sequence[str], kept: Kept | None) -> None:
        name = (said.network, said.remote_id)
        known = self.held.get(name)
        if known is None:
            self._last_id += 1
            known = _newly_held(self._last_id, said, kept or "all")
            self.held[name] = known
            self._fresh.append((known.id, said, known.kept))
            self._changes.append(("mention", str(known.id)))
            self.new += 1
        elif known.gone:
            self.repeated += 1
            return
        elif said.version_at > known.version_at:
            self._edit(known, said)
        else:
            self.repeated += 1
        self._gain(known, said.network, queries, kept)

    def _gain(self, known: Held, network: str, queries: Sequence[str], kept: Kept | None) -> None:
        if kept in ("match", "own") and known.kept in _WEAK:
            self._write_fresh()
            self.tx.execute(_RAISE, {"of": known.id, "now_kept": kept})
            known.kept = kept
        for query in queries:
            if query not in known.queries:
                if known.kept == "match":
                    counted = (query,) if known.queries else (ANY, query)
                    self._counted += [(one, known.created_at, network, known.lang) for one in counted]
                known.queries.add(query)
                self._matches.append((query, known.kept, known.created_at, known.id, network, known.lang))

    def _edit(self, known: Held, said: Post) -> None:
        self._write_fresh()
        tx, of = self.tx, known.id
        author = author_numbers(tx, [(said.network, said.author)])[said.network, said.author.id]
        tx.execute(_KEEP_VERSION, {"version_at": known.version_at, "of": of})
        sqlite.unindex_posts(tx, [of])
        known.version_at, known.version = said.version_at, known.version + 1
        now = {"of": of, "author": author, "edited_at": said.version_at, "version": known.version}
        tx.execute(_EDIT, {**now, "url": said.url, "title": said.title, "text": said.text, "rest": rest_of(said)})
        sqlite.index_posts(tx, of, of)
        self._changes.append(("edit", str(of)))
        self.edited += 1

    def _write_fresh(self) -> None:
        if not self._fresh:
            return
        fresh, self._fresh = self._fresh, []
        numbers = author_numbers(self.tx, ((said.network, said.author) for _, said, _ in fresh))
        rows = [post_row(id, said, numbers[said.network, said.author.id], kept, self.now) for id, said, kept in fresh]
        self.tx.exec_driver_sql(_ADD_POST, rows)
        sqlite.index_posts(self.tx, fresh[0][0], fresh[-1][0])

    def finish(self) -> None:
        self._write_fresh()
        if self._matches:
            self.tx.exec_driver_sql(_ADD_MATCH, self._matches)
        count_matches(self.tx, self._counted)
        note_changes(self.tx, self._changes)


def _newly_held(id: int, said: Post, kept: Kept) -> Held:
    return Held(id, kept, said.created_at, said.version_at, gone=False, version=1, lang=lang_of(said), queries=set())

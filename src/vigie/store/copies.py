"""Other people's posts that stand outside the archive: in drafts, publications and evidence.

There they are `vigie.model.Post` as JSON, somewhere in a larger value. When their words go, an empty post stays in that
place: what answered it still answers something, and goes out as an answer or not at all.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any, Literal, TypeAlias

import msgspec
from sqlalchemy import Column, Connection, bindparam, delete, select, update
from sqlalchemy.sql.elements import ColumnElement

from vigie.store import sqlite
from vigie.store.refusals import Refusals
from vigie.store.rows import key_of
from vigie.store.schema import copy, draft, draft_version, evidence, post, publication

Place: TypeAlias = Literal["draft", "publication", "evidence"]
_Said: TypeAlias = dict[str, Any]

COLUMNS: Mapping[str, tuple[tuple[Column[str], Column[int]], ...]] = {
    "draft": ((draft.c.content, draft.c.id), (draft_version.c.content, draft_version.c.draft)),
    "publication": ((publication.c.outgoing, publication.c.id),),
    "evidence": ((evidence.c.content, evidence.c.id),),
}
"""Where each kind keeps its value, and the number that it goes by."""

_decode = msgspec.json.decode
_NAMES = sqlite.among(bindparam("ids"))
_KNOWN = select(post.c.kept, post.c.gone_at).where(
    post.c.network == bindparam("network"), post.c.remote_id == bindparam("remote_id")
)
_NOTE = sqlite.INSERT_MANY(copy).on_conflict_do_nothing()


def posts_in(value: Any) -> Iterator[_Said]:
    """Every post within a JSON value; what a post holds is not looked into again."""
    if isinstance(value, dict):
        if isinstance(value.get("author"), dict) and "remote_id" in value and "network" in value:
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from posts_in(part)


def emptied(content: str, gone: Callable[[_Said], str | None]) -> str:
    """The value with some of its posts empty: those for which ``gone`` gives the name that they go by from now on."""
    value = _decode(content)
    changed = False
    for said in posts_in(value):
        name = gone(said) if said["author"].get("id") else None
        if name is not None:
            empty_post(said, name)
            changed = True
    return msgspec.json.encode(value).decode() if changed else content


def empty_post(said: _Said, name: str) -> None:
    """Takes everything from a post but its place."""
    left = {"network": said["network"], "remote_id": name, "author": {"id": ""}, "text": ""}
    left["created_at"] = said.get("created_at", 0)
    said.clear()
    said.update(left)


def current(tx: Connection, refusals: Refusals, content: str) -> str:
    """The value without the words that their authors took back, or asked us to forget, while it was being written."""
    refusals.refresh(tx)

    def gone(said: _Said) -> str | None:
        if refusals.lists(said["author"]["id"], said["author"].get("handle", "")):
            return nameless(refusals, said["remote_id"])
        known = tx.execute(_KNOWN, {"network": said["network"], "remote_id": said["remote_id"]}).first()
        taken_back = known is not None and known.gone_at is not None and known.kept != "own"
        return said["remote_id"] if taken_back else None

    return emptied(content, gone)


def nameless(refusals: Refusals, remote_id: str) -> str:
    """What the post of somebody erased goes by: its own name may hold theirs."""
    return f"gone:{refusals.digest(remote_id).hex()[:16]}"


def note_copies(tx: Connection, place: Place, of: int, content: str) -> None:
    """Remembers whose posts stand in a value, so that they are found when they go. Our own are ours to keep."""
    rows = []
    for said in _others(tx, content):
        where = {"network": said["network"], "remote_id": said["remote_id"], "place": place, "of": of}
        author = said["author"]
        rows.append(where | {"author": author["id"], "handle_key": key_of(author.get("handle", ""))})
    if rows:
        tx.execute(_NOTE, rows)


def unnoted(connection: Connection) -> bool:
    """Whether words of others stand somewhere without being remembered. Reads every value."""
    noted = {
        tuple(row) for row in connection.execute(select(copy.c.network, copy.c.remote_id, copy.c.place, copy.c.of))
    }
    for place, columns in COLUMNS.items():
        for content, number in columns:
            for value, of in connection.execute(select(content, number)).all():
                posts = _others(connection, value)
                if any((said["network"], said["remote_id"], place, of) not in noted for said in posts):
                    return True
    return False


def _others(connection: Connection, content: str) -> Iterator[_Said]:
    """The posts of others in a value, those that are still theirs to take back."""
    for said in posts_in(_decode(content)):
        known = connection.execute(_KNOWN, {"network": said["network"], "remote_id": said["remote_id"]}).first()
        if said["author"].get("id") and (known is None or known.kept != "own"):
            yield said


def forget_posts(tx: Connection, network: str, remote_ids: Collection[str]) -> None:
    """Empties the copies of posts that are gone from the archive, or were taken back on their network."""
    _forget(tx, copy.c.remote_id.in_(_NAMES), {"network": network, "ids": sqlite.as_list(remote_ids)})


def forget_authors(tx: Connection, network: str, author_ids: Collection[str]) -> None:
    """The same for all that some authors wrote."""
    _forget(tx, copy.c.author.in_(_NAMES), {"network": network, "ids": sqlite.as_list(author_ids)})


def _forget(tx: Connection, whose: ColumnElement[bool], names: dict[str, str]) -> None:
    these = (copy.c.network == bindparam("network"), whose)
    gone: dict[tuple[str, int], set[str]] = defaultdict(set)
    for place, of, remote_id in tx.execute(select(copy.c.place, copy.c.of, copy.c.remote_id).where(*these), names):
        gone[place, of].add(remote_id)
    for (place, of), ids in gone.items():
        empty = partial(emptied, gone=partial(_name_if, names["network"], ids))
        for content, number in COLUMNS[place]:
            rewrite(tx, content, number == of, empty)
    if gone:
        tx.execute(delete(copy).where(*these), names)


def _name_if(network: str, ids: set[str], said: _Said) -> str | None:
    return said["remote_id"] if said["network"] == network and said["remote_id"] in ids else None


def rewrite(tx: Connection, content: Column[str], which: ColumnElement[bool], change: Callable[[str], str]) -> None:
    """Puts a column's changed values in place of those that are there, in some rows of its table."""
    key = list(content.table.primary_key.columns)
    for value, *row in tx.execute(select(content, *key).where(which)).all():
        if (changed := change(value)) != value:
            there = (column == part for column, part in zip(key, row, strict=True))
            tx.execute(update(content.table).where(*there).values({content.name: changed}))

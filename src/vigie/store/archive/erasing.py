"""Erases one person from every table."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import Connection, Table, bindparam, delete, func, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from vigie.model import Act
from vigie.store import sqlite
from vigie.store.acts import append_act
from vigie.store.archive.clearing import clear_posts
from vigie.store.archive.counting import ANY, Counted, uncount_matches
from vigie.store.archive.naming import holds, name_pattern, unname_copies, unnamed
from vigie.store.refusals import Refusals
from vigie.store.rows import Rest, key_of
from vigie.store.schema import answer, author, copy, match, post, quarantine, sample

_IDS = sqlite.among(bindparam("ids"))
_COUNTED = select(match.c.post, match.c.query, match.c.created_at, match.c.network, match.c.lang).where(
    match.c.post.in_(_IDS), match.c.kept == "match"
)
_WRITTEN = select(post.c.id).where(post.c.author.in_(_IDS))
_POINTING = (post.c.remote_id, post.c.reply_to, post.c.thread, post.c.root, post.c.repost_of)
_NEAR = select(post.c.id, *_POINTING, post.c.rest).where(post.c.id.in_(_IDS))
_LOOSEN = (
    update(post)
    .where(post.c.id == bindparam("of"))
    .values({name: bindparam(f"now_{name}") for name in ("reply_to", "thread", "root", "rest")})
)


def naming_posts(connection: Connection, handle: str) -> list[int]:
    """Numbers of all posts that have this person in a field other than their text. Reads the whole table."""
    names, _ = _known_as(connection, handle)
    fields = (*_POINTING, post.c.rest)
    return list(connection.execute(select(post.c.id).where(holds(names, *fields))).scalars())


def erase_person(tx: Connection, refusals: Refusals, handle: str, near: Sequence[int], act: Act) -> int:
    """Forgets their posts with those that repeat them, and their name wherever it is a value of ours; refuses them.

    What others wrote about them in their own words stays: it is theirs.
    """
    refusals.refresh(tx)
    names, numbers = _known_as(tx, handle)
    naming = name_pattern(names)
    theirs = set(tx.execute(_WRITTEN, {"ids": sqlite.as_list(numbers)}).scalars())
    for row in tx.execute(_NEAR, {"ids": sqlite.as_list(near)}).all():
        if row.id in theirs:
            continue
        if naming.search(row.remote_id) or naming.search(row.repost_of):
            theirs.add(row.id)
        else:
            _loosen(tx, row, naming, refusals)
    _clear_counted(tx, sorted(theirs))
    for table, *fields in ((sample, sample.c.post), (quarantine, quarantine.c.raw), (answer, answer.c.answer)):
        _delete_holding(tx, table, names, fields)
    tx.execute(delete(author).where(author.c.id.in_(numbers)))
    tx.execute(update(author).where(func.lower(author.c.name).in_(names)).values(name="", avatar=""))
    unname_copies(tx, names, naming, refusals)
    refusals.add(tx, names, act.at)
    append_act(tx, unnamed(act, naming, refusals.digest(handle).hex()[:16]))
    return len(theirs)


def _known_as(connection: Connection, handle: str) -> tuple[set[str], list[int]]:
    """Every id and handle, folded, by which we know them, and the numbers of their rows in `author`."""
    key = key_of(handle)
    names, numbers = {key}, []
    for number, remote_id, other in connection.execute(
        select(author.c.id, author.c.remote_id, author.c.handle_key).where(
            or_(author.c.handle_key == key, author.c.remote_id.in_([handle, key]))
        )
    ):
        numbers.append(number)
        names |= {key_of(remote_id), other}
    for elsewhere in (sample, copy):
        known = select(elsewhere.c.author, elsewhere.c.handle_key).where(
            or_(elsewhere.c.handle_key == key, elsewhere.c.author.in_([handle, key]))
        )
        for remote_id, other in connection.execute(known):
            names |= {key_of(remote_id), other}
    return names - {""}, numbers


def _delete_holding(tx: Connection, table: Table, names: Iterable[str], fields: Sequence[ColumnElement[bytes]]) -> None:
    # Rather too many than one too few: these rows live for a day.
    tx.execute(delete(table).where(holds(names, *fields)))


def _loosen(tx: Connection, row: Any, naming: re.Pattern[str], refusals: Refusals) -> None:
    rest = msgspec.json.decode(row.rest, type=Rest)
    rest = structs.replace(
        rest,
        quote_of="" if naming.search(rest.quote_of) else rest.quote_of,
        mentions=tuple(one for one in rest.mentions if not naming.search(one)),
        links=tuple(one for one in rest.links if not naming.search(one)),
    )
    now = {
        "now_reply_to": "" if naming.search(row.reply_to) else row.reply_to,
        "now_thread": "" if naming.search(row.thread) else row.thread,
        # what remains of a thread stays together under a name that says nothing
        "now_root": f"gone:{refusals.digest(row.root).hex()[:16]}" if naming.search(row.root) else row.root,
        "now_rest": msgspec.json.encode(rest).decode(),
    }
    tx.execute(_LOOSEN, now | {"of": row.id})


def _clear_counted(tx: Connection, ids: Sequence[int]) -> None:
    wanted = {"ids": sqlite.as_list(ids)}
    counted: set[tuple[int, Counted]] = set()
    for id, query, at, network, lang in tx.execute(_COUNTED, wanted):
        counted |= {(id, (query, at, network, lang)), (id, (ANY, at, network, lang))}
    uncount_matches(tx, (one for _, one in counted))
    clear_posts(tx, ids)

"""Authors of kept posts: found or made, brought up to date, dropped with their last post."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import structs
from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update

from vigie.model import Author, AuthorChanged
from vigie.store import sqlite
from vigie.store.rows import AUTHOR_COLUMNS, Values, author_fields, author_of
from vigie.store.schema import author, post

_KNOWN = select(author.c.id, *AUTHOR_COLUMNS).where(
    author.c.network == bindparam("network"),
    author.c.remote_id.in_(sqlite.among(bindparam("ids"))),
)
_LAST = select(func.max(author.c.id))
_ADD = sqlite.positional(insert(author))
_FIELDS = [column.name for column in author.c][3:]
_CHANGE = update(author).where(author.c.id == bindparam("of")).values({name: bindparam(name) for name in _FIELDS})
_DROP = delete(author).where(
    author.c.id.in_(sqlite.among(bindparam("ids"))),
    ~exists().where(post.c.author == author.c.id),
)


def author_numbers(tx: Connection, people: Iterable[tuple[str, Author]]) -> dict[tuple[str, str], int]:
    """The number of each (network, author), new ones stored, known ones brought up to date."""
    latest: dict[tuple[str, str], Author] = {}
    for network, who in people:
        before = latest.get((network, who.id))
        latest[network, who.id] = who if before is None else merged(before, who)
    numbers = update_authors(tx, latest)
    fresh = [name for name in latest if name not in numbers]
    if fresh:
        first = (tx.execute(_LAST).scalar() or 0) + 1
        rows: list[Values] = []
        for number, name in enumerate(fresh, first):
            rows.append((number, *name, *author_fields(latest[name])))
            numbers[name] = number
        tx.exec_driver_sql(_ADD, rows)
    return numbers


def update_authors(tx: Connection, people: dict[tuple[str, str], Author]) -> dict[tuple[str, str], int]:
    """Brings the known ones among these authors up to date and gives their numbers."""
    numbers: dict[tuple[str, str], int] = {}
    changed: list[dict[str, Any]] = []
    for network in {network for network, _ in people}:
        ids = [id for net, id in people if net == network]
        for number, *row in tx.execute(_KNOWN, {"network": network, "ids": sqlite.as_list(ids)}):
            was = author_of(tuple(row))
            now = merged(was, people[network, was.id])
            numbers[network, was.id] = number
            if now != was:
                changed.append({"of": number} | dict(zip(_FIELDS, author_fields(now), strict=True)))
    if changed:
        tx.execute(_CHANGE, changed)
    return numbers


def change_authors(tx: Connection, changes: Sequence[AuthorChanged]) -> None:
    """New handles, names and pictures, in the order in which they happened."""
    latest: dict[tuple[str, str], Author] = {}
    for change in changes:
        name = (change.network, change.author.id)
        latest[name] = merged(latest[name], change.author) if name in latest else change.author
    update_authors(tx, latest)


def merged(was: Author, now: Author) -> Author:
    """What we knew, with what the network says now; what it does not say stays.

    ``verified`` cannot be left unsaid: only a profile with its counts takes it back.
    """
    said = {field: value for field in _SAYABLE if (value := getattr(now, field)) not in ("", None)}
    whole = not (now.followers is None and now.following is None and now.posts is None)
    verified = now.verified or (was.verified and not whole)
    if not said and verified == was.verified:
        return was
    return structs.replace(was, **said, verified=verified)


_SAYABLE = [name for name in Author.__struct_fields__ if name not in ("id", "verified")]


def drop_authors(tx: Connection, ids: Iterable[int]) -> None:
    """Forgets those of these authors who have no post left."""
    tx.execute(_DROP, {"ids": sqlite.as_list(ids)})

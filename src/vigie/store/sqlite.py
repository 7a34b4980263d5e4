"""What only SQLite says this way. An adapter for another database has its own of this, `database`, `driver`, `backup`.

The search index `words` is an FTS5 table that keeps no copy of the texts: it reads them through the view
`words_source` (title, text and tags of `post`). So a row leaves the index *before* its post changes.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Insert,
    Select,
    Table,
    Text,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import ColumnElement

from vigie.store.driver import SQLITE

INSERT_MANY = sqlite.insert
"""`sqlalchemy.insert` with ``ON CONFLICT``."""

_DIALECT = sqlite.dialect(paramstyle="qmark")
_words = table("words", column("rowid"), column("words"))


def positional(statement: Insert | Any) -> str:
    """A statement as text with ``?`` in the order of its columns: for thousands of rows as plain tuples."""
    return str(statement.compile(dialect=_DIALECT))


def among(values: ColumnElement[Any] | Any) -> Select[Any]:
    """The values of a JSON list (`as_list`) bound as one parameter: one statement for any number of them."""
    return select(func.json_each(values).table_valued("value").c.value)


def as_list(values: Iterable[str | int]) -> str:
    """The parameter for `among`."""
    return msgspec.json.encode(list(values)).decode()


def later(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    """The greater of two columns; the one that is there when the other is null."""
    return func.coalesce(func.max(one, other), one, other)


def is_said(name: ColumnElement[str]) -> ColumnElement[bool]:
    """``name <> ''``, as a literal: only so does SQLite use an index that leaves the empty ones out."""
    return name != literal_column("''")


def as_text(value: ColumnElement[Any]) -> ColumnElement[str]:
    """Bytes or text as text, to look for a word in it."""
    return cast(value, Text)


def length_of(json: ColumnElement[str], name: str) -> ColumnElement[int]:
    """How many there are in a list of a JSON value."""
    return func.json_array_length(json, f"$.{name}")


def last_number(tx: Connection, of: Table) -> int:
    """The highest number that a row of this table ever had: the next ones are given from here on."""
    found = tx.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (of.name,)).scalar()
    return int(found or 0)


def index_forgets(connection: Connection) -> bool:
    """Whether deleted words leave the index's pages, not only its answers."""
    found = connection.exec_driver_sql("SELECT v FROM words_config WHERE k = 'secure-delete'").scalar()
    return bool(found)


def prepare_index(tx: Connection) -> None:
    """Makes them leave from now on."""
    tx.exec_driver_sql("INSERT INTO words (words, rank) VALUES ('secure-delete', 1)")


def index_posts(tx: Connection, first: int, last: int) -> None:
    """Puts newly stored posts, by number, into the search index."""
    tx.exec_driver_sql(
        "INSERT INTO words (rowid, title, text, tags)"
        " SELECT id, title, text, tags FROM words_source WHERE id BETWEEN ? AND ?",
        (first, last),
    )


def unindex_posts(tx: Connection, ids: Sequence[int]) -> None:
    """Takes posts out of the search index. To be called while their old text is still in `post`."""
    tx.exec_driver_sql("DELETE FROM words WHERE rowid = ?", [(id,) for id in ids])


def hits(expression: str) -> Select[Any]:
    """Numbers of the posts that a search expression (`vigie.store.search`) finds."""
    return select(_words.c.rowid).where(_words.c.words.op("MATCH")(expression))


def has_few_hits(connection: Connection, expression: str, few: int) -> bool:
    """Whether an expression finds at most that many posts. Stops counting there."""
    some = hits(expression).limit(few + 1).subquery()
    return (connection.execute(select(func.count()).select_from(some)).scalar() or 0) <= few


def hits_among(connection: Connection, expression: str, ids: Sequence[int]) -> set[int]:
    """Which of these posts an expression finds. Reads the index between the lowest and the highest number only."""
    between = hits(expression).where(_words.c.rowid.between(min(ids), max(ids)))
    listed = func.json_each(as_list(ids)).table_valued("value").c.value
    return set(connection.execute(select(listed).where(listed.in_(between))).scalars())


def index_is_sound(tx: Connection) -> bool:
    """Compares the whole index with the posts. Slow: reads everything."""
    try:
        tx.exec_driver_sql("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except Exception as error:
        if isinstance(getattr(error, "orig", error), SQLITE.DatabaseError):
            return False
        raise
    return True


def fold_log(connection: Connection) -> bool:
    """Writes the log into the file and empties it. False when somebody was in the way for a quarter of a second:
    while it waits, nobody else writes."""
    waits = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    connection.exec_driver_sql("PRAGMA busy_timeout = 250")
    try:
        busy: int = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {waits}")
    return not busy

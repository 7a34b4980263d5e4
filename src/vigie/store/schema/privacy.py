"""What is kept for a short while, what must not be collected again, and what was forgotten."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from vigie.store.schema.metadata import METADATA

sample = Table(
    "sample",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("network", Text, nullable=False),
    Column("remote_id", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("handle_key", Text, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    Column("post", LargeBinary, nullable=False),  # JSON of the whole post
    UniqueConstraint("network", "remote_id"),
)
Index("sample_by_author", sample.c.network, sample.c.author)
Index("sample_by_time", sample.c.added_at)

salt = Table("salt", METADATA, Column("salt", LargeBinary, primary_key=True))

refusal = Table(
    "refusal",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("at", BigInteger, nullable=False),
    sqlite_autoincrement=True,  # the highest number tells whether a list in memory is the newest
)
"""People who asked to be erased: salted digests of ids and handles, so the table names nobody."""

expiry = Table(
    "expiry",
    METADATA,
    Column("query", Text, primary_key=True),
    Column("before", BigInteger, nullable=False),
)
"""Up to when each query's posts were forgotten: before it, `volume` knows more than a recount can."""

copy = Table(
    "copy",
    METADATA,
    Column("network", Text, primary_key=True),
    Column("remote_id", Text, primary_key=True),
    Column("place", Text, primary_key=True),  # `draft`, `publication` or `evidence`
    Column("of", Integer, primary_key=True),
    Column("author", Text, nullable=False),
    Column("handle_key", Text, nullable=False),
    Index("copy_by_author", "network", "author"),
    sqlite_with_rowid=False,
)
"""Where other people's posts stand outside the archive: their words go from there too."""

"""Where posts come from: each source's state, how far it was read, what nobody could read; and the queries."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, Table, Text

from vigie.store.schema.metadata import METADATA

source = Table(
    "source",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("network", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("latest", BigInteger),
    Column("last_post_at", BigInteger),
    Column("rate", Float, nullable=False),
    Column("events", BigInteger, nullable=False),
    Column("posts", BigInteger, nullable=False),
    Column("kept", BigInteger, nullable=False),
    Column("error", Text, nullable=False),
    Column("error_detail", Text, nullable=False),
    Column("error_at", BigInteger),
    Column("retry_at", BigInteger),
    Column("rejected", Text, nullable=False),  # JSON: reason to count
)

progress = Table(
    "progress",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
    Column("latest", BigInteger),
    Column("last_post_at", BigInteger),
    Column("events", BigInteger, nullable=False),
    Column("posts", BigInteger, nullable=False),
    Column("kept", BigInteger, nullable=False),
)
"""Written in the transaction of each batch: cursor and totals never disagree with the posts."""

reject = Table(
    "reject",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("reason", Text, primary_key=True),
    Column("count", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

quarantine = Table(
    "quarantine",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
)
Index("quarantine_by_source", quarantine.c.source, quarantine.c.id)

query = Table(
    "query",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("match", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("current", Boolean, nullable=False),
)
"""Each version that a query ever had; at most one a query is current."""

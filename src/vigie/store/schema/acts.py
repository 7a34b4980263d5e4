"""The ledger: acts, which only grow (triggers see to it), their seals, and the change feed."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from vigie.store.schema.metadata import METADATA

act = Table(
    "act",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("charter", Text, nullable=False),
    Column("details", Text, nullable=False),  # JSON
    Column("prev", Text, nullable=False, server_default=""),  # digest of the act before
    Column("digest", Text, nullable=False, server_default=""),
    Index("act_by_what", "what"),
    sqlite_autoincrement=True,
)

seal = Table(
    "seal",
    METADATA,
    Column("n", Integer, primary_key=True),  # the act it stands after
    Column("digest", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("key", Text, nullable=False),
    Column("signature", Text, nullable=False),
)

change = Table(
    "change",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("ref", Text, nullable=False),
    sqlite_autoincrement=True,
)

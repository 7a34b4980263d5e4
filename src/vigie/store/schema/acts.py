"""The record of acts, which only grows (triggers in `vigie.store.sqlite` see to it), and the change feed."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

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
    sqlite_autoincrement=True,
)

change = Table(
    "change",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("ref", Text, nullable=False),
    sqlite_autoincrement=True,
)

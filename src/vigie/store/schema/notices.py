"""What people must be told, one row for each address, and how far each has read."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from vigie.store.schema.metadata import METADATA

notice = Table(
    "notice",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("to", Text, nullable=False),  # JSON
    Column("values", Text, nullable=False),  # JSON
    Column("path", Text, nullable=False),
    Column("incident", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Index("notice_by_incident", "incident"),
    sqlite_autoincrement=True,
)

delivery = Table(
    "delivery",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("notice", Integer, ForeignKey("notice.id"), nullable=False),
    Column("person", Text, nullable=False),
    Column("means", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("try_at", BigInteger, nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("delivered_at", BigInteger),
    Index("delivery_by_state", "state", "try_at"),
    Index("delivery_by_person", "person", "means", "notice"),
    Index("delivery_by_notice", "notice"),
    sqlite_autoincrement=True,
)

seen = Table(
    "seen",
    METADATA,
    Column("person", Text, primary_key=True),
    Column("upto", Integer, nullable=False),
)
"""The last notice that each person has seen on their page."""

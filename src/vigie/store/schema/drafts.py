"""Drafts, what each was at the end of a sitting, the findings they had and what was decided about them."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text

from vigie.store.schema.metadata import METADATA

draft = Table(
    "draft",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),  # JSON
    Column("author", Text, nullable=False),
    Column("saved_by", Text, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Index("draft_by_state", "state", "saved_at"),
    sqlite_autoincrement=True,
)

draft_version = Table(
    "draft_version",
    METADATA,
    Column("draft", Integer, ForeignKey("draft.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", Text, nullable=False),
    Column("saved_by", Text, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
)

raised = Table(
    "raised",
    METADATA,
    Column("draft", Integer, ForeignKey("draft.id"), primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("severity", Text, nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("raised_by_time", "at"),
)

decision = Table(
    "decision",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("draft", Integer, ForeignKey("draft.id"), nullable=False),
    Column("rule", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("until", BigInteger),
    Column("charter", Text, nullable=False),
    Index("decision_by_draft", "draft"),
    Index("decision_by_time", "at"),
)

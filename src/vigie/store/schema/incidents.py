"""Incidents, the lines of their timelines, what is to be done, and facts as they stood."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from vigie.store.schema.metadata import METADATA

incident = Table(
    "incident",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("contain_within", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("values", Text, nullable=False),  # JSON
    Column("title", Text, nullable=False),
    Column("channels", Text, nullable=False),  # JSON
    Column("network", Text, nullable=False),
    Column("remote_id", Text, nullable=False),
    Column("publication", Integer, nullable=False),
    Column("query", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("acknowledged_at", BigInteger),
    Column("contained_at", BigInteger),
    Column("resolved_at", BigInteger),
    Column("learned_at", BigInteger),
    Column("learned", Text, nullable=False),
    Column("learned_rule", Text, nullable=False),
    Column("statement", Integer, nullable=False),
    Column("pause", Integer, nullable=False),
    Column("charter", Text, nullable=False),
    Index("incident_by_state", "state", "opened_at"),
    Index("incident_by_key", "key", "state"),
    sqlite_autoincrement=True,
)

happening = Table(
    "happening",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("incident", Integer, ForeignKey("incident.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("values", Text, nullable=False),  # JSON
    Column("words", Text, nullable=False),
    Index("happening_by_incident", "incident", "at"),
)

task = Table(
    "task",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("incident", Integer, ForeignKey("incident.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due", BigInteger),
    Column("told", Text, nullable=False),
    Column("done_at", BigInteger),
    Column("done_by", Text, nullable=False),
    Index("task_by_incident", "incident"),
)

evidence = Table(
    "evidence",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("incident", Integer, ForeignKey("incident.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON
    Column("digest", Text, nullable=False),
    Index("evidence_by_incident", "incident"),
)
"""The database itself refuses to change or delete a row (triggers see to it), but for people's words in its content."""

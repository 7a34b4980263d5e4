"""What goes out on the channels, the keys it went out under, what people answered about it, and pauses."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from vigie.store.schema.metadata import METADATA

publication = Table(
    "publication",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("draft", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("network", Text, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("wall", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("scheduled_by", Text, nullable=False),
    Column("scheduled_at", BigInteger, nullable=False),
    Column("charter", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("recall", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("try_at", BigInteger),
    Column("claimed_at", BigInteger),
    Column("published_at", BigInteger),
    Column("code", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("repeat", Text, nullable=False),
    Column("series", Integer, nullable=False),
    Column("outgoing", Text, nullable=False),  # JSON
    Index("publication_by_state", "state", "due"),
    Index("publication_by_due", "due"),
    Index("publication_by_draft", "draft"),
    Index("publication_by_recall", "recall", sqlite_where=text("recall <> ''")),
    Index("publication_by_series", "series", "wall", unique=True, sqlite_where=text("series <> 0")),
    sqlite_autoincrement=True,
)
"""Nothing here says that it is held: what is scheduled is held while a pause in force covers its channel."""

sent = Table(
    "sent",
    METADATA,
    Column("publication", Integer, ForeignKey("publication.id"), primary_key=True),
    Column("place", Integer, primary_key=True),  # in the thread, from 0
    Column("network", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("remote_id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("gone_at", BigInteger),
    UniqueConstraint("network", "key"),
    Index("sent_once_remote_id", "network", "remote_id", unique=True, sqlite_where=text("remote_id <> ''")),
    sqlite_with_rowid=False,
)

approval = Table(
    "approval",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("draft", Integer, ForeignKey("draft.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("step", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("opinion", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("remarks", Text, nullable=False),  # JSON
    Column("charter", Text, nullable=False),
    Index("approval_by_draft", "draft", "version"),
)

pause = Table(
    "pause",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("channels", Text, nullable=False),  # JSON
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("incident", Integer, nullable=False),
    Column("settled_ms", Integer),
    Column("drill", Boolean, nullable=False),
    Column("release", Text),  # JSON; null while nobody proposes one
    Column("released_at", BigInteger),
    Column("released_by", Text, nullable=False),  # JSON
    Index("pause_by_end", "released_at", "drill"),
    sqlite_autoincrement=True,
)

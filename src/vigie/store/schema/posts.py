"""Kept posts, who wrote them, which queries they match, and how many there were.

The search index (`words`) over title, text and tags is SQLite's own kind of table: see `vigie.store.sqlite`.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from vigie.store.schema.metadata import METADATA

author = Table(
    "author",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("network", Text, nullable=False),
    Column("remote_id", Text, nullable=False),
    Column("handle", Text, nullable=False),
    Column("handle_key", Text, nullable=False),  # folded, to find somebody however their handle was typed
    Column("name", Text, nullable=False),
    Column("avatar", Text, nullable=False),
    Column("followers", BigInteger),
    Column("following", BigInteger),
    Column("posts", BigInteger),
    Column("created_at", BigInteger),
    Column("verified", Boolean, nullable=False),
    Column("country", Text, nullable=False),
    UniqueConstraint("remote_id", "network"),
)
Index("author_by_handle", author.c.handle_key)
Index("author_by_missing_handle", author.c.network, author.c.id, sqlite_where=text("handle = ''"))

post = Table(
    "post",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("network", Text, nullable=False),
    Column("remote_id", Text, nullable=False),
    Column("author", Integer, ForeignKey("author.id")),  # null in a tombstone
    Column("kept", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("edited_at", BigInteger),
    Column("seen_at", BigInteger, nullable=False),
    Column("gone_at", BigInteger),
    Column("version", Integer, nullable=False),
    Column("lang", Text, nullable=False),  # the first version's first language: what `volume` counted it under
    Column(
        "root", Text, nullable=False
    ),  # the thread's first post; the post answered where no thread is said; or empty
    Column("reply_to", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("repost_of", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("rest", Text, nullable=False),  # JSON of what no query of ours looks into: see `rows.Rest`
    UniqueConstraint("network", "remote_id"),
    sqlite_autoincrement=True,  # a forgotten post's number is never given to another one
)
Index("post_by_time", post.c.kept, post.c.created_at, post.c.id, post.c.network, post.c.lang)
Index("post_by_author", post.c.author, post.c.created_at)
Index("post_by_root", post.c.network, post.c.root, sqlite_where=text("root <> ''"))
Index("post_by_repost", post.c.network, post.c.repost_of, sqlite_where=text("repost_of <> ''"))

version = Table(
    "version",
    METADATA,
    Column("post", Integer, ForeignKey("post.id"), primary_key=True),
    Column("at", BigInteger, primary_key=True),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Earlier versions only: the present one is in `post`."""

match = Table(
    "match",
    METADATA,
    Column("query", Text, primary_key=True),
    Column("kept", Text, primary_key=True),
    Column("created_at", BigInteger, primary_key=True),
    Column("post", Integer, ForeignKey("post.id"), primary_key=True),
    Column("network", Text, nullable=False),
    Column("lang", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Which queries a post matched. Repeats the post's time, network and language so that a list reads this table alone."""
Index("match_by_post", match.c.post)

volume = Table(
    "volume",
    METADATA,
    Column("query", Text, primary_key=True),
    Column("step", Integer, primary_key=True),  # milliseconds: ten minutes, an hour, a day
    Column("start", BigInteger, primary_key=True),
    Column("network", Text, primary_key=True),
    Column("lang", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many posts kept for a match each query had, and under ``""`` how many any of them had: a post that several match
counts there once. Outlives retention: numbers name nobody."""

"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WORDS = """
CREATE VIRTUAL TABLE words USING fts5(
    title, text, tags,
    content='words_source', content_rowid='id', columnsize=0, tokenize='unicode61 remove_diacritics 2'
)
"""
WORDS_SOURCE = """
CREATE VIEW words_source AS SELECT id, title, text, json_extract(rest, '$.tags') AS tags FROM post
"""
ACTS_STAY = """
CREATE TRIGGER act_{verb}_refused BEFORE {verb} ON act BEGIN SELECT RAISE(ABORT, 'acts are kept for good'); END
"""


def upgrade() -> None:
    """Makes every table."""
    op.create_table(
        "account",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("totp", sa.Text(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("density", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("login", name="account_key"),
    )
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("charter", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="act_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "answer",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="answer_key"),
    )
    op.create_index("answer_by_time", "answer", ["at"], unique=False)
    op.create_table(
        "author",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("handle_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("avatar", sa.Text(), nullable=False),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("following", sa.BigInteger(), nullable=True),
        sa.Column("posts", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="author_key"),
        sa.UniqueConstraint("remote_id", "network", name="author_once_remote_id_network"),
    )
    op.create_index("author_by_handle", "author", ["handle_key"], unique=False)
    op.create_index(
        "author_by_missing_handle", "author", ["network", "id"], unique=False, sqlite_where=sa.text("handle = ''")
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="change_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "expiry",
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("query", name="expiry_key"),
    )
    op.create_table(
        "failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="failure_key"),
    )
    op.create_index("failure_by_key", "failure", ["key", "at"], unique=False)
    op.create_index("failure_by_time", "failure", ["at"], unique=False)
    op.create_table(
        "progress",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("latest", sa.BigInteger(), nullable=True),
        sa.Column("last_post_at", sa.BigInteger(), nullable=True),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.Column("posts", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="progress_key"),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="quarantine_key"),
    )
    op.create_index("quarantine_by_source", "quarantine", ["source", "id"], unique=False)
    op.create_table(
        "query",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("match", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", "number", name="query_key"),
    )
    op.create_table(
        "refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="refusal_key"),
        sa.UniqueConstraint("digest", name="refusal_once_digest"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reject",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", "reason", name="reject_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "salt", sa.Column("salt", sa.LargeBinary(), nullable=False), sa.PrimaryKeyConstraint("salt", name="salt_key")
    )
    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("handle_key", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("post", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="sample_key"),
        sa.UniqueConstraint("network", "remote_id", name="sample_once_network_remote_id"),
    )
    op.create_index("sample_by_author", "sample", ["network", "author"], unique=False)
    op.create_index("sample_by_time", "sample", ["added_at"], unique=False)
    op.create_table(
        "source",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("latest", sa.BigInteger(), nullable=True),
        sa.Column("last_post_at", sa.BigInteger(), nullable=True),
        sa.Column("rate", sa.Float(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.Column("posts", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("error_detail", sa.Text(), nullable=False),
        sa.Column("error_at", sa.BigInteger(), nullable=True),
        sa.Column("retry_at", sa.BigInteger(), nullable=True),
        sa.Column("rejected", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="source_key"),
    )
    op.create_table(
        "volume",
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("query", "step", "start", "network", "lang", name="volume_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=True),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("edited_at", sa.BigInteger(), nullable=True),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("repost_of", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["author.id"], name="post_author"),
        sa.PrimaryKeyConstraint("id", name="post_key"),
        sa.UniqueConstraint("network", "remote_id", name="post_once_network_remote_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("post_by_author", "post", ["author", "created_at"], unique=False)
    op.create_index(
        "post_by_repost", "post", ["network", "repost_of"], unique=False, sqlite_where=sa.text("repost_of <> ''")
    )
    op.create_index("post_by_root", "post", ["network", "root"], unique=False, sqlite_where=sa.text("root <> ''"))
    op.create_index("post_by_time", "post", ["kept", "created_at", "id", "network", "lang"], unique=False)
    op.create_table(
        "session",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["account.login"], name="session_login"),
        sa.PrimaryKeyConstraint("digest", name="session_key"),
    )
    op.create_index("session_by_login", "session", ["login"], unique=False)
    op.create_table(
        "token",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["login"], ["account.login"], name="token_login"),
        sa.PrimaryKeyConstraint("id", name="token_key"),
        sa.UniqueConstraint("digest", name="token_once_digest"),
    )
    op.create_index("token_by_login", "token", ["login"], unique=False)
    op.create_table(
        "match",
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("post", sa.Integer(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["post"], ["post.id"], name="match_post"),
        sa.PrimaryKeyConstraint("query", "kept", "created_at", "post", name="match_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("match_by_post", "match", ["post"], unique=False)
    op.create_table(
        "version",
        sa.Column("post", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["post"], ["post.id"], name="version_post"),
        sa.PrimaryKeyConstraint("post", "at", name="version_key"),
        sqlite_with_rowid=False,
    )
    op.execute(WORDS_SOURCE)
    op.execute(WORDS)
    for verb in ("update", "delete"):
        op.execute(ACTS_STAY.format(verb=verb))
    op.execute("INSERT INTO salt VALUES (randomblob(32))")

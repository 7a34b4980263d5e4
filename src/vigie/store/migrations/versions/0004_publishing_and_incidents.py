"""Publications, approvals, pauses, incidents and notices; no draft is only ready any more."""

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

EVIDENCE_STAYS = """
CREATE TRIGGER evidence_{name}_refused BEFORE {change} ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is kept for good'); END
"""


def upgrade() -> None:
    """Makes the tables."""
    _publications()
    _pauses()
    _incidents()
    _notices()
    _memory()
    op.create_index("act_by_what", "act", ["what"])
    op.execute("UPDATE draft SET state = 'draft' WHERE state = 'ready'")
    _note_answered()


def _note_answered() -> None:
    """Posts that drafts answer are found from now on when their authors take them back."""
    connection = op.get_bind()
    drafts = "SELECT id, content FROM draft UNION SELECT draft, content FROM draft_version"
    for of, content in connection.exec_driver_sql(drafts).fetchall():
        if said := msgspec.json.decode(content).get("answers"):
            who = said["author"]["id"], said["author"].get("handle", "").strip().lstrip("@").casefold()
            row = (said["network"], said["remote_id"], "draft", of, *who)
            connection.exec_driver_sql("INSERT OR IGNORE INTO copy VALUES (?, ?, ?, ?, ?, ?)", row)


def _publications() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("wall", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("scheduled_by", sa.Text(), nullable=False),
        sa.Column("scheduled_at", sa.BigInteger(), nullable=False),
        sa.Column("charter", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("recall", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("try_at", sa.BigInteger(), nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("repeat", sa.Text(), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("outgoing", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="publication_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("publication_by_draft", "publication", ["draft"])
    op.create_index("publication_by_due", "publication", ["due"])
    op.create_index("publication_by_recall", "publication", ["recall"], sqlite_where=sa.text("recall <> ''"))
    op.create_index(
        "publication_by_series", "publication", ["series", "wall"], unique=True, sqlite_where=sa.text("series <> 0")
    )
    op.create_index("publication_by_state", "publication", ["state", "due"])
    op.create_table(
        "sent",
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["publication"], ["publication.id"], name="sent_publication"),
        sa.PrimaryKeyConstraint("publication", "place", name="sent_key"),
        sa.UniqueConstraint("network", "key", name="sent_once_network_key"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "sent_once_remote_id", "sent", ["network", "remote_id"], unique=True, sqlite_where=sa.text("remote_id <> ''")
    )


def _pauses() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("charter", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["draft.id"], name="approval_draft"),
        sa.PrimaryKeyConstraint("id", name="approval_key"),
    )
    op.create_index("approval_by_draft", "approval", ["draft", "version"])
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channels", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("settled_ms", sa.Integer(), nullable=True),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("release", sa.Text(), nullable=True),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.Column("released_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pause_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("pause_by_end", "pause", ["released_at", "drill"])


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("contain_within", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("channels", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False),
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.Column("contained_at", sa.BigInteger(), nullable=True),
        sa.Column("resolved_at", sa.BigInteger(), nullable=True),
        sa.Column("learned_at", sa.BigInteger(), nullable=True),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("learned_rule", sa.Text(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("pause", sa.Integer(), nullable=False),
        sa.Column("charter", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="incident_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("incident_by_key", "incident", ["key", "state"])
    op.create_index("incident_by_state", "incident", ["state", "opened_at"])
    op.create_table(
        "happening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incident.id"], name="happening_incident"),
        sa.PrimaryKeyConstraint("id", name="happening_key"),
    )
    op.create_index("happening_by_incident", "happening", ["incident", "at"])
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incident.id"], name="task_incident"),
        sa.PrimaryKeyConstraint("id", name="task_key"),
    )
    op.create_index("task_by_incident", "task", ["incident"])
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incident.id"], name="evidence_incident"),
        sa.PrimaryKeyConstraint("id", name="evidence_key"),
    )
    op.create_index("evidence_by_incident", "evidence", ["incident"])
    for name, change in (("update", "UPDATE OF id, incident, at, kind, digest"), ("delete", "DELETE")):
        op.execute(EVIDENCE_STAYS.format(name=name, change=change))


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="notice_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("notice_by_incident", "notice", ["incident"])
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("try_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("delivered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["notice"], ["notice.id"], name="delivery_notice"),
        sa.PrimaryKeyConstraint("id", name="delivery_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("delivery_by_notice", "delivery", ["notice"])
    op.create_index("delivery_by_person", "delivery", ["person", "means", "notice"])
    op.create_index("delivery_by_state", "delivery", ["state", "try_at"])
    op.create_table(
        "seen",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="seen_key"),
    )


def _memory() -> None:
    op.create_table(
        "signal",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="signal_key"),
    )
    op.create_table(
        "copy",
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("handle_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("network", "remote_id", "place", "of", name="copy_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("copy_by_author", "copy", ["network", "author"])

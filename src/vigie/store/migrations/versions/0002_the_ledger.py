"""The ledger: each act names the digest of the one before it; acts recorded until now are chained too."""

import msgspec
import sqlalchemy as sa
from alembic import op

from vigie.ledger import ORIGIN, digest, link
from vigie.model import Act

revision = "0002"
down_revision = "0001"

STAY = """
CREATE TRIGGER {table}_{verb}_refused BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table}s are kept for good'); END
"""


def upgrade() -> None:
    """Adds the chain and makes it for what is there."""
    for verb in ("update", "delete"):
        op.execute(f"DROP TRIGGER act_{verb}_refused")
    for name in ("prev", "digest"):
        op.add_column("act", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    _chain()
    op.create_table(
        "seal",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="seal_key"),
    )
    for table in ("act", "seal"):
        for verb in ("update", "delete"):
            op.execute(STAY.format(table=table, verb=verb))


def _chain() -> None:
    connection = op.get_bind()
    rows = connection.exec_driver_sql("SELECT id, at, who, verb, what, why, charter, details FROM act ORDER BY id")
    prev = ORIGIN
    for number, (id, at, who, verb, what, why, charter, details) in enumerate(rows.fetchall(), 1):
        entry = link(Act(at, who, verb, what, why, charter, msgspec.json.decode(details)), number, prev)
        made = digest(entry)
        connection.exec_driver_sql("UPDATE act SET id = ?, prev = ?, digest = ? WHERE id = ?", (number, prev, made, id))
        prev = made

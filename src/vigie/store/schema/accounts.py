"""Who may log in, from which browsers and with which keys."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from vigie.store.schema.metadata import METADATA

account = Table(
    "account",
    METADATA,
    Column("login", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("totp", Text, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("lang", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("density", Text, nullable=False),
)

session = Table(
    "session",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("login", Text, ForeignKey("account.login"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("address", Text, nullable=False),
    Column("agent", Text, nullable=False),
)
Index("session_by_login", session.c.login)

token = Table(
    "token",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("login", Text, ForeignKey("account.login"), nullable=False),
    Column("name", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    Column("expires_at", BigInteger),
)
Index("token_by_login", token.c.login)

failure = Table(
    "failure",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
Index("failure_by_key", failure.c.key, failure.c.at)
Index("failure_by_time", failure.c.at)

answer = Table(
    "answer",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
)
Index("answer_by_time", answer.c.at)

"""The tables, one file per subject. `migrations` brings a file on disk to this shape; a test compares the two."""

from vigie.store.schema.accounts import account, answer, failure, session, token
from vigie.store.schema.acts import act, change, seal
from vigie.store.schema.drafts import decision, draft, draft_version, raised
from vigie.store.schema.incidents import evidence, happening, incident, task
from vigie.store.schema.metadata import METADATA
from vigie.store.schema.notices import delivery, notice, seen
from vigie.store.schema.posts import author, match, post, version, volume
from vigie.store.schema.privacy import copy, expiry, refusal, salt, sample
from vigie.store.schema.publications import approval, pause, publication, sent
from vigie.store.schema.signals import signal
from vigie.store.schema.sources import progress, quarantine, query, reject, source

REVISION = "0004"
"""The migration that makes this shape: read before Alembic is loaded, so that an up-to-date file opens fast."""

__all__ = [
    "METADATA",
    "REVISION",
    "account",
    "act",
    "answer",
    "approval",
    "author",
    "change",
    "copy",
    "decision",
    "delivery",
    "draft",
    "draft_version",
    "evidence",
    "expiry",
    "failure",
    "happening",
    "incident",
    "match",
    "notice",
    "pause",
    "post",
    "progress",
    "publication",
    "quarantine",
    "query",
    "raised",
    "refusal",
    "reject",
    "salt",
    "sample",
    "seal",
    "seen",
    "sent",
    "session",
    "signal",
    "source",
    "task",
    "token",
    "version",
    "volume",
]

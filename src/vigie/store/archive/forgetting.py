"""Retention and erasure. After `checkpoint`, no byte of the database's files holds the words."""

import time
from typing import Any

from sqlalchemy import Select, bindparam, delete, exists, select

from vigie.model import Act, Millis
from vigie.store import sqlite
from vigie.store.acts import append_act
from vigie.store.archive.chapter import Chapter
from vigie.store.archive.clearing import clear_posts
from vigie.store.archive.erasing import erase_person, naming_posts
from vigie.store.archive.sampling import drop_sample
from vigie.store.errors import StoreError
from vigie.store.schema import expiry, match, post, quarantine

AT_ONCE = 500
"""Posts forgotten in one transaction, about a tenth of a second: `listen` goes on writing in between."""

CHECKPOINT_SECONDS = 20.0

_IDS = sqlite.among(bindparam("ids"))
_UNMATCHED = select(post.c.id).where(
    post.c.id.in_(_IDS), post.c.kept == "match", ~exists().where(match.c.post == post.c.id)
)
_UNMATCH = delete(match).where(match.c.query == bindparam("of"), match.c.post.in_(_IDS))
_expiry = sqlite.INSERT_MANY(expiry)
_EXPIRE = _expiry.on_conflict_do_update(index_elements=[expiry.c.query], set_={"before": _expiry.excluded.before})


class Forgetting(Chapter):
    """The port's chapter on forgetting."""

    def expire(self, query: str, before: Millis, act: Act) -> int:
        """Forgets posts written before, that no other query and no other reason keeps; with query ``""`` those that
        are kept for their thread or because the charter keeps all. Counters stay. Returns how many went.

        In steps of `AT_ONCE` posts; the first step's transaction holds the act. Nothing to forget: no act.
        """
        gone = 0
        first: Act | None = act
        for old in _old_posts(query, before):
            step = AT_ONCE
            while step == AT_ONCE:
                step, cleared = self._expire_step(query, before, old, first)
                gone += cleared
                first = first if step == 0 else None
        return gone

    def _expire_step(self, query: str, before: Millis, old: Select[Any], act: Act | None) -> tuple[int, int]:
        with self._database.writing(durable=True) as tx:
            ids = tx.execute(old).scalars().all()
            if not ids:
                return 0, 0
            if act is not None:
                append_act(tx, act)
                tx.execute(_EXPIRE, {"query": query, "before": before})
            if query:
                tx.execute(_UNMATCH, {"of": query, "ids": sqlite.as_list(ids)})
                gone = tx.execute(_UNMATCHED, {"ids": sqlite.as_list(ids)}).scalars().all()
            else:
                gone = ids
            clear_posts(tx, gone)
        return len(ids), len(gone)

    def expire_sample(self, before: Millis) -> int:
        """Forgets posts added to the sample before, and rejected events of before, which hold people's words too."""
        with self._database.writing(durable=False) as tx:
            tx.execute(delete(quarantine).where(quarantine.c.at < before))
            return drop_sample(tx, before)

    def erase(self, handle: str, act: Act) -> int:
        """Forgets a person by handle or id on every network, refuses them from now on, and renews the backups.

        Whatever the act says of them is replaced by their digest: the record of acts is kept for good.
        """
        with self._database.reading() as connection:
            near = naming_posts(connection, handle)  # reads every post: not while others wait to write
        with self._database.writing(durable=True) as tx:
            gone = erase_person(tx, self._refusals, handle, near, act)
        self._refusals.forget()
        self.checkpoint()
        self._renew_backups()
        return gone

    def refused(self, network: str, author_id: str, handle: str) -> bool:  # noqa: ARG002 - a person is refused everywhere
        """True when this person asked to be erased, on whatever network it was."""
        return self._refusals.refused(author_id, handle)

    def checkpoint(self) -> None:
        """Folds the write-ahead log into the file and empties it. Raises StoreError ``busy`` when a reader stays on."""
        deadline = time.monotonic() + CHECKPOINT_SECONDS
        while True:
            with self._database.alone() as connection:
                if sqlite.fold_log(connection):
                    return
            if time.monotonic() > deadline:
                raise StoreError("busy", "checkpoint")
            time.sleep(0.02)  # those who wait to write go first


def _old_posts(query: str, before: Millis) -> list[Select[Any]]:
    if query:
        old = select(match.c.post).where(match.c.query == query, match.c.kept == "match", match.c.created_at < before)
        return [old.limit(AT_ONCE)]
    weak = select(post.c.id).where(post.c.created_at < before).limit(AT_ONCE)
    return [weak.where(post.c.kept == kept) for kept in ("thread", "all")]

"""How many mentions each query had, and all of them together, in steps of ten minutes, an hour and a day."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, update

from vigie.flows.ports.archive import Step
from vigie.model import Millis
from vigie.store import sqlite
from vigie.store.schema import volume

STEPS: dict[Step, Millis] = {"10min": 600_000, "hour": 3_600_000, "day": 86_400_000}

Counted = tuple[str, Millis, str, str]
"""One match as it is counted: query, when the post was written, network, language."""

ANY = ""
"""Counts posts that any query matched, each once. No query of a charter has this id."""

_insert = sqlite.INSERT_MANY(volume)
_ADD = sqlite.positional(
    _insert.on_conflict_do_update(
        index_elements=list(volume.primary_key), set_={"count": volume.c.count + _insert.excluded.count}
    )
)
_KEY = [getattr(volume.c, name) == bindparam(f"of_{name}") for name in ("query", "step", "start", "network", "lang")]
_TAKE = update(volume).where(*_KEY).values(count=volume.c.count - bindparam("less"))
_TIDY = delete(volume).where(*_KEY, volume.c.count <= 0)


def count_matches(tx: Connection, matches: Iterable[Counted]) -> None:
    """Adds to the counters."""
    rows = [(*bucket, count) for bucket, count in _buckets(matches).items()]
    if rows:
        tx.exec_driver_sql(_ADD, rows)


def uncount_matches(tx: Connection, matches: Iterable[Counted]) -> None:
    """Takes back what was counted, and counters that come to nothing."""
    rows = [
        {"of_query": query, "of_step": step, "of_start": start, "of_network": network, "of_lang": lang, "less": count}
        for (query, step, start, network, lang), count in _buckets(matches).items()
    ]
    if rows:
        tx.execute(_TAKE, rows)
        tx.execute(_TIDY, rows)


def _buckets(matches: Iterable[Counted]) -> Counter[tuple[str, Millis, Millis, str, str]]:
    """Hours and days are put together from the ten minutes: a batch has many matches in few of them."""
    finest = STEPS["10min"]
    fine = Counter((query, at - at % finest, network, lang) for query, at, network, lang in matches)
    buckets: Counter[tuple[str, Millis, Millis, str, str]] = Counter()
    for (query, at, network, lang), count in fine.items():
        for step in STEPS.values():
            buckets[query, step, at - at % step, network, lang] += count
    return buckets

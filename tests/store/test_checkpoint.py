"""The log is emptied as soon as nobody reads, and says so when somebody does not stop."""

import threading

import pytest
from sqlalchemy import text

from store.making import keep, post
from vigie.store import Store, StoreError
from vigie.store.archive import forgetting


def test_the_log_is_empty_afterwards(store: Store) -> None:
    keep(store, *(post() for _ in range(500)))
    log = store.path.with_name("vigie.db-wal")
    assert log.stat().st_size > 100_000
    store.archive.checkpoint()
    assert log.stat().st_size == 0


def test_it_waits_for_a_reader(store: Store) -> None:
    keep(store, *(post() for _ in range(50)))
    with store._database.reading() as connection:
        rows = connection.execution_options(stream_results=True).execute(text("SELECT id FROM post"))
        rows.fetchone()
        keep(store, post())
        waiting = threading.Thread(target=store.archive.checkpoint)
        waiting.start()
        waiting.join(0.4)
        keep(store, post())  # a writer is not held up by the one who waits
        assert waiting.is_alive()
        rows.close()
    waiting.join(10)
    assert not waiting.is_alive()
    assert store.path.with_name("vigie.db-wal").stat().st_size == 0


def test_a_reader_who_stays_is_told_of(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "CHECKPOINT_SECONDS", 0.1)
    keep(store, *(post() for _ in range(50)))
    with store._database.reading() as connection:
        rows = connection.execution_options(stream_results=True).execute(text("SELECT id FROM post"))
        rows.fetchone()
        keep(store, post())
        with pytest.raises(StoreError) as refused:
            store.archive.checkpoint()
        assert refused.value.code == "busy"
        rows.close()

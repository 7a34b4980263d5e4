"""A real store on a real disk for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vigie.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "vigie.db", role="listen")
    yield opened
    assert opened.check() == []  # whatever a test did, the file is sound and its counters equal a recount
    opened.close()

"""Reads files as `import` does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vigie.fetch import GuardedFetch
from vigie.flows.ports.network import Tools
from vigie.model import Batch, SourceSpec
from vigie.networks.files import NETWORK

NOW = 1_763_600_000_000
Read = Callable[..., Any]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file."""

    def written(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return written


@pytest.fixture
def read() -> Read:
    """Reads a file from a cursor; the batches."""

    async def whole(path: Path, cursor: str = "", **options: Any) -> list[Batch]:
        spec = SourceSpec("i", "files", str(path), options)
        source = NETWORK.open(spec, Tools(GuardedFetch(), lambda: NOW))
        return [batch async for batch in source.read(cursor)]

    return whole

"""Names are asked for once, politely, and not again and again."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from vigie.app.asking import AT_ONCE, LEAVE_ALONE
from vigie.app.naming import ASK_AGAIN, Naming
from vigie.flows.ports.network import SourceDownError
from vigie.model import Author, Batch, Post, Sighting, SourceSpec
from vigie.store import Store, open_store

SPEC = SourceSpec("bluesky", "bluesky")
CHARTER = SimpleNamespace(listening=SimpleNamespace(sources=(SPEC,)))


class Known:
    """A directory that knows the people with even numbers."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.down = False

    async def authors(self, ids: Sequence[str]) -> list[Author]:
        self.asked.append(list(ids))
        if self.down:
            raise SourceDownError("unreachable")
        return [Author(id, f"h{id[4:]}.example") for id in ids if int(id[4:]) % 2 == 0]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "vigie.db", role="cli")
    posts = [Post("bluesky", f"at://{n}", Author(f"did:{n}"), "café", n) for n in range(60)]
    store.archive.append("s", Batch(posts=tuple(posts)), [Sighting(post, ("q",), "match") for post in posts], 1)
    yield store
    store.close()


async def test_each_id_is_asked_for_once(store: Store) -> None:
    known, clock = Known(), [10 * ASK_AGAIN]
    network = SimpleNamespace(directory=lambda spec, tools: known)
    opened = SimpleNamespace(store=store, networks={"bluesky": network}, tools=lambda spec: None)
    naming = Naming(opened, lambda: clock[0])
    for _ in range(6):
        await naming.round(CHARTER)
    assert [len(ids) for ids in known.asked] == [AT_ONCE, AT_ONCE, 10]
    assert sorted(id for ids in known.asked for id in ids) == sorted(f"did:{n}" for n in range(60))
    assert len(store.archive.authors_without_handle("bluesky", 100)) == 30
    clock[0] += ASK_AGAIN
    await naming.round(CHARTER)
    assert len(known.asked) == 4


async def test_a_silent_directory_is_left_alone_for_a_while(store: Store) -> None:
    known, clock = Known(), [10 * ASK_AGAIN]
    known.down = True
    network = SimpleNamespace(directory=lambda spec, tools: known)
    opened = SimpleNamespace(store=store, networks={"bluesky": network}, tools=lambda spec: None)
    naming = Naming(opened, lambda: clock[0])
    await naming.round(CHARTER)
    await naming.round(CHARTER)
    assert len(known.asked) == 1
    clock[0] += LEAVE_ALONE
    known.down = False
    await naming.round(CHARTER)
    assert len(store.archive.authors_without_handle("bluesky", 100)) < 60

"""`listen` is killed at random moments of a long replay: no post is lost, none is doubled, the counters are right."""

import random
import time
from pathlib import Path

import msgspec
import pytest

from spine.house import House, charter, until
from vigie.flows.ports.archive import Filter
from vigie.model import Author, Post

EVERY = 10
"""One post in ten matches."""
START = 1_790_000_000_000


def write_posts(path: Path, count: int) -> None:
    with path.open("wb") as file:
        for n in range(count):
            text = f"café {n}" if n % EVERY == 0 else f"thé {n}"
            post = Post("bluesky", f"at://x/{n}", Author(f"did:{n % 97}", f"h{n % 97}.example"), text, START + n * 250)
            file.write(msgspec.json.encode(post) + b"\n")


@pytest.mark.parametrize(("count", "kills"), [(24_000, 5), pytest.param(100_000, 20, marks=pytest.mark.long)])
def test_killed_again_and_again_in_a_replay(tmp_path: Path, count: int, kills: int) -> None:
    path = tmp_path / "posts.jsonl"
    write_posts(path, count)
    # played back in its own rhythm: 4,000 posts for each second of all runs together
    source: dict[str, object] = {"id": "replay", "network": "files", "address": str(path), "speed": 1000}
    house = House(tmp_path, charter([source], {"coffee": "café"}))
    chance, killed = random.Random(11), 0
    with house.store() as store:
        archive = store.archive

        def done() -> bool:
            return any(s.id == "replay" and s.state == "stopped" for s in archive.sources())

        def read() -> str:
            cursor = archive.cursor("replay")
            return f"{len(cursor):04}{cursor}"

        while killed < kills:
            process = house.start("listen")
            before = read()
            until(lambda before=before: read() > before, "the next batch")
            # in the middle of a batch, between two, while a transaction is open: wherever that falls
            time.sleep(chance.uniform(0.0, 0.12))
            process.kill()
            process.wait()
            killed += 1
            assert not done(), "the file is too short for so many kills"
        with house.running("listen"):
            until(done, "the end of the file", 240)
        assert archive.count(Filter()) == count // EVERY
        ids: set[str] = set()
        after = ""
        while True:
            page = archive.mentions(Filter(), after, 1000)
            ids.update(mention.post.remote_id for mention in page.mentions)
            after = page.next
            if not after:
                break
        assert ids == {f"at://x/{n}" for n in range(0, count, EVERY)}
        assert sum(bucket.count for bucket in archive.volume(Filter(queries=("coffee",)), "10min")) == count // EVERY
        assert store.check() == []

"""Looking back over a million kept posts with one new query: when the first counts are there, and what it costs in all.

Posts are those of the demo world's generator, 24,000 of its own and the same ones again with other names and dates.
"""

import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

from msgspec import structs

POSTS = 1_000_000
APART = 24_000
BATCH = 2_000
DAYS = 90
DAY_MS = 86_400_000
END_MS = 1_794_501_720_000
QUERIES = {
    "name": '"brûlerie du port" OR @brulerie',
    "group": "(colis OR livraison) NEAR/5 (retard OR perdu)",
    "field": "café AND lang:fr NOT is:repost",
    "common": "le OR la OR the",
    "rare": "zzyzx",
}


def main() -> None:
    """Prints ``preview_first_counts_s`` and ``preview_million_cpu_s``: each query's, then the worst of them."""
    if len(sys.argv) == 3:  # the measuring half: a process in which nothing is loaded yet
        measure(Path(sys.argv[1]), sys.argv[2])
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else POSTS
    with tempfile.TemporaryDirectory(prefix="vigie-bench-") as folder:
        os.environ.setdefault("NUMBA_CACHE_DIR", folder)
        fill(Path(folder) / "vigie.db", count)
        told = [asked(folder, name) for name in (next(iter(QUERIES)), *QUERIES)]
    for figure, unit in (("preview_first_counts_s", "s"), ("preview_million_cpu_s", "cpu_s")):
        # the first one only put the compiled matcher on the disk, as `listen` does on a house's first day
        print(f"{figure} {max(one[figure] for one in told[1:]):.3f} {unit}")
    print(f"load_1min {os.getloadavg()[0]:.2f} of_{os.cpu_count()}_cores")


def asked(folder: str, name: str) -> dict[str, float]:
    """Figures of one query, from a process of its own."""
    ran = subprocess.run(
        [sys.executable, __file__, f"{folder}/vigie.db", name], check=True, capture_output=True, text=True
    )
    print(ran.stdout, end="", flush=True)
    rows = (line.split() for line in ran.stdout.splitlines())
    return {row[0].removesuffix(f"_{name}"): float(row[1]) for row in rows}


def fill(path: Path, count: int) -> None:
    """A store of so many posts over three months."""
    from vigie.model import Batch, Post, Sighting  # noqa: PLC0415
    from vigie.store import open_store  # noqa: PLC0415
    from vigie.world import generate  # noqa: PLC0415

    def dice(name: str) -> random.Random:
        return random.Random(f"7:{name}")

    told = generate(dice, END_MS - 5 * DAY_MS, END_MS, rate=4.0)
    own = [line.event for line in itertools.islice(told, APART) if isinstance(line.event, Post)]

    def posts() -> Iterator[Post]:
        for number in range(count):
            again, place = divmod(number, len(own))
            at = END_MS - DAYS * DAY_MS * (count - number) // count
            post = own[place]
            yield structs.replace(post, remote_id=f"{post.remote_id}-{again}", created_at=at, edited_at=None)

    store, begun, stream = open_store(path, role="listen"), time.process_time(), posts()
    while batch := tuple(itertools.islice(stream, BATCH)):
        store.archive.append("bench", Batch(posts=batch), [Sighting(post, (), "all") for post in batch], END_MS)
    print(f"preview_posts_stored {store.archive.standing_size()[0]} posts")
    print(f"preview_store_cpu_s {time.process_time() - begun:.1f} cpu_s", flush=True)
    store.close()


def measure(path: Path, name: str) -> None:
    """One query, in a process of its own."""
    from vigie.flows.preview import LookBack, standing  # noqa: PLC0415
    from vigie.query import parse  # noqa: PLC0415
    from vigie.store import open_store  # noqa: PLC0415

    store, first = open_store(path, role="web"), 0.0
    query = parse(QUERIES[name])
    begun, wall = time.process_time(), time.monotonic()
    back = LookBack(query, UTC)
    for posts in standing(store.archive):
        back.read(posts)
        first = first or (back.found().read and time.monotonic() - wall)
    found = back.found()
    print(f"preview_first_counts_s_{name} {first:.3f} s")
    print(f"preview_million_cpu_s_{name} {time.process_time() - begun:.2f} cpu_s")
    print(f"preview_million_s_{name} {time.monotonic() - wall:.2f} s")
    print(f"preview_found_{name} {found.matched} of_{found.read}_posts", flush=True)
    store.close()


if __name__ == "__main__":
    main()

"""Raw Jetstream bytes to stored matches, with 1,000 queries of which 1 % of the posts match. One thread, CPU time."""

import os
import statistics
import tempfile
import time
from pathlib import Path

BATCH = 1000
COUNT = 100_000
ROUNDS = 3


def main() -> None:
    """Prints ``pipeline_posts_per_cpu_s`` and the share of each stage."""
    from jetstream_events import events  # noqa: PLC0415
    from texts import queries, texts  # noqa: PLC0415  # after NUMBA_CACHE_DIR is set

    from vigie.flows.listen import take  # noqa: PLC0415
    from vigie.judge import Watch, screen  # noqa: PLC0415
    from vigie.networks.bluesky.jetstream import decode_v1  # noqa: PLC0415
    from vigie.query import Matcher, parse  # noqa: PLC0415
    from vigie.store import open_store  # noqa: PLC0415

    words, origin = texts(20_000)
    raw = events(words, COUNT)
    print(f"event_bytes {sum(map(len, raw)) / COUNT:.0f} B")
    watch = Watch(Matcher({id: parse(text) for id, text in queries(words, 1000, 0.01).items()}))
    warm = decode_v1(raw[:BATCH], 1_783_200_000_000)
    for batch in warm.batches:
        screen(batch.posts, watch)
    rates, stages = [], {"decode": [], "screen": [], "store": []}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            store = open_store(Path(folder) / "vigie.db", role="listen")
            store.archive.set_queries([("q", "x")], 0)
            kept = 0
            spent = dict.fromkeys(stages, 0.0)
            start = time.process_time()
            for at in range(0, COUNT, BATCH):
                a = time.process_time()
                batches = decode_v1(raw[at : at + BATCH], 1_783_200_000_000).batches
                b = time.process_time()
                for batch in batches:
                    kept += len(take("bench", batch, watch, store.archive, 1_783_200_000_000).sightings)
                c = time.process_time()
                spent["decode"] += b - a
                spent["store"] += c - b
            rates.append(COUNT / (time.process_time() - start))
            store.close()
            for name, seconds in spent.items():
                stages[name].append(seconds)
    print(f"pipeline_posts_per_cpu_s {statistics.median(rates):.0f} posts/CPU-s")
    print(f"pipeline_kept_share {kept / COUNT:.4f} of_posts")
    print(f"pipeline_decode_us {statistics.median(stages['decode']) / COUNT * 1e6:.2f} us/post")
    print(f"pipeline_take_us {statistics.median(stages['store']) / COUNT * 1e6:.2f} us/post")
    print(f"load_1min {os.getloadavg()[0]:.2f} of_{os.cpu_count()}_cores ({origin} texts)")


if __name__ == "__main__":
    main()

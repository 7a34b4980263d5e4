"""The matcher by itself: start from stored queries, changes while it runs, two threads, no compiled code, raw events.

Prints lines ``name value unit``. Uses the posts and queries beside the checkout, else generated ones.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from jetstream_events import events
from materials import parsed, posts, queries

from vigie.model import Post
from vigie.networks.bluesky.jetstream import decode_v1
from vigie.query import Matcher, PlainMatcher, parse
from vigie.query.matcher import LaidOut
from vigie.query.stored import pack

BATCH = 1_000
CODE = "bench"
ROUNDS = 5

START = """
import mmap, sys, time
begun = time.perf_counter()
from vigie.model import Author, Post
from vigie.query import Matcher
from vigie.query.stored import unpack
with open(sys.argv[1], "rb") as file:
    stored = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
segment, keys = unpack(memoryview(stored), "bench")
matcher = Matcher(segment)
matcher.match([Post("bluesky", "1", Author("a"), "Un café du port", 0)])
import resource
used = resource.getrusage(resource.RUSAGE_SELF)
took = time.perf_counter() - begun
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(took, used.ru_utime + used.ru_stime, int(peak) / 1024)
"""
"""All that a process does from its first import to its first answer. Its peak is not asked of `resource`, which counts
what the process that started it had."""


def main() -> None:
    """Prints the figures."""
    said = posts(20_000)
    thousand = parsed(queries(1_000, said, 1))
    plain = PlainMatcher(thousand)
    say("plain_posts_per_cpu_s_1k", _rate(plain.match, said[:5_000]), "posts/cpu_s")
    ten = Matcher(parsed(queries(10_000, said, 1)))
    _threads(ten, said)
    _raw(ten, [post.text for post in said])
    with tempfile.TemporaryDirectory() as folder:
        _start("warm_ready_10k", ten, Path(folder) / "10k")
        hundred = Matcher(parsed(queries(100_000, said, 1)))
        _start("load_100k", hundred, Path(folder) / "100k")
    _changes(hundred, said)


def _rate(match: Callable[[Any], object], said: Sequence[Any]) -> float:
    """Posts a CPU-second, in batches: the median of some rounds."""
    rates = []
    for _ in range(ROUNDS):
        begun = time.thread_time()
        for at in range(0, len(said), BATCH):
            match(said[at : at + BATCH])
        rates.append(len(said) / (time.thread_time() - begun))
    return statistics.median(rates)


def _threads(matcher: Matcher, said: Sequence[Post]) -> None:
    """The same work by one thread and by two, in turn, by the clock on the wall."""
    laid = [matcher.lay_out(said[at : at + BATCH]) for at in range(0, len(said), BATCH)] * 5

    def work(batches: Sequence[LaidOut]) -> None:
        for one in batches:
            matcher.match_laid_out(one)

    speedups, cores = [], []
    with ThreadPoolExecutor(2) as threads:
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            work(laid)
            alone = time.perf_counter() - begun
            begun, used = time.perf_counter(), time.process_time()
            list(threads.map(work, (laid[::2], laid[1::2])))
            both = time.perf_counter() - begun
            speedups.append(alone / both)
            cores.append((time.process_time() - used) / both)
    say("two_thread_speedup", statistics.median(speedups), f"times_at_load_{os.getloadavg()[0]:.1f}")
    say("two_thread_best_speedup", max(speedups), "times")
    say("two_thread_cores", statistics.median(cores), "cores_that_the_machine_gave")


def _raw(matcher: Matcher, texts: Sequence[str]) -> None:
    """From a stream's raw bytes to what matched."""
    raw = events(texts, 20_000)

    def judge(frames: Sequence[bytes]) -> None:
        for batch in decode_v1(frames, 1_783_200_000_000).batches:
            matcher.match(batch.posts)

    say("raw_to_match_posts_per_cpu_s", _rate(judge, raw), "posts/cpu_s")


def _start(name: str, matcher: Matcher, path: Path) -> None:
    """A fresh process reads the stored queries; one before it fills the cache of machine code."""
    (segment,) = matcher.segments
    path.write_bytes(pack(segment, dict.fromkeys(segment.queries, ""), CODE))
    say(f"{name}_file", path.stat().st_size / 1e6, "MB")
    found = []
    for _ in range(ROUNDS):
        ran = subprocess.run([sys.executable, "-c", START, path], capture_output=True, text=True, check=True)
        found.append([float(value) for value in ran.stdout.split()])
    wall, cpu, memory = (statistics.median(values) for values in zip(*found[1:], strict=True))
    say(f"{name}_s", wall, f"s_at_load_{os.getloadavg()[0]:.1f}")
    say(f"{name}_cpu_s", cpu, "cpu_s")
    say(f"{name}_mb", memory, "MB")


def _changes(matcher: Matcher, said: Sequence[Post]) -> None:
    """One query more, one less, while a thread matches; what a batch takes meanwhile."""
    batches = [said[at : at + BATCH] for at in range(0, len(said), BATCH)]
    for batch in batches:
        matcher.match(batch)
    stop, slowest = threading.Event(), [0.0, 0.0]

    def keep_matching() -> None:
        while not stop.is_set():
            for batch in batches:
                begun, used = time.perf_counter(), time.thread_time()
                matcher.match(batch)
                slowest[0] = max(slowest[0], time.perf_counter() - begun)
                slowest[1] = max(slowest[1], time.thread_time() - used)

    fresh = [parse(f'brandnew{number} AND (coffee OR "good morning" OR tea* OR lang:fr)') for number in range(40)]
    spent: dict[str, list[tuple[float, float]]] = {"add": [], "remove": []}
    reader = threading.Thread(target=keep_matching)
    for watched in (False, True):
        if watched:
            reader.start()
        for number, query in enumerate(fresh):
            for name, put, gone in (("add", {f"n{number}": query}, ()), ("remove", {}, (f"q{number}",))):
                begun, used = time.perf_counter(), time.thread_time()
                matcher.change(put, gone)
                spent[name].append((time.thread_time() - used, time.perf_counter() - begun))
    stop.set()
    reader.join()
    for name, both in spent.items():
        say(f"delta_{name}_ms", statistics.median(used for used, _ in both) * 1000, "ms_of_cpu")
        say(f"delta_{name}_worst_ms", max(used for used, _ in both) * 1000, "ms_of_cpu")
    say("delta_slowest_batch_ms", slowest[0] * 1000, f"ms_at_load_{os.getloadavg()[0]:.1f}")
    say("delta_slowest_batch_cpu_ms", slowest[1] * 1000, "ms_of_cpu")
    matcher.settle()


def say(name: str, value: float, unit: str) -> None:
    """One line of the report."""
    print(name, round(value, 3) if value < 100 else round(value), unit, flush=True)


if __name__ == "__main__":
    main()

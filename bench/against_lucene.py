"""Vigie and Lucene Monitor on the same posts and queries, in one run, round by round in turn; one thread each.

Prints lines ``name value unit``. ``match_ratio_10k`` starts from UTF-8 bytes and columns of field values in memory, as
Lucene starts from documents in memory; ``match_ratio_from_posts_10k`` counts laying them out from `Post` as well.
Lucene's other threads (compiler, garbage collector) are not counted, which favours it. So does ``…_all_at_once``: all
posts as one batch, which no listener can wait for.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from lucene_monitor import LuceneMonitor, MissingError, get
from materials import parsed, posts, queries

from vigie.model import Post
from vigie.query import Matcher, Query, evaluate
from vigie.query.document import Document

HERE = Path(__file__).resolve().parent
LABELS = {1_000: "1k", 10_000: "10k", 100_000: "100k"}
POSTS = {100_000: 5_000}
"""Posts to measure with where Lucene Monitor takes a second for 1,500 of them; otherwise as many as asked."""
BATCH = 1_000
"""Posts at once, as sources hand them over."""
PASSES = 5
"""Vigie is some hundred times faster: a round of it is as many passes, so that the clock has something to measure."""
EXAMPLES = 3
CAUSES = ("cut_otherwise", "near_counted_otherwise", "unexplained")

Answers = Mapping[int, set[str]]


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, nargs="*", default=list(LABELS), help="numbers of queries")
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1, help="of the generated queries")
    parser.add_argument("--require-lucene", action="store_true", help="status 1 when Lucene Monitor cannot be had")
    parser.add_argument("--no-others", action="store_true", help="leave out the figures of Vigie alone")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--without", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    """One process for each number of queries, so that each has its own peak of memory; then what is Vigie's alone."""
    asked = arguments()
    if asked.one is not None:
        compare(asked)
        return 0
    say("load_1min_before", os.getloadavg()[0], f"of_{os.cpu_count()}_cores")
    missing = _missing()
    said: dict[str, float] = {}
    failed = 0
    for count in asked.queries:
        flags = ["--one", str(count), "--posts", str(asked.posts), "--rounds", str(asked.rounds)]
        flags += ["--seed", str(asked.seed), *(["--without"] if missing else [])]
        failed |= _run([HERE / "against_lucene.py", *flags], said)
    few, many = (said.get(f"match_bytes_posts_per_cpu_s_{label}") for label in ("1k", "100k"))
    if few and many:
        say("cost_growth_1k_100k", few / many, "times")
    if not missing:
        say("match_differences", sum(said.get(f"match_unexplained_{label}", 0) for label in LABELS.values()), "pairs")
    if not asked.no_others:
        failed |= _run([HERE / "matcher_alone.py"], said)
    say("load_1min_after", os.getloadavg()[0], f"of_{os.cpu_count()}_cores")
    return 1 if failed or (missing and asked.require_lucene) else 0


def _missing() -> str:
    try:
        get()
    except MissingError as error:
        print(f"# Lucene Monitor cannot be had, Vigie is measured alone: {error}", flush=True)
        return str(error)
    return ""


def _run(command: Sequence[str | Path], said: dict[str, float]) -> int:
    """Runs a script, passes its lines on, and keeps their values."""
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            if not line.startswith("#") and len(parts := line.split()) > 1:
                said[parts[0]] = float(parts[1])
    return int(process.returncode != 0)


def compare(asked: argparse.Namespace) -> None:
    """Both on one number of queries."""
    label = LABELS.get(asked.one, str(asked.one))
    all_of_them = posts(asked.posts)
    written = queries(asked.one, all_of_them, asked.seed)
    read = parsed(written)
    said = all_of_them[: POSTS.get(asked.one)]
    begun = time.process_time()
    matcher = Matcher(read)
    say(f"match_compile_{label}", time.process_time() - begun, "cpu_s")
    from_bytes, from_posts = _ways(matcher, said)
    from_bytes()
    answers = {index: set(ids) for index, ids in matcher.match(said)}
    say(f"matches_a_post_{label}", sum(map(len, answers.values())) / len(said), "matches")
    if asked.without:
        say(f"match_bytes_posts_per_cpu_s_{label}", _median(from_bytes, asked.rounds), "posts/cpu_s")
        say(f"match_posts_per_cpu_s_{label}", _median(from_posts, asked.rounds), "posts/cpu_s")
        return
    with tempfile.TemporaryDirectory() as folder:
        lucene = LuceneMonitor(said, [(one.id, one.expression) for one in written], Path(folder))
        say(f"lucene_load_{label}", lucene.load_seconds, "cpu_s")
        batch = lucene.best_batch(min(2_000, len(said)))
        say(f"lucene_batch_{label}", batch, "posts")
        lucene.round(batch, len(said))  # warm, for the choice of the batch has read as many posts and more
        rates = [
            (from_bytes(), from_posts(), len(said) / lucene.round(batch, len(said)).seconds)
            for _ in range(asked.rounds)
        ]
        ours, with_columns, theirs = (statistics.median(each) for each in zip(*rates, strict=True))
        at_once = len(said) / lucene.round(len(said), len(said)).seconds
        say(f"match_bytes_posts_per_cpu_s_{label}", ours, "posts/cpu_s")
        say(f"match_posts_per_cpu_s_{label}", with_columns, "posts/cpu_s")
        say(f"lucene_posts_per_cpu_s_{label}", theirs, "posts/cpu_s")
        say(f"match_ratio_{label}", ours / theirs, "times")
        say(f"match_ratio_from_posts_{label}", with_columns / theirs, "times")
        say(f"match_ratio_{label}_all_at_once", ours / at_once, "times")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        say(f"match_peak_{label}", peak, "MB_with_posts_and_parsed_queries")
        say(f"lucene_peak_{label}", lucene.peak_mb(), "MB")
        theirs_of = lucene.answers(batch, len(said), Path(folder) / "answers.tsv")
        causes = _causes(said, read, answers, theirs_of, lucene)
        lucene.close()
    for cause in CAUSES:
        say(f"match_{cause}_{label}", causes[cause], "pairs")


def _ways(matcher: Matcher, said: Sequence[Post]) -> tuple[Callable[[], float], Callable[[], float]]:
    """Two ways to measure posts a CPU-second: from what is laid out already, and from posts."""
    batches = [said[at : at + BATCH] for at in range(0, len(said), BATCH)]
    laid = [matcher.lay_out(batch) for batch in batches]

    def from_bytes() -> float:
        begun = time.thread_time()
        for _ in range(PASSES):
            for one in laid:
                matcher.match_laid_out(one)
        return PASSES * len(said) / (time.thread_time() - begun)

    def from_posts() -> float:
        begun = time.thread_time()
        for _ in range(PASSES):
            for batch in batches:
                matcher.match(batch)
        return PASSES * len(said) / (time.thread_time() - begun)

    return from_bytes, from_posts


def _median(measure: Callable[[], float], rounds: int) -> float:
    return statistics.median(measure() for _ in range(rounds))


def _causes(
    said: Sequence[Post], read: Mapping[str, Query], ours: Answers, theirs: Answers, lucene: LuceneMonitor
) -> Counter[str]:
    """Why they differ, pair by pair; the reference evaluator has the last word on what Vigie should answer."""
    causes: Counter[str] = Counter()
    for index in sorted(ours.keys() | theirs.keys()):
        for id in sorted(ours.get(index, set()) ^ theirs.get(index, set())):
            places = Document(said[index]).places
            words = sorted((place, word) for word, found in places.items() for place in found)
            cause = "unexplained"
            if evaluate(read[id], said[index]) == (id in ours.get(index, set())):
                if sorted(lucene.words(index)) != words:
                    cause = "cut_otherwise"
                elif "NEAR" in read[id].source:
                    cause = "near_counted_otherwise"
            causes[cause] += 1
            if causes[cause] <= EXAMPLES:
                print(f"# {cause}: {read[id].source} | {said[index].text}", flush=True)
    return causes


def say(name: str, value: float, unit: str) -> None:
    """One line of the report."""
    print(name, round(value, 3) if value < 100 else round(value), unit, flush=True)


if __name__ == "__main__":
    sys.exit(main())

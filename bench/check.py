"""How well and how fast drafts are checked. Prints lines ``name value unit``.

Precision and recall are of the half of the examples that nobody looks at who writes a pattern: figures alone are
printed. Alarms are shares of posts that people wrote and that nobody would stop. ``--triggers`` prints what sets each
check off most often there, to be read.
"""

import argparse
import gzip
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
os.environ.setdefault("NUMBA_CACHE_DIR", tempfile.mkdtemp(prefix="vigie-bench-"))

import prose_linters
from drafting import drafts, house
from texts import texts

from checks.score import score, sets
from vigie.checks import built_in
from vigie.judge.policy import Policy, policy
from vigie.judge.review import review
from vigie.model import Draft, Facts, Finding
from vigie.query import Matcher, PlainMatcher
from vigie.text import fold

WRITTEN = ROOT.parent / "shared/data/text"
FINE = {"en": ("en_offensive", "en_sentiment"), "fr": ("fr_sentiment",)}
"""Posts of real people; a company's drafts are milder."""
PARTS = ("scores", "alarms", "speed", "peers", "cold")
BATCH = 1_000
ROUNDS = 3
NOW = 1_796_119_200_000
TRIGGERS = 50


def main() -> None:
    """All parts, or those asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help=", ".join(PARTS))
    parser.add_argument("--checks", nargs="*", help="only the scores of these")
    parser.add_argument("--triggers", action="store_true", help="print the most frequent of each check")
    parser.add_argument("--posts", type=int, default=5_000, help="to measure speed with")
    asked = parser.parse_args()
    parts = asked.parts or PARTS
    if "scores" in parts:
        scores(asked.checks)
    if "alarms" in parts:
        alarms(triggers=asked.triggers)
    if "speed" in parts:
        one_draft()
    if "peers" in parts:
        peers(asked.posts)
    if "cold" in parts:
        cold()
    print(f"load_1min {os.getloadavg()[0]:.2f} of_{os.cpu_count()}_cores")


def scores(only: Sequence[str] | None) -> None:
    """Of each check in each language, and the least of all."""
    found = [score(check, language, "held_out") for check, language in sets("held_out") if not only or check in only]
    for one in found:
        of = f"of_{one.bad}_bad_{one.good}_good"
        print(f"check_precision_{_name(one.check)}_{one.language} {one.precision:.3f} {of}")
        print(f"check_recall_{_name(one.check)}_{one.language} {one.recall:.3f} {of}")
    print(f"check_precision_min {min(one.precision for one in found):.3f} of_{len(found)}_sets")
    print(f"check_recall_min {min(one.recall for one in found):.3f} of_{len(found)}_sets", flush=True)


def alarms(*, triggers: bool) -> None:
    """Shares of posts with a finding that stops, and with one that warns; and of false secrets."""
    if not WRITTEN.is_dir():
        print("# no posts beside the checkout: alarms are not counted")
        return
    by = policy(None, Matcher)
    secrets = whole = 0
    for language, files in FINE.items():
        posts = [text for file in files for text in _written(file)]
        found = list(zip(posts, _reviewed(posts, language, by), strict=True))
        for check in (one.id for one in built_in()):
            for severity in ("block", "warn"):
                alarmed = sum(any(one.rule == check and one.severity == severity for one in said) for _, said in found)
                name = f"check_alarm_{severity}_{_name(check)}_{language}"
                print(f"{name} {alarmed / len(posts):.4f} of_{len(posts)}_posts")
        stopped = sum(any(one.severity == "block" for one in said) for _, said in found)
        spoken = sum(any(one.severity != "note" for one in said) for _, said in found)
        print(f"check_alarm_block_any_{language} {stopped / len(posts):.4f} of_{len(posts)}_posts")
        print(f"check_alarm_any_{language} {spoken / len(posts):.4f} of_{len(posts)}_posts", flush=True)
        secrets += sum(any(one.rule == "secrets" for one in said) for _, said in found)
        whole += len(posts)
        if triggers:
            _print_triggers(found, language)
    print(f"check_secrets_false_per_10k {secrets / whole * 10_000:.2f} of_{whole}_posts", flush=True)


def one_draft() -> None:
    """One draft at a time, as somebody types it: all checks and 100 rules of the house."""
    charter = house(100)
    begun = time.process_time()
    by = policy(charter, PlainMatcher)
    print(f"check_ready_s {time.process_time() - begun:.2f} CPU_s")
    asked = drafts(2_000, charter)
    for draft in asked[:200]:
        review([draft], by)
    wall, cpu, said = [], [], 0
    for draft in asked:
        clock, processor = time.perf_counter(), time.thread_time()
        (found,) = review([draft], by)
        cpu.append(time.thread_time() - processor)
        wall.append(time.perf_counter() - clock)
        said += len(found)
    print(f"check_p99_ms {_ms(wall, 0.99)} ms")
    print(f"check_p99_cpu_ms {_ms(cpu, 0.99)} CPU_ms")
    print(f"check_p50_ms {_ms(wall, 0.5)} ms")
    print(f"check_most_ms {_ms(cpu, 1)} CPU_ms")
    print(f"check_findings_per_draft {said / len(asked):.2f} of_{len(asked)}_drafts", flush=True)


def peers(count: int) -> None:
    """The same English posts, round by round in turn; processor time of each one's own process."""
    posts, origin = texts(count)
    by = policy(None, Matcher)
    try:
        prose_linters.install()
    except prose_linters.MissingError as missing:
        print(f"# alex and proselint cannot be had here: {missing}")
        others = {}
    else:
        others = {"alex": prose_linters.alex, "proselint": prose_linters.proselint}
    _posts_per_cpu_s(posts, by)  # what is compiled at the first call is compiled now
    seen = defaultdict(list)
    for _ in range(ROUNDS):
        seen["vigie"].append(_posts_per_cpu_s(posts, by))
        for name, run in others.items():
            seen[name].append(run(posts))
    middle = {name: statistics.median(figures) for name, figures in seen.items()}
    print(f"check_posts_per_cpu_s {middle['vigie']:.0f} posts/CPU_s ({len(posts)} {origin} posts)")
    for name in others:
        print(f"check_{name}_posts_per_cpu_s {middle[name]:.0f} posts/CPU_s")
    if others:
        fastest = max(others, key=lambda name: middle[name])
        print(f"check_ratio_fastest_peer {middle['vigie'] / middle[fastest]:.2f} times_{fastest}", flush=True)


def cold() -> None:
    """`vigie check "text"` in a new process; what is compiled or read once is on the disk."""
    with tempfile.TemporaryDirectory() as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("VIGIE_", "PYTHON"))}
        env |= {"VIGIE_HOME": f"{folder}/none", "XDG_CACHE_HOME": folder, "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        command = [Path(sys.executable).parent / "vigie", "check", "Ravis de vous annoncer notre nouvelle offre"]
        spent, used = [], []
        for _ in range(8):
            clock, before = time.perf_counter(), getrusage(RUSAGE_CHILDREN)
            subprocess.run(command, env=env, check=True, capture_output=True)
            after = getrusage(RUSAGE_CHILDREN)
            spent.append(time.perf_counter() - clock)
            used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    print(f"check_first_s {spent[0]:.2f} s")
    print(f"check_cold_s {statistics.median(spent[1:]):.2f} s")
    print(f"check_cold_cpu_s {statistics.median(used[1:]):.2f} CPU_s", flush=True)


def _posts_per_cpu_s(posts: Sequence[str], by: Policy) -> float:
    begun = time.process_time()
    for _ in _reviewed(posts, "en", by):
        pass
    return len(posts) / (time.process_time() - begun)


def _reviewed(posts: Sequence[str], language: str, by: Policy) -> Iterator[tuple[Finding, ...]]:
    around = Facts(now=NOW)
    for at in range(0, len(posts), BATCH):
        yield from review([(Draft(text, language=language), around) for text in posts[at : at + BATCH]], by)


def _written(file: str) -> Iterator[str]:
    """The posts of a file, without the marks that its form put on them."""
    with gzip.open(WRITTEN / f"{file}.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            text = line.rstrip("\n").split("\t", 2)[2]
            if len(text) > 1 and text.startswith('"') and text.endswith('"'):
                text = text[1:-1].replace('""', '"')
            yield re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def _print_triggers(found: Sequence[tuple[str, Sequence[Finding]]], language: str) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text, said in found:
        for one in said:
            words = " … ".join(fold(text[span.start : span.end]) for span in one.spans)
            counts[one.rule][f"{one.severity} {one.code.rpartition('.')[2]}: {words[:120]}"] += 1
    for check, these in sorted(counts.items()):
        print(f"# {check} {language}: {sum(these.values())} findings")
        for trigger, count in these.most_common(TRIGGERS):
            print(f"#   {count:5} {trigger}")


def _ms(seconds: Sequence[float], share: float) -> str:
    ranked = sorted(seconds)
    return f"{ranked[min(int(len(ranked) * share), len(ranked) - 1)] * 1000:.2f}"


def _name(check: str) -> str:
    return check.replace("-", "_")


if __name__ == "__main__":
    main()

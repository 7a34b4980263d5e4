"""Lucene Monitor, got from Debian, compiled with `bench/lucene/java` and driven line by line."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from vigie.model import Post
from vigie.text import fold, kind

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent / ".cache/lucene"
JAVA = HERE / "lucene/java"
HEAP = "6g"
TRIED_BATCHES = (100, 300, 1000)
"""Posts at once; which suits it best depends on the number of queries. Sources hand over a thousand at most: whoever
waits for more is late."""


class MissingError(Exception):
    """What Lucene Monitor needs and this machine has not."""


class Round(NamedTuple):
    """CPU seconds of the matching thread, and how many pairs matched."""

    seconds: float
    matches: int


class LuceneMonitor:
    """One running process with its queries registered.

    Tuned as well as is known: document frequencies, counted on these very posts, choose the word a query is looked up
    by, and `Beginnings.java` does the same for ``grev*``.
    """

    def __init__(self, posts: Sequence[Post], expressions: Sequence[tuple[str, str]], folder: Path) -> None:
        classes = _compiled()
        table, said, asked = folder / "table.tsv", folder / "posts.tsv", folder / "queries.tsv"
        if not table.exists():
            table.write_text("".join(_characters()), "utf-8")
        said.write_text("".join(map(_line, posts)), "utf-8", newline="\n")
        asked.write_text("".join(f"{id}\t{expression}\n" for id, expression in expressions), "utf-8")
        path = f"{classes}:{CACHE}/jars/*"
        options = (f"-Xmx{HEAP}", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8")
        self._process = subprocess.Popen(
            ["java", *options, "-cp", path, "vigie.Against", table, said, asked],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.load_seconds = float(self._heard().split()[1])

    def round(self, batch: int, count: int) -> Round:
        """Matches the first ``count`` posts."""
        seconds, matches = self._ask(f"round {batch} {count}").split()
        return Round(float(seconds), int(matches))

    def best_batch(self, count: int) -> int:
        """Which of `TRIED_BATCHES` is fastest; each is warmed up by a round of its own."""
        spent = {}
        for batch in TRIED_BATCHES:
            self.round(batch, count)
            spent[batch] = self.round(batch, count).seconds
        return min(spent, key=lambda batch: spent[batch])

    def answers(self, batch: int, count: int, path: Path) -> dict[int, set[str]]:
        """Ids of the matching queries, by index of the post."""
        self._ask(f"answers {batch} {count} {path}")
        rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        return {int(index): set(ids.split()) for index, ids in rows}

    def words(self, index: int) -> list[tuple[int, str]]:
        """How a post was cut: (place, word)."""
        said = self._ask(f"words {index}")
        return [(int(place), word) for place, _, word in (one.partition(" ") for one in said.split("\t") if one)]

    def peak_mb(self) -> int:
        """The most memory that the process ever had."""
        return int(self._ask("memory"))

    def close(self) -> None:
        """Ends the process."""
        self._process.stdin and self._process.stdin.close()
        self._process.wait(30)

    def _ask(self, order: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return self._heard()

    def _heard(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise MissingError(f"Lucene Monitor ended with status {self._process.wait()}")
        return line.rstrip("\n")


def get() -> None:
    """Fetches and compiles what is not there yet.

    Raises:
        MissingError: says what is missing.
    """
    for program in ("java", "javac"):
        if shutil.which(program) is None:
            raise MissingError(f"{program} is not installed")
    fetched = subprocess.run(
        [HERE.parent / "scripts/system-packages", "lucene"], capture_output=True, text=True, check=False
    )
    if fetched.returncode:
        raise MissingError(fetched.stderr.strip())
    _compiled()


def _compiled() -> Path:
    """The folder of the classes: the monitor's, then ours."""
    classes = CACHE / "classes"
    ours = sorted(JAVA.rglob("*.java"))
    made = classes / "made"
    if made.exists() and all(file.stat().st_mtime < made.stat().st_mtime for file in ours):
        return classes
    classes.mkdir(parents=True, exist_ok=True)
    sources = [*sorted((CACHE / "monitor").rglob("*.java")), *ours]
    command = ["javac", "-nowarn", "-encoding", "UTF-8", "-d", classes, "-cp", f"{CACHE}/jars/*", *sources]
    compiled = subprocess.run(command, capture_output=True, text=True, check=False)
    if compiled.returncode:
        raise MissingError(f"javac: {compiled.stderr.strip()}")
    made.touch()
    return classes


def _line(post: Post) -> str:
    text = post.text.replace("\t", " ").replace("\n", " ").replace("\r", " ")
    return "\t".join((",".join(post.langs[:1]), post.network, post.author.handle or post.author.id, text)) + "\n"


def _characters() -> list[str]:
    """Vigie's own table: every character that is not a mere separator, its kind, and its folded form."""
    lines = []
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        what = kind(char)
        if what.isspace() or 0xD800 <= code < 0xE000:  # halves of characters: no text that Java reads has them
            continue
        folded = fold(char) or char
        lines.append(f"{code}\t{what}\t{','.join(str(ord(letter)) for letter in folded)}\n")
    return lines

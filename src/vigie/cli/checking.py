"""The steps of `vigie check`: read what is asked for, mend it, keep what is known, print."""

import sys
from collections.abc import Callable, Sequence
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Protocol

from rich.text import Text

from vigie.cli.post_lines import plain
from vigie.cli.speak import err, fail, out
from vigie.cli.targets import Target, read, read_text, targets, write
from vigie.flows.check_texts import (
    Baseline,
    BaselineError,
    Defaults,
    Document,
    Mender,
    Report,
    UnreadableError,
    known_of,
    read_baseline,
)
from vigie.home.writing import put_in_place, write_beside
from vigie.wording import Wording

_ROUNDS = 5
"""Of mending: what overlaps another change waits for the next."""
_READABLE = 0o644
"""A baseline is kept with the drafts, for all who check them."""


class Look(Protocol):
    """`vigie.flows.check_texts.check` with everything but the files."""

    def __call__(self, documents: Sequence[Document]) -> Report: ...


def read_all(asked: Sequence[str], by: Defaults, w: Wording) -> tuple[list[tuple[Target, Document]], bool]:
    """(the drafts of all that is asked for, whether something could not be read). Mistakes are told at their place."""
    found: list[tuple[Target, Document]] = []
    unreadable = False
    for one in asked:
        try:
            here = list(targets([one]))
        except UnreadableError as error:
            _tell(error, "", w)
            unreadable = True
            continue
        for target in here:
            try:
                found.append((target, read(target, by)))
            except UnreadableError as error:
                _tell(error, target.name, w)
                unreadable = True
    return found, unreadable


def fixed(
    report: Report, asked: Sequence[Target], look: Look, by: Defaults, w: Wording
) -> tuple[Report, dict[str, str]]:
    """(what is left to say, words given by hand as they are now, by name) when all that is safe is mended in place."""
    before = [document.text for document, _ in report.documents]
    menders = [Mender(_reader(target, by)) for target in asked]
    mended = [0] * len(asked)
    for _ in range(_ROUNDS):
        done = [mend(document, drafts) for mend, (document, drafts) in zip(menders, report.documents, strict=True)]
        if not any(count for _, count in done):
            break
        mended = [sum(counts) for counts in zip(mended, (count for _, count in done), strict=True)]
        report = look([document for document, _ in done])
    by_hand: dict[str, str] = {}
    for number, (target, (document, _)) in enumerate(zip(asked, report.documents, strict=True)):
        if target.path is None:
            by_hand[str(number)] = document.text if document.text.endswith("\n") else f"{document.text}\n"
        elif mended[number]:
            write(target.path, document.text)
            err.print(w.count("check.mended", mended[number], name=plain(target.name)), markup=False)
            _show_change(before[number], document.text)
    return report, by_hand


def known_in(path: Path, w: Wording) -> Baseline:
    """The findings of a baseline; the end of the command where it cannot be read."""
    try:
        return read_baseline(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, BaselineError) as error:
        fail(w("check.error.baseline", path=str(path), detail=str(error)), 2)


def write_known(report: Report, path: Path, w: Wording) -> None:
    """Puts all that is said now into a baseline."""
    known = known_of((document.name, told.finding) for document, _, told in report.each() if not told.silent)
    try:
        partial = write_beside(path, known.written().encode(), _READABLE)
        partial.chmod(_READABLE)
        put_in_place(partial, path)
    except OSError as error:
        fail(w("check.error.baseline", path=str(path), detail=error.strerror or ""), 2)
    err.print(w.count("check.baseline-written", sum(one.count for one in known.findings), path=str(path)), markup=False)


def print_report(written: str | Text, *, aside: bool) -> None:
    """On standard output; ``aside`` on standard error, where the output is the text as it was mended."""
    if isinstance(written, Text):
        (err if aside else out).print(written)
    else:
        (sys.stderr if aside else sys.stdout).write(written)


def _reader(target: Target, by: Defaults) -> Callable[[str, str], Document]:
    return lambda _, text: read_text(target, text, by)


def _show_change(before: str, after: str) -> None:
    """The lines that are others now, as they were and as they are."""
    for line in islice(unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""), 2, None):
        if not line.startswith("@@"):
            err.print(f"    {line[0]} {plain(line[1:])}", markup=False)


def _tell(error: UnreadableError, name: str, w: Wording) -> None:
    for one in error.mistakes:
        place = f"{plain(name) or '-'}:{one.line}:{one.column}: " if one.line else (f"{plain(name)}: " if name else "")
        err.print(f"{place}{plain(w(one.code, **one.values))}", markup=False)
        if one.hint:
            err.print(f"    {plain(one.hint)}", markup=False)

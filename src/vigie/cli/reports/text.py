"""For people: each finding with its line, its words marked, what is wrong and what to write instead."""

from rich.cells import cell_len
from rich.text import Text

from vigie.cli.post_lines import plain
from vigie.cli.remarks import Remark, name_of, remarks
from vigie.flows.check_texts import Report, Told
from vigie.wording import Wording

_STYLES = {"block": "bold red", "warn": "bold yellow", "note": "bold cyan"}
_AROUND = 60
"""Characters of a line that are shown before the words found, and after."""


def written(report: Report, w: Wording) -> Text:
    """A paragraph a finding, then how many there are. What the baseline knows is only counted."""
    text = Text()
    for one in remarks(report, w):
        if not one.told.known:
            text.append_text(_paragraph(one, w))
    text.append_text(_summary(report, w))
    return text


def _paragraph(one: Remark, w: Wording) -> Text:
    finding = one.finding
    line, column = one.start
    text = Text(f"{one.document.name}:{line}:{column}: " if one.document.name else "", style="dim")
    text.append(w(f"check.severity.{finding.severity}"), style=f"{_STYLES[finding.severity]} not dim")
    text.append(f"  {name_of(finding.rule, w)} ({finding.rule})", style="not dim")
    if finding.trial:
        text.append(f"  {w('check.trial')}")
    text.append("\n")
    if finding.spans:
        text.append_text(_shown(one))
    text.append(f"    {plain(one.says)}\n", style="not dim")
    for said in _advice(one, w):
        text.append(f"    {said}\n", style="not dim green")
    if finding.suppressed:
        text.append(f"    {w('check.let-pass', why=plain(finding.suppressed.why))}\n", style="not dim italic")
    return text.append("\n")


def _shown(one: Remark) -> Text:
    """The line of the first words, and under it a caret for each of the characters found in it."""
    line, column = one.start
    whole = one.document.line(line)
    begins = one.places[0].start - column + 1
    first = max(column - 1 - _AROUND, 0)
    last = min(column - 1 + len(one.words) + _AROUND, len(whole))
    before, after = ("… " if first else ""), (" …" if last < len(whole) else "")
    text, carets, at = Text(f"    {before}", style="not dim"), " " * (4 + len(before)), first
    for place in one.places:
        start, end = max(place.start - begins, at), min(place.end - begins, last)
        if start >= end:
            continue
        between, found = plain(whole[at:start]), plain(whole[start:end])
        text.append(between).append(found, style="bold")
        carets += " " * cell_len(between) + "^" * cell_len(found)
        at = end
    text.append(f"{plain(whole[at:last])}{after}\n")
    return text.append(f"{carets}\n", style="bold magenta not dim")


def _advice(one: Remark, w: Wording) -> list[str]:
    finding = one.finding
    said = [plain(one.advice)] if one.advice else []
    if finding.replacement:
        said.append(w("check.write", words=plain(finding.replacement)))
    elif finding.replacement == "":
        said.append(w("check.take-out", words=plain(one.words)))
    return said


def _summary(report: Report, w: Wording) -> Text:
    posts = sum(len(drafts) for _, drafts in report.documents)
    told = [one for _, _, one in report.each()]
    loud = [one for one in told if not one.silent]
    stopping = report.stopping
    parts = [w.count("check.posts", posts), w.count("check.findings", len(loud)) if loud else w("check.nothing")]
    if stopping:
        parts.append(w.count("check.stopping", stopping))
    parts += _silent(told, w)
    return Text(f"{', '.join(parts)}.", style="bold red" if stopping else "bold")


def _silent(told: list[Told], w: Wording) -> list[str]:
    passed = sum(one.finding.suppressed is not None for one in told)
    known = sum(one.known for one in told)
    return [w.count(id, n) for id, n in (("check.passed", passed), ("check.known", known)) if n]

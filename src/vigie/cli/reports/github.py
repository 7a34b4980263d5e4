"""For GitHub: workflow commands that its runner turns into annotations beside the changed lines.

Their form: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from vigie.cli.remarks import Remark, clean, name_of, remarks
from vigie.flows.check_texts import Report
from vigie.wording import Wording

_LEVELS = {"block": "error", "warn": "warning", "note": "notice"}


def written(report: Report, w: Wording) -> str:
    """A line for each finding that nobody lets pass."""
    return clean("".join(_line(one, w) for one in remarks(report, w) if not one.told.silent))


def _line(one: Remark, w: Wording) -> str:
    level = "notice" if one.finding.trial else _LEVELS[one.finding.severity]
    (line, column), (end_line, end_column) = one.start, one.end
    values = {
        "file": one.document.name,
        "line": str(line),
        "endLine": str(end_line),
        # the runner takes columns within a single line only
        **({"col": str(column), "endColumn": str(end_column)} if line == end_line and column < end_column else {}),
        "title": name_of(one.finding.rule, w),
    }
    said = " ".join(part for part in (one.says, one.advice) if part)
    told = ",".join(f"{key}={_property(value)}" for key, value in values.items() if value)
    return f"::{level} {told}::{_data(f'{said} ({one.finding.rule})')}\n"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")

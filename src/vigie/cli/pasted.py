"""A query given on a command line: its text, a file that holds it, or standard input."""

import sys
from pathlib import Path

from vigie.cli.speak import fail
from vigie.wording import Wording


def pasted_text(given: str, w: Wording) -> str:
    """The query's text; the end of the command where there is none."""
    try:
        if given == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        if _is_file(given):
            return Path(given).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        fail(w("translate.command.unreadable", path=given, detail=str(error)), 2)
    if not given.strip():
        fail(w("translate.command.nothing"), 2)
    return given


def _is_file(given: str) -> bool:
    try:
        return Path(given).is_file()
    except (OSError, ValueError):  # too long for a name, or holding what no name can: it is the text itself
        return False

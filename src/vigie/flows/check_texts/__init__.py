"""Checking what is written in files: read drafts out of them, hold them against the charter, mend what is safe."""

from vigie.flows.check_texts.baseline import Baseline, BaselineError, known_of, read_baseline
from vigie.flows.check_texts.calendar import read_calendar
from vigie.flows.check_texts.checking import Checked, Report, Told, check
from vigie.flows.check_texts.document import Document, Mistake, Trace, UnreadableError, Writing
from vigie.flows.check_texts.markdown import read_markdown
from vigie.flows.check_texts.mending import Mender
from vigie.flows.check_texts.settled import Defaults, settled

__all__ = [
    "Baseline",
    "BaselineError",
    "Checked",
    "Defaults",
    "Document",
    "Mender",
    "Mistake",
    "Report",
    "Told",
    "Trace",
    "UnreadableError",
    "Writing",
    "check",
    "known_of",
    "read_baseline",
    "read_calendar",
    "read_markdown",
    "settled",
]

"""A post that serves nothing the house is there for, or nothing its channel is there for."""

from collections.abc import Iterator
from difflib import get_close_matches

from vigie.charter import Objective
from vigie.checks.check import Options
from vigie.checks.reading import Reading
from vigie.model import Finding


def look(reading: Reading, _options: Options) -> Iterator[Finding]:
    """At most one finding. Answers to people need no objective; nor does anything in a house that names none."""
    charter, draft = reading.charter, reading.draft
    if charter is None or not charter.objectives or reading.is_reply:
        return
    if not draft.objective:
        yield _found("none")
        return
    objective = next((one for one in charter.objectives if one.id == draft.objective), None)
    if objective is None:
        near = get_close_matches(draft.objective, [one.id for one in charter.objectives], 1)
        yield _found("misspelt", id=draft.objective, near=near[0]) if near else _found("unknown", id=draft.objective)
    elif not _served(objective, reading):
        yield _found("elsewhere", objective=objective.statement, channel=draft.channel)
    elif objective.until and reading.moment.date() > objective.until:
        yield _found("ended", objective=objective.statement, until=objective.until.isoformat())


def _served(objective: Objective, reading: Reading) -> bool:
    """Whether the channel serves it; one that names no objective serves them all."""
    return reading.channel is None or not reading.channel.objectives or objective.id in reading.channel.objectives


def _found(what: str, **values: str | int) -> Finding:
    return Finding("no-objective", "warn", f"checks.no-objective.{what}", part="objective", values=values)

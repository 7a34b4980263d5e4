"""The house's rules: what each said of drafts, what people answered, and which ones to look at again."""

import csv
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer
from rich.table import Table

from vigie.app.clock import now
from vigie.charter import Charter
from vigie.checks import built_in
from vigie.cli.house import house
from vigie.cli.judged import charter_of, detect_in, policy_of
from vigie.cli.moments import BadMomentError, moment
from vigie.cli.post_lines import plain, post_lines
from vigie.cli.speak import err, fail, out, settings
from vigie.flows.ports.archive import Filter
from vigie.flows.replay_rules import EXAMPLES, Heard, Replayed
from vigie.flows.replay_rules import replay as replayed
from vigie.flows.rules_report import Line, Report
from vigie.flows.rules_report import report as reported
from vigie.model import Millis
from vigie.wording import Wording

app = typer.Typer(no_args_is_help=True)

COLUMNS = (
    "id", "kind", "status", "severity", "fired", "accepted", "dismissed", "suppressed", "unanswered", "drafts",
    "last_at", "advice",
)  # fmt: skip
_MOST_REASONS = 5
_MOST_ADVISED = 50


@app.callback()
def rules() -> None:
    """The house's rules: what each said of drafts, what people answered, and which ones to look at again."""


@app.command()
def report(
    since: Annotated[str, typer.Option(help="A date (2026-11-20) or an age (90d).")] = "90d",
    format: Annotated[Literal["text", "json", "csv"], typer.Option(help="A table, one JSON object, or CSV.")] = "text",
) -> None:
    """Says per rule and check how often it fired, was followed, dismissed, let pass, and why; and what to prune."""
    chosen = settings()
    w = Wording(chosen.lang)
    start, charter = _start(since, w), charter_of(None, chosen.home, w)
    with house(chosen) as vigie:
        found = reported(charter, built_in(), vigie.store.drafts, start, now())
    if format == "json":
        sys.stdout.write(msgspec.json.encode(found).decode() + "\n")
    elif format == "csv":
        table = csv.writer(sys.stdout)
        table.writerow(COLUMNS)
        table.writerows(_row(line) for line in found.lines)
    else:
        _tell(found, charter, w)


@app.command()
def replay(
    rule: Annotated[list[str] | None, typer.Argument(help="Only these rules and checks; all when left out.")] = None,
    since: Annotated[str, typer.Option(help="A date (2026-11-20) or an age (365d).")] = "365d",
    charter: Annotated[Path | None, typer.Option(help="A charter to be, instead of the one in force.")] = None,
    examples: Annotated[int, typer.Option(min=0, max=EXAMPLES, help="Posts shown of each.")] = 3,
    format: Annotated[Literal["text", "json"], typer.Option(help="Text, or one JSON object.")] = "text",
) -> None:
    """Holds the charter, or one to be, against what the house has published: what it would have stopped.

    Nothing is stored. Ctrl-C ends it with what was read so far.
    """
    chosen = settings()
    w = Wording(chosen.lang)
    start, held = _start(since, w), charter_of(charter, chosen.home, w)
    known = {check.id for check in built_in()} | {one.id for one in (held.rules if held else ())}
    for id in rule or ():
        if id not in known:
            fail(w("rules.error.unknown", id=id), 2)
    detect = detect_in(held.company.languages if held else ("fr", "en"))
    so_far = Replayed()
    with house(chosen) as vigie, suppress(KeyboardInterrupt), err.status(w("rules.replaying")):
        archive = vigie.store.archive
        policy = policy_of(held, archive.count(Filter(since=start, kept=("own",))))
        for so_far in replayed(archive, policy, detect, start):  # noqa: B007 - the last one counts
            pass
    chosen_rules = {id: heard for id, heard in so_far.rules.items() if not rule or id in rule}
    so_far = msgspec.structs.replace(so_far, rules=chosen_rules)
    if format == "json":
        sys.stdout.write(msgspec.json.encode(so_far).decode() + "\n")
    else:
        _tell_replayed(so_far, held, examples, w)


def _start(since: str, w: Wording) -> Millis:
    try:
        return moment(since) or 0
    except BadMomentError as error:
        fail(w("cli.moment.bad", text=str(error)), 2)


def _tell_replayed(found: Replayed, charter: Charter | None, examples: int, w: Wording) -> None:
    zone = charter.company.timezone if charter else "UTC"
    for id, heard in sorted(found.rules.items(), key=_weight):
        out.print(w("rules.replayed.rule", rule=id, stopped=heard.stopped, told=heard.told), markup=False, style="bold")
        for one in heard.examples[:examples]:
            lines = post_lines(one.post, one.finding.spans, w, zone)
            out.print(lines.append(f"  {w.date(one.post.created_at, zone)}\n", style="dim"), end="")
    out.print(w.count("rules.replayed", found.stopped, read=found.read), markup=False)
    if not found.whole:
        err.print(w("rules.replayed.part"), markup=False)


def _weight(one: tuple[str, Heard]) -> tuple[int, int, str]:
    """What would have stopped most comes last, where a person looks first."""
    return one[1].stopped, one[1].told, one[0]


def _row(line: Line) -> list[object]:
    """A line of the CSV; its instant as spreadsheets read it, in UTC."""
    at = datetime.fromtimestamp(line.last_at // 1000, UTC).isoformat() if line.last_at else ""
    return [at if name == "last_at" else getattr(line, name) for name in COLUMNS]


def _tell(found: Report, charter: Charter | None, w: Wording) -> None:
    """The table of those that fired, then who said what, and what to look at again."""
    zone = charter.company.timezone if charter else "UTC"
    out.print(
        w("rules.title", since=w.date(found.since, zone), until=w.date(found.until, zone), drafts=found.drafts),
        markup=False,
    )
    if not found.drafts:
        out.print(w("rules.none"), markup=False)
        return
    fired = sorted((one for one in found.lines if one.fired), key=lambda one: -one.fired)
    out.print(_table(fired, w))
    silent = [one.id for one in found.lines if not one.fired and one.status != "off"]
    if silent:
        out.print(w.count("rules.never", len(silent), names=", ".join(silent)), markup=False)
    names = {person.id: person.name for person in (charter.people if charter else ())}
    _tell_reasons(fired, names, w)
    advised = [one for one in found.lines if one.advice]
    if advised:
        out.print("\n" + w("rules.advice"), markup=False, style="bold")
    for one in advised[:_MOST_ADVISED]:
        values = {"dismissed": one.dismissed, "suppressed": one.suppressed, "decided": one.decided, "fired": one.fired}
        out.print("  " + w(f"rules.advice.{one.advice}", rule=one.id, **values), markup=False)
    if len(advised) > _MOST_ADVISED:
        out.print("  " + w.count("rules.advice.more", len(advised) - _MOST_ADVISED), markup=False)


def _table(lines: list[Line], w: Wording) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(w("rules.column.rule"), no_wrap=True)
    table.add_column(w("rules.column.severity"))
    for name in ("fired", "accepted", "dismissed", "suppressed", "unanswered"):
        table.add_column(w(f"rules.column.{name}"), justify="right")
    for one in lines:
        how = w(f"rules.severity.{one.severity or 'own'}")
        state = f"{how} ({w(f'rules.status.{one.status}')})" if one.status != "active" else how
        counts = (one.fired, one.accepted, one.dismissed, one.suppressed, one.unanswered)
        table.add_row(one.id, state, *(w.number(count) for count in counts))
    return table


def _tell_reasons(lines: list[Line], names: dict[str, str], w: Wording) -> None:
    said = [(line, reason) for line in lines for reason in line.reasons[:_MOST_REASONS]]
    if said:
        out.print("\n" + w("rules.reasons"), markup=False, style="bold")
    for line, reason in said:
        who = names.get(reason.who, reason.who)
        sentence = w(f"rules.reason.{reason.verdict}", rule=line.id, who=who, why=plain(reason.why))
        out.print(f"  {sentence}", markup=False)

"""Rehearses the order to stop on a network that does not exist, and records how long it took."""

import asyncio
from typing import Annotated

import typer

from vigie.app.drilling import Drill, drill
from vigie.cli.house import house
from vigie.cli.people import As, doing
from vigie.cli.speak import err, out, settings
from vigie.wording import Wording


def run(
    posts: Annotated[int, typer.Option(min=1, max=10_000, help="So many posts due at this moment.")] = 200,
    who: As = "",
) -> None:
    """Rehearses the order to stop on a network that does not exist, and records how long it took.

    Nothing real is held or sent. Status 1 when something went out after the order was acknowledged.
    """
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        _, by = doing(vigie, who, "pause", w)
        with err.status(w("pausing.drill.going")):
            seen = asyncio.run(drill(vigie, by, posts))
        _tell(seen, w)
    raise typer.Exit(1 if seen.after or seen.stopped_ms is None else 0)


def _tell(seen: Drill, w: Wording) -> None:
    out.print(w("pausing.drill.done", posts=seen.posts, sent=seen.sent, held=seen.held), markup=False)
    out.print(w.count("pausing.drill.in-flight", seen.in_flight), markup=False)
    if seen.stopped_ms is not None:
        out.print(w("pausing.drill.stopped", ms=seen.stopped_ms), markup=False, style="bold")
    out.print(w.count("pausing.drill.after", seen.after), markup=False)
    if seen.after or seen.stopped_ms is None:
        err.print(w("pausing.drill.failed"), markup=False)

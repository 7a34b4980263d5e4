"""Stops everything that goes out, or some channels, at once; works whether Vigie runs or not."""

import time
from typing import Annotated

import typer

from vigie.app.alone import taken
from vigie.cli.held import print_publications
from vigie.cli.house import house
from vigie.cli.people import As, doing, zone_of
from vigie.cli.speak import err, fail, out, settings
from vigie.flows.pausing import Stopped, Waiting, on_their_way, pause
from vigie.wording import Wording


def run(
    everything: Annotated[bool, typer.Option("--all", help="Every channel, those to come too.")] = False,  # noqa: FBT002
    channel: Annotated[list[str] | None, typer.Option(help="Only this channel; may be repeated.")] = None,
    reason: Annotated[str, typer.Option(help="Why, in your own words: kept in the ledger, shown to everybody.")] = "",
    who: As = "",
) -> None:
    """Stops everything that goes out, or some channels, at once; works whether Vigie runs or not.

    Says what is held and what became of what was on its way. Status 1 when something still is.
    """
    chosen = settings()
    w = Wording(chosen.lang)
    if everything == bool(channel):
        fail(w("pausing.error.what"), 2)
    with house(chosen) as vigie:
        charter, by = doing(vigie, who, "pause", w)
        known = [one.id for one in charter.channels] if charter else []
        if unknown := [id for id in channel or () if charter and id not in known]:
            fail(w("pausing.error.channel", channel=unknown[0], channels=", ".join(known)), 2)
        stopped = pause(
            vigie.store.publications,
            channel or (),
            reason,
            by,
            Waiting(time.monotonic, time.sleep),
            sending=lambda: taken(vigie.run_folder, "work"),
        )
        _tell(stopped, zone_of(charter), w)
    raise typer.Exit(0 if stopped.settled_ms is not None else 1)


def _tell(stopped: Stopped, zone: str, w: Wording) -> None:
    put = stopped.pause
    what = ", ".join(put.channels) or w("pausing.everything")
    out.print(w("pausing.set", what=what, time=w.time(put.at, zone), number=put.id), markup=False, style="bold")
    out.print(w.count("pausing.held", len(stopped.held)), markup=False)
    if stopped.in_flight:
        out.print(w.count("pausing.in-flight", len(stopped.in_flight)), markup=False)
        print_publications(stopped.in_flight, w, zone)
    if stopped.settled_ms is None:
        err.print(w.count("pausing.unsettled", len(on_their_way(stopped.in_flight))), markup=False)
    else:
        out.print(w("pausing.settled", ms=stopped.settled_ms), markup=False)
    out.print(w("pausing.next", number=put.id), markup=False)

"""What goes out and what went out: the queue, one publication with its history, taking one back."""

from typing import Annotated, get_args

import typer

from vigie.app.opened import Opened
from vigie.cli.held import print_publications, state_of
from vigie.cli.house import house
from vigie.cli.people import As, doing, zone_of
from vigie.cli.speak import fail, out, settings
from vigie.desk.moves import MoveError
from vigie.flows import scheduling
from vigie.flows.ports.publications import MovedError
from vigie.model import Publication, PublicationState
from vigie.wording import Wording

app = typer.Typer(no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="The publication's number.")]

STATES: tuple[PublicationState, ...] = get_args(PublicationState)


@app.callback()
def publication() -> None:
    """What goes out and what went out: the queue, one publication with its history, taking one back."""


@app.command(name="list")
def listed(
    state: Annotated[list[str] | None, typer.Option(help=f"One of {', '.join(STATES)}; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
) -> None:
    """What is scheduled, on its way, in doubt, failed or missed, by time; other states when asked for."""
    chosen = settings()
    w = Wording(chosen.lang)
    if unknown := [one for one in state or () if one not in STATES]:
        fail(w("outgoing.error.state", state=unknown[0], states=", ".join(STATES)), 2)
    with house(chosen) as vigie:
        zone = zone_of(vigie.charter())
        wanted = [one for one in STATES if (one in state if state else one not in ("published", "dropped"))]
        found = vigie.store.publications.of_states(wanted, limit)
        print_publications(found, w, zone)
        out.print(w.count("outgoing.count", len(found)), markup=False)


@app.command()
def show(number: Number) -> None:
    """One publication: what it says, where it is, and everything that was done to it."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        one, zone = _found(vigie, number, w), zone_of(vigie.charter())
        print_publications([one], w, zone)
        for piece in one.outgoing.pieces:
            out.print(f"\n{piece.text}", markup=False)
        out.print()
        for sent in one.sent:
            out.print(f"  {sent.url or sent.remote_id or sent.key}", markup=False)
        if one.code:
            out.print(w("outgoing.code", code=one.code, detail=one.detail), markup=False)
        for _, act in reversed(vigie.store.acts.about(f"publication:{number}")):
            when = f"{w.day(act.at, zone)} {w.time(act.at, zone)}"
            out.print(f"  {when}  {act.who}  {act.verb}  {act.why}", markup=False)


@app.command()
def recall(
    number: Number,
    reason: Annotated[str, typer.Option(help="Why, for the record.")],
    who: As = "",
) -> None:
    """Takes a published one back from its network. `work` does it within a second, also during a pause."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        one = _found(vigie, number, w)
        _, by = doing(vigie, who, "recall", w)
        try:
            scheduling.recall(vigie.store.publications, one, by, reason)
        except (MoveError, MovedError):
            fail(w("outgoing.error.recall", number=number, state=state_of(one, w)))
        out.print(w("outgoing.recalling", number=number), markup=False)


@app.command()
def drop(number: Number, who: As = "") -> None:
    """It does not go out."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        one = _found(vigie, number, w)
        _, by = doing(vigie, who, "schedule", w)
        try:
            scheduling.drop(vigie.store.publications, one, by)
        except (MoveError, MovedError):
            fail(w("outgoing.error.drop", number=number, state=state_of(one, w)))
        out.print(w("outgoing.dropped", number=number), markup=False)


def _found(vigie: Opened, number: int, w: Wording) -> Publication:
    found = vigie.store.publications.get(number)
    if found is None:
        fail(w("outgoing.error.unknown", number=number), 2)
    return found

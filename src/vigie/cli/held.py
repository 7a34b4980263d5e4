"""Publications as the commands show them: one line each."""

from collections.abc import Iterable

from vigie.cli.speak import out
from vigie.model import Publication
from vigie.wording import Wording

_SHOWN = 60
"""Characters of a text that a line shows."""


def print_publications(publications: Iterable[Publication], w: Wording, zone: str) -> None:
    """Number, state, channel, time and first words of each."""
    for one in publications:
        text = " ".join(one.outgoing.pieces[0].text.split())
        shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        when = f"{w.day(one.due, zone)} {w.time(one.due, zone)}"
        out.print(f"  {one.id:>5}  {state_of(one, w)}  {one.channel}  {when}  {shown}", markup=False)


def state_of(one: Publication, w: Wording) -> str:
    """How far it has come, or how far taking it back has."""
    return w(f"outgoing.recall.{one.recall}") if one.recall else w(f"outgoing.state.{one.state}")

"""Ends a pause: one person proposes what becomes of each held publication, another agrees."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from msgspec import Struct

from vigie.app.opened import Opened
from vigie.charter import Charter
from vigie.cli.held import print_publications
from vigie.cli.house import house
from vigie.cli.people import As, doing, zone_of
from vigie.cli.speak import fail, out, settings
from vigie.desk.when import instant
from vigie.flows.pausing import agree, propose, same_for_all
from vigie.flows.ports.publications import ReleaseError
from vigie.model import Fate, HeldChoice, Pause, Publication
from vigie.wording import Wording


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a file of choices. ``wall``: the new time on the company's clock, ``2026-11-21T09:00``."""

    publication: int
    fate: Fate
    wall: str = ""


def run(
    number: Annotated[int, typer.Argument(help="The pause; may be left out while there is one.")] = 0,
    send_all: Annotated[bool, typer.Option("--send-all", help="Send everything that is held.")] = False,  # noqa: FBT002
    drop_all: Annotated[bool, typer.Option("--drop-all", help="Send nothing of it.")] = False,  # noqa: FBT002
    choices: Annotated[
        Path | None, typer.Option(help="JSON: a list of {publication, fate: send|reschedule|drop, wall}.")
    ] = None,
    yes: Annotated[bool, typer.Option("--agree", help="Agree to what somebody else proposed.")] = False,  # noqa: FBT002
    who: As = "",
) -> None:
    """Ends a pause: one person proposes what becomes of each held publication, another agrees.

    Without a choice it shows what is held and what is proposed. Where one person alone may, proposing is enough.
    """
    chosen = settings()
    w = Wording(chosen.lang)
    if sum((send_all, drop_all, choices is not None, yes)) > 1:
        fail(w("pausing.error.one-choice"), 2)
    with house(chosen) as vigie:
        found = _the_pause(vigie, number, w)
        charter, by = doing(vigie, who, "release", w)
        zone = zone_of(charter)
        try:
            if yes:
                _released(agree(vigie.store.publications, found.id, by), found, zone, w)
                return
            decided = _choices(vigie, found, zone, w, send_all=send_all, drop_all=drop_all, file=choices)
            if decided is None:
                _show(vigie, found, charter, w)
                return
            done = propose(vigie.store.publications, charter, found.id, decided, by)
        except ReleaseError as error:
            numbers = ", ".join(map(str, error.publications))
            fail(w(f"pausing.error.{error.code}", number=found.id, publications=numbers))
        if done is None:
            out.print(w("pausing.proposed", number=found.id), markup=False)
        else:
            _released(done, found, zone, w)


def _the_pause(vigie: Opened, number: int, w: Wording) -> Pause:
    in_force = vigie.store.publications.pauses()
    if not in_force:
        fail(w("pausing.error.none"), 2)
    found = [one for one in in_force if one.id == number or (not number and len(in_force) == 1)]
    if not found:
        fail(w("pausing.error.which", numbers=", ".join(str(one.id) for one in in_force)), 2)
    return found[0]


def _choices(
    vigie: Opened, found: Pause, zone: str, w: Wording, *, send_all: bool, drop_all: bool, file: Path | None
) -> tuple[HeldChoice, ...] | None:
    if send_all or drop_all:
        return same_for_all(vigie.store.publications, found.id, "send" if send_all else "drop")
    if file is None:
        return None
    try:
        read = msgspec.json.decode(file.read_bytes(), type=list[Choice])
        return tuple(_decided(one, zone) for one in read)
    except (OSError, ValueError) as error:
        fail(w("pausing.error.file", path=str(file), reason=str(error)), 2)


def _decided(choice: Choice, zone: str) -> HeldChoice:
    """Raises ValueError: the new time is none."""
    if choice.fate != "reschedule":
        return HeldChoice(choice.publication, choice.fate)
    moment = instant(choice.wall, zone)
    return HeldChoice(choice.publication, choice.fate, moment.at, moment.wall)


def _show(vigie: Opened, found: Pause, charter: Charter | None, w: Wording) -> None:
    zone = zone_of(charter)
    what = ", ".join(found.channels) or w("pausing.everything")
    since = f"{w.day(found.at, zone)} {w.time(found.at, zone)}"
    out.print(w("pausing.shown", number=found.id, what=what, since=since, who=found.by, why=found.why), markup=False)
    held = vigie.store.publications.held(found.id)
    out.print(w.count("pausing.held", len(held)), markup=False)
    print_publications(held, w, zone)
    if found.release is not None:
        fates = {one.publication: one.fate for one in found.release.choices}
        told = w.list([f"{fate} {sum(one == fate for one in fates.values())}" for fate in sorted(set(fates.values()))])
        out.print(w("pausing.waiting", who=found.release.by, choices=told, number=found.id), markup=False)


def _released(done: list[Publication], found: Pause, zone: str, w: Wording) -> None:
    out.print(w("pausing.released", number=found.id), markup=False)
    print_publications(done, w, zone)

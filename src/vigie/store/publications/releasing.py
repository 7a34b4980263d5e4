"""Pauses ended: one person proposes what becomes of each held publication, another one agrees."""

from collections.abc import Sequence

from msgspec import structs
from sqlalchemy import Connection, select, update

from vigie.flows.ports.publications import ReleaseError
from vigie.model import Act, HeldChoice, Millis, Pause, Publication, Release
from vigie.store import sqlite
from vigie.store.acts import append_act, append_acts
from vigie.store.changes import note_changes
from vigie.store.publications.chapter import Chapter
from vigie.store.publications.moving import settle_one
from vigie.store.publications.pausing import held_by, the_pause
from vigie.store.publications.rows import holder, pauses_in_force, publications, release_json
from vigie.store.schema import pause as pauses
from vigie.store.schema import publication

_VERBS = {"reschedule": "publication.moved", "drop": "publication.dropped"}


class Releasing(Chapter):
    """The port's releases."""

    def propose_release(self, pause: int, release: Release, act: Act) -> Pause:
        """See the port. A later proposal takes the place of the one before."""
        with self._database.writing(durable=True) as tx:
            found = _in_force(tx, pause)
            _decided(tx, pause, release)
            tx.execute(update(pauses).where(pauses.c.id == pause).values(release=release_json(release)))
            append_act(tx, act)
            note_changes(tx, [("pause", str(pause))])
            return structs.replace(found, release=release)

    def agree_release(self, pause: int, who: str, now: Millis, act: Act, *, alone: bool = False) -> list[Publication]:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            found = _in_force(tx, pause)
            release = found.release
            if release is None:
                raise ReleaseError("nothing-proposed")
            if release.by == who and not alone:
                raise ReleaseError("same-person")
            held = _decided(tx, pause, release)
            by = (who,) if release.by == who else (release.by, who)
            end = {"released_at": now, "released_by": sqlite.as_list(by)}
            tx.execute(update(pauses).where(pauses.c.id == pause).values(end))
            ids = select(publication.c.id).where(publication.c.id.in_(sqlite.among(sqlite.as_list(held))))
            choices = {choice.publication: choice for choice in release.choices}
            done = _apply(tx, publications(tx, ids), choices, now)
            acts = [
                structs.replace(act, verb=_VERBS[choices[number].fate], what=f"publication:{number}",
                                details={"pause": pause})
                for number in held if choices[number].fate in _VERBS
            ]  # fmt: skip
            append_acts(tx, [act, *acts])
            note_changes(tx, [("pause", str(pause)), *(("publication", str(number)) for number in done)])
            return publications(tx, ids)


def _in_force(tx: Connection, id: int) -> Pause:
    found = the_pause(tx, id)
    if found is None:
        raise LookupError(id)
    if found.released_at is not None or found.drill:
        raise ReleaseError("already-released")
    return found


def _decided(tx: Connection, id: int, release: Release) -> tuple[int, ...]:
    """What it holds, when there is a choice for each of them; other choices are of what was dropped meanwhile."""
    held = held_by(tx, id)
    made = {
        one.publication for one in release.choices if one.fate != "reschedule" or (one.due is not None and one.wall)
    }
    if undecided := [number for number in held if number not in made]:
        raise ReleaseError("undecided", undecided)
    return held


def _apply(tx: Connection, held: Sequence[Publication], choices: dict[int, HeldChoice], now: Millis) -> list[int]:
    forces = pauses_in_force(tx)  # without the one that ends
    changed = []
    for one in held:
        now_is = _as_chosen(one, choices[one.id], now, waits=bool(holder(forces, one.channel)))
        if now_is != one:
            settle_one(tx, one, now_is)
            changed.append(one.id)
    return changed


def _as_chosen(one: Publication, choice: HeldChoice, now: Millis, *, waits: bool) -> Publication:
    if choice.fate == "drop":
        return structs.replace(one, state="dropped", try_at=None)
    if choice.fate == "reschedule":
        assert choice.due is not None  # noqa: S101 - looked at in `_decided`
        return structs.replace(one, due=choice.due, wall=choice.wall, try_at=None)
    return one if waits or one.due >= now else structs.replace(one, due=now)

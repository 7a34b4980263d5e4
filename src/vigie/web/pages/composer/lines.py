"""A publication as a line of a list: its first words, its state in a shape and a word, and what may be done."""

from collections.abc import Sequence

from msgspec import Struct

from vigie.charter import Charter
from vigie.desk import publishing
from vigie.model import Millis, Publication
from vigie.web.pages.composer.page import title
from vigie.web.visitor import Visitor
from vigie.wording import Wording
from vigie.wording.alerts import channel_label

LATE: Millis = 60_000
"""A minute after its time, a publication that waits is late."""
_SHAPES = {
    "scheduled": ("todo", "todo"),
    "late": ("soon", "soon"),
    "held": ("held", "held"),
    "publishing": ("note", "soon"),
    "unconfirmed": ("mystery", "mystery"),
    "published": ("ok", "ok"),
    "failed": ("stop", "stop"),
    "missed": ("stop", "warn"),
    "dropped": ("gone", "gone"),
    "recall-asked": ("soon", "soon"),
    "recall-recalling": ("soon", "soon"),
    "recall-unconfirmed": ("mystery", "mystery"),
    "recall-recalled": ("gone", "gone"),
    "recall-failed": ("stop", "stop"),
}
"""By how it stands: the colour's name, and the shape that says the same."""
TROUBLED = frozenset({"late", "failed", "missed", "unconfirmed", "recall-unconfirmed", "recall-failed"})


class Line(Struct, frozen=True):
    """One publication.

    Attributes:
        stands: its state as people need it, a key of `_SHAPES`.
        says: what is the matter, in plain words; empty when all is as it should be.
        may: acts that its state allows: ``move``, ``again``, ``skip``, ``drop``, ``look``, ``recall``.
    """

    one: Publication
    title: str
    label: str
    stands: str
    says: str
    may: frozenset[str]

    @property
    def colour(self) -> str:
        """Of its badge."""
        return _SHAPES[self.stands][0]

    @property
    def shape(self) -> str:
        """Of its badge."""
        return _SHAPES[self.stands][1]

    @property
    def troubled(self) -> bool:
        """Whether somebody should look at it."""
        return self.stands in TROUBLED


def lines(found: Sequence[Publication], charter: Charter | None, w: Wording, now: Millis) -> list[Line]:
    """In the order given."""
    return [
        Line(
            one,
            title(one.outgoing.pieces[0].text) or w("composer.untitled"),
            channel_label(charter, one.channel),
            stands(one, now),
            _says(one, now, w),
            _may(one),
        )
        for one in found
    ]


def stands(one: Publication, now: Millis) -> str:
    """How it stands: taken back or about to be, held, late, or its state."""
    if one.recall:
        return f"recall-{one.recall}"
    if one.held and one.state in ("scheduled", "unconfirmed"):
        return "held"
    return "late" if one.state == "scheduled" and one.due < now - LATE else one.state


def _says(one: Publication, now: Millis, w: Wording) -> str:
    known = w.has(f"publications.error.{one.code}")
    cause = w(f"publications.error.{one.code if known else 'other'}") if one.code else ""
    how = stands(one, now)
    return " ".join(
        part for part in (cause, w(f"publications.says.{how}") if how in TROUBLED | {"held"} else "") if part
    )


def _may(one: Publication) -> frozenset[str]:
    out = publishing.standing(one)
    waits = one.state in ("scheduled", "failed", "missed")
    found = {
        "move": waits,
        "again": one.state in ("failed", "missed"),
        "skip": one.state == "scheduled" and bool(one.repeat),
        "drop": waits and not out,
        "look": "unconfirmed" in (one.state, one.recall),
        "recall": bool(out) and one.state in ("published", "failed", "dropped") and one.recall in ("", "failed"),
    }
    return frozenset(act for act, may in found.items() if may)


def allowed(line: Line, who: Visitor) -> frozenset[str]:
    """What somebody may do with it."""
    return frozenset(act for act in line.may if who.may("recall" if act == "recall" else "schedule"))

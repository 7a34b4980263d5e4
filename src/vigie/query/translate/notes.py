"""What a translation gives: the query in the listening language, and a note on each part that is not quite the same."""

from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.query.problems import Problem

Vendor: TypeAlias = Literal["brandwatch", "talkwalker", "meltwater", "x"]
Effect: TypeAlias = Literal["same", "wider", "narrower", "different"]

VENDORS: dict[Vendor, str] = {
    "brandwatch": "Brandwatch",
    "talkwalker": "Talkwalker",
    "meltwater": "Meltwater",
    "x": "X",
}
"""The products, and how they write their names."""

_TURNED: dict[Effect, Effect] = {"wider": "narrower", "narrower": "wider"}


class Note(Struct, frozen=True):
    """One thing to know about a part of the pasted text.

    Attributes:
        code: of `wording`, area ``translate``.
        start, end: characters of the pasted text it is about, ``end`` not included.
        effect: what the whole query finds because of it, compared with what was pasted.
        becomes: what stands for the part now; empty when it was left out or does not need anything.
        values: for the sentence; ``part`` is the part as it was pasted.
        problem: why the listening language refuses the part, in its own code and values.
    """

    code: str
    start: int
    end: int
    effect: Effect = "same"
    becomes: str = ""
    values: dict[str, str | int] = {}
    problem: Problem | None = None


class Translation(Struct, frozen=True):
    """A query of another product in the listening language.

    Attributes:
        text: laid out over several lines where it is long, with its comments; empty when nothing could be carried over.
        notes: in the order of the pasted text.
        vendor: whose language it was read as.
    """

    text: str
    notes: tuple[Note, ...]
    vendor: Vendor

    @property
    def faithful(self) -> bool:
        """True when it finds what was pasted, nothing more and nothing less."""
        return all(note.effect == "same" for note in self.notes)

    @property
    def ready(self) -> bool:
        """True when it can be saved as it stands."""
        return bool(self.text) and all(note.code != "translate.lost.too_broad" for note in self.notes)


def turned(effect: Effect, positive: bool) -> Effect:  # noqa: FBT001 (which side of a NOT it is on)
    """An effect as it counts for the whole query: under a NOT, finding more is finding less."""
    return effect if positive else _TURNED.get(effect, effect)

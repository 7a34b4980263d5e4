"""What is wrong with a charter: where, what, and what to write instead."""

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """One thing to mend.

    Attributes:
        line: counted from 1, as editors do.
        column: counted from 1, in characters.
        path: ``queries.brand.match``; items of a list by their id, else by their number (``people[2]``).
        code: id of its sentence in `wording`, to be filled with ``values``: ``charter.error.unknown-key``.
        hint: what to write instead, ready to paste; empty when nobody can guess.
    """

    line: int
    column: int
    path: str
    code: str
    values: dict[str, str | int] = {}
    hint: str = ""


class CharterError(Exception):
    """A charter that cannot be taken as it is. ``problems``: all of them, in the order of the text."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.line}:{p.column} {p.path} {p.code}" for p in problems))
        self.problems = problems

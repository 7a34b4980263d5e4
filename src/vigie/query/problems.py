"""What is wrong with a query, where, and what to write instead."""

from collections.abc import Iterable

from msgspec import Struct


class Problem(Struct, frozen=True):
    """One mistake, or one doubt.

    Attributes:
        code: of `wording`, area ``query``: ``query.error.unclosed_quote``, ``query.warning.lowercase_operator``. What
            to do about it stands under `hint`.
        start, end: characters of the query's text it is about, ``end`` not included; equal where something is missing.
        values: for the sentence.
        suggestion: text to put in place of those characters; empty when there is no obvious one.
    """

    code: str
    start: int
    end: int
    values: dict[str, str | int] = {}
    suggestion: str = ""

    @property
    def hint(self) -> str:
        """Code of the sentence that says how to mend it."""
        return f"query.hint.{self.code.rpartition('.')[2]}"


class QueryError(Exception):
    """The text is not a query; ``problems`` are all that were found, in the order of the text."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.start, p.end, p.code)))
        super().__init__("; ".join(f"{p.code} at {p.start}" for p in self.problems))

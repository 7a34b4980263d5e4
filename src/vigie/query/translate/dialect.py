"""What differs from one product to the next: its fields, its habits, and the signs by which it is recognised."""

from collections.abc import Callable, Mapping
from re import Pattern
from typing import TypeAlias

from msgspec import Struct

from vigie.query.translate.notes import Effect, Vendor


class Meaning(Struct, frozen=True):
    """What a field with its value is in the listening language.

    Attributes:
        any_of: clauses of which one is enough; empty when there is nothing like it.
        effect: of writing that instead.
        code: of the note; empty when it means the same and nothing needs to be said.
        negated: the clauses are what must not be.
        as_words: the value is searched as words, as if the field were not there.
        idle: it holds for every post that Vigie reads, so that leaving it out changes nothing.
    """

    any_of: tuple[str, ...] = ()
    effect: Effect = "same"
    code: str = ""
    negated: bool = False
    as_words: bool = False
    idle: bool = False


Reading: TypeAlias = Callable[[str, str], Meaning]
"""From a field's sign (``:``, ``>``…) and value, without quotes."""


class Dialect(Struct, frozen=True):
    """A product's language.

    Attributes:
        fields: by name in lower case.
        numeric: names that may be followed by ``>`` and the like.
        any_case: ``and``, ``or`` and ``not`` in lower case are operators too.
        near: words that may stand between when ``NEAR`` has no number; 0 where its manual does not say.
        mixing_unsure: its manual does not say, or not everywhere the same, which of AND and OR binds tighter.
        side_by_side_unsure: its manual does not say what two words without an operator are.
        repeated_are_or: fields that, side by side, are alternatives.
        braces_raw: ``{BT}`` is found as written.
        plus_exact: ``+word`` and ``++word`` ask for a spelling.
        stars_in_words: ``*`` and ``?`` in a word stand for letters.
        question_mark: a ``?`` alone asks for a question.
        signs: what is written in this language only, with its weight.
    """

    vendor: Vendor
    fields: Mapping[str, Reading]
    signs: tuple[tuple[Pattern[str], int], ...]
    numeric: frozenset[str] = frozenset()
    any_case: bool = False
    near: int = 0
    mixing_unsure: bool = True
    side_by_side_unsure: bool = False
    repeated_are_or: frozenset[str] = frozenset()
    braces_raw: bool = False
    plus_exact: bool = False
    stars_in_words: bool = True
    question_mark: bool = False

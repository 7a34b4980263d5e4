"""What people said about a draft that waits for approval."""

from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.model.mention import Span
from vigie.model.post import Millis

Opinion: TypeAlias = Literal["approved", "changes-requested", "rejected"]


class Remark(Struct, frozen=True, omit_defaults=True):
    """What somebody wants changed: words about some words. ``sheet`` is the channel whose own text is meant, or ``""``;
    without ``span`` it is about the whole. ``quote`` is how those words stood, so that they are found again."""

    words: str
    span: Span | None = None
    sheet: str = ""
    quote: str = ""


class Approval(Struct, frozen=True):
    """One person's answer to one version of a draft. It counts for that version alone.

    Attributes:
        step: id of the charter's approval under which it was given.
    """

    draft: int
    version: int
    revision: int
    step: str
    who: str
    opinion: Opinion
    at: Millis
    remarks: tuple[Remark, ...] = ()
    charter: str = ""

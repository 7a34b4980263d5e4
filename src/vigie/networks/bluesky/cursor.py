"""How far a source has been read, written as one word that the store keeps."""

import re
from typing import Literal, TypeAlias

from msgspec import Struct

Dialect: TypeAlias = Literal["v1", "v2", "repos"]
"""Jetstream as JSON lines, Jetstream as lexicon messages, a relay's or server's own event stream."""

OLDEST = -1
"""A position: from the oldest event that the server still has."""
NOW = 0
"""A position: from now on."""

SEQ_LIMIT = 10**18
"""No stream has counted so far; a higher number is a mistake that would skip all that follows."""

FORM = re.compile(r"(v1|v2|repos):(oldest|now|[1-9]\d{0,18})(?:\+([1-9]\d{0,5}))?(?:@([a-z0-9.:\[\]-]{1,255}))?")


class Cursor(Struct, frozen=True):
    """A place in a stream.

    Attributes:
        position: v1: microseconds since 1970 of the last event read; v2 and repos: its sequence number; or a constant.
        read: v1: how many events of that very microsecond were read, for several may share one.
        host: v1: which host said so; another one's clock differs a little.
        skip: how many of these the server is about to repeat; not written.
    """

    dialect: Dialect
    position: int = NOW
    read: int = 0
    host: str = ""
    skip: int = 0

    def __str__(self) -> str:
        """As the store keeps it.

        >>> str(Cursor("v1", 1783175888085434, 1, "jetstream2.us-east.bsky.network"))
        'v1:1783175888085434+1@jetstream2.us-east.bsky.network'
        """
        place = {OLDEST: "oldest", NOW: "now"}.get(self.position, str(self.position))
        return f"{self.dialect}:{place}{f'+{self.read}' if self.read else ''}{f'@{self.host}' if self.host else ''}"


def parse_cursor(text: str, dialect: Dialect) -> Cursor | None:
    """The cursor that was stored; from now on when there is none. None when it is not one of this dialect.

    >>> parse_cursor("", "v2")
    Cursor(dialect='v2', position=0, read=0, host='', skip=0)
    >>> parse_cursor("repos:17", "v2")
    """
    if not text:
        return Cursor(dialect)
    form = FORM.fullmatch(text)
    if form is None or form[1] != dialect:
        return None
    position = {"oldest": OLDEST, "now": NOW}.get(form[2])
    return Cursor(dialect, int(form[2]) if position is None else position, int(form[3] or 0), form[4] or "")

"""A role's sign of life, told without the database so that it can say that the disk is full."""

from msgspec import Struct

from vigie.model import Millis

STALE: Millis = 10_000
"""A pulse older than this means that the role is not running."""


class Pulse(Struct, frozen=True):
    """A role's last sign of life.

    ``trouble`` is a code of `wording` (area ``sources``: ``disk-full``, ``charter-refused``), ``detail`` what was said.
    ``at`` is 0 once the role has ended as it was told to.
    """

    role: str
    at: Millis = 0
    pid: int = 0
    trouble: str = ""
    detail: str = ""

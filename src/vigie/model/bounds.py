"""What a post may hold: strangers write dates of 1601 and texts that no database takes."""

from vigie.model.batch import Rejected
from vigie.model.post import Millis

EARLIEST: Millis = 631_152_000_000
"""1990-01-01T00:00:00Z: nothing on a social network is older."""
DAY: Millis = 86_400_000
TEXT_LIMIT = 100_000
"""Characters of a text; a longer one is rejected as ``too-long`` (the longest posts of any network hold 25,000)."""
FIELD_LIMIT = 2_048
"""Characters of a name, an address, an id; and how many bytes of a rejected event are kept."""


def believable(at: Millis, seen: Millis) -> Millis:
    """A date brought into 1990 … one day after it was seen.

    >>> believable(-11_644_473_600_000, 1_700_000_000_000), believable(10**15, 1_700_000_000_000)
    (631152000000, 1700086400000)
    """
    return min(max(at, EARLIEST), seen + DAY)


def mended(text: str) -> str:
    r"""The same text without what cannot be stored: no NUL, a lone surrogate becomes U+FFFD.

    >>> mended("ca\x00fé \ud83d!")
    'café \ufffd!'
    """
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class UnreadableError(Exception):
    """Something that a network sent and nobody can read; it becomes a `Rejected`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, mended(detail)[:300]

    def rejected(self, raw: bytes) -> Rejected:
        """What is kept of it."""
        return Rejected(self.reason, self.detail, raw[:FIELD_LIMIT])

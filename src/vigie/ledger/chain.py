"""The chain: each act is written down with the digest of the one before it, so that none can change unnoticed.

An entry's digest is SHA-256 (FIPS 180-4) of its canonical JSON (RFC 8785). What it covers names its number and the
digest of the entry before it: taking one out, or putting two in another order, breaks every digest from there on.
"""

from hashlib import sha256

import msgspec
from msgspec import Struct, structs

from vigie.model import Act

ORIGIN = "0" * 64
"""What the first entry follows."""


class Entry(Act, frozen=True, kw_only=True):
    """One act in its place.

    Attributes:
        n: its number, from 1, without gaps.
        prev: digest of the entry before it, in hex; `ORIGIN` for the first one.
    """

    n: int
    prev: str


_ENCODER = msgspec.json.Encoder(order="sorted")


def canonical(value: Struct | dict[str, object]) -> bytes:
    r"""The canonical JSON (RFC 8785) of what the ledger holds: texts, whole numbers, booleans, and objects of them.

    Keys are ours and ASCII, whole numbers stay below 2^53: so sorting by code point and writing digits is all the RFC
    asks (a test holds this equal to a full implementation).

    >>> canonical({"why": "Été", "n": 1})
    b'{"n":1,"why":"\xc3\x89t\xc3\xa9"}'
    """
    return _ENCODER.encode(value)


def digest(entry: Entry) -> str:
    """SHA-256 of an entry, in hex: what the next one follows."""
    return sha256(canonical(entry)).hexdigest()


def link(act: Act, number: int, prev: str) -> Entry:
    """An act as the entry of that number.

    >>> first = link(Act(1_700_000_000_000, "maelle", "query.changed", "query:brand"), 1, ORIGIN)
    >>> link(Act(1_700_000_000_001, "vigie", "source.dropped", "source:rss"), 2, digest(first)).prev[:8]
    'd340a2a8'
    """
    return Entry(n=number, prev=prev, **structs.asdict(act))

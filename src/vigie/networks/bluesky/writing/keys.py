"""Record keys that we choose ourselves, and the identifiers that follow from what a record says."""

import hashlib
from collections.abc import Callable
from typing import Any

import libipld

from vigie.model import Millis
from vigie.networks.bluesky.when import TID, TID_DIGITS

_DIGITS = "".join(TID_DIGITS)
_RAW, _CBOR = 0x55, 0x71
"""Kinds of content (multicodec table): bytes as they are, and DAG-CBOR."""
_SHA_256, _DIGEST = 0x12, 32


class Keys:
    """Makes record keys: TIDs, microseconds and ten bits of chance (atproto's specification of record keys).

    They grow within a process, also when its clock goes back; two processes differ by chance.
    """

    def __init__(self, chance: Callable[[], float]) -> None:
        self._chance = chance
        self._last = 0

    def new(self, now: Millis) -> str:
        """The next one.

        >>> keys = Keys(lambda: 0.5)
        >>> first, second = keys.new(1783175887514), keys.new(1783175887514)
        >>> first, second
        ('3mptbypmevc2a', '3mptbypmevd2a')
        """
        self._last = max(now * 1000 + int(self._chance() * 1000), self._last + 1)
        number = self._last << 10 | int(self._chance() * 1024)
        return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(TID)))


def record_cid(record: dict[str, Any]) -> str:
    """What the network will call this record. Links to blobs stand in it as ``{"$link": "bafk…"}``, as in JSON."""
    return _cid(_CBOR, libipld.encode_dag_cbor(_linked(record)))


def blob_cid(content: bytes) -> str:
    """What the network will call these bytes.

    >>> blob_cid(b"hi")
    'bafkreiepinbumzepnoln7co5vea4kf3lcctnqolb3u6bvsellgznymt2uq'
    """
    return _cid(_RAW, content)


def _cid(kind: int, content: bytes) -> str:
    named: str = libipld.encode_cid(bytes((1, kind, _SHA_256, _DIGEST)) + hashlib.sha256(content).digest())
    return named


def _linked(value: Any) -> Any:
    """The same with its links as DAG-CBOR writes them."""
    if isinstance(value, dict):
        if value.keys() == {"$link"}:
            return _bytes_of(value["$link"])
        return {key: _linked(inner) for key, inner in value.items()}
    return [_linked(inner) for inner in value] if isinstance(value, list) else value


def _bytes_of(cid: str) -> bytes:
    _, named = libipld.decode_multibase(cid)
    return bytes(named)

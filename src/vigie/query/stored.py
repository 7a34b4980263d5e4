"""Compiled queries as bytes, so that a process that starts need neither read nor compile what another one did.

The bytes hold the arrays of the compiled program, and each query's tree, which is read again only when it is asked for:
to confirm an answer, or to be compiled together with new ones. Made by another version of the code they are of no use;
``code`` names that version.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from msgspec import Struct

from vigie.query.nodes import Query
from vigie.query.program import Compiled, Program
from vigie.query.segment import Segment, segment_of
from vigie.text.table import char_table

_WITH_THE_CODE = ("characters", "expansions")
"""Arrays that are the same for all programs: `char_table` makes them."""


class _Array(Struct, array_like=True):
    kind: str
    data: memoryview


class _Stored(Struct):
    """What is written.

    Attributes:
        keys: in the order of the ids.
        ends: where each query's tree ends in ``trees``, as 64-bit integers.
        arrays, numbers: members of the `Program`.
        counts: those members of `Compiled` that are numbers.
        checksum: of the arrays, for compiled code follows them without a look.
    """

    code: str
    keys: dict[str, str]
    ends: memoryview
    trees: memoryview
    fields: dict[str, dict[str, int]]
    inexact: list[int]
    arrays: dict[str, _Array]
    numbers: dict[str, int]
    counts: dict[str, int]
    checksum: int


class Unread(Mapping[str, Query]):
    """Queries by id, read each time that one is asked for."""

    def __init__(self, ids: tuple[str, ...], ends: memoryview, trees: memoryview) -> None:
        self._numbers = {id: number for number, id in enumerate(ids)}
        self._ends = np.frombuffer(ends, np.int64)
        self._trees = trees

    def __getitem__(self, id: str) -> Query:
        number = self._numbers[id]
        start = int(self._ends[number - 1]) if number else 0
        return _query.decode(self._trees[start : int(self._ends[number])])

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, id: object) -> bool:
        return id in self._numbers


_query = msgspec.msgpack.Decoder(Query)
_stored = msgspec.msgpack.Decoder(_Stored)


def pack(segment: Segment, keys: Mapping[str, str], code: str) -> bytes:
    """A segment of which no query is gone. ``keys`` say what each query was made from, in the caller's terms."""
    compiled = segment.compiled
    trees = [msgspec.msgpack.encode(segment.queries[id]) for id in compiled.ids]
    members = compiled.program._asdict()
    arrays = {
        name: _Array(value.dtype.str, memoryview(value.tobytes()))
        for name, value in members.items()
        if isinstance(value, np.ndarray) and name not in _WITH_THE_CODE
    }
    numbers = {name: int(value) for name, value in members.items() if not isinstance(value, np.ndarray)}
    ends = np.cumsum([len(tree) for tree in trees], dtype=np.int64)
    stored = _Stored(
        code,
        {id: keys[id] for id in compiled.ids},
        memoryview(ends.tobytes()),
        memoryview(b"".join(trees)),
        compiled.fields,
        sorted(compiled.inexact),
        arrays,
        numbers,
        {name: value for name, value in compiled._asdict().items() if isinstance(value, int)},
        _checksum(arrays),
    )
    return msgspec.msgpack.encode(stored)


def unpack(data: bytes | memoryview, code: str) -> tuple[Segment, dict[str, str]] | None:
    """The segment and its keys; None when another version of the code wrote it, or it cannot be read."""
    try:
        stored = _stored.decode(data)
    except msgspec.MsgspecError:
        return None
    if stored.code != code or stored.checksum != _checksum(stored.arrays):
        return None
    ids = tuple(stored.keys)
    members: dict[str, Any] = dict(zip(_WITH_THE_CODE, char_table(), strict=True))
    members |= {name: np.frombuffer(one.data, one.kind).copy() for name, one in stored.arrays.items()}
    members |= {name: Program.__annotations__[name](number) for name, number in stored.numbers.items()}
    inexact = frozenset(stored.inexact)
    compiled = Compiled(program=Program(**members), ids=ids, fields=stored.fields, inexact=inexact, **stored.counts)
    return segment_of(Unread(ids, stored.ends, stored.trees), compiled), stored.keys


def _checksum(arrays: Mapping[str, _Array]) -> int:
    value = 0
    for array in arrays.values():
        value = crc32(array.data, value)
    return value

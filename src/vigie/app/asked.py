"""The queries that are looked for, compiled, and kept compiled from one start to the next."""

import mmap
import platform
import unicodedata
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

import vigie.query
import vigie.text
from vigie.home.writing import put_in_place, write_beside
from vigie.query import PlainMatcher, Query

try:
    from vigie.query import Matcher
    from vigie.query.stored import pack, unpack
except ImportError:  # no numba for this machine: the same answers, more slowly
    Matcher = PlainMatcher  # type: ignore[misc,assignment]

WORTH_KEEPING = 1_000
"""Queries; fewer are compiled as fast as they are read."""


class Asked:
    """Follows a charter that changes: only what differs from what was asked before is compiled.

    ``file`` is where the compiled queries are kept; without it they are compiled anew at each start. It may be deleted
    at any time, and one that another version wrote, or that is damaged, is passed over.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = None if issubclass(Matcher, PlainMatcher) else file
        self._keys: dict[str, str] = {}
        self.matcher = Matcher({})
        if self._file is not None:
            with suppress(OSError, ValueError):  # not there yet, or empty
                self._restore(self._file)

    def follow(self, queries: dict[str, Query]) -> None:
        """These are looked for from now on, and no others."""
        keys = {id: sha256(msgspec.msgpack.encode(query.root)).hexdigest() for id, query in queries.items()}
        put = {id: queries[id] for id, key in keys.items() if self._keys.get(id) != key}
        gone = self._keys.keys() - keys.keys()
        self._keys = keys
        if put or gone:
            self.matcher.change(put, gone)
            if self._file is not None and len(put) >= WORTH_KEEPING:
                with suppress(OSError):  # a full disk: nothing is lost but time
                    self._keep(self._file)

    def _restore(self, file: Path) -> None:
        with file.open("rb") as opened:
            data = memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))
        read = unpack(data, code_version())
        if read is not None:
            segment, self._keys = read
            self.matcher = Matcher(segment)

    def _keep(self, file: Path) -> None:
        self.matcher.settle()
        whole = [segment for segment in self.matcher.segments if not segment.gone]
        if len(whole) == len(self.matcher.segments) == 1:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            put_in_place(write_beside(file, pack(whole[0], self._keys, code_version())), file)


@cache
def code_version() -> str:
    """A digest of all that decides what compiled queries look like."""
    digest = sha256(f"{platform.python_version()} {unicodedata.unidata_version} {platform.machine()}".encode())
    for room in (vigie.query, vigie.text):
        for source in sorted(Path(room.__path__[0]).glob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()

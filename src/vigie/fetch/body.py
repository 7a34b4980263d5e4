"""Reads a body up to a limit: what is unpacked counts, so that a small answer cannot fill the memory."""

import zlib
from collections.abc import AsyncIterator

from vigie.flows.ports.fetch import FetchError

ACCEPTED = "gzip, deflate"


class Unpacker:
    """Undoes one content encoding, at most ``limit`` bytes in all."""

    def __init__(self, encoding: str, limit: int) -> None:
        encoding = encoding.strip().lower()
        if encoding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise FetchError("unreachable", f"content-encoding: {encoding}")
        self._zip = zlib.decompressobj(47) if "gzip" in encoding or encoding == "deflate" else None
        self._left = limit
        self._raw_deflate = encoding == "deflate"
        self.cut = False

    def feed(self, data: bytes) -> bytes:
        """The next bytes of the body; sets ``cut`` once there are more than the limit."""
        if self._zip is not None:
            data = self._unzip(data)
        if len(data) > self._left:
            self.cut, data = True, data[: self._left]
        self._left -= len(data)
        return data

    def _unzip(self, data: bytes) -> bytes:
        assert self._zip is not None  # noqa: S101  (for the type checker)
        try:
            plain = self._zip.decompress(data, self._left + 1)
        except zlib.error as error:
            if not self._raw_deflate:
                raise FetchError("unreachable", f"content-encoding: {error}") from error
            self._zip = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers send deflate without its zlib wrapping
            self._raw_deflate = False
            return self._unzip(data)
        self._raw_deflate = False
        return plain


async def read_body(chunks: AsyncIterator[bytes], encoding: str, limit: int) -> tuple[bytes, bool]:
    """(body, cut). Stops reading at the limit.

    Raises:
        FetchError: ``unreachable`` for an encoding that is not understood.
    """
    unpacker = Unpacker(encoding, limit)
    body = bytearray()
    async for chunk in chunks:
        body += unpacker.feed(chunk)
        if unpacker.cut:
            break
    return bytes(body), unpacker.cut

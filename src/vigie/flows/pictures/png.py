"""PNG (W3C, third edition): chunks with names."""

from vigie.flows.pictures.parts import Bytes, Clean

SIGN = b"\x89PNG\r\n\x1a\n"
SHOWS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT".split()
)
"""Chunks that are needed to show the picture, its colours and its movement."""


def png(content: bytes) -> Clean:
    """Keeps the chunks that show; drops Exif, texts, times and those that nobody knows."""
    data = Bytes(content)
    kept = bytearray(data.expect(SIGN))
    width = height = 0
    name = b""
    while name != b"IEND":
        begin = data.at
        length = data.number(4)
        name = data.take(4)
        chunk = data.take(length)
        data.take(4)  # its checksum
        if name == b"IHDR":
            width, height = int.from_bytes(chunk[:4]), int.from_bytes(chunk[4:8])
        if name in SHOWS:
            kept += content[begin : data.at]
    return Clean(bytes(kept), width, height)

"""WebP (RFC 9649): chunks in a RIFF container."""

from vigie.flows.pictures.parts import Bytes, Clean

SHOWS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
NOTES = 0x0C
"""Bits of VP8X that announce Exif and XMP."""
LOSSLESS_SIDE = (1 << 14) - 1


def webp(content: bytes) -> Clean:
    """Keeps the chunks that show; drops Exif, XMP, those that nobody knows and what follows the container."""
    data = Bytes(content)
    data.expect(b"RIFF")
    end = data.number(4, "little") + 8
    data.expect(b"WEBP")
    kept = bytearray()
    width = height = 0
    while data.at + 8 <= end:
        name, length = data.take(4), data.number(4, "little")
        chunk = data.take(length)
        if length % 2:
            data.take(min(1, end - data.at))
        if not width:
            width, height = _size(name, chunk)
        if name == b"VP8X":
            chunk = bytes((chunk[0] & ~NOTES,)) + chunk[1:]
        if name in SHOWS:
            kept += name + length.to_bytes(4, "little") + chunk + b"\0" * (length % 2)
    if not width:
        raise ValueError("no picture in it")
    return Clean(b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + bytes(kept), width, height)


def _size(name: bytes, chunk: bytes) -> tuple[int, int]:
    match name:
        case b"VP8X":
            return int.from_bytes(chunk[4:7], "little") + 1, int.from_bytes(chunk[7:10], "little") + 1
        case b"VP8L":
            bits = int.from_bytes(chunk[1:5], "little")
            return (bits & LOSSLESS_SIDE) + 1, (bits >> 14 & LOSSLESS_SIDE) + 1
        case b"VP8 ":
            sides = (int.from_bytes(chunk[at : at + 2], "little") & LOSSLESS_SIDE for at in (6, 8))
            width, height = sides
            return width, height
    return 0, 0

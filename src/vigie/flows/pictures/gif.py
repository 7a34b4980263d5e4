"""GIF (version 89a): blocks, of which some show and some tell."""

from vigie.flows.pictures.parts import Bytes, Clean

IMAGE, EXTENSION, TRAILER = 0x2C, 0x21, 0x3B
CONTROL, APPLICATION = 0xF9, 0xFF
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""Applications' blocks that say how often to repeat."""


def gif(content: bytes) -> Clean:
    """Keeps pictures, their timing and repetition; drops comments, texts, other applications' notes."""
    data = Bytes(content)
    if data.take(6) not in {b"GIF87a", b"GIF89a"}:
        raise ValueError("no GIF")
    width, height = data.number(2, "little"), data.number(2, "little")
    flags = data.number(1)
    data.take(2 + _table(flags))
    kept = bytearray(content[: data.at])
    while True:
        begin = data.at
        kind = data.number(1)
        if kind == TRAILER:
            break
        if kind == IMAGE:
            data.take(8)
            data.take(_table(data.number(1)) + 1)
            _skip(data)
            shows = True
        elif kind == EXTENSION:
            label = data.number(1)
            about = data.take(data.number(1))
            _skip(data)
            shows = label == CONTROL or (label == APPLICATION and about in LOOPS)
        else:
            raise ValueError(f"block {kind} at {begin}")
        if shows:
            kept += content[begin : data.at]
    return Clean(bytes(kept) + bytes((TRAILER,)), width, height)


def _table(flags: int) -> int:
    """Bytes of the colours that follow."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _skip(data: Bytes) -> None:
    while length := data.number(1):
        data.take(length)

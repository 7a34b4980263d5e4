"""JPEG (ITU-T T.81): segments behind markers, then the compressed picture."""

from collections.abc import Iterator

from vigie.flows.pictures.parts import Bytes, Clean

START, END, SCAN = 0xD8, 0xD9, 0xDA
JFIF, EXIF, ICC, ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
FRAMES = frozenset((0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF))
"""Markers that say how large the picture is."""
APPLICATION, COMMENT = range(0xE0, 0xF0), 0xFE
ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
"""Markers without a length: restarts."""
ORIENTATION = 0x0112
UPRIGHT, SIDEWAYS = 1, range(5, 9)


def jpeg(content: bytes) -> Clean:
    """Keeps the colours (JFIF, ICC profile, Adobe's transform) and which side is up; what follows the end is cut."""
    kept = bytearray((0xFF, START))
    width = height = 0
    turned = UPRIGHT
    for marker, segment, scan in _segments(content):
        if marker == EXIF and segment.startswith(b"Exif\0\0"):
            turned = _orientation(segment[6:])
        if marker in FRAMES:
            height, width = int.from_bytes(segment[1:3]), int.from_bytes(segment[3:5])
        if _shows(marker, segment):
            kept += bytes((0xFF, marker)) + (len(segment) + 2).to_bytes(2) + segment + scan
    kept += bytes((0xFF, END))
    if not width or not height:
        raise ValueError("no picture in it")
    if turned != UPRIGHT:
        kept[2:2] = _only_orientation(turned)
    if turned in SIDEWAYS:
        width, height = height, width
    return Clean(bytes(kept), width, height)


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(marker, what it says, the compressed picture behind it) up to the end of the picture."""
    data = Bytes(content)
    data.expect(bytes((0xFF, START)))
    while True:
        data.expect(b"\xff")
        marker = data.number(1)
        while marker == 0xFF:  # noqa: PLR2004  (markers may be preceded by any number of these)
            marker = data.number(1)
        if marker == END:
            return
        segment = data.take(data.number(2) - 2)
        yield marker, segment, _scan(content, data) if marker == SCAN else b""


def _shows(marker: int, segment: bytes) -> bool:
    """Whether a segment is needed to show the picture rightly."""
    if marker == COMMENT:
        return False
    if marker not in APPLICATION:
        return True
    signs = {JFIF: b"JFIF\0", ICC: b"ICC_PROFILE\0", ADOBE: b"Adobe"}
    return marker in signs and segment.startswith(signs[marker])


def _scan(content: bytes, data: Bytes) -> bytes:
    """The compressed picture up to the next marker; in it, FF is followed by 00 or by a restart."""
    begin = data.at
    while True:
        at = content.find(b"\xff", data.at)
        if at < 0 or at + 1 >= len(content):
            raise ValueError("no end")
        if content[at + 1] == 0 or content[at + 1] in ALONE:
            data.at = at + 2
            continue
        data.at = at
        return content[begin:at]


def _orientation(tiff: bytes) -> int:
    """Which side is up, 1 to 8 (Exif 2.3, tag 274); upright when the notes are spoilt."""
    order = "little" if tiff[:2] == b"II" else "big"
    data = Bytes(tiff)
    try:
        data.at = 4
        data.at = data.number(4, order)
        for _ in range(data.number(2, order)):
            tag, _, _ = data.number(2, order), data.number(2, order), data.number(4, order)
            value = data.number(2, order)
            data.take(2)
            if tag == ORIENTATION:
                return value if 1 <= value <= max(SIDEWAYS) else UPRIGHT
    except ValueError:
        pass
    return UPRIGHT


def _only_orientation(turned: int) -> bytes:
    """An Exif segment with nothing but that."""
    entry = ORIENTATION.to_bytes(2) + (3).to_bytes(2) + (1).to_bytes(4) + turned.to_bytes(2) + b"\0\0"
    body = b"Exif\0\0MM\0*" + (8).to_bytes(4) + (1).to_bytes(2) + entry + bytes(4)
    return bytes((0xFF, EXIF)) + (len(body) + 2).to_bytes(2) + body

"""A picture leaves the house without its place, its camera and its comments, and looks the same."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.flows.pictures import Clean, UnreadablePictureError, cleaned, prepared

SECRET = b"48.8584 N 2.2945 E"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(order: str, orientation: int) -> bytes:
    mark = b"MM\0*" if order == ">" else b"II*\0"
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\0\0" + mark + struct.pack(f"{order}IH", 8, 1) + entry + bytes(4) + SECRET


FRAME = segment(0xC2, b"\x08" + struct.pack(">HH", 480, 640) + b"\x01\x01\x11\0")
SCAN = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
JFIF, ICC = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"), segment(0xE2, b"ICC_PROFILE\0\x01\x01colours")
ADOBE = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01")


def jpeg(*notes: bytes, scans: int = 2, after: bytes = b"") -> bytes:
    return b"\xff\xd8" + JFIF + b"".join(notes) + ICC + ADOBE + FRAME + SCAN * scans + b"\xff\xd9" + after


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*notes: bytes, after: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 640, 480, 8, 2, 0, 0, 0))
    body = chunk(b"gAMA", b"\0\0\xb1\x8f") + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(notes) + body + after


def riff(*chunks: tuple[bytes, bytes], after: bytes = b"") -> bytes:
    body = b"".join(n + struct.pack("<I", len(b)) + b + b"\0" * (len(b) % 2) for n, b in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body + after


def large(flags: int) -> tuple[bytes, bytes]:
    return b"VP8X", bytes((flags, 0, 0, 0)) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")


LOSSY = (b"VP8 ", b"\x30\x01\0\x9d\x01\x2a" + struct.pack("<HH", 640, 480) + b"pixels")
LOSSLESS = (b"VP8L", b"\x2f" + (639 | 479 << 14).to_bytes(4, "little") + b"pixel")


def gif(*notes: bytes, after: bytes = b"") -> bytes:
    header = b"GIF89a" + struct.pack("<HH", 640, 480) + b"\x80\0\0" + bytes(6)
    picture = b"\x2c" + bytes(8) + b"\0\x02\x02\x44\x01\0"
    return header + b"".join(notes) + b"\x21\xf9\x04\0\x0a\0\0\0" + picture + b"\x3b" + after


LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
COMMENT = b"\x21\xfe" + bytes((len(SECRET),)) + SECRET + b"\0"
XMP = b"\x21\xff\x0bXMP DataXMP" + bytes((len(SECRET),)) + SECRET + b"\0"

TELLING = {
    "jpeg exif": ("image/jpeg", jpeg(segment(0xE1, exif("<", 1))), jpeg()),
    "jpeg xmp": ("image/jpeg", jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)), jpeg()),
    "jpeg iptc": ("image/jpeg", jpeg(segment(0xED, b"Photoshop 3.0\0" + SECRET)), jpeg()),
    "jpeg comment": ("image/jpeg", jpeg(segment(0xFE, SECRET)), jpeg()),
    "jpeg second picture": ("image/jpeg", jpeg(segment(0xE2, b"MPF\0" + SECRET), after=jpeg(SECRET)), jpeg()),
    "jpeg film behind": ("image/jpeg", jpeg(after=b"ftyp" + SECRET), jpeg()),
    "jpeg maker's own": ("image/jpeg", jpeg(segment(0xE7, SECRET)), jpeg()),
    "png exif": ("image/png", png(chunk(b"eXIf", SECRET)), png()),
    "png texts": ("image/png", png(*(chunk(name, SECRET) for name in (b"tEXt", b"zTXt", b"iTXt"))), png()),
    "png time and more": ("image/png", png(chunk(b"tIME", SECRET), chunk(b"prVt", SECRET), after=SECRET), png()),
    "webp": (
        "image/webp",
        riff(
            large(0x2C), (b"ICCP", b"c"), LOSSY, (b"EXIF", SECRET), (b"XMP ", SECRET), (b"????", SECRET), after=SECRET
        ),
        riff(large(0x20), (b"ICCP", b"c"), LOSSY),
    ),
    "webp lossless": ("image/webp", riff(LOSSLESS, (b"EXIF", SECRET)), riff(LOSSLESS)),
    "gif": ("image/gif", gif(LOOP, COMMENT, XMP, after=SECRET), gif(LOOP)),
}


@pytest.mark.parametrize("case", TELLING)
def test_what_tells_is_gone_and_what_shows_is_as_it_was(case: str) -> None:
    type, telling, silent = TELLING[case]
    assert SECRET in telling
    assert cleaned(telling, type) == Clean(silent, 640, 480)
    assert cleaned(silent, type) == Clean(silent, 640, 480)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_photograph_stays_the_right_way_up(order: str, orientation: int) -> None:
    clean = cleaned(jpeg(segment(0xE1, exif(order, orientation))), "image/jpeg")
    assert SECRET not in clean.content
    assert clean.content == b"\xff\xd8" + segment(0xE1, exif(">", orientation).removesuffix(SECRET)) + jpeg()[2:]
    assert (clean.width, clean.height) == ((480, 640) if orientation >= 5 else (640, 480))
    assert cleaned(clean.content, "image/jpeg") == clean


@pytest.mark.parametrize(
    "note", [b"Exif\0\0", b"Exif\0\0MM", b"Exif\0\0II*\0\xff\xff\xff\xff", exif(">", 9), exif("<", 0)]
)
def test_spoilt_notes_are_dropped_like_others(note: bytes) -> None:
    assert cleaned(jpeg(segment(0xE1, note)), "image/jpeg") == Clean(jpeg(), 640, 480)


@pytest.mark.parametrize(("type", "whole"), [(type, silent) for type, _, silent in TELLING.values()])
def test_half_a_picture_is_refused(type: str, whole: bytes) -> None:
    for length in range(len(whole) - 1):
        with pytest.raises(UnreadablePictureError):
            cleaned(whole[:length], type)


def test_what_is_not_what_its_type_says() -> None:
    for type in ("image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", ""):
        with pytest.raises(UnreadablePictureError):
            cleaned(b"<svg/>", type)


@given(st.sampled_from(list(TELLING.values())), st.data())
def test_spoilt_pictures_are_cleaned_or_refused(case: tuple[str, bytes, bytes], data: st.DataObject) -> None:
    type, telling, _ = case
    spoilt = bytearray(telling)
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    try:
        clean = cleaned(bytes(spoilt), type)
    except UnreadablePictureError:
        return
    assert len(clean.content) <= len(spoilt) + 40


def test_a_picture_as_it_is_handed_over() -> None:
    upload = prepared(TELLING["png exif"][1], "image/png", "Une tasse")
    assert (upload.content, upload.type, upload.alt, upload.width, upload.height) == (
        png(),
        "image/png",
        "Une tasse",
        640,
        480,
    )

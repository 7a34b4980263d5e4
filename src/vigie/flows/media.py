"""What a picture is, by its first bytes: never by its name or by what a browser says."""

from vigie.model.draft import Attachment, AttachmentKind

LARGEST = 20_000_000
"""Bytes of a picture that is taken: more than any network takes, so that the check can say which one refuses it."""

_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_RIFF = slice(0, 4)
_WEBP = slice(8, 12)


def recognised(content: bytes) -> str:
    """``image/png``, ``image/jpeg``, ``image/gif`` or ``image/webp``; empty for anything else.

    >>> recognised(b"GIF89a..."), recognised(b"<svg/>")
    ('image/gif', '')
    """
    if content[_RIFF] == b"RIFF" and content[_WEBP] == b"WEBP":
        return "image/webp"
    return next((type for sign, type in _SIGNS if content.startswith(sign)), "")


def attached(id: str, content: bytes) -> Attachment | None:
    """A picture as a draft shows it, still without its description; None when it is none of the known types."""
    type = recognised(content)
    if not type:
        return None
    return Attachment(kind(type), id, type=type, size=len(content))


def kind(type: str) -> AttachmentKind:
    """What networks count a media type as: a GIF moves."""
    return "gif" if type == "image/gif" else "image"

"""What a picture tells besides what it shows (place, camera, names) stays in the house; its pixels are not touched."""

from vigie.flows.pictures.gif import gif
from vigie.flows.pictures.jpeg import jpeg
from vigie.flows.pictures.parts import Clean, UnreadablePictureError
from vigie.flows.pictures.png import png
from vigie.flows.pictures.webp import webp
from vigie.flows.ports.writer import Upload

__all__ = ["Clean", "UnreadablePictureError", "cleaned", "prepared"]

_KINDS = {"image/jpeg": jpeg, "image/png": png, "image/gif": gif, "image/webp": webp}


def cleaned(content: bytes, type: str) -> Clean:
    """A picture without what it tells of its making, and its size.

    Only what is needed to show it is kept, so a note of an unknown kind is lost rather than published.

    Raises:
        UnreadablePictureError: it is not what its type says, or of a type that is not known here.
    """
    kind = _KINDS.get(type)
    if kind is None:
        raise UnreadablePictureError(type)
    try:
        return kind(content)
    except (IndexError, ValueError) as error:
        raise UnreadablePictureError(f"{type}: {error}") from error


def prepared(content: bytes, type: str, alt: str) -> Upload:
    """A picture as it leaves the house. Raises UnreadablePictureError."""
    clean = cleaned(content, type)
    return Upload(clean.content, type, alt, clean.width, clean.height)

"""Which column of a table holds what: by its name, in French or English, or as a person says."""

import unicodedata
from collections.abc import Sequence

# fmt: off
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "texte", "message", "content", "contenu", "body", "tweet", "full text", "post", "verbatim"),
    "date": ("date", "created at", "created", "published", "published at", "timestamp", "datetime",
             "date de publication"),
    "author": ("author", "auteur", "username", "user", "handle", "screen name", "account", "compte", "from"),
    "name": ("name", "nom", "display name", "author name", "full name"),
    "id": ("id", "post id", "tweet id", "message id", "status id", "identifiant", "mention id"),
    "url": ("url", "link", "lien", "permalink", "adresse"),
    "network": ("network", "reseau", "platform", "plateforme", "source"),
    "lang": ("lang", "language", "langue"),
    "title": ("title", "titre", "subject", "objet", "headline"),
    "reply_to": ("in reply to", "reply to", "in reply to status id", "en reponse a"),
    "tags": ("tags", "hashtags"),
    "followers": ("followers", "abonnes", "followers count", "follower count"),
}
# fmt: on
"""The post's fields, and the headings that tables give them; the first heading found counts."""


def columns_of(header: Sequence[str], wanted: dict[str, str]) -> dict[str, int]:
    """Index of the column by field. ``wanted`` names columns by their heading or their number from 1.

    Raises:
        LookupError: with the field or column that is not there.
    """
    folded = [fold(heading) for heading in header]
    found = {}
    for field, names in NAMES.items():
        here = [folded.index(name) for name in names if name in folded]
        if here and field not in wanted:
            found[field] = here[0]
    for field, column in wanted.items():
        if field not in NAMES:
            raise LookupError(field)
        found[field] = _index(folded, column)
    if "text" not in found:
        raise LookupError("text")
    return found


def is_header(row: Sequence[str], wanted: dict[str, str]) -> bool:
    """True when a row names columns rather than holding a post.

    >>> is_header(["Auteur", "Message"], {}), is_header(["ana", "Le café est froid"], {})
    (True, False)
    """
    known = {name for names in NAMES.values() for name in names} | {fold(column) for column in wanted.values()}
    return any(fold(cell) in known for cell in row)


def _index(folded: list[str], column: str) -> int:
    if fold(column) in folded:
        return folded.index(fold(column))
    if column.isascii() and column.isdecimal() and 1 <= int(column[:6]) <= len(folded):
        return int(column) - 1
    raise LookupError(column)


def fold(heading: str) -> str:
    """Lower case, no accents, words parted by one space."""
    plain = unicodedata.normalize("NFKD", heading.strip("\ufeff").lower())
    letters = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join(letters.split())

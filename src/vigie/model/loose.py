"""Reads the values that strangers put into a document: whatever is not what it should be counts as absent."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from vigie.model.bounds import FIELD_LIMIT, UnreadableError, believable, mended
from vigie.model.post import Millis

LIST_LIMIT = 200
"""Mentions, tags, links or media taken from one object."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def kind_of(obj: Mapping[str, Any]) -> str:
    """The type of an object, the first where there are several."""
    kind = obj.get("type") or obj.get("@type")
    return next((one for one in each(kind) if isinstance(one, str)), "")


def type_name(value: object) -> str:
    """What a value is, for a sentence about what was expected."""
    return "nothing" if value is None else type(value).__name__


def text_of(obj: Mapping[str, Any], key: str) -> str:
    """A short text; another type is none. Long ones are cut: they name things, nobody searches them."""
    value = obj.get(key)
    if value is None and isinstance(by_lang := obj.get(f"{key}Map"), Mapping):
        value = next(iter(by_lang.values()), "")
    return mended(value[:FIELD_LIMIT]) if isinstance(value, str) else ""


def id_of(value: object) -> str:
    """An id, or the id of what stands in its place. Too long to be one is none: cut, it would name something else."""
    if isinstance(value, Mapping):
        value = value.get("id") or value.get("href")
    return mended(value) if isinstance(value, str) and len(value) <= FIELD_LIMIT else ""


def page_of(value: object) -> str:
    """Where a person can look: a page rather than a file of another kind."""
    choices = [*each(value)]
    choices.sort(key=lambda one: not (isinstance(one, str) or mapping(one).get("mediaType") == "text/html"))
    return next((found for one in choices if (found := id_of(one))), "")


def each(value: object) -> Iterable[object]:
    """ActivityStreams leaves the list away where there is one value."""
    if value is None:
        return ()
    return value[:LIST_LIMIT] if isinstance(value, list | tuple) else (value,)


def mapping(value: object) -> Mapping[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, Mapping) else {}


def size_of(value: object) -> int | None:
    """How many a collection holds; None when it does not say."""
    size = mapping(value).get("totalItems")
    return size if isinstance(size, int) and not isinstance(size, bool) and 0 <= size < 2**53 else None


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Without doubles and empty ones, in order."""
    return tuple(dict.fromkeys(value for value in values if value))[:LIST_LIMIT]


def path_of(address: str) -> str:
    """The path of an address, empty when it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """The host and port of a web address in lower case, empty when it is none."""
    try:
        split = urlsplit(address)
        return (split.netloc.rpartition("@")[2]).lower() if split.scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def instant(value: object, where: str, seen: Millis) -> Millis:
    """A date that must be there, brought into what is believable. Raises UnreadableError."""
    at = read_instant(value) if isinstance(value, str) else None
    if at is None:
        raise UnreadableError("bad-date", f"{where}: {str(value)[:80]}")
    return believable(at, seen)


def read_instant(value: str) -> Millis | None:
    """RFC 3339, or None. A date without a zone is taken as UTC."""
    try:
        day = datetime.fromisoformat(value.strip())
        since = (day if day.tzinfo else day.replace(tzinfo=UTC)) - EPOCH
    except (ValueError, OverflowError):
        return None
    return since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000


def written(at: Millis) -> str:
    """RFC 3339 with milliseconds.

    >>> written(1_763_624_851_042)
    '2025-11-20T07:47:31.042Z'
    """
    return (EPOCH + timedelta(milliseconds=at)).isoformat(timespec="milliseconds").replace("+00:00", "Z")

"""Saves what can be saved of an event that does not have the expected shape: the slow path, for few."""

import re
from typing import Any, TypeVar

import msgspec

from vigie.networks.bluesky.gathering import Gathering, why
from vigie.networks.bluesky.record import COLLECTION

T = TypeVar("T")

UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""Everything that msgspec raises on bytes that are not the wanted JSON (`ValidationError` is a `DecodeError`)."""
WORDS = ("text", "createdAt", "langs", "reply")
"""What a record needs to be a post; the rest adorns it."""
ESCAPE = re.compile(
    rb"\\(?:(?P<pair>u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?P<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def rescue(frame: bytes, error: Exception, shape: type[T], gathering: Gathering) -> T | None:
    """What can be read of a frame that ``error`` made unreadable as ``shape``: other collections' records are left out,
    half surrogates replaced, a post keeps at least its words. Tells the reason in either case, except for records that
    are nobody's business. None when nothing can be read."""
    mended = ESCAPE.sub(_whole, frame) if isinstance(error, msgspec.DecodeError) else frame
    if mended != frame:
        gathering.reject("bad-text", "half a surrogate pair replaced", frame)
    try:
        document = msgspec.json.decode(mended)
        if mended != frame:
            try:
                return msgspec.convert(document, shape)
            except msgspec.ValidationError as again:
                error = again
        ours = leave_out(document)
        event = msgspec.convert(document, shape)
    except UNDECODABLE as last:
        gathering.reject(*why(error if mended == frame else last), frame)
        return None
    if ours:
        reason, detail = why(error)
        gathering.reject(reason, f"{detail}; its words are kept", frame)
    return event


def leave_out(document: Any) -> bool:
    """Takes out of an event what nobody needs to read it. True when it was a post of ours."""
    commit = (document.get("commit") or document.get("payload")) if isinstance(document, dict) else None
    if not isinstance(commit, dict) or "record" not in commit:
        return False
    record = commit["record"]
    if commit.get("collection") != COLLECTION:
        commit["record"] = None
        return False
    if isinstance(record, dict):
        commit["record"] = {name: record[name] for name in WORDS if name in record}
    return True


def _whole(escape: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if escape["lone"] else escape[0]

"""Changing the charter's file from a page: read it, change it, check it, write it, with its act."""

from collections.abc import Callable

from msgspec import Struct, structs

from vigie.flows.ports.charter_file import CharterFile, CharterMovedError
from vigie.model import Act

TRIES = 3
"""A hand edit may fall between reading and writing; the change is then redone on the new text."""


class Rewritten(Struct, frozen=True):
    """The charter's text before the change and its digest after it: what is needed to take the change back."""

    before: str
    digest: str


def rewrite(file: CharterFile, change: Callable[[str], str], check: Callable[[str], object], act: Act) -> Rewritten:
    """Writes ``change(text)`` once ``check`` accepts it. ``change`` may raise to refuse; nothing is written then.

    Raises:
        CharterMovedError: the file moved at each try.
        Exception: whatever ``change`` and ``check`` raise (`vigie.charter.CharterError`).
    """
    for _ in range(TRIES - 1):
        try:
            return _once(file, change, check, act)
        except CharterMovedError:
            continue
    return _once(file, change, check, act)


def _once(file: CharterFile, change: Callable[[str], str], check: Callable[[str], object], act: Act) -> Rewritten:
    before, digest = file.read()
    after = change(before)
    check(after)
    return Rewritten(before, file.write(after, digest, structs.replace(act, charter=digest)))


def take_back(file: CharterFile, done: Rewritten, check: Callable[[str], object], act: Act) -> bool:
    """Puts the text of before back, byte for byte. False, and nothing done, when somebody changed the charter since."""
    if file.read()[1] != done.digest:
        return False
    check(done.before)
    try:
        file.write(done.before, done.digest, structs.replace(act, charter=done.digest))
    except CharterMovedError:
        return False
    return True

"""The charter's versions: who changed it, when and why, and which lines."""

from difflib import unified_diff
from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.flows.ports.archive import Acts
from vigie.flows.ports.charter_file import CharterFile
from vigie.model import Act, Millis

_PAGE = 200
_MOST_ACTS = 4_000
"""Acts that are looked through, the latest first: a charter that nobody changed among so many is an old one."""
_MOST_LINES = 20_000
"""Lines of a charter that are compared."""
_AROUND = 1
"""Unchanged lines shown on each side of a change."""

Kind: TypeAlias = Literal["same", "add", "cut"]


class Version(Struct, frozen=True):
    """A charter that was in force.

    Attributes:
        digest: SHA-256 of its bytes; ``before`` of the one that it replaced, empty for the first one.
        verb, what: of the act that made it: ``query.changed``, ``query:brand``.
    """

    digest: str
    before: str
    at: Millis
    who: str
    verb: str
    what: str
    why: str


class ChangedLine(Struct, frozen=True):
    """A line beside a change, with its number: in the old text when it went, else in the new one."""

    kind: Kind
    number: int
    text: str


def versions(acts: Acts, most: int = 20) -> list[Version]:
    """The latest first. A change by hand, in an editor, is no act: the next one replaces a digest that none made."""
    found: list[Act] = []
    before = read = 0
    while read < _MOST_ACTS and len(found) <= most:
        page = acts.latest(before, _PAGE)
        found += [act for _, act in page if act.details.get("charter")]
        read += len(page)
        if len(page) < _PAGE:
            break
        before = page[-1][0]
    older = [*(str(act.details["charter"]) for act in found[1:]), ""]
    return [_version(act, digest) for act, digest in zip(found, older, strict=False)][:most]


def changed(file: CharterFile, version: Version) -> list[ChangedLine] | None:
    """What a version changed, line by line; None when its text or the one before it is no longer kept."""
    text, digest = file.read()
    new = text if digest == version.digest else file.earlier(version.digest)
    old = text if digest == version.before else file.earlier(version.before) if version.before else ""
    return compared(old, new) if new and (old or not version.before) else None


def compared(old: str, new: str) -> list[ChangedLine]:
    r"""The lines that went and came, each change with a line around it.

    >>> [(one.kind, one.number, one.text) for one in compared("a: 1\nb: 2\n", "a: 1\nb: 3\n")]
    [('same', 1, 'a: 1'), ('cut', 2, 'b: 2'), ('add', 2, 'b: 3')]
    """
    lines: list[ChangedLine] = []
    left = right = 0
    for line in unified_diff(old.splitlines()[:_MOST_LINES], new.splitlines()[:_MOST_LINES], n=_AROUND, lineterm=""):
        if line.startswith(("---", "+++")) and not lines and not left and not right:
            continue
        if line.startswith("@@"):
            left, right = _starts(line)
            continue
        kind: Kind = "add" if line[0] == "+" else "cut" if line[0] == "-" else "same"
        lines.append(ChangedLine(kind, left if kind == "cut" else right, line[1:]))
        left += kind != "add"
        right += kind != "cut"
    return lines


def _starts(header: str) -> tuple[int, int]:
    """``@@ -41,2 +41,4 @@``: where the lines of both texts begin."""
    _, old, new, *_ = header.split()
    return int(old[1:].partition(",")[0]), int(new[1:].partition(",")[0])


def _version(act: Act, older: str) -> Version:
    """``older`` is the version before on record; an act that names the one it replaced knows better."""
    return Version(str(act.details["charter"]), act.charter or older, act.at, act.who, act.verb, act.what, act.why)

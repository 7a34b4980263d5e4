"""Reads the documentation as tests need it: pages, fenced blocks, commands, links and headings."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
_FENCE = re.compile(r"^( *)```(\w*)[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_SHELL = {"", "bash", "sh", "console"}
_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block; ``line`` is its first, counted from 1."""

    page: Path
    line: int
    language: str
    text: str


def name_of(page: Path) -> str:
    """As people say it: ``docs/tutorial.md``."""
    return str(page.relative_to(CHECKOUT))


def blocks(page: Path) -> Iterator[Block]:
    """Every fenced block of a page."""
    text = page.read_text("utf-8")
    for found in _FENCE.finditer(text):
        yield Block(page, text.count("\n", 0, found.start()) + 2, found[2], found[3])


def commands(page: Path) -> list[tuple[int, str]]:
    r"""The commands a page shows, with their lines; ``\\`` joins lines, a console's answers are left out."""
    found = []
    for block in blocks(page):
        if block.language not in _SHELL:
            continue
        joined = re.sub(r"\\\n *", lambda cut: "\0" * cut[0].count("\n"), block.text)
        number = block.line
        for line in joined.split("\n"):
            said = line.replace("\0", "").strip()
            if block.language == "console":
                said = said.removeprefix("$ ") if said.startswith("$ ") else ""
            if said and not said.startswith("#"):
                found.append((number, said))
            number += 1 + line.count("\0")
    return found


def words(command: str) -> tuple[dict[str, str], list[str]]:
    """The variables set before a command, and its words; a comment behind it is left out."""
    split = shlex.split(command, comments=True)
    variables = {}
    while split and re.fullmatch(r"[A-Z_]+=.*", split[0]):
        name, _, variables[name] = split.pop(0).partition("=")
    return variables, split


def links(page: Path) -> list[str]:
    """Where a page leads to, addresses of the web left out."""
    prose = _FENCE.sub("", page.read_text("utf-8"))
    prose = re.sub(r"`[^`\n]*`", "", prose)
    return [target for target in _LINK.findall(prose) if not re.match(r"[a-z]+:", target)]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    prose = _FENCE.sub("", page.read_text("utf-8"))
    seen: set[str] = set()
    for heading in _HEADING.findall(prose):
        slug = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")
        seen.add(next(s for n in range(100) if (s := slug + (f"-{n}" if n else "")) not in seen))
    return seen

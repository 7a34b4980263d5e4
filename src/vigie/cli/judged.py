"""What `vigie check` holds drafts against: a charter, the checks as it tunes them and its rules, read once and kept."""

import os
import platform
import sys
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import vigie
from vigie.charter import Charter, CharterError, Vocabulary, parse
from vigie.cli import compiled_folder
from vigie.cli.charter_problems import print_problems
from vigie.cli.speak import fail
from vigie.home.writing import put_in_place, write_beside
from vigie.judge.policy import Policy, policy
from vigie.judge.screen import Matches
from vigie.query import Query
from vigie.query.shelf import Shelf
from vigie.wording import Wording

_MANY = 3_000
"""Drafts from which compiling is sooner, even where the compiler itself has to be made ready."""
_ROOMS = ("charter", "checks", "query", "text")
"""Whose code decides how the words of checks and rules are read."""


def charter_of(file: Path | None, home: Path, w: Wording) -> Charter | None:
    """The charter asked for, else the home's; None where there is none. Ends the command where it cannot be read."""
    path = file or home / "charter.yaml"
    if file is None and not path.is_file():
        return None
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        fail(w("cli.charter.unreadable", path=str(path), detail=str(error)), 2)
    # it brings every network, a tenth of a second that a call without a charter does not have
    vocabulary: Vocabulary = import_module("vigie.app.vocabulary").vocabulary()
    try:
        return parse(text, vocabulary)
    except CharterError as error:
        print_problems(error, w, str(path))
        fail(w("check.error.charter", path=str(path)), 2)


def policy_of(charter: Charter | None, drafts: int = 1) -> Policy:
    """The checks and rules of a charter, for so many drafts. Thousands of phrases take a second to read: they are kept
    for next time, and compiled where that is sooner than reading them draft by draft."""
    kept = compiled_folder(os.environ).parent / "checks"
    saved = b""
    with suppress(OSError):
        saved = kept.read_bytes()
    shelf = Shelf(saved, _code_version())

    def compiled(queries: Mapping[str, Query]) -> Matches:
        matcher = shelf.matcher(queries)
        with suppress(ImportError):  # no numba for this machine: the same answers, more slowly
            return import_module("vigie.query").Matcher(queries) if drafts >= _MANY else matcher
        return matcher

    made = policy(charter, compiled)
    if shelf.fresh:
        with suppress(OSError):  # no room or no right: nothing is lost but time
            kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            put_in_place(write_beside(kept, shelf.fresh), kept)
    return made


def _code_version() -> str:
    """Changes with the code that reads the words: from its files' names, sizes and dates, sooner read than they."""
    digest = sha256(f"{vigie.__version__} {platform.python_version()} {unicodedata.unidata_version}".encode())
    root = Path(vigie.__file__).parent
    for room in _ROOMS:
        for source in sorted((root / room).glob("*.py")):
            stat = source.stat()
            digest.update(f"{source.name} {stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.hexdigest()


def detect_in(languages: tuple[str, ...]) -> Callable[[str], str]:
    """A text's language; the model is brought when it is first asked for."""

    @cache
    def model() -> Callable[[str], str]:
        made: Callable[[str], str] = import_module("vigie.text.language").detector(languages)
        return made

    @lru_cache(maxsize=50_000)  # a file that is mended is read several times
    def language_of(text: str) -> str:
        return model()(text)

    return language_of

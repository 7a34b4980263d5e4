"""What this folder offers: a file by its path, with a word on how it is written where that cannot be seen."""

import zoneinfo
from collections.abc import Mapping
from pathlib import Path

from vigie.flows.ports.network import Directory, Source, Tools
from vigie.model import SourceSpec
from vigie.networks.files.columns import NAMES
from vigie.networks.files.entry import Layout
from vigie.networks.files.replay import Replay
from vigie.networks.files.source import READERS, FileSource

NAME = "files"
SUFFIXES = (".csv", ".json", ".jsonl", ".ndjson", ".tsv")
"""What a charter may name: no other file of the machine becomes readable by way of a page."""
FASTEST = 100_000


class Files:
    """Implements `vigie.flows.ports.network.Network`.

    Options: ``format``, ``map`` (``text=Message``, several), ``network``, ``lang``, ``delimiter``, ``encoding``,
    ``timezone``, ``dates``; ``speed`` plays the file back instead of reading it at once, ``as_now`` with today's dates.
    """

    name = NAME
    needs_token = False

    def problems(self, spec: SourceSpec) -> list[tuple[str, str, str]]:
        """See the port."""
        found = []
        if not spec.address:
            found.append(("address", "empty-address", ""))
        elif not Path(spec.address).is_absolute() or Path(spec.address).suffix.lower() not in SUFFIXES:
            found.append(("address", "bad-address", f"/…{', /…'.join(SUFFIXES)}"))
        for option, value in spec.options.items():
            if expected := _expected(option, value):
                found.append((option, "bad-option", expected))
        return found

    def open(self, spec: SourceSpec, tools: Tools) -> Source:
        """See the port. A `FileSource`, whose ``progress`` tells how far it is; or a `Replay` of one."""
        source = FileSource(Path(spec.address), layout_of(spec.options), tools.clock)
        speed = spec.options.get("speed")
        if isinstance(speed, int) and speed > 0:
            return Replay(source, speed=speed, clock=tools.clock, as_now=spec.options.get("as_now") is True)
        return source

    def directory(self, spec: SourceSpec, tools: Tools) -> Directory | None:
        """Nobody to ask."""
        del spec, tools
        return None


def layout_of(options: Mapping[str, object]) -> Layout:
    """How to read a file, from a source's options."""
    words = {name: value for name in LAYOUT if isinstance(value := options.get(name), str) and value}
    return Layout(columns=columns_in(options.get("map")), **words)


def columns_in(value: object) -> dict[str, str]:
    """A mapping of columns as a person writes it.

    >>> columns_in("text=Message, date=Created")
    {'text': 'Message', 'date': 'Created'}
    """
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, tuple | list) else ()
    pairs = (str(part).partition("=") for part in parts)
    return {field.strip(): column.strip() for field, sign, column in pairs if sign and field.strip() and column.strip()}


LAYOUT = ("format", "network", "lang", "delimiter", "encoding", "timezone", "dates")


def _expected(option: str, value: object) -> str:
    """What is expected of an option, empty when its value is fine."""
    if option == "speed":
        return (
            "" if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= FASTEST else f"1 … {FASTEST}"
        )
    if option == "as_now":
        return "" if isinstance(value, bool) else "true, false"
    if option == "map":
        return "" if (found := columns_in(value)) and found.keys() <= NAMES.keys() else f"{', '.join(NAMES)} = …"
    if option not in LAYOUT:
        return ", ".join((*LAYOUT, "map", "speed", "as_now"))
    if not isinstance(value, str) or not value:
        return "…"
    return _expected_words(option, value)


def _expected_words(option: str, value: str) -> str:
    if option == "format":
        return "" if value in READERS else ", ".join(READERS)
    if option == "dates":
        return "" if value in {"dmy", "mdy"} else "dmy, mdy"
    if option == "delimiter":
        return "" if len(value) == 1 else ", ; |"
    if option == "encoding":
        return "" if _is_encoding(value) else "utf-8, cp1252, utf-16"
    if option == "timezone":
        return "" if value in zoneinfo.available_timezones() else "Europe/Paris"
    return ""


def _is_encoding(name: str) -> bool:
    try:
        b"a".decode(name)
    except (LookupError, UnicodeError):
        return False
    return True


NETWORK = Files()

"""Writes values the way a person would in YAML: bare where possible, quoted where needed, blocks for several lines."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = str | int | bool | Sequence[str]

# Starts with a letter and holds nothing that YAML could take for its own notation.
_BARE = re.compile(r"[^\W\d_][\w '’./()+*@%&=!?-]*(?<! )")
_OTHERS_MEANING = re.compile(r"(?i)true|false|null|yes|no|on|off|y|n")
_PRINTABLE = re.compile("[\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")


def inline(value: Value) -> str:
    """A value on one line, good in block and in flow style."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _words(value)
        case _:
            return "[" + ", ".join(_words(one) for one in value) + "]"


def is_block(value: Value) -> bool:
    """True for words that are best written as a literal block: several lines, none of them odd."""
    if not isinstance(value, str) or "\n" not in value:
        return False
    lines = value.split("\n")
    return bool(lines[0]) and not lines[0][0].isspace() and all(_PRINTABLE.fullmatch(line) for line in lines)


def block(value: str, indent: int) -> list[str]:
    """The lines under ``key: |``."""
    return [" " * indent + line if line else "" for line in value.split("\n")]


def entry(key: str, value: Value, indent: int) -> list[str]:
    """The lines of ``key: value``, the first without its indent."""
    if isinstance(value, str) and is_block(value):
        return [f"{key}: |", *block(value, indent + 2)]
    return [f"{key}: {inline(value)}"]


def item(entries: Mapping[str, Value], indent: int) -> list[str]:
    """The lines of a list's item whose dash stands at ``indent``."""
    inner = " " * (indent + 2)
    lines: list[str] = []
    for key, value in entries.items():
        first, *rest = entry(key, value, indent + 2)
        lines += [(inner if lines else " " * indent + "- ") + first, *rest]
    return lines


def flow(entries: Mapping[str, Value]) -> str:
    """``{key: value, …}`` on one line."""
    return "{" + ", ".join(f"{key}: {inline(value)}" for key, value in entries.items()) + "}"


def _words(words: str) -> str:
    if _BARE.fullmatch(words) and not _OTHERS_MEANING.fullmatch(words):
        return words
    if words and _PRINTABLE.fullmatch(words):
        return "'" + words.replace("'", "''") + "'"
    escaped = json.dumps(words, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]", lambda c: f"\\u{ord(c[0]):04x}", escaped)

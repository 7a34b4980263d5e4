"""Write a query down the one canonical way, so that it reads the same to everybody and parses back to itself."""

import re

from vigie.query.nodes import And, Field, Named, Near, Node, Not, Or, Phrase, Query, Word
from vigie.query.scan import is_plain_word

_PLAIN_VALUE = re.compile(r"[\w@][\w.@:%/+~-]*")


def to_text(query: Query) -> str:
    """The canonical form: AND written out, parentheses where two operators meet, words with their accents as written.

    >>> from vigie.query import parse
    >>> to_text(parse("( grève  -bus ) or SNCF*"))
    'grève AND NOT bus AND or AND SNCF*'
    """
    return node_text(query.root)


def node_text(node: Node) -> str:  # noqa: PLR0911 (one case for each kind of node)
    """The same for any part of a query."""
    match node:
        case Or(parts=parts):
            return " OR ".join(_under(part, And) for part in parts)
        case And(parts=parts):
            return " AND ".join(_under(part, Or) for part in parts)
        case Not(part=part):
            return f"NOT {_under(part, Or, And)}"
        case Near(left=left, right=right, words=words):
            return f"{_under(left, Or, And, Not, Near)} NEAR/{words} {_under(right, Or, And, Not, Near)}"
        case Field(name=name, value=value):
            return f"{name}:{value}" if _PLAIN_VALUE.fullmatch(value) else f'{name}:"{value}"'
        case Named(name=name):
            return f"{{{name}}}"
        case Phrase(written=written):
            return f'"{written}"'
        case Word():
            return _word(node)


def _under(part: Node, *looser: type[Node]) -> str:
    text = node_text(part)
    return f"({text})" if isinstance(part, looser) else text


def _word(word: Word) -> str:
    text = (word.written or word.key) + ("*" if word.prefix else "")
    return text if is_plain_word(text) else f'"{text}"'

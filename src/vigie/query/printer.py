"""Write a query down the one canonical way, so that it reads the same to everybody and parses back to itself."""

import re

from vigie.query.nodes import (
    And,
    AtLeast,
    Field,
    Loose,
    Named,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Range,
    Raw,
    Sentence,
    Word,
)
from vigie.query.scan import is_plain_word

_PLAIN_VALUE = re.compile(r"[\w@][\w.@:%/+~-]*")


def to_text(query: Query) -> str:
    """The canonical form: AND written out, parentheses where two operators meet, words with their accents as written.

    >>> from vigie.query import parse
    >>> to_text(parse("( grève  -bus ) or SNCF*"))
    'grève AND NOT bus AND or AND SNCF*'
    """
    return node_text(query.root)


def node_text(node: Node) -> str:  # noqa: C901, PLR0911, PLR0912 (one case for each kind of node)
    """The same for any part of a query."""
    match node:
        case Or(parts=parts):
            return " OR ".join(_under(part, And) for part in parts)
        case And(parts=parts):
            return " AND ".join(_under(part, Or) for part in parts)
        case Not(part=part):
            return f"NOT {_under(part, Or, And)}"
        case Sentence(parts=parts):
            return " SENTENCE ".join(_under(part, Or) for part in parts)
        case Near(left=left, right=right, words=words, ordered=ordered):
            operator = f"{'O' if ordered else ''}NEAR/{words}"
            return f"{_under(left, Or, Near)} {operator} {_under(right, Or, Near)}"
        case AtLeast(count=count, parts=parts):
            return f"atleast/{count}({', '.join(map(node_text, parts))})"
        case Range():
            return f"{node.name}:{_range(node)}"
        case Raw(text=text):
            return f"raw:«{text}»" if '"' in text else f'raw:"{text}"'
        case Field(name=name, value=value):
            return f"{name}:{value}" if _PLAIN_VALUE.fullmatch(value) else f'{name}:"{value}"'
        case Named(name=name):
            return f"{{{name}}}"
        case Phrase(written=written):
            return f'"{written}"'
        case Loose(words=words, written=written):
            return f'"{written}"~{words}'
        case Word():
            return _bare((node.written or node.key) + ("*" if node.prefix else ""))
        case Pattern():
            return _bare(node.written or node.key)


def _under(part: Node, *looser: type[Node]) -> str:
    text = node_text(part)
    return f"({text})" if isinstance(part, looser) else text


def _range(node: Range) -> str:
    if node.most is None:
        return f">={node.least}"
    if node.least is None:
        return f"<={node.most}"
    return str(node.least) if node.least == node.most else f"{node.least}..{node.most}"


def _bare(text: str) -> str:
    """A word without quotes where it is read as one, in a list of ``atleast`` too."""
    return text if is_plain_word(text) and "," not in text else f'"{text}"'

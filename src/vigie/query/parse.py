"""Read a query: from the text that a person wrote to the tree that can be run, or to every mistake in it."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from lark import Token, Tree
from lark.exceptions import UnexpectedInput
from msgspec import Struct

from vigie.query.anchors import unanchored
from vigie.query.grammar import parser
from vigie.query.leaves import (
    DISTANCE_CAP,
    read_distance,
    read_loose,
    read_name,
    read_pair,
    read_phrase,
    read_value,
    read_word,
)
from vigie.query.nodes import (
    And,
    AtLeast,
    Loose,
    Named,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Raw,
    Sentence,
    Word,
    measure,
)
from vigie.query.printer import node_text
from vigie.query.problems import Problem, QueryError
from vigie.query.scan import NESTING_CAP, check_order, place, signs
from vigie.text import tokenise

CLAUSE_CAP = 10_000
DEPTH_CAP = 200
LENGTH_CAP = 200_000
TIMES_CAP = 100
"""How often at most ``atleast`` asks for one thing."""

_NAME_CHAIN_CAP = 50
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


_LEAVES: Mapping[str, Callable[[Token], Node | Problem]] = {
    "WORD": read_word,
    "PHRASE": read_phrase,
    "LOOSE": read_loose,
    "PAIR": read_pair,
}
_BROAD: Mapping[type, str] = {Not: "query.error.only_not", Pattern: "query.error.open_start"}


class _Broken(Struct, frozen=True):
    """Why a named query cannot be used."""

    code: str
    path: str = ""


_Known: TypeAlias = dict[str, Node | _Broken]


def parse(text: str, named: Mapping[str, str] = _NO_NAMES) -> Query:
    """The query that a text means; ``named`` are the texts that ``{name}`` stands for.

    >>> parse("lang:fr AND Grève").root.parts
    (Field(name='lang', value='fr'), Word(word='greve', sign='', prefix=False, written='Grève'))

    Raises:
        QueryError: with every mistake that was found.
    """
    if len(text) > LENGTH_CAP:
        raise QueryError([Problem("query.error.too_long", LENGTH_CAP, len(text), {"limit": LENGTH_CAP})])
    known: _Known = {}
    if "{" in text:
        for name in _names_in(text):
            _learn(name, named, known, ())
    root, warnings = _Reader(known, named).read(text)
    if broad := unanchored(root):
        code = _BROAD.get(type(broad), "query.error.too_broad")
        start = len(text) - len(text.lstrip())
        raise QueryError([Problem(code, start, len(text.rstrip()), {"part": node_text(broad)[:80]})])
    return Query(root, text, tuple(warnings))


def _names_in(text: str) -> list[str]:
    return [token[1:-1] for token in signs(text) if token.type == "NAME"]


def _learn(name: str, named: Mapping[str, str], known: _Known, path: Sequence[str]) -> None:
    """Reads a named query and those it needs into ``known``, the innermost first."""
    if name in path:
        circle = [*path[path.index(name) :], name]
        for member in circle:
            known[member] = _Broken("query.error.name_cycle", " → ".join(circle))
    if name in known:
        return
    if name not in named:
        known[name] = _Broken("query.error.unknown_name")
        return
    if len(path) >= _NAME_CHAIN_CAP or len(named[name]) > LENGTH_CAP:
        known[name] = _Broken("query.error.name_broken")
        return
    for inner in _names_in(named[name]):
        _learn(inner, named, known, (*path, name))
    if name not in known:
        try:
            known[name] = _Reader(known, named).read(named[name])[0]
        except QueryError:
            known[name] = _Broken("query.error.name_broken")


class _Reader:
    """Reads one text, gathering its mistakes."""

    def __init__(self, known: _Known, named: Mapping[str, str]) -> None:
        self.known = known
        self.named = named
        self.problems: list[Problem] = []

    def read(self, text: str) -> tuple[Node, list[Problem]]:
        tokens = signs(text)
        self.problems, warnings = check_order(tokens, len(text))
        root = None
        if self.problems:
            self._check_leaves(tokens)
        else:
            root = self._node(self._tree(tokens, len(text)))
        if root is not None and not self.problems:
            self._check_size(root, len(text))
        if root is None or self.problems:
            raise QueryError(self.problems)
        return root, warnings

    def _check_leaves(self, tokens: Sequence[Token]) -> None:
        """With the order wrong there is no tree, but each word can still be looked at."""
        for index, token in enumerate(tokens):
            in_field = index > 0 and tokens[index - 1].type == "FIELD"
            if token.type in {"WORD", "PHRASE", "LOOSE", "NAME", "PAIR"} and not in_field:
                self._leaf(token)

    def _tree(self, tokens: Sequence[Token], length: int) -> "Tree[Token] | Token | None":
        reading = parser().parse_interactive()
        try:
            for token in tokens:
                reading.feed_token(token)
            start: Tree[Token] = reading.feed_eof()  # type: ignore[no-untyped-call]
            return start.children[0]
        except UnexpectedInput as error:
            self.problems.append(Problem("query.error.unexpected", error.pos_in_stream or 0, length))
            return None

    def _check_size(self, root: Node, length: int) -> None:
        depth, clauses = measure(root, CLAUSE_CAP)
        if clauses > CLAUSE_CAP:
            self.problems.append(Problem("query.error.too_many_clauses", 0, length, {"limit": CLAUSE_CAP}))
        elif depth > DEPTH_CAP:
            self.problems.append(Problem("query.error.too_deep", 0, length, {"limit": NESTING_CAP}))

    def _node(self, tree: "Tree[Token] | Token | None") -> Node | None:
        """The node of a piece of the parser's tree; None, with a problem noted, where there is a mistake in it."""
        if tree is None:
            return None
        if isinstance(tree, Token):
            return self._leaf(tree)
        operators = {"field": self._field, "near": self._near, "sentence": self._sentence, "atleast": self._at_least}
        if tree.data in operators:
            return operators[tree.data](tree.children)
        parts = [self._node(child) for child in tree.children]
        whole = [part for part in parts if part is not None]
        if len(whole) < len(parts):
            return None
        if tree.data == "negated":
            return whole[0].part if isinstance(whole[0], Not) else Not(whole[0])
        return joined(And if tree.data == "both" else Or, whole)

    def _leaf(self, token: Token) -> Node | None:
        read = _LEAVES.get(token.type)
        return self._noted(read(token)) if read else self._name(token)

    def _noted(self, found: Node | Problem) -> Node | None:
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found

    def _name(self, token: Token) -> Node | None:
        name = token[1:-1]
        found = self.known.get(name, _Broken("query.error.unknown_name"))
        if isinstance(found, _Broken):
            close = difflib.get_close_matches(name, self.named, 1) if found.code.endswith("unknown_name") else []
            values: dict[str, str | int] = {"name": name, "path": found.path}
            self.problems.append(Problem(found.code, *place(token), values, f"{{{close[0]}}}" if close else ""))
            return None
        return Named(name, found)

    def _field(self, pieces: "list[Tree[Token] | Token]") -> Node | None:
        head, *values = [piece for piece in pieces if isinstance(piece, Token)]
        name = read_name(head[:-1], place(head)[0])
        if isinstance(name, Problem):
            self.problems.append(name)
            return None
        found: list[Node] = []
        for value in values:
            bare = value[1:-1] if value.type == "PHRASE" else str(value)
            if (node := self._noted(read_value(name, bare, place(value)))) is not None:
                found.append(node)
        return joined(Or, found) if len(found) == len(values) else None

    def _near(self, pieces: "list[Tree[Token] | Token]") -> Node | None:
        """``a NEAR/3 b ONEAR/5 c`` is ``(a NEAR/3 b) ONEAR/5 c``."""
        left = self._node(pieces[0])
        for sign, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            operator = sign if isinstance(sign, Token) else Token("NEAR", "NEAR")
            right = self._node(piece)
            words = self._distance(operator)
            if left is None or right is None:
                left = None
                continue
            if not (_has_places(left) and _has_places(right)):
                values: dict[str, str | int] = {"operator": operator.partition("/")[0]}
                self.problems.append(Problem("query.error.near_operand", *place(operator), values))
            left = Near(left, right, words, ordered=operator.startswith("O"))
        return left

    def _distance(self, sign: Token) -> int:
        operator, _, number = sign.partition("/")
        words = read_distance(number)
        if words is not None:
            return words
        suggestion = f"{operator}/{DISTANCE_CAP if number.isascii() and number.isdigit() else 5}"
        if number[-1:] in {"f", "F"} and (ordered := read_distance(number[:-1])) is not None:
            suggestion = f"ONEAR/{ordered}"
        values: dict[str, str | int] = {"operator": operator, "number": number, "limit": DISTANCE_CAP}
        self.problems.append(Problem("query.error.near_number", *place(sign), values, suggestion))
        return 0

    def _sentence(self, pieces: "list[Tree[Token] | Token]") -> Node | None:
        """``a SENTENCE (b c) SENTENCE d``: all four in one sentence."""
        parts: list[Node] = []
        for piece in pieces[::2]:
            part = self._node(piece)
            if part is None:
                return None
            parts.extend(part.parts if isinstance(part, And | Sentence) else (part,))
        for sign in pieces[1::2]:
            if isinstance(sign, Token) and not all(map(_has_places, parts)):
                self.problems.append(Problem("query.error.near_operand", *place(sign), {"operator": "SENTENCE"}))
                break
        return Sentence(tuple(parts))

    def _at_least(self, pieces: "list[Tree[Token] | Token]") -> Node | None:
        head, *members = pieces
        parts = [self._node(member) for member in members]
        whole = [part for part in parts if part is not None]
        if len(whole) < len(parts) or not isinstance(head, Token):
            return None
        one = len(whole) == 1
        limit = TIMES_CAP if one else len(whole)
        number = head[len("atleast") :].removeprefix("/")
        count = int(number) if number.isascii() and number.isdigit() and len(number) <= len(str(limit)) else 0
        if not 1 <= count <= limit or "/" not in head:
            best = f"atleast/{count if 1 <= count <= limit else min(2, limit)}"
            self.problems.append(Problem("query.error.atleast_number", *place(head), {"limit": limit}, best))
        elif one and not _has_places(whole[0]):
            self.problems.append(Problem("query.error.near_operand", *place(head), {"operator": "atleast"}))
        if count == 1:
            return joined(Or, whole)
        return joined(And, whole) if count == len(whole) else AtLeast(count, tuple(whole))


def joined(kind: type[And] | type[Or], parts: Sequence[Node]) -> Node:
    """AND or OR of parts, those of the same kind taken apart, one alone left as it is."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _has_places(node: Node) -> bool:
    """True for what stands somewhere in the text, so that something can be near it."""
    match node:
        case Word() | Pattern() | Phrase() | Loose() | Near():
            return True
        case Raw(text=text):
            return bool(tokenise(text))
        case Or(parts=parts):
            return all(_has_places(part) for part in parts)
        case Named(part=part):
            return _has_places(part)
        case _:
            return False

"""Cut a query's text into signs and find what is wrong with their order, everything at once."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Literal, TypeAlias

from lark import Token

from vigie.query.grammar import parser
from vigie.query.problems import Problem

NESTING_CAP = 100
"""Parentheses and NOTs inside each other: far above what people write, far below what would exhaust the stack."""

_OPERATORS = {"_OR": "OR", "_AND": "AND", "NEAR": "NEAR", "SENTENCE": "SENTENCE", "_COMMA": ","}
_ENDS_OPERAND = frozenset({"WORD", "PHRASE", "LOOSE", "NAME", "PAIR", "RPAR", "OPEN_QUOTE", "BRACE"})
_LOWERCASE = {"and": "AND", "or": "OR", "not": "NOT", "ET": "AND", "OU": "OR", "SAUF": "NOT", "PAS": "NOT"}
_LOWERCASE_NEAR = re.compile(r"o?near(/\d+)?", re.IGNORECASE)
_DASHES = "–—−‐‑"
_QUOTED_WORDS = 10
_COMMA = "\x1f"
_ONE_SIGN = re.compile(r'"[^"]*"|“[^“”"]*[”"]|«[^«»]*»|\{[^{}\s]*\}|[^"“«{#(),aA]+|.', re.DOTALL)
_LIST_SIGN = re.compile(
    r"""
    (?<![^\s()"“”«»{},]) (?: \#(?=\s|$)[^\n]* | atleast (?: \d*(?:/[^\s()"“”«»{}]*)?\( | /\d+\s+\( ) )
    | """
    + _ONE_SIGN.pattern,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)

EditorKind: TypeAlias = Literal["op", "st", "fl", "nm", "cm", "er"]
_EDITOR_KINDS: dict[str, EditorKind] = {
    "_OR": "op",
    "_AND": "op",
    "_NOT": "op",
    "_MINUS": "op",
    "NEAR": "op",
    "SENTENCE": "op",
    "ATLEAST": "op",
    "LPAR": "op",
    "RPAR": "op",
    "PHRASE": "st",
    "LOOSE": "st",
    "FIELD": "fl",
    "NAME": "nm",
    "COMMENT": "cm",
    "OPEN_QUOTE": "er",
    "BRACE": "er",
}


def signs(text: str) -> list[Token]:
    """The signs of a query, without spaces and comments. Never fails: each character belongs to some sign."""
    found: list[Token] = []
    in_list = [False]
    for token in parser().lex(_separated(text)):
        if token.type == "LPAR":
            in_list.append(bool(found) and found[-1].type == "ATLEAST")
        elif token.type == "RPAR" and len(in_list) > 1:
            in_list.pop()
        if token.type != "_COMMA" or in_list[-1]:  # another one stands after a quote that is never closed, say
            found.append(token)
    return found


def _separated(text: str) -> str:
    """The same text, with the commas right between the parentheses of ``atleast`` made signs of their own."""
    text = text.replace(_COMMA, " ")
    pieces: list[str] = []
    in_list = [False]
    at = 0
    while at < len(text):
        # Right after a comma that is part of a word, the word goes on.
        inside_word = pieces[-1:] == [","]
        found = (_ONE_SIGN if inside_word else _LIST_SIGN).match(text, at)
        piece = found[0] if found else text[at]
        at += len(piece)
        if piece[-1] == "(" and piece[0] not in '"“«{#':
            in_list.append(len(piece) > 1)
        elif piece == ")" and len(in_list) > 1:
            in_list.pop()
        pieces.append(_COMMA if piece == "," and in_list[-1] else piece)
    return "".join(pieces)


def is_plain_word(text: str) -> bool:
    """True when a text, written bare, is read as one word and nothing else."""
    tokens = signs(text)
    return len(tokens) == 1 and tokens[0].type == "WORD" and len(tokens[0]) == len(text)


def tokens_for_editor(text: str) -> list[tuple[int, int, EditorKind]]:
    """What to colour, as (start, end, kind): operator, string, field, name, comment, error; plain words are left out.

    >>> tokens_for_editor('lang:fr "a b"')
    [(0, 5, 'fl'), (8, 13, 'st')]
    """
    found: list[tuple[int, int, EditorKind]] = []
    for token in parser().lex(_separated(text), dont_ignore=True):
        start, end = place(token)
        if token.type == "PAIR":
            found.append((start, start + token.index(":") + 1, "fl"))
        elif kind := _EDITOR_KINDS.get(token.type):
            found.append((start, end, kind))
    return found


def place(token: Token) -> tuple[int, int]:
    """Where a sign stands in the text."""
    start = token.start_pos or 0
    return start, start + len(token)


def check_order(tokens: Sequence[Token], length: int) -> tuple[list[Problem], list[Problem]]:
    """(mistakes, doubts) that show in the order of the signs alone, in a text of so many characters."""
    if not tokens:
        return [Problem("query.error.empty", 0, length)], []
    mistakes = _parentheses(tokens)
    doubts: list[Problem] = []
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.type in _OPERATORS or token.type in {"_NOT", "_MINUS"}:
            mistakes += _operator(token, before, after)
        elif token.type == "FIELD":
            mistakes += _field(token, tokens[index + 1 :])
        elif token.type in {"OPEN_QUOTE", "BRACE"}:
            mistakes.append(_stray(token))
        elif token.type == "WORD":
            doubts += _doubts(tokens, index)
    return mistakes, doubts


def _doubts(tokens: Sequence[Token], index: int) -> list[Problem]:
    """What a bare word may have been meant for."""
    word, text = tokens[index], str(tokens[index])
    meant = _LOWERCASE.get(text) or (text.upper() if _LOWERCASE_NEAR.fullmatch(text) else "")
    if meant:
        values: dict[str, str | int] = {"word": text, "operator": meant}
        return [Problem("query.warning.lowercase_operator", *place(word), values, meant)]
    if text.endswith("?") and text.strip("?"):
        bare = text.rstrip("?")
        return [Problem("query.warning.final_mark", *place(word), {"word": text, "bare": bare}, bare)]
    if text[0] in _DASHES and text.strip(_DASHES):
        meant = "-" + text.lstrip(_DASHES)
        return [Problem("query.warning.dash", *place(word), {"word": text, "meant": meant}, meant)]
    return _single_quotes(tokens, index) if text[0] in "'‘" else []


def _single_quotes(tokens: Sequence[Token], index: int) -> list[Problem]:
    """A doubt when words begin and end with the marks that elsewhere stand around a phrase."""
    words = list(takewhile(lambda token: token.type == "WORD", tokens[index : index + _QUOTED_WORDS]))
    last = next((number for number, word in enumerate(words) if number and word[-1] in "'’"), None)
    if last is None:
        return []
    quoted = " ".join(words[: last + 1])
    meant = f'"{quoted[1:-1]}"'
    start, end = place(words[0])[0], place(words[last])[1]
    return [Problem("query.warning.single_quotes", start, end, {"text": quoted, "meant": meant}, meant)]


def _problem(name: str, token: Token, suggestion: str = "", **values: str | int) -> Problem:
    return Problem(f"query.error.{name}", *place(token), values, suggestion)


def _parentheses(tokens: Sequence[Token]) -> list[Problem]:
    problems: list[Problem] = []
    unclosed: list[Token] = []
    negations: list[int] = [0]
    too_deep = False
    for index, token in enumerate(tokens):
        if token.type == "LPAR":
            unclosed.append(token)
            negations.append(0)
        elif token.type == "RPAR":
            if not unclosed:
                problems.append(_problem("unopened_paren", token))
                continue
            if tokens[index - 1].type == "LPAR":
                start = unclosed[-1].start_pos or 0
                problems.append(Problem("query.error.empty_group", start, place(token)[1]))
            unclosed.pop()
            negations.pop()
        if token.type in {"_NOT", "_MINUS"}:
            negations[-1] += 1
        elif token.type != "LPAR":
            negations[-1] = 0
        if not too_deep and len(unclosed) + sum(negations[-NESTING_CAP:]) > NESTING_CAP:
            too_deep = True
            problems.append(_problem("too_deep", token, limit=NESTING_CAP))
    return problems + [_problem("unclosed_paren", token) for token in unclosed[:20]]


def _operator(token: Token, before: Token | None, after: Token | None) -> list[Problem]:
    name = token.partition("/")[0] if token.type == "NEAR" else _OPERATORS.get(token.type, "")
    name = name or ("-" if token.type == "_MINUS" else "NOT")
    problems = []
    if token.type in _OPERATORS and (before is None or before.type not in _ENDS_OPERAND):
        problems.append(_problem("nothing_before", token, operator=name))
    if after is None or after.type == "RPAR":
        problems.append(_problem("nothing_after", token, operator=name))
    elif token.type in {"NEAR", "SENTENCE"} and after.type in {"_NOT", "_MINUS"}:
        problems.append(_problem("near_operand", token, operator=name))
    return problems


def _field(token: Token, rest: Sequence[Token]) -> list[Problem]:
    end = place(token)[1]
    if not rest or (rest[0].start_pos or 0) != end or rest[0].type not in {"PHRASE", "LPAR"}:
        if rest and rest[0].type == "WORD":
            start, stop = place(token)[0], place(rest[0])[1]
            return [Problem("query.error.missing_value", start, stop, {"field": token[:-1]}, f"{token}{rest[0]}")]
        return [_problem("missing_value", token, field=token[:-1])]
    if rest[0].type == "LPAR":
        wanted: tuple[str, ...] = ("WORD", "PHRASE")
        for inner in rest[1:]:
            if inner.type == "RPAR":
                break
            if inner.type not in wanted:
                return [_problem("field_group", inner, field=token[:-1])]
            wanted = ("_OR",) if inner.type != "_OR" else ("WORD", "PHRASE")
    return []


def _stray(token: Token) -> Problem:
    if token.type == "BRACE":
        return _problem("stray_brace", token)
    if token[0] in "”»" or not token[1:].strip():
        return _problem("unclosed_quote", token)
    return _problem("unclosed_quote", token, f'"{token[1:].strip()}"')

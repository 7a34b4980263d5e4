"""The listening language's grammar: what its signs are, and which binds tighter."""

from functools import cache

from lark import Lark

GRAMMAR = r"""
start: either

// From loose to tight: OR, AND (also unwritten, between neighbours), NOT, NEAR.
?either: both (_OR both)*
?both: negation (_AND? negation)*
?negation: near | (_NOT | _MINUS) negation -> negated
?near: atom (NEAR atom)*
?atom: "(" either ")" | WORD | PHRASE | NAME | PAIR | field | mistake
field: FIELD (PHRASE | "(" value (_OR value)* ")")
?value: WORD | PHRASE

// Never right: they only let the reader go on, so that one mistake does not hide the next.
mistake: OPEN_QUOTE | BRACE

// Signs. A higher number is tried first.
COMMENT.9: /#(?=\s|$)[^\n]*/
PHRASE.8: /"[^"]*"|“[^“”"]*[”"]|«[^«»]*»/
NAME.8: /\{[^{}\s]*\}/
LPAR.8: "("
RPAR.8: ")"
_OR.7: /OR(?![^\s()"“”«»{}])/
_AND.7: /AND(?![^\s()"“”«»{}])/
_NOT.7: /NOT(?![^\s()"“”«»{}])/
NEAR.7: /NEAR(\/[^\s()"“”«»{}]*)?(?![^\s()"“”«»{}])/
_MINUS.7: /-(?=[^\s-])/
FIELD.6: /[A-Za-z]+:(?=[\s("“«]|$)/
PAIR.6: /[A-Za-z]+:[^\s()"“”«»{}]+/
WORD.5: /[^\s()"“”«»{}]+/

OPEN_QUOTE.1: /["“”«»]((?!\s+(AND|OR|NOT|NEAR)\b)[^\n()"“”«»{}])*/
BRACE.1: /[{}]/

%ignore /\s+/
%ignore COMMENT
"""


@cache
def parser() -> Lark:
    """The parser made of the grammar, built once."""
    return Lark(GRAMMAR, parser="lalr", lexer="basic", maybe_placeholders=False)

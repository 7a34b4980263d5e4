"""The listening language's grammar: what its signs are, and which binds tighter."""

from functools import cache

from lark import Lark

GRAMMAR = r"""
start: either

// From loose to tight: OR, AND (also unwritten, between neighbours), NOT, SENTENCE, NEAR.
?either: both (_OR both)*
?both: negation (_AND? negation)*
?negation: sentence | (_NOT | _MINUS) negation -> negated
?sentence: near (SENTENCE near)*
?near: atom (NEAR atom)*
?atom: "(" either ")" | WORD | PHRASE | LOOSE | NAME | PAIR | field | atleast | mistake
atleast: ATLEAST "(" either (_COMMA either)* ")"
field: FIELD (PHRASE | "(" value (_OR value)* ")")
?value: WORD | PHRASE

// Never right: they only let the reader go on, so that one mistake does not hide the next.
mistake: OPEN_QUOTE | BRACE

// Signs. A higher number is tried first.
COMMENT.9: /#(?=\s|$)[^\n]*/
LOOSE.9: /("[^"]*"|“[^“”"]*[”"]|«[^«»]*»)~[^\s()"“”«»{},]*/
PHRASE.8: /"[^"]*"|“[^“”"]*[”"]|«[^«»]*»/
NAME.8: /\{[^{}\s]*\}/
LPAR.8: "("
RPAR.8: ")"
_OR.7: /OR(?![^\s()"“”«»{}])/
_AND.7: /AND(?![^\s()"“”«»{}])/
_NOT.7: /NOT(?![^\s()"“”«»{}])/
NEAR.7: /O?NEAR(\/[^\s()"“”«»{}]*)?(?![^\s()"“”«»{}])/
SENTENCE.7: /SENTENCE(?![^\s()"“”«»{}])/
ATLEAST.7: /atleast\d*(\/[^\s()"“”«»{}]*)?(?=\()|atleast\/\d+(?=\s+\()/i
_MINUS.7: /-(?=[^\s-])/
FIELD.6: /[A-Za-z][A-Za-z_]*:(?=[\s("“«]|$)/
PAIR.6: /[A-Za-z][A-Za-z_]*:[^\s()"“”«»{}]+/
WORD.5: /[^\s()"“”«»{}]+/

OPEN_QUOTE.1: /["“”«»]((?!\s+(AND|OR|NOT|O?NEAR|SENTENCE)\b)[^\n()"“”«»{}])*/
BRACE.1: /[{}]/

// What `vigie.query.scan` puts in place of the commas between the things of atleast; elsewhere they are part of a word.
_COMMA.9: "\x1f"

%ignore /[^\S\x1f]+/
%ignore COMMENT
"""


@cache
def parser() -> Lark:
    """The parser made of the grammar, built once."""
    return Lark(GRAMMAR, parser="lalr", lexer="basic", maybe_placeholders=False)

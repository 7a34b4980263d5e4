"""Cut a text into the words, tags and emoji that a query can name, with the place of each."""

import re
from typing import NamedTuple

from vigie.text.chars import fold, kind

TEXT_CAP = 100_000
"""Characters of a text that are searched, in the compiled matcher as in the reference: the rest is not looked at. About
17,000 words; the longest post of the networks we read is 5,000 characters, only articles come near."""


class Token(NamedTuple):
    """A word, tag or emoji.

    ``#Grève`` is one token with the sign ``#`` and the word ``greve``: a query may name it either way.

    Attributes:
        word: folded, without its sign.
        sign: ``#``, ``@``, ``$`` or empty.
        start, end: characters of the text it came from, sign included.
    """

    word: str
    sign: str
    start: int
    end: int


class _Kinds(dict[int, str]):
    """Kinds by code point, filled as they are met."""

    def __missing__(self, code: int) -> str:
        value = self[code] = kind(chr(code))
        return value


_KINDS = _Kinds()
_TOKEN = re.compile(r"(gm*)?(w[wm]*)|ff?|[es]")


def tokenise(text: str) -> list[Token]:
    """The tokens of the first `TEXT_CAP` characters, in order; a token's position is its place in the list.

    >>> [token.sign + token.word for token in tokenise("La #Grève, c'est ☕")]
    ['la', '#greve', 'c', 'est', '☕']
    """
    text = text[:TEXT_CAP]
    folding = not text.isascii()
    plain = text if folding else text.lower()
    tokens = []
    for match in _TOKEN.finditer(text.translate(_KINDS)):
        start, end = match.span()
        first, sign = match.start(2), ""
        if first < 0:
            first = start
        elif first > start:
            sign = fold(plain[start])
        word = plain[first:end]
        tokens.append(Token(fold(word) if folding else word, sign, start, end))
    return tokens

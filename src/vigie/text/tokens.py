"""Cut a text into the words, tags and emoji that a query can name, with the place of each."""

import re
from typing import NamedTuple

from vigie.text.chars import fold, kind

TEXT_CAP = 100_000
"""Characters of a text that are searched, in the compiled matcher as in the reference: the rest is not looked at. About
17,000 words; the longest post of the networks we read is 5,000 characters, only articles come near."""


class Token(NamedTuple):
    """A word, tag or emoji, or one character of a script without spaces.

    ``#Grève`` is one token with the sign ``#`` and the word ``greve``: a query may name it either way. So is ``👍🏽``,
    with the word ``👍`` and a tone.

    Attributes:
        word: folded, without its sign.
        sign: ``#``, ``@``, ``$`` or empty.
        start, end: characters of the text it came from, sign and tone included.
        tone: an emoji's skin tone, or empty.
    """

    word: str
    sign: str
    start: int
    end: int
    tone: str = ""


class _Kinds(dict[int, str]):
    """Kinds by code point, filled as they are met."""

    def __missing__(self, code: int) -> str:
        value = self[code] = kind(chr(code))
        return value


_KINDS = _Kinds()
_TOKEN = re.compile(r"(gm*)?(w[wm]*)|ff?|s|e(m*t)?")
_OPEN_KINDS = _Kinds({ord("*"): "*", ord("?"): "?"})
_OPEN_TOKEN = re.compile(r"(gm*)?([w*?][wm*?]*)|(?:ff?|s|e(m*t)?)\**")


def tokenise(text: str, *, wild: bool = False) -> list[Token]:
    """The tokens of the first `TEXT_CAP` characters, in order; a token's position is its place in the list.

    With ``wild``, for the words of a query, ``*`` and ``?`` are letters too and stand in the words as they are.

    >>> [token.sign + token.word for token in tokenise("La #Grève, c'est ☕")]
    ['la', '#greve', 'c', 'est', '☕']
    >>> [token.sign + token.word for token in tokenise("#gr?v* 咖啡", wild=True)]
    ['#gr?v*', '咖', '啡']
    """
    text = text[:TEXT_CAP]
    folding = not text.isascii()
    plain = text if folding else text.lower()
    kinds, pattern = (_OPEN_KINDS, _OPEN_TOKEN) if wild else (_KINDS, _TOKEN)
    tokens = []
    for match in pattern.finditer(text.translate(kinds)):
        start, end = match.span()
        first, sign = match.start(2), ""
        if first < 0:
            first = start
        elif first > start:
            sign = fold(plain[start])
        word = plain[first:end]
        if folding:
            word = fold(word)
        if match.end(3) < 0:
            tokens.append(Token(word, sign, start, end))
        else:
            tone = text[match.end(3) - 1]
            tokens.append(Token(word.replace(tone, "", 1), sign, start, end, tone))
    return tokens

"""Undo what hides a word from a reader's machine: look-alike letters, letters in costume, gaps of no width."""

import re
import unicodedata

# What may disguise a word: letters that a Latin reader cannot tell from theirs, enclosed, wide and mathematical ones,
# and the gap of no width. Ordinary French and English text holds none, so that looking is all it costs.
_SUSPECT = re.compile(
    "[\u0370-\u03ff\u0400-\u052f\u0561-\u0587\u1d00-\u1d7f\u200b\u2100-\u214f\u2460-\u24ff\uff01-\uff5e"
    "\U0001d400-\U0001d7ff\U0001f110-\U0001f189]"
)
_GAP = re.compile("(?<=[A-Za-z\u00c0-\u052f])\u200b+(?=[A-Za-z\u00c0-\u052f])")
_JOINER = "\u2060"
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u200c-\u200f\u2060])*")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u0561-\u0587]")

# Written for Vigie after the shapes of the letters in ordinary fonts: Cyrillic, Greek, Armenian. The second table has
# those that pass only among Latin letters.
_TWINS = (
    "аa сc еe іi јj оo рp ѕs хx уy һh ԁd ԛq ԝw ѵv ӏl "
    "АA ВB СC ЕE НH ІI ЈJ КK МM ОO РP ЅS ТT ХX УY ԚQ ԜW ѴV "
    "αa γy ιi κk νv οo ρp χx ϲc ϳj "
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC "
    "օo սu հh"
)
_LIKE = "вb бb кk мm нh тt гr пn иu ьb βb εe ηn τt υu ωw ոn ցg զq յj"
_TWIN = {ord(pair[0]): pair[1] for pair in _TWINS.split()}
_LOOK_ALIKES = _TWIN | {ord(pair[0]): pair[1] for pair in _LIKE.split()}
_FEWEST = 3
"""Letters of a word wholly in look-alikes before it is taken for a disguise: ``ο`` or ``ρ`` alone is a symbol."""


class _Plain(dict[int, str]):
    """Each letter in costume as the letter it is, filled as they are met; others as themselves."""

    def __missing__(self, code: int) -> str:
        value = self[code] = _plain(chr(code))
        return value


def _plain(char: str) -> str:
    if char < "\u0250":
        return char
    if "\U0001f150" <= char <= "\U0001f169":
        return chr(ord("A") + ord(char) - 0x1F150)
    if "\U0001f170" <= char <= "\U0001f189":
        return chr(ord("A") + ord(char) - 0x1F170)
    whole = unicodedata.normalize("NFKC", char)
    return whole if len(whole) == 1 and whole.isascii() and whole.isalnum() else char


_PLAIN = _Plain()


def clear(text: str) -> str:
    r"""The text as a person reads it. Each character stays where it is: what is found here is there in the text.

    A word that mixes Latin letters with their look-alikes is Latin; so is one wholly in look-alikes where no other
    word needs that script. A gap of no width inside a word becomes a joiner, which `tokenise` passes over.

    >>> clear("𝓰𝓪𝓻𝓪𝓷𝓽𝓲, gаrаnti, ⓖⓐⓡⓐⓝⓣⓘ, Москва")
    'garanti, garanti, garanti, Москва'
    >>> clear("g\u200baranti") == "g\u2060aranti"
    True
    """
    if text.isascii() or not _SUSPECT.search(text):
        return text
    plain = _GAP.sub(lambda gap: _JOINER * len(gap[0]), text.translate(_PLAIN))
    if not _FOREIGN.search(plain):
        return plain
    words = [found for found in _WORD.finditer(plain) if _FOREIGN.search(found[0])]
    spoken = any(_whole(found[0]) and not _twin(found[0]) for found in words)
    pieces: list[str] = []
    last = 0
    for found in words:
        word = found[0]
        if (not spoken and len(word) >= _FEWEST and _twin(word)) if _whole(word) else _mixed(word):
            pieces += (plain[last : found.start()], word.translate(_LOOK_ALIKES))
            last = found.end()
    return "".join((*pieces, plain[last:]))


def _whole(word: str) -> bool:
    """Whether a word has no Latin letter at all."""
    return not any(char.isalpha() and char < "\u0250" for char in word)


def _twin(word: str) -> bool:
    return all(ord(char) in _TWIN for char in word)


def _mixed(word: str) -> bool:
    """Whether each letter is Latin or looks so."""
    return all(ord(char) in _LOOK_ALIKES or not _FOREIGN.match(char) for char in word)

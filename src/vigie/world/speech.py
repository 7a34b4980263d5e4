"""Makes sentences: fits phrases together, sets them as the language wants, and gives each person a way of writing."""

import re
from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

from vigie.world.chance import Chance, happens
from vigie.world.phrases import (
    english_around,
    english_house,
    english_life,
    english_storm,
    english_words,
    french_around,
    french_house,
    french_life,
    french_storm,
    french_words,
)

_Template: TypeAlias = tuple[str, ...]
"""Literal text and names of slots by turns, text first."""

Values: TypeAlias = Mapping[str, str]
"""What slots stand for at this moment, before the banks are asked: the hour, the account's handle on this network."""

_SLOT = re.compile(r"\{(\w+)\}")


class Voice(Struct, frozen=True):
    """How somebody writes. Shares are probabilities for one post."""

    small_letters: bool = False
    no_accents: bool = False
    typos: float = 0.0
    no_full_stop: bool = False
    emoji: float = 0.0
    stretched: float = 0.0


PLAIN = Voice()
"""Papers, and the house."""

_BEFORE_A_SENTENCE = ("well", "o_hello")
_GOES_ON = "\x01"
"""Stands after an opening: the sentence that follows does not begin anew when the opening ends with a comma."""


def _compiled(*banks: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[_Template, ...]]:
    compiled = {
        name: tuple(tuple(_SLOT.split(text)) for text in texts) for bank in banks for name, texts in bank.items()
    }
    for name in _BEFORE_A_SENTENCE:
        compiled[name] = tuple((*template[:-1], template[-1] + _GOES_ON) for template in compiled[name])
    return compiled


_BANKS = {
    "fr": _compiled(french_words.WORDS, french_house.HOUSE, french_around.AROUND, french_storm.STORM, french_life.LIFE),
    "en": _compiled(
        english_words.WORDS, english_house.HOUSE, english_around.AROUND, english_storm.STORM, english_life.LIFE
    ),
}
SEASONS = {"fr": french_words.SEASON, "en": english_words.SEASON}


def knows(lang: str, name: str) -> bool:
    """True when people say such things in that language."""
    return name in _BANKS[lang]


def say(chance: Chance, lang: str, name: str, values: Values, voice: Voice = PLAIN) -> str:
    """One thing of that name (``praise``, ``outrage``), as that voice writes it."""
    words = _set(_filled(chance, _BANKS[lang], name, values), lang)
    return words if voice is PLAIN else _voiced(chance, words, lang, voice)


def _filled(chance: Chance, bank: Mapping[str, tuple[_Template, ...]], name: str, values: Values) -> str:
    if name in values:
        return values[name]
    template = chance.choice(bank[name])
    if len(template) == 1:
        return template[0]
    parts = [part if at % 2 == 0 else _filled(chance, bank, part, values) for at, part in enumerate(template)]
    return "".join(parts)


_OPENING = re.compile(rf"([,:\w!.]){_GOES_ON} *(\S+)")
_NAMES = re.compile(
    r"(?:I\b|[A-ZÀ-Ü][a-zà-ü]+day|Br[uû]lerie|Cafés|Maison|Courlis|Tanguy|Odile|Christmas|Captcha|[A-Z]{2})"
)
_SPACES = re.compile(r"\s{2,}")
_BEFORE_STOP = re.compile(r"\s+(?=[.,])")
_TWICE = re.compile(r"([.!?…])(?:\s*[.])+")
_SENTENCE = re.compile(r"(?:^|(?<=[.!?…] ))[a-zàâçéèêëîïôùûœ](?!(?:dr|tdr|ol|mao|eh|aha|ihi)\b)")
_CONTRACTIONS = (
    (re.compile(r"\b([Dd])e les (?=\w)"), r"\1es "),
    (re.compile(r"\b([Dd])e le (?=\w)"), r"\1u "),
    (re.compile(r"(?<!\w)([Àà]) les (?=\w)"), "aux "),
    (re.compile(r"(?<!\w)([Àà]) le (?=\w)"), "au "),
    (re.compile(r"\b([Dd])e (?=[aeiouéèêâîôûAEIOUÉÈÊ])"), r"\1'"),
    (re.compile(r"\b([Qq]u)e (?=[aeiouéèêâîôûAEIOUÉÈÊ])"), r"\1'"),
)


def _going_on(found: re.Match[str]) -> str:
    end, word = found[1], found[2]
    if end in ".!" or _NAMES.match(word):
        return f"{end} {word}"
    return f"{end} {word[:1].lower()}{word[1:]}"


def _set(words: str, lang: str) -> str:
    words = _OPENING.sub(_going_on, words)
    words = _BEFORE_STOP.sub("", _SPACES.sub(" ", words)).strip()
    words = _TWICE.sub(r"\1", words)
    if lang == "fr":
        for pattern, put in _CONTRACTIONS:
            words = pattern.sub(put, words)
    return _SENTENCE.sub(lambda found: found[0].upper(), words)


_ACCENTS = str.maketrans("àâäçéèêëîïôöùûüÀÂÇÉÈÊËÎÏÔÙÛ", "aaaceeeeiioouuuAACEEEEIIOUU")
_WORD = re.compile(r"(?<![\w#@/.])[a-zàâçéèêëîïôùûœ]{5,}(?![\w@/])")
_SHORT = {
    "fr": (
        ("quelqu'un", "qqun"),
        ("beaucoup", "bcp"),
        ("toujours", "tjrs"),
        ("c'est", "c'est"),
        ("je ne ", "je "),
        ("pourquoi", "pk"),
    ),
    "en": (("you", "u"), ("because", "bc"), ("really", "rly"), ("people", "ppl"), ("please", "pls")),
}


def _voiced(chance: Chance, words: str, lang: str, voice: Voice) -> str:
    if voice.typos and happens(chance, voice.typos):
        words = _mistyped(chance, words)
    if voice.small_letters:
        words = " ".join(word if word[:1] in "#@" or "://" in word else word.lower() for word in words.split(" "))
        if happens(chance, 0.3):
            for long, short in _SHORT[lang]:
                words = re.sub(rf"\b{long}\b", short, words) if long.strip() == long else words.replace(long, short)
    if voice.no_accents and lang == "fr":
        words = words.translate(_ACCENTS)
    if voice.stretched and happens(chance, voice.stretched):
        words = re.sub(r"\b(tr)(o)(p)\b|\b(s)(o)()\b", lambda f: f[0].replace("o", "ooo"), words, count=1)
        words = words.replace("!", "!!!", 1)
    if voice.no_full_stop and words.endswith("."):
        words = words[:-1]
    if voice.emoji and happens(chance, voice.emoji):
        words += " " + chance.choice(("🙂", "☕", "😊", "✌️", "🌊", "🙌", "😬", "🫶", "👋", "🐟"))
    return words


def _mistyped(chance: Chance, words: str) -> str:
    found = [one.span() for one in _WORD.finditer(words)]
    if not found:
        return words
    start, end = chance.choice(found)
    at = chance.randint(start + 1, end - 3)
    match chance.randint(0, 2):
        case 0:
            return words[:at] + words[at + 1] + words[at] + words[at + 2 :]  # two letters swapped
        case 1:
            return words[:at] + words[at + 1 :]  # one forgotten
        case _:
            return words[:at] + words[at] + words[at:]  # one twice

"""A post that is unlike the channel: its language, its voice, its subjects. A small score, added up from signs."""

import re
from collections.abc import Iterator, Sequence
from math import prod
from typing import NamedTuple

from vigie.charter import Channel
from vigie.checks.check import Options as AnyOptions
from vigie.checks.reading import Hit, Reading, within
from vigie.model import Finding, Span
from vigie.query.evaluate import merged
from vigie.text import Token, tokenise

_FRENCH_WORDS = """
    le la les des du une et est sont dans pour avec nous vous notre nos votre vos que qui sur pas ce cette ces il elle
    je au aux ou par plus mais chez leur ses son sa aussi tout toute tous
"""
_ENGLISH_WORDS = """
    the and is are of to in for with we you our your that this it at be have has was were will can not from they my what
    there here next all out if see so by who how more just when been get
"""
_FRENCH, _ENGLISH = frozenset(_FRENCH_WORDS.split()), frozenset(_ENGLISH_WORDS.split())
"""Words that are of one language and not of the other."""
_READ = 500
"""Words of a post that are read: what is longer was not typed by mistake."""
_LEAST_WORDS = 3
"""Words of another language, outside quotation marks, from which a post is written in it."""
_MOSTLY = 3
"""How many times as many as of the channel's own."""

_I = {"fr": frozenset(("je",)), "en": frozenset(("i", "im", "ive"))}
_MY = {"fr": frozenset(("mon", "ma", "mes", "moi", "me")), "en": frozenset(("my", "me", "mine", "myself"))}
_WE = frozenset(("nous", "notre", "nos", "we", "our", "us"))
# "World War I", "Elizabeth I".
_RANK = re.compile(r"(?:war|part|phase|volume|tome|type|grade|act|elizabeth|charles|napoleon)\s\Z", re.IGNORECASE)
# Who signs with a name speaks for the house.
_SIGNED = re.compile(r"[.!?…]\s+[—–/^~-]?\s?[A-ZÉÈÎ][\w-]+\.?\s*\Z")
# 'I never' he said: quotation marks that are straight and single, as English has them.
_SINGLE = re.compile(r"(?<!\w)'(?=\w)[^\n]{4,400}?(?<=[\w.,!?…])'(?!\w)")

_AT_HOME = {
    "match": "match club equipe joueu hand foot rugby basket sport tournoi regatt row league stade licence team train",
    "screen": "jeu game gaming cinema serie film television studio stream",
    "hobby": "recette recipe cuisine cook restaurant boulang bak traiteur epicerie grocer tricot knit mercerie laine "
    "yarn jardin garden pepinier randonn hik voyage travel camping musi guitar potager",
    "love": "sante health sport fitness nutrition dietet astrolog rencontre dating",
    "drink": "bar pub brasserie brewer biere beer cave vin wine cocktail distill",
    "politics": "parti party elu campagne campaign",
    "views": "parti party elu campagne campaign",
    "family": "creche nursery ecole school famil parent enfan child animal veterin vet pet",
    "market": "annonce immobilier estate location occasion brocante second recycle",
}
"""By pattern, beginnings of words by which a channel whose purpose or posts hold one is about that."""

_YOU = frozenset(("tu", "t", "ton", "ta", "tes", "toi"))
"""A friend spoken to, where the channel calls its readers vous."""
# How a post ends: with a mark, an emoji, a tag, a handle or an address; a message to a friend just stops.
_CLOSED = re.compile(r"(?:[^\w\s]|[#@]\w+|\w\.\w+(?:/\S*)?)\s*\Z")
# What is of use to a reader: a figure, an address, a list.
_TELLS = re.compile(r"\d|https?://|\w[:;]\s|\s[:;]\s|#\w")
_TO_READERS_WORDS = """
    nous notre nos we our us vous votre vos you your yours lundi mardi mercredi jeudi vendredi samedi dimanche
    monday tuesday wednesday thursday friday saturday sunday
"""
_TO_READERS = frozenset(_TO_READERS_WORDS.split())
# Letters drawn out, marks in rows, faces that laugh or cry.
_LOUD = re.compile(r"([^\W\d_])\1\1|[!?]{2}|[😂🤣😭🙄😳😱🥴🍻🍷🤮😡🤬😴🥳]")

_WEIGHTS = {
    "voice": 0.6,  # says I where the channel says we
    "i": 0.35,  # says I where it may, or signs
    "my": 0.35,
    "you": 0.4,  # calls its reader by a friend's you
    "small": 0.3,  # begins with a small letter, as no post before
    "open": 0.3,  # stops without a mark, as no post before
    "loud": 0.2,
    "bare": 0.3,  # no figure, link, list, day, we or you
    "stranger": 0.2,  # no word of the channel's purpose and last posts
}
_SPEAK, _WARN = 0.5, 0.6
"""From which score it says so, and from which it asks for a look."""
_OURS = 0.6
"""What is left of the score where the post says we: it speaks for the house all the same."""
_TELLING = 4
"""Letters of a word from which it tells what a post is about."""
_FEW = 7
"""Words under which nothing is made of the subjects that a post shares with those before it."""


class Options(AnyOptions, frozen=True, kw_only=True):
    """What the charter may say of this check.

    Attributes:
        least: the score, 0 to 1, from which it says something.
    """

    least: float = _SPEAK


class _Sign(NamedTuple):
    """One thing seen: its kind, its weight, where it stands."""

    code: str
    weight: float
    spans: tuple[Span, ...] = ()


def look(reading: Reading, options: Options) -> Iterator[Finding]:
    """That the language is not the channel's; else that the post is unlike it, with what tells so."""
    channel = reading.channel
    # A reply follows whom it answers: the language and the tone are theirs.
    if channel is None or reading.is_reply or not reading.text.strip():
        return
    quoted = tuple(Span(*one.span()) for one in _SINGLE.finditer(reading.text)) if "'" in reading.text else ()
    said = [
        token
        for token in reading.tokens[:_READ]
        if not reading.quoted(_span(token)) and not within(_span(token), quoted)
    ]
    if spoken := _other_language(reading, channel, said):
        values: dict[str, str | int] = {"language": spoken, "channel": channel.id}
        yield Finding("wrong-account", "warn", "checks.wrong-account.language", values=values, sureness=0.9)
        return
    hits = reading.hits("wrong-account")
    if any(hit.pattern.code == "own" for hit in hits):
        return
    known = _known(reading, channel)
    signs = [*_topics(hits, known, quoted, reading), *_voice(reading, channel, said), *_manner(reading, said, known)]
    score = 1 - prod(1 - sign.weight for sign in signs)
    if any(token.word in _WE for token in said):
        score *= _OURS
    if score < options.least:
        return
    strongest = max(signs, key=lambda sign: sign.weight)
    spans = merged(span for sign in signs for span in sign.spans)
    yield Finding(
        "wrong-account",
        "warn" if score >= _WARN else "note",
        f"checks.wrong-account.{strongest.code}",
        spans,
        values={"channel": channel.id},
        sureness=round(score, 2),
    )


def _other_language(reading: Reading, channel: Channel, said: Sequence[Token]) -> str:
    """The language of the draft where it is none of the channel's; else empty."""
    ours = channel.languages
    if not ours:
        return ""
    french = sum(token.word in _FRENCH for token in said)
    english = sum(token.word in _ENGLISH for token in said)
    if french >= _LEAST_WORDS and french >= _MOSTLY * english:
        return "" if "fr" in ours else "fr"
    if english >= _LEAST_WORDS and english >= _MOSTLY * french:
        return "" if "en" in ours else "en"
    spoken = reading.draft.language
    theirs, mine = (french, english) if spoken == "fr" else (english, french)
    if spoken in {"fr", "en"} and spoken not in ours and theirs > 0 == mine:
        return spoken
    foreign = spoken and spoken not in ours and spoken not in {"fr", "en"} and len(said) >= _FEW
    return spoken if foreign else ""


def _topics(hits: Sequence[Hit], known: frozenset[str], quoted: Sequence[Span], reading: Reading) -> Iterator[_Sign]:
    for hit in hits:
        spans = tuple(span for span in hit.spans if not reading.quoted(span) and not within(span, quoted))
        if spans and not _at_home(hit.pattern.id, known):
            yield _Sign(hit.pattern.code, hit.pattern.sureness, spans)


def _voice(reading: Reading, channel: Channel, said: Sequence[Token]) -> Iterator[_Sign]:
    """Somebody who says I where the channel says we, or of whom nobody knows."""
    language = reading.language if reading.language in _I else "fr" if "fr" in channel.languages else "en"
    me = tuple(_span(token) for token in said if _is_i(token, language, reading.text))
    mine = tuple(_span(token) for token in said if token.word in _MY[language] and not token.sign)
    plural = channel.voice == "we" or (not channel.voice and _says_we(reading))
    if channel.voice == "i":
        return
    code = "voice" if plural else "private"
    if me:
        named = reading.is_reply or _SIGNED.search(reading.text)
        yield _Sign(code, _WEIGHTS["voice" if plural and not named else "i"], me)
    if mine:
        yield _Sign(code, 0.0 if reading.is_reply else _WEIGHTS["my"], mine)


def _is_i(token: Token, language: str, text: str) -> bool:
    if token.sign:
        return False
    if language == "fr" and token.word == "j":
        return text[token.end : token.end + 1] in {"'", "\u2019"}
    return token.word in _I[language] and not _RANK.search(text[max(token.start - 12, 0) : token.start])


def _says_we(reading: Reading) -> bool:
    """Whether the channel's last posts say we, and never I."""
    words = [{token.word for token in tokenise(post.text)} for post in reading.facts.recent]
    return any(said & _WE for said in words) and not any(said & (_I["fr"] | _I["en"]) for said in words)


def _manner(reading: Reading, said: Sequence[Token], known: frozenset[str]) -> Iterator[_Sign]:
    """Written as one writes to friends, or of things that the channel never named."""
    recent = reading.facts.recent
    if not reading.is_reply and reading.language == "fr":
        you = tuple(_span(token) for token in said if token.word in _YOU and not token.sign)
        if you and not any(token.word in _YOU for post in recent for token in tokenise(post.text)):
            yield _Sign("register", _WEIGHTS["you"], you)
    if _LOUD.search(reading.text) and not any(_LOUD.search(post.text) for post in recent):
        yield _Sign("register", _WEIGHTS["loud"])
    if not (_CLOSED.search(reading.text) or _SIGNED.search(reading.text)) and any(
        _CLOSED.search(post.text) for post in recent
    ):
        yield _Sign("register", _WEIGHTS["open"])
    first = reading.text.lstrip()[:1]
    if first.islower() and any(post.text[:1].isupper() for post in recent):
        yield _Sign("register", _WEIGHTS["small"])
    if not _TELLS.search(reading.text) and not any(token.word in _TO_READERS for token in said):
        yield _Sign("register", _WEIGHTS["bare"])
    if len(said) >= _FEW and known and not any(token.word in known for token in said if len(token.word) >= _TELLING):
        yield _Sign("leisure", _WEIGHTS["stranger"])


def _known(reading: Reading, channel: Channel) -> frozenset[str]:
    """Words of the channel's purpose and last posts."""
    texts = (channel.purpose, *(post.text for post in reading.facts.recent))
    return frozenset(token.word for text in texts for token in tokenise(text))


def _at_home(pattern: str, known: frozenset[str]) -> bool:
    begun = _AT_HOME.get(pattern, "").split()
    return any(word.startswith(one) for one in begun for word in known)


def _span(token: Token) -> Span:
    return Span(token.start, token.end)

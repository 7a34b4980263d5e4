"""Self-centred: a text of some length in which the company speaks of itself, and to nobody."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from vigie.checks.check import Options as AnyOptions
from vigie.checks.reading import MOST_PLACES, Reading
from vigie.model import Finding, Span
from vigie.text import Token, fold, tokenise

_ID = "self-centred"
_OURSELVES = frozenset(("we", "us", "our", "ours", "ourselves", "nous", "notre", "nos", "notres"))
_PERSON = frozenset(("i", "me", "my", "je", "j", "moi", "mon", "ma", "mes", "on"))
"""They say that one speaks of oneself only beside ``we``."""
_OURS = re.compile(r"\b(?:we|us|our|ours|nous|notre|nos)\b")
_READERS = re.compile(r"\b(?:you|yours?|yoursel\w+|u|ur|vous|v[oô]tres?|vos|tu|toi|te|ton|tes)\b|\bt['’]")
_ITS = frozenset(("its", "their", "his", "her", "son", "sa", "ses", "leur", "leurs", "il", "elle", "it"))
_HOUSES = frozenset(
    word
    for line in (
        "company firm business museum council club group trust hospital bank school university theatre federation",
        "association foundation society agency brand studio team organisation organization board department office",
        "entreprise societe maison groupe musee mairie ville conseil club fondation hopital banque ecole universite",
        "theatre federation association agence marque studio",
        "equipe organisation direction mutuelle cooperative institution",
        "etablissement compagnie comite region metropole departement siege",
    )
    for word in line.split()
)
"""What a house calls itself when it speaks of itself as of another."""
_WRITTEN = (*sorted(_HOUSES), "société", "musée", "théâtre", "fédération", "équipe", "université", "coopérative",
            "région", "métropole", "département", "comité", "siège", "école", "hôpital", "établissement")  # fmt: skip
_OPENS = frozenset(("the", "le", "la", "l", "les"))
_USEFUL = re.compile(
    r"\?|https?://|@\w|\b\d{1,2}\s?(?:h\b|h\d\d|:\d\d|am\b|pm\b|heures)|\b\d[\d.,]{0,12}\s?(?:€|£|\$)|[€£$]\s?\d"
    r"|\b0\d(?:[ .]\d\d){4}"
)
"""A question, an address, an hour, a price: something for a reader."""
_BEGINNING = 9
"""Words among which a house that speaks of itself as of another is named."""
_REFRAIN = 3
"""Words for us, or of pride, from which a text is about us."""
_NEUTRAL = 8
"""Words of a sentence without subject or object of ours that is passed over: "Big day. New logo." """


class Options(AnyOptions, frozen=True, kw_only=True):
    """What the charter may say of this check.

    Attributes:
        least_words: shorter texts are let be.
        share: part of the sentences that are about us, from which the text is.
    """

    least_words: int = 12
    share: float = 0.65


def look(reading: Reading, options: Options) -> Iterator[Finding]:
    """One finding for the whole text, on the words that say ``we``."""
    text = reading.text
    if reading.is_reply or len(text) < options.least_words * 3:
        return
    name = _name(reading)
    low = text.lower()
    if not (name or _OURS.search(low) or _housed(low[: _BEGINNING * 10])):
        return
    if _READERS.search(low) or _USEFUL.search(low):
        return
    tokens = reading.tokens
    if len(tokens) <= options.least_words:
        return
    ours = [token for token in tokens if token.word in _OURSELVES or token.word in name] or _as_of_another(tokens)
    if any(token.word in ("nous", "notre", "nos") for token in ours):
        starts = {token.start for token in ours}
        ours = [token for token in tokens if token.start in starts or token.word == "on"]
    if not ours:
        return
    hits = reading.hits(_ID)
    if any(hit.pattern.id != "proud" for hit in hits):
        return
    refrain = len(ours) + sum(len(hit.spans) for hit in hits)
    share = _share(reading, ours, tokens)
    if refrain >= _REFRAIN and (share >= options.share or (refrain > _REFRAIN and share >= options.share - 0.2)):
        spans = tuple(Span(token.start, token.end) for token in ours[:MOST_PLACES])
        yield Finding(_ID, "warn", f"checks.{_ID}.only_us", spans)


def _start(token: Token) -> int:
    return token.start


def _housed(beginning: str) -> bool:
    """Whether a house may be named there: asked before the words are told apart."""
    return any(word in beginning for word in _WRITTEN)


def _share(reading: Reading, ours: Sequence[Token], tokens: Sequence[Token]) -> float:
    """Of the sentences that say something, the part that is about us; a personal word helps where we are there too."""
    starts = {token.start for token in ours}
    about = total = at = 0
    for sentence in reading.sentences:
        begin = bisect_left(tokens, sentence.start, at, key=_start)
        at = bisect_left(tokens, sentence.end, begin, key=_start)
        words = tokens[begin:at]
        mine = any(token.start in starts or token.word in _PERSON for token in words)
        if mine or len(words) > _NEUTRAL:
            total += 1
            about += mine
    return about / total if total else 0.0


def _as_of_another(tokens: Sequence[Token]) -> list[Token]:
    """``The council … its …``: the house named as another would name it, and what is its own."""
    first = tokens[:_BEGINNING]
    named = any(
        one.word in _OPENS and any(two.word in _HOUSES for two in first[number + 1 : number + 5])
        for number, one in enumerate(first)
    )
    if not named:
        return []
    its = [token for token in tokens if token.word in _ITS]
    again = [token for token in tokens if token.word in _HOUSES]
    return sorted({*its, *again}) if len(its) > 1 else []


def _name(reading: Reading) -> frozenset[str]:
    """The words of the company's name that stand for it alone."""
    if reading.charter is None:
        return frozenset()
    words = [token.word for token in tokenise(fold(reading.charter.company.name))]
    return frozenset(words) if len(words) == 1 else frozenset()

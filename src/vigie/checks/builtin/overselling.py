"""Overselling: telling people to buy, pressing them, praising oneself; and selling in too many of a channel's posts."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice

from vigie.checks.check import Options as AnyOptions
from vigie.checks.denial import asked, meant
from vigie.checks.patterns import LANGUAGES, patterns
from vigie.checks.reading import MOST_PLACES, Reading
from vigie.model import Author, Finding, Post, Span
from vigie.query.document import Document
from vigie.query.narrow import Narrowed
from vigie.query.shelf import Texts

_ID = "overselling"
_SIGNS = re.compile("[€£$%]|[0-9] ?(?:euro|pound|quid)", re.IGNORECASE)
_AMOUNT = r"(?:[€£$]\s?\d[\d.,]{0,12}|\d[\d.,]{0,12}\s?(?:€|£|\$|euros?\b|pounds?\b|quid\b))"
_REDUCED = re.compile(
    r"(?<![\w.,])[-–−]\s?\d{1,2}\s?%(?!\s?(?:de |d'|d’|of ))|\b(?:moins|jusqu'à|jusqu’à|up to)\s\d{1,2}\s?%"
    r"|\b\d{1,2}\s?%\s?(?:off\b|de (?:réduction|reduction|remise|rabais)|discount|extra free|offerts?\b)"
    r"|\b\d{1,2}\s?%\s?(?:moins cher|cheaper)"
    rf"|{_AMOUNT}\s?(?:off\b|de (?:réduction|remise)|offerts?\b|cheaper|moins cher|reward\b|cashback\b|bonus\b)"
    rf"|\b(?:save|économisez|gagnez|pocket)\s{_AMOUNT}",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:only|just|now|from|from just|under|for just|seulement|à partir de|a partir de|à moins de|a moins de|"
    r"dès|pour seulement|à seulement|"
    rf"maintenant à|plus que|our)\s{_AMOUNT}"
    rf"|{_AMOUNT}\s?(?:only\b|seulement|au lieu de|instead of|par mois|/\s?mois|a month|per month|pièce|each\b)",
    re.IGNORECASE,
)
_ANY_PRICE = re.compile(_AMOUNT, re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:tarifs?|entrée|entry|admission|fees?|deposit|caution|loyer|rent|budget|salaire|amende|fine|don|dons|donation|"
    r"donné|raised|récolt|collect|refund|rembours|facture|bills?|invoice|costs?|coût|coûte|price of|prix d|augment|"
    r"because|parce|car|arnaque|scam|fraud|per hour|an hour|heure|subvention|grant|funding|loss|perte|bénéfice|profit|"
    r"chiffre|rises?|million|millier|thousand|milliard|billion|bn|tax|taxe|impôt|wage|salary|worth|prize|lot|taux|rate)",
    re.IGNORECASE,
)
"""Beside them a price is told, not shouted."""
_PRESENTED = re.compile(
    r"\b(?:new|our|treat|gifts?|presents?|special|perfect|tiny|nouve\w+|notre|nos|cadeaux?|spécial\w*|parfait\w*|idéal\w*)\b",
    re.IGNORECASE,
)
"""Beside them it is shown off."""
_SHOUTED = re.compile(r"!\s?!\s?!|(?:\b[A-ZÀ-Ý]{3,}\b[ ,'’]*){3}")


class Options(AnyOptions, frozen=True, kw_only=True):
    """What the charter may say of this check.

    Attributes:
        last: how many of the channel's posts its share of selling is taken over, the draft included.
    """

    last: int = 20


def look(reading: Reading, options: Options) -> Iterator[Finding]:
    """What presses in the draft; then whether the channel sells too often."""
    found: list[Finding] = []
    for hit, spans in meant(reading, reading.hits(_ID)):
        if hit.pattern.code == "praise" and all(asked(reading, one) for one in spans):
            continue
        if not (reading.is_reply and hit.pattern.code == "offer"):
            found.append(_finding(hit.pattern.code, spans, hit.pattern.id))
    if not reading.is_reply and _SIGNS.search(reading.text):
        found += _figures(reading, found)
    if found and (shout := _SHOUTED.search(reading.text)):
        found.append(_finding("shout", (Span(*shout.span()),), "shout"))
    yield from found
    channel = reading.channel
    if channel and channel.selling_at_most is not None and not reading.is_reply:
        yield from _share(reading, channel.selling_at_most, options.last, pushes=bool(found))


def _figures(reading: Reading, found: list[Finding]) -> Iterator[Finding]:
    for pattern, code in ((_REDUCED, "offer"), (_PRICE, "price")):
        spans = tuple(Span(*one.span()) for one in islice(pattern.finditer(reading.text), MOST_PLACES))
        if spans := tuple(one for one in spans if not reading.quoted(one)):
            found = [*found, _finding(code, spans, code)]
            yield found[-1]
    price = None if found or _TOLD.search(reading.text) else _ANY_PRICE.search(reading.text)
    shown = price and (_PRESENTED.search(reading.text) or _sold(reading.text, reading.language))
    if price and shown and not reading.quoted(span := Span(*price.span())):
        yield _finding("price", (span,), "bare")


def _finding(code: str, spans: tuple[Span, ...], pattern: str) -> Finding:
    return Finding(_ID, "warn", f"checks.{_ID}.{code}", spans, pattern=pattern)


def _share(reading: Reading, at_most: int, last: int, *, pushes: bool) -> Iterator[Finding]:
    """Speaks of a draft that sells, when it and the posts before it sell more often than agreed."""
    if not (pushes or sells(reading.text, reading.language)):
        return
    before = [post for post in reading.facts.recent if not post.reply_to][: last - 1]
    selling = 1 + sum(sells(post.text, reading.language) for post in before)
    total = 1 + len(before)
    if selling * 100 > at_most * total and (selling > 1 or not at_most):
        values: dict[str, str | int] = {"selling": selling, "total": total, "limit": at_most}
        yield Finding(_ID, "warn", f"checks.{_ID}.share", part="draft", pattern="share", values=values)


@lru_cache(4096)
def sells(text: str, language: str) -> bool:
    """Whether a post sells something, pressing or not: what a channel's share is counted by."""
    return bool(_REDUCED.search(text) or _ANY_PRICE.search(text)) or _sold(text, language)


def _sold(text: str, language: str) -> bool:
    document = Document(Post("", "", Author(""), text, 0))
    asked_for = (key for key, spoken in _keys().items() if not language or spoken == language)
    return any(_queries().spans(key, document) for key in asked_for)


@cache
def _keys() -> Mapping[str, str]:
    """The language of each query that tells a post that sells."""
    return {key: key.rpartition("/")[2] for key in _texts()}


@cache
def _queries() -> Narrowed:
    return Narrowed(Texts(_texts()))


@cache
def _texts() -> Mapping[str, str]:
    return {
        f"{one.id}/{language}": text
        for one in (*patterns("selling"), *patterns(_ID))
        for language in LANGUAGES
        if (text := one.query(language))
    }

"""Numbers, dates, hours and durations, written as each language writes them."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from vigie.model import Millis
from vigie.wording.typography import HARD

LANGS = ("fr", "en")

_LOCALES = {"fr": Locale("fr", "FR"), "en": Locale("en", "GB")}
_WEEK = 7  # days; from then on hours say nothing
_SECOND, _MINUTE, _HOUR, _DAY = 1_000, 60_000, 3_600_000, 86_400_000


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def moment(ms: Millis, tz: str) -> datetime:
    """An instant on the wall clock of a place."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(_zone(tz))


def number(value: float, lang: str, digits: int = 1) -> str:
    """``12 403``, ``2,1``; at most ``digits`` after the comma."""
    pattern = "#,##0" if isinstance(value, int) else "#,##0." + "#" * digits
    return format_decimal(value, format=pattern, locale=_LOCALES[lang])


def date(ms: Millis, tz: str, lang: str) -> str:
    """``12 novembre 2026``, ``12 November 2026``."""
    return _first(format_date(moment(ms, tz), "d MMMM y", locale=_LOCALES[lang]), lang)


def day(ms: Millis, tz: str, lang: str) -> str:
    """``jeudi 12 novembre``, ``Thursday 12 November``."""
    return _first(format_date(moment(ms, tz), "EEEE d MMMM", locale=_LOCALES[lang]), lang)


def short_day(ms: Millis, tz: str, lang: str) -> str:
    """``12 nov.``, ``12 Nov``."""
    return _first(format_date(moment(ms, tz), "d MMM", locale=_LOCALES[lang]), lang)


def time(ms: Millis, tz: str, lang: str) -> str:
    """``22 h 47`` in a sentence, ``22:47`` in English."""
    at = moment(ms, tz)
    return f"{at.hour}{HARD}h{HARD}{at.minute:02}" if lang == "fr" else f"{at.hour:02}:{at.minute:02}"


def gutter(ms: Millis, tz: str, lang: str) -> str:
    """``22h47`` beside a row, ``22:47`` in English."""
    at = moment(ms, tz)
    return f"{at.hour:02}h{at.minute:02}" if lang == "fr" else f"{at.hour:02}:{at.minute:02}"


def duration(ms: Millis, lang: str) -> str:
    """The largest unit, and the next one below it from the hour on: ``2 s``, ``25 min``, ``1 h 12``, ``3 j 4 h``."""
    fr = lang == "fr"
    if ms < _MINUTE:
        return f"{ms // _SECOND}{HARD}s"
    if ms < _HOUR:
        return f"{ms // _MINUTE}{HARD}min"
    if ms < _DAY:
        hours, minutes = divmod(ms // _MINUTE, 60)
        tail = "" if not minutes else f"{HARD}{minutes:02}" if fr else f"{HARD}{minutes:02}{HARD}min"
        return f"{hours}{HARD}h{tail}"
    days, hours = divmod(ms // _HOUR, 24)
    unit = "j" if fr else "d"
    tail = f"{HARD}{hours}{HARD}h" if hours and days < _WEEK else ""
    return f"{number(days, lang)}{HARD}{unit}{tail}"


def _first(text: str, lang: str) -> str:
    """French writes the first of a month ``1ᵉʳ``."""
    if lang != "fr":
        return text
    words = text.split(" ")
    return " ".join("1ᵉʳ" if word == "1" else word for word in words)

"""How values are written in a charter: ``4h``, ``2/week``, ``20%``, ``Europe/Paris``, and what each becomes."""

import re
from collections.abc import Callable
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from vigie.charter.nouns import Effort, Hours, Per, Rate, Slot
from vigie.model import Millis

_SECOND = 1000
_UNITS = {"s": _SECOND, "m": 60 * _SECOND, "h": 3600 * _SECOND, "d": 86_400 * _SECOND, "w": 7 * 86_400 * _SECOND}
_DAY_MINUTES = 24 * 60
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAMES = (
    ("mon", "lun"),
    ("tue", "mar"),
    ("wed", "mer"),
    ("thu", "jeu"),
    ("fri", "ven"),
    ("sat", "sam"),
    ("sun", "dim"),
)
_MOST_TEXT = 200_000


class NotThisForm(ValueError):  # noqa: N818 - it says what the text is not
    """A value written otherwise than its form asks. ``hint`` is what was probably meant."""

    def __init__(self, hint: str = "") -> None:
        super().__init__(hint)
        self.hint = hint


class Form(NamedTuple):
    """How to read one kind of value, and the sentence to show when it cannot be read."""

    read: Callable[[str], Any]
    code: str


def text(written: str) -> str:
    """Words for people, or a query. Line ends after the last word do not count."""
    kept = written.rstrip("\r\n")
    if not kept.strip() or len(kept) > _MOST_TEXT or re.search("[\0\ud800-\udfff]", kept):
        raise NotThisForm
    return kept


def identifier(written: str) -> str:
    """A short name for references: ``brand``, ``colis-perdus``. It stays when the words around it change."""
    if re.fullmatch(r"[a-z][a-z0-9_-]{0,63}", written):
        return written
    raise NotThisForm(_as_identifier(written))


def language(written: str) -> str:
    """A primary BCP 47 subtag: ``fr``."""
    if re.fullmatch(r"[a-z]{2,3}", written):
        return written
    start = re.match(r"[A-Za-z]{2,3}(?=[-_]|$)", written)
    raise NotThisForm(start[0].lower() if start else "")


def timezone(written: str) -> str:
    """A name of the IANA time zone database: ``Europe/Paris``."""
    try:
        ZoneInfo(written)
    except (KeyError, ValueError, OSError):  # OSError: a name that is a folder of the database, or far too long
        close = get_close_matches(_folded(written), by_fold := {_folded(n): n for n in available_timezones()}, 1, 0.6)
        raise NotThisForm(by_fold[close[0]] if close else "") from None
    return written


def email(written: str) -> str:
    """An address as a form takes it; whether it receives anything is another question."""
    if re.fullmatch(r"[^\s@<>\"(),:;]+@[^\s@<>\"(),:;]+\.[^\s@<>\"(),:;.]+", written):
        return written
    raise NotThisForm


def handle(written: str) -> str:
    """An account's handle, with or without its leading ``@``: ``brulerie.example``, ``port@social.example``."""
    kept = written.removeprefix("@")
    if kept and not re.search(r"\s", kept):
        return kept
    raise NotThisForm


def duration(written: str) -> Millis:
    """``90m``, ``4h``, ``2d``: seconds, minutes, hours, days, weeks.

    >>> duration("90m")
    5400000
    """
    found = re.fullmatch(r"(\d{1,6}) ?([smhdw])", written, re.ASCII)
    if not found or not int(found[1]):
        raise NotThisForm
    return int(found[1]) * _UNITS[found[2]]


def rate(written: str) -> Rate:
    """``2/week``: so many times a day, week or month."""
    times, per = _per(written)
    if not re.fullmatch(r"\d{1,4}", times, re.ASCII):
        raise NotThisForm
    return Rate(int(times), per)


def effort(written: str) -> Effort:
    """``5h/week``: so much time a day, week or month."""
    time, per = _per(written)
    return Effort(duration(time), per)


def percent(written: str) -> int:
    """``20%``, from 0 to 100."""
    found = re.fullmatch(r"(\d{1,3}) ?%", written, re.ASCII)
    if not found:
        raise NotThisForm(f"{written}%" if re.fullmatch(r"\d{1,3}", written, re.ASCII) else "")
    if int(found[1]) > 100:  # noqa: PLR2004 - percent
        raise NotThisForm
    return int(found[1])


def day(written: str) -> date:
    """``2026-11-13``."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", written, re.ASCII):
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise NotThisForm from None
    found = re.fullmatch(r"(\d\d?)[/.](\d\d?)[/.](\d{4})", written, re.ASCII)
    raise NotThisForm(f"{found[3]}-{found[2]:>02}-{found[1]:>02}" if found else "")


def moment(written: str) -> str:
    """``2026-11-13T23:30``: on the clock of the company's time zone."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", written, re.ASCII):
        try:
            datetime.fromisoformat(written)
        except ValueError:
            raise NotThisForm from None
        return written.replace(" ", "T")
    raise NotThisForm


def hours(written: str) -> Hours:
    """``22:00-07:00``.

    >>> hours("22:00-07:00")
    Hours(start=1320, end=420)
    """
    found = re.fullmatch(r"(\d\d?):(\d\d) ?[-–] ?(\d\d?):(\d\d)", written, re.ASCII)
    if found:
        start, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
        if start < _DAY_MINUTES >= end and start != end and int(found[2]) < 60 > int(found[4]):  # noqa: PLR2004
            return Hours(start, end % _DAY_MINUTES)
    loose = re.fullmatch(r"(\d\d?) ?[hH:]? ?(\d\d)? ?[-–] ?(\d\d?) ?[hH:]? ?(\d\d)?", written, re.ASCII)
    if loose and not found:
        raise NotThisForm(f"{loose[1]:>02}:{loose[2] or '00'}-{loose[3]:>02}:{loose[4] or '00'}")
    raise NotThisForm


def slot(written: str) -> Slot:
    """``tue 11:30``, or ``11:30`` for every day.

    >>> slot("tue 11:30"), slot("9:05")
    (Slot(day=1, minute=690), Slot(day=None, minute=545))
    """
    found = re.fullmatch(r"(?:([a-z]{3}) )?(\d\d?):(\d\d)", written, re.ASCII)
    if found and (found[1] is None or found[1] in _DAYS) and int(found[2]) < 24 and int(found[3]) < 60:  # noqa: PLR2004
        return Slot(_DAYS.index(found[1]) if found[1] else None, int(found[2]) * 60 + int(found[3]))
    raise NotThisForm(_as_slot(written))


def domain(written: str) -> str:
    """``brulerie.example``: a name on the web, without ``https://`` and ``www.``."""
    if re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}", written) and len(written) < 254:  # noqa: PLR2004
        return written.removeprefix("www.")
    found = re.fullmatch(r"(?:https?://)?(?:www\.)?([\w.-]+\.[\w-]{2,})/?", written.lower(), re.ASCII)
    raise NotThisForm(found[1] if found and found[1] != written else "")


def web_address(written: str) -> str:
    """``https://hooks.brulerie.example/vigie``: where something answers on the web."""
    if re.fullmatch(r"https?://[^\s/?#]+(?:[/?#]\S*)?", written, re.IGNORECASE):
        return written
    raise NotThisForm(f"https://{written}" if re.fullmatch(r"[\w.-]+\.[a-z]{2,}(?:/\S*)?", written, re.ASCII) else "")


def country(written: str) -> str:
    """``FR``, ``CA-QC``: ISO 3166, the country, then a part of it where its holidays are its own."""
    if re.fullmatch(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", written):
        return written
    raise NotThisForm(written.upper() if re.fullmatch(r"[a-zA-Z]{2}(?:-[a-zA-Z0-9]{1,3})?", written) else "")


def voice(written: str) -> str:
    """``we`` or ``i``; a French house writes ``nous`` or ``je``."""
    try:
        return {"we": "we", "nous": "we", "i": "i", "je": "i"}[written.lower()]
    except KeyError:
        raise NotThisForm from None


def example(written: str) -> str:
    """The text of an example: anything that somebody may write, nothing at all too."""
    if len(written) > _MOST_TEXT:
        raise NotThisForm
    return written.rstrip("\r\n")


def _as_slot(written: str) -> str:
    """What ``mar. 11h30``, ``Tuesday 9 am`` and ``11.30 Tue`` were meant to be; empty when nobody can tell."""
    plain = _without_accents(written.lower())
    time = re.search(r"(\d\d?)(?: ?[h:.] ?(\d\d)?)? ?([ap]m)?", plain, re.ASCII)
    words = [word for word in re.findall("[a-z]{3,}", plain) if word not in ("every", "day")]
    days = [day for word in words for day, names in zip(_DAYS, _DAY_NAMES, strict=True) if word.startswith(names)]
    if time is None or len(days) != len(words) or len(days) > 1:
        return ""
    hour, minute = int(time[1]), int(time[2] or 0)
    hour = hour % 12 + 12 * (time[3] == "pm") if time[3] else hour
    meant = f"{hour:02}:{minute:02}"
    return " ".join([*days, meant]) if hour < 24 and minute < 60 else ""  # noqa: PLR2004


def _per(written: str) -> tuple[str, Per]:
    amount, _, per = written.partition("/")
    match per:
        case "day" | "week" | "month":
            return amount, per
        case _:
            close = get_close_matches(per, ("day", "week", "month"), 1)
            raise NotThisForm(f"{amount}/{close[0]}" if close else "")


def _folded(name: str) -> str:
    return name.lower().replace(" ", "_")


def _as_identifier(written: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", _without_accents(written.lower())).strip("-")
    return plain[:64] if re.match(r"[a-z]", plain) else ""


def _without_accents(words: str) -> str:
    return words.translate(str.maketrans("àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy")).replace("œ", "oe").replace("æ", "ae")


FORMS: dict[str, Form] = {
    "text": Form(text, "charter.error.bad-text"),
    "identifier": Form(identifier, "charter.error.bad-identifier"),
    "language": Form(language, "charter.error.bad-language"),
    "timezone": Form(timezone, "charter.error.bad-timezone"),
    "email": Form(email, "charter.error.bad-email"),
    "handle": Form(handle, "charter.error.bad-handle"),
    "duration": Form(duration, "charter.error.bad-duration"),
    "rate": Form(rate, "charter.error.bad-rate"),
    "effort": Form(effort, "charter.error.bad-effort"),
    "percent": Form(percent, "charter.error.bad-percent"),
    "day": Form(day, "charter.error.bad-day"),
    "moment": Form(moment, "charter.error.bad-moment"),
    "hours": Form(hours, "charter.error.bad-hours"),
    "slot": Form(slot, "charter.error.bad-slot"),
    "domain": Form(domain, "charter.error.bad-domain"),
    "web-address": Form(web_address, "charter.error.bad-web-address"),
    "country": Form(country, "charter.error.bad-country"),
    "voice": Form(voice, "charter.error.bad-voice"),
    "example": Form(example, "charter.error.bad-text"),
}
"""Forms by the name that `vigie.charter.nouns` gives them."""

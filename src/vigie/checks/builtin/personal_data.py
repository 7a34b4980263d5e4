"""Somebody's phone, mail, address, account, card or papers, told to everyone."""

import re
from collections.abc import Iterator
from functools import cache

from vigie.checks.check import Options
from vigie.checks.numbers import is_card, is_iban, is_nir
from vigie.checks.phones import is_phone
from vigie.checks.reading import Reading
from vigie.checks.tables import table
from vigie.model import Finding, Severity, Span

_DIGIT = re.compile(r"\d")
# A lookbehind stands after the first character, where the engine can skip to that one.
_SIX = re.compile(r"\d(?:[^\d\n]{0,3}\d){5}")
"""Six figures close to each other: without them there is no number of a person."""
_MAIL = re.compile(
    r"(?<![\w.+%@/-])(?P<name>[\w.+%-]{1,64})@(?P<host>(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,24})(?![\w@-]|\.\w)"
)
# Digits in groups, as phones and cards are written; each kind is told from its length and check digit.
_RUN = re.compile(r"(?<![\w.,#/-])(?:\+|\(\+?|00)?\d[\d .()\u00a0\u202f\u2009-]{5,24}\d(?![\w/-]|[.,]\d|\s?%|\s?€)")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0\u202f]?[A-Z0-9]{4}){2,7}(?:[ \u00a0\u202f]?[A-Z0-9]{1,3})?(?!\w)")
_NIR = re.compile(r"(?<!\w)[1-478]\s?\d\d\s?\d\d\s?(?:\d\d|2[ABab])\s?\d{3}\s?\d{3}\s?\d\d(?!\w)")
_NINO = re.compile(r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b")
_SSN = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-])")
_PLATE_FR = re.compile(
    r"[A-HJ-NP-TV-Z](?<![\w-].)(?<!S(?=S))(?<!W(?=W))[A-HJ-NP-TV-Z]([- ])\d{3}\1(?!SS)[A-HJ-NP-TV-Z]{2}(?![\w-])"
)
_PLATE_GB = re.compile(r"[A-Y](?<![\w-].)[A-Y]\d\d ?[A-HJ-PR-Z]{3}(?![\w-])")
_PAPER = re.compile(
    r"(?<![\w-])(?:\d\d[A-Z]{2}\d{5}|[A-Z]{1,2}\d{6,8}|\d{9}|\d{12}|[A-Z0-9]{2}\d{5}[A-Z]{2}\d|[A-Z]{5}\d{6}[A-Z]{2}\w{3})"
    r"(?![\w-])"
)
_ESTATE = re.compile(r"\b(?:[Rr][ée]sidence|[Ll]otissement|[Hh]ameau)\s+(?:les?\s|la\s|l[’']|des?\s|du\s)?[A-ZÀ-Ý]")
_ESTATES = ("sidence", "otissement", "ameau")
_SUBSCRIBER = 9
"""Last digits by which two ways of writing a number are the same one."""
_SHORT_MAIL = 2


def look(reading: Reading, _options: Options) -> Iterator[Finding]:
    """One finding a number, address or mail of somebody."""
    text = reading.text
    if "@" in text and _has_mail(text):
        yield from _mails(reading)
    if not _DIGIT.search(text):
        return
    if _SIX.search(text):
        taken: list[Span] = []
        for finding in (*_papers(reading), *_numbers(reading)):
            span = finding.spans[0]
            if not any(one.start < span.end and span.start < one.end for one in taken):
                taken.append(span)
                yield finding
    yield from _plates(text)
    yield from _homes(reading)


def _has_mail(text: str) -> bool:
    """Whether an @ has something right before it: most open a handle."""
    at = text.find("@")
    while at >= 0:
        if at and not text[at - 1].isspace():
            return True
        at = text.find("@", at + 1)
    return False


def _mails(reading: Reading) -> Iterator[Finding]:
    own = {one.lower() for one in _contacts(reading)}
    for found in _MAIL.finditer(reading.text):
        if found[0].lower() not in own and not _is_role(found["name"].lower(), found["host"].lower()):
            yield _finding("mail", found.span())


def _is_role(name: str, host: str) -> bool:
    """Whether an address is a desk's: one of its words says which, or it has the name of the house it belongs to."""
    words = [word for word in re.split(r"[._+%\d-]+", name) if word]
    known = _words("roles") | _words("alone") if len(words) == 1 else _words("roles")
    if any(word in known or word.rstrip("s") in known for word in words):
        return True
    if host in table("personal-data")["private_mail"]:
        return False
    whole = "".join(words)
    return (
        not whole
        or len(whole) <= _SHORT_MAIL
        or (len(words) == 1 and any(whole in part for part in host.split(".")[:-1]))
    )


def _papers(reading: Reading) -> Iterator[Finding]:
    """Account, insurance and identity numbers, and plates: letters and figures mixed."""
    text = reading.text
    for found in _IBAN.finditer(text):
        whole = "".join(found[0].split())
        if is_iban(whole) and whole not in {"".join(one.split()) for one in _contacts(reading)}:
            yield _finding("iban", found.span(), "block")
    for found in _NIR.finditer(text):
        if is_nir("".join(found[0].split())):
            yield _finding("social_security", found.span(), "block")
    for found in _NINO.finditer(text):
        yield _finding("social_security", found.span(), "block")
    for found in _SSN.finditer(text):
        if not _is_numbered(text, found.start()):
            yield _finding("social_security", found.span(), "block")
    if _near("papers").search(text):
        for found in _PAPER.finditer(text):
            yield _finding("identity", found.span(), "block")


def _plates(text: str) -> Iterator[Finding]:
    french, british = list(_PLATE_FR.finditer(text)), list(_PLATE_GB.finditer(text))
    if not french and not british:
        return
    vehicle = _near("vehicles").search(text) is not None
    for found in french:
        if vehicle or (found[1] == "-" and not _is_numbered(text, found.start())):
            yield _finding("plate", found.span())
    for found in british if vehicle else ():
        yield _finding("plate", found.span())


def _numbers(reading: Reading) -> Iterator[Finding]:
    """Cards and phones: figures alone."""
    text = reading.text
    for found in _RUN.finditer(text):
        start, end = found.span()
        digits = "".join(char for char in found[0] if char.isdigit())
        numbered = _is_numbered(text, start)
        if is_card(digits):
            if not numbered:
                yield _finding("card", (start, end), "block")
        elif not numbered and is_phone(found[0], digits) and not _is_own(digits, reading):
            yield _finding("phone", (start, end))


def _is_own(digits: str, reading: Reading) -> bool:
    mine = digits[-_SUBSCRIBER:]
    return any(re.sub(r"\D", "", one)[-_SUBSCRIBER:] == mine for one in _contacts(reading) if "@" not in one)


def _homes(reading: Reading) -> Iterator[Finding]:
    """Streets where the sentence says that somebody lives, or is called on, there."""
    text = reading.text
    found = list(_street().finditer(text))
    if not found and any(word in text for word in _ESTATES):
        found = list(_ESTATE.finditer(text))
    for one in found:
        span = Span(*one.span())
        sentence = reading.sentence(span)
        if _home().search(text[max(sentence.start - 60, 0) : sentence.end + 20]):
            yield _finding("home", (span.start, _end_of_address(text, span, sentence)))


def _end_of_address(text: str, span: Span, sentence: Span) -> int:
    """The address as far as a comma, a bracket or the end of its sentence."""
    cut = re.compile(r"[,;:()!?\n]|\.(?=\s|$)").search(text, span.end, max(sentence.end, span.end))
    return min(cut.start() if cut else max(sentence.end, span.end), span.end + 60)


def _contacts(reading: Reading) -> tuple[str, ...]:
    return reading.charter.company.contacts if reading.charter else ()


@cache
def _street() -> re.Pattern[str]:
    """A house number and a street."""
    return re.compile(
        r"\d(?<![\w.,-]\d)\d{0,3}\s?(?:bis|ter|quater|[a-dA-D]\b)?,?\s+"
        rf"(?:(?i:{_any('streets_before')})\s+\S|(?:[A-Z][\w’'-]+\s){{1,3}}(?:{_any('streets_after')})\b)"
    )


@cache
def _home() -> re.Pattern[str]:
    """What tells that somebody lives at a street: it says so, or a person is named."""
    person = r"[A-ZÀ-Ý][\w’'-]+ [A-ZÀ-Ý]"
    return re.compile(
        rf"\b(?i:{_any('titles')})\.?\s+[A-ZÀ-Ý]|\b(?i:{_any('at_home')})|\b(?i:{_any('calling_on')}) {person}"
    )


@cache
def _near(which: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(which)})\b", re.IGNORECASE)


def _is_numbered(text: str, start: int) -> bool:
    """Whether the words before a number say that it numbers something."""
    return _numbered().search(text, max(0, start - 60), start) is not None


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any('numbered')})(?!\w)[^.!?\n\d]{{0,24}}$", re.IGNORECASE)


def _any(which: str) -> str:
    return "|".join(table("personal-data")[which])


@cache
def _words(which: str) -> frozenset[str]:
    words = table("personal-data")[which].split()
    return frozenset((*words, *(word.rstrip("s") for word in words)))


def _finding(what: str, place: tuple[int, int], severity: Severity = "warn") -> Finding:
    return Finding("personal-data", severity, f"checks.personal-data.{what}", (Span(*place),))

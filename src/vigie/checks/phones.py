"""Phone numbers of people, told from dates, references and the numbers that services answer."""

import re

from vigie.checks.tables import table

_DATE = re.compile(r"[0-3]\d[ .-][01]\d[ .-](?:19|20)\d\d\b")
_AMERICAN = re.compile(r"\(?[2-9]\d\d\)?[ .-]{1,2}\d{3}[ .-]\d{4}")
_TEN, _ELEVEN = 10, 11
"""Figures of a phone number written without its country: French, British; Belgian ones have a figure less."""
_FEWEST_ABROAD, _MOST_ABROAD = 8, 15
"""Figures with its country (ITU-T E.164 has 15 at most)."""
_GROUPS, _SIGNS = 6, 2
"""Groups of figures in a phone number, and kinds of signs between them."""


def is_phone(written: str, digits: str) -> bool:
    """Whether figures are set as people set a phone number, and a person answers there.

    Args:
        written: as they stand in a text.
        digits: the same without what is between them.

    >>> is_phone("06 39 98 11 22", "0639981122"), is_phone("0800 123 456", "0800123456")
    (True, False)
    """
    if written.lstrip("(").startswith(("+", "00")):
        whole = digits.removeprefix("00")
        return _FEWEST_ABROAD <= len(whole) <= _MOST_ABROAD and not _is_public(whole)
    if _AMERICAN.fullmatch(written):
        return not _is_public(f"1{digits}")
    return digits.startswith("0") and _is_set_as_phone(re.sub(r"[()]", "", written)) and not _is_public_at_home(digits)


def _is_set_as_phone(written: str) -> bool:
    """Ten or eleven figures in one piece, or nine to eleven in a few groups set apart in the same way."""
    groups = re.split(r"\D+", written)
    length = sum(map(len, groups))
    if len(groups) == 1:
        return length in (_TEN, _ELEVEN)
    alike = len(set(re.findall(r"\D", written))) <= _SIGNS and min(map(len, groups)) > 1
    return alike and len(groups) <= _GROUPS and _TEN - 1 <= length <= _ELEVEN and not _DATE.match(written)


def _is_public_at_home(digits: str) -> bool:
    """The same for a number without its country: ten digits are French, eleven British."""
    return _is_public(("44" if len(digits) == _ELEVEN else "33") + digits[1:]) or digits.startswith(("0800", "0808"))


def _is_public(whole: str) -> bool:
    public = table("personal-data")["public_numbers"]
    return any(
        whole.startswith(country) and whole[len(country) :].lstrip("0").startswith(tuple(starts))
        for country, starts in public.items()
    )

"""French typography: the catalogues hold plain spaces and straight quotes, readers see what a printer would set."""

import re

NARROW = "\u202f"
"""Narrow no-break space: before ``; ! ?`` and ``%``, and between thousands (Imprimerie nationale, Lexique)."""

HARD = "\u00a0"
"""No-break space: before ``:`` and ``»``, after ``«``, between a figure and its unit."""

_FIGURE = r"(?<=[\d}])"  # a digit, or a value that will stand there
_UNIT = r"(?:h|min|s|ms|j|km|kg|g|ko|Mo|Go|€|ans?)"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r" (?=[;!?])"), NARROW),
    (re.compile(r" (?=[:»])"), HARD),
    (re.compile(r"(?<=«) "), HARD),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), NARROW),
    (re.compile(_FIGURE + r" (?=%)"), NARROW),
    (re.compile(_FIGURE + rf" (?={_UNIT}\b)"), HARD),
    (re.compile(_FIGURE + r" (?=€)"), HARD),
    (re.compile(r"(?<=\bh) (?=\d\d\b)"), HARD),
    (re.compile(r"(?<=\w)'"), "’"),
)


def french(text: str) -> str:
    r"""Sets a French sentence; its ``<b>`` and ``{name}`` stay as they are. Doing it twice changes nothing.

    >>> french("L'heure : 9 h 05, 40 % ?") == "L’heure\u00a0: 9\u00a0h\u00a005, 40\u202f%\u202f?"
    True
    """
    for pattern, sign in _RULES:
        text = pattern.sub(sign, text)
    return text

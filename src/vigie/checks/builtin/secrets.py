"""Keys, tokens and passwords: whoever reads the post could use them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct, convert

from vigie.checks.check import Options
from vigie.checks.reading import Reading
from vigie.checks.tables import table
from vigie.model import Finding, Span

Checked: TypeAlias = Literal["", "given", "random", "password", "phrase", "strong", "digits"]

_PLACEHOLDER = re.compile(
    r"x{4,}|\*{3,}|\.{3,}|…|•{3,}|[<>{}\[\]]|\$\(|your|votre|example|exemple|sample|placeholder|changeme|change-me|dummy"
    r"|redacted|insert|replace|remplace|_here|\bapi_?key\b|secret_?key|0{8,}|123456789|abcdef",
    re.IGNORECASE,
)
_NAMES = re.compile(r"passw(?:or)?[dt]|pass|pwd?|mot-?de-?passe|mdp|secret|token|user|host|key", re.IGNORECASE)
"""What stands for a password in an explanation: ``USER:PASSWORD@HOST``."""
_KNOWN_WEAK = re.compile(r"azerty|qwerty|123456|password|motdepasse|passw0rd|p@ssw0rd|admin123|soleil1", re.IGNORECASE)
_WEAK_TOLD = re.compile(
    r"pire|worst|common|courant|most used|jamais|never|[ée]vite|avoid|instead|plut[ôo]t|au lieu|faible|weak|such as"
    r"|par exemple|\be\.g|\bbad\b|mauvais|choisi|choose|\bpick\b|devin|guess|crack|pirat|hack|\bsecond|leak|fuit"
    r"|like|comme|utilis|still use|top \d|\?",
    re.IGNORECASE,
)
"""How one speaks of passwords that everybody knows, without giving one's own."""
_NETWORK = re.compile(r"wi-?fi|wlan|wpa|login|identifiant|\buser", re.IGNORECASE)
_PROMOTED = re.compile(r"promo|%|€|£|\boff\b|remise|r[ée]duction|discount|livraison|delivery|offert", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SURE_SIGN = re.compile(r"[:=→]|is|est|[’']s|c[’']est|dial|punch|key|tap|composez|faites", re.IGNORECASE)
_DRAWN = re.compile(r"gagnant|winning|tirage|loto|lotter|\bdraw\b", re.IGNORECASE)
_AFTER = ".,;:?)»’'\""
"""What stands after a word rather than in it."""
_CODE = re.compile(r"code|pin|safe|box", re.IGNORECASE)
_COUNT = re.compile(
    r"\d{1,2}h\d{0,2}|\d+(?:st|nd|rd|th|e|er|[eè]me)|\d+[.-]?\w{0,2}(?:character|digit|day|minute|ghz)s?", re.IGNORECASE
)
"""A figure that counts something: "a 90-day cycle"."""
_MIXED = re.compile(r"[a-zà-ÿ][A-Z]|[a-z][$!#%&*_+][a-z]")
_END = re.compile(r"[.»”\"'’)]*\s*(?:$|\n|\(|[A-ZÀ-Ý])")
_PUBLIC = re.compile(r"publi[cq]", re.IGNORECASE)
_SHORTEST_KEY = 14
"""Characters without a space of the shortest key or address with a password."""
_SHORTEST_RANDOM = 12
"""Letters and figures in one piece of a key that has no beginning to know it by."""
_SURELY_RANDOM = 40
"""Characters from which letters of both cases and figures are a key, even with signs between them."""
_SHORTEST_STRONG = 8
"""Characters of a password without signs that is told by how it is mixed alone."""
_TOLD = frozenset((":", "=", "→", "->", "=>"))
_SHORTEST_NUMBER = 6
"""Figures of a password without letters."""
_FEWEST_DIFFERENT = 8
"""Different characters of a key: an example repeats a few."""


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """One format of ``data/secrets.toml``.

    Attributes:
        keywords: lower case; one of them is there whenever the pattern can match. None where the words of
            ``patterns/secrets.toml`` call for it.
        checked: how the group ``value`` has to look for it to be a secret.
    """

    service: str
    code: Literal["key", "webhook", "connection", "private_key", "password"]
    pattern: str
    keywords: tuple[str, ...] = ()
    checked: Checked = ""


class Rules(NamedTuple):
    """Every rule, and which of them are asked when; by their numbers.

    Attributes:
        told: those of passwords, asked where the words for them are.
        beside: by a keyword that stands before the key; ``within``: by one that is a part of it.
    """

    all: list[Rule]
    told: tuple[int, ...]
    beside: list[tuple[str, list[int]]]
    within: list[tuple[str, list[int]]]


def look(reading: Reading, _options: Options) -> Iterator[Finding]:
    """One finding a secret; the part that gives it away is what has to go."""
    called = set(_called(reading.text.lower()))
    if reading.hits("secrets"):
        called.update(_rules().told)
    taken: list[Span] = []
    for rule in (_rules().all[index] for index in sorted(called)):
        for found in _pattern(rule.pattern).finditer(reading.text):
            start, end = found.span("value" if rule.checked else 0)
            span = Span(start, start + len(reading.text[start:end].rstrip(_AFTER)))
            if any(one.start < span.end and span.start < one.end for one in taken) or not _given(rule, found):
                continue
            taken.append(span)
            values: dict[str, str | int] = {"service": rule.service} if rule.service else {}
            code = rule.code if rule.service or rule.code == "password" else "token"
            yield Finding("secrets", "block", f"checks.secrets.{code}", (span,), values=values)


def _called(low: str) -> Iterator[int]:
    """The numbers of the rules whose keywords are there, in a text in lower case. Keys are long words."""
    if "_p" in low:  # beside the name of a setting, DB_PASSWORD, a password may be short
        long = low
    else:
        long = " ".join([word for word in low.split() if len(word) >= _SHORTEST_KEY and word[0] not in "#@"])
    if long:
        for keyword, indexes in _rules().beside:
            if keyword in low:
                yield from indexes
        for keyword, indexes in _rules().within:
            if keyword in long:
                yield from indexes


@cache
def _rules() -> Rules:
    """Those of the file."""
    rules = convert(table("secrets")["rules"], list[Rule])
    beside: dict[str, list[int]] = {}
    within: dict[str, list[int]] = {}
    for index, rule in enumerate(rules):
        for keyword in rule.keywords:
            (beside if rule.checked == "random" else within).setdefault(keyword, []).append(index)
    told = tuple(index for index, rule in enumerate(rules) if not rule.keywords)
    return Rules(rules, told, [*beside.items()], [*within.items()])


_pattern = cache(re.compile)
"""Compiled when first asked for: a draft calls for two or three of them."""


def _given(rule: Rule, found: re.Match[str]) -> bool:  # noqa: PLR0911 (one for each way of being checked)
    """Whether it is a secret, rather than an example of one or talk about them."""
    if not rule.checked:
        return rule.code == "private_key" or not _stands_for_one(found[0])
    value = found["value"].rstrip(_AFTER)
    if rule.checked == "given":
        return not _NAMES.fullmatch(value) and not _PLACEHOLDER.search(value)
    if rule.checked == "random":
        return _is_random(value) and not _PUBLIC.search(found.string, max(0, found.start() - 12), found.start("value"))
    if rule.checked == "phrase":
        return not _PLACEHOLDER.search(value) and not _WEAK_TOLD.search(found.string)
    if rule.checked == "strong":
        return _is_strong(value)
    if rule.checked == "digits":
        return _opens(value, found)
    return _is_password(value, found)


def _is_strong(value: str) -> bool:
    """Whether a word can hardly be anything but a password: figures with letters or signs, and no count or product."""
    if _NAMES.fullmatch(value) or _PLACEHOLDER.search(value) or "://" in value or _COUNT.fullmatch(value):
        return False
    mixed = any(map(str.isalpha, value)) and any(map(str.isdigit, value))
    return mixed and (any(not char.isalnum() for char in value) or len(value) >= _SHORTEST_STRONG)


def _opens(value: str, found: re.Match[str]) -> bool:
    """Whether figures open something, rather than count or date it."""
    sign = found.groupdict().get("sign")
    if _PLACEHOLDER.search(value) or len(set(value)) == 1 or _DRAWN.search(found.string):
        return False
    return not _YEAR.fullmatch(value) or (sign is not None and _SURE_SIGN.match(sign.strip()) is not None)


def _told_apart(value: str, gap: str) -> bool:
    """Whether a word right behind the name of a password, or after a comma, is that password."""
    return not gap or (gap.endswith(",") and _is_strong(value))


def _stands_for_one(key: str) -> bool:
    return bool(_PLACEHOLDER.search(key)) or len(set(key)) < _FEWEST_DIFFERENT


def _is_random(value: str) -> bool:
    """Whether a word is a key: letters and figures mixed, and no address, date, version or name with dashes."""
    if _stands_for_one(value) or value.isdigit():
        return False
    longest = max(re.split(r"[._/=+~-]", value), key=len)
    if len(longest) >= _SHORTEST_RANDOM and any(map(str.isdigit, longest)):
        return any(map(str.isalpha, value))
    cases = any(map(str.islower, value)) and any(map(str.isupper, value))
    return len(value) >= _SURELY_RANDOM and cases and any(map(str.isdigit, value))


def _is_password(value: str, found: re.Match[str]) -> bool:  # noqa: PLR0911 (one reason each)
    if _NAMES.fullmatch(value) or _PLACEHOLDER.search(value) or "://" in value or ("@" in value[1:-1] and "." in value):
        return False
    letters, figures = any(map(str.isalpha, value)), any(map(str.isdigit, value))
    around = found.string[max(0, found.start() - 60) : found.end()]
    network = _NETWORK.search(around) is not None
    sign = found.groupdict().get("sign")
    if _PROMOTED.search(around) and not network:
        return False
    if sign == "" and not (letters and (network or (figures and _told_apart(value, found["gap"].rstrip())))):
        return False
    if _KNOWN_WEAK.search(value) and not network and (sign not in _TOLD or _WEAK_TOLD.search(found.string)):
        return False
    if figures:
        return bool(letters or _CODE.search(found[0]) or len(value) >= _SHORTEST_NUMBER) and not _COUNT.fullmatch(value)
    if _MIXED.search(value):
        return True
    told = sign in _TOLD or bool(found.groupdict().get("quote"))
    alone = _END.match(found.string, found.end()) is not None or value.count("-") > 1
    return told and alone and _NETWORK.search(found.string) is not None

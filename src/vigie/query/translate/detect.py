"""Tell whose language a pasted query is written in, from what only one of them writes."""

import re

from vigie.query.translate.brandwatch import BRANDWATCH
from vigie.query.translate.dialect import Dialect
from vigie.query.translate.meltwater import MELTWATER
from vigie.query.translate.notes import Vendor
from vigie.query.translate.talkwalker import TALKWALKER
from vigie.query.translate.x import X

DIALECTS: dict[Vendor, Dialect] = {one.vendor: one for one in (BRANDWATCH, TALKWALKER, MELTWATER, X)}

_NAMES = re.compile(r"(?<![\w/.])([A-Za-z][\w.]*):(?!//)")
_OPERATORS = re.compile(r"\b(?:AND|NOT|NEAR)\b")
_PHRASES = re.compile(r"[\"“”][^\"“”]*[\"“”]")
_SIGN_CAP = 5


def detect(text: str) -> Vendor:
    """The product that a query most likely comes from; where nothing tells, the one whose words are read plainest.

    >>> detect("(BMW SENTENCE panne) AND sourcetype:BLOG"), detect("#grève -is:retweet lang:fr")
    ('talkwalker', 'x')
    """
    bare = _PHRASES.sub(' "" ', text)
    names = [name.lower() for name in _NAMES.findall(bare)]
    best: Vendor = "brandwatch" if _OPERATORS.search(bare) else "x"
    most = 0
    for vendor, dialect in DIALECTS.items():
        told = sum(weight * min(len(sign.findall(text)), _SIGN_CAP) for sign, weight in dialect.signs)
        fields = sum(2 if _only(name, vendor) else 1 if name in dialect.fields else -2 for name in names)
        if told + fields > most:
            best, most = vendor, told + fields
    return best


def _only(name: str, vendor: Vendor) -> bool:
    """True for a field that this product alone has."""
    return [one.vendor for one in DIALECTS.values() if name in one.fields] == [vendor]

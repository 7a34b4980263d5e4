"""How common a word is expected to be: which part of posts hold it. A rough model of our own, good enough to choose by."""

from functools import cache

from vigie.query.nodes import Word

# Part of posts that hold a word, French and English together, read off everyday posts and rounded to steps.
_COMMON = (
    (0.15, "a de en i la le the to"),
    (0.08, "and d est et for in is it l les me my of on pas que you un"),
    (0.04, "at be c ce de des du for have il j je m ne not pour qu so s t this that une we with y your"),
    (
        0.02,
        "all are as au avec but can dans day do good he how if just like mais moi now on ou out par plus qui sa se si sur te",
    ),
    (0.02, "they tu up was what when will"),
    (
        0.01,
        "about an bien by ca c'est comme day don elle fait from get go got great happy has her here his ils know la leur lol",
    ),
    (
        0.01,
        "love mon more n new no nous on one or our people rt ses she some son sont suis the their them there time today tout",
    ),
    (0.01, "trop us va very vous want who why would 1 2 3"),
    (
        0.005,
        "after again always aussi back bad because been best bon bonjour ces ceux cette day dire donc encore etre even ever",
    ),
    (
        0.005,
        "faire first going jour last le life make man me merci much need never night non off ont only over peut please quand",
    ),
    (
        0.005,
        "really right said sans say see should still take tell thank thanks than then thing think tous toujours too tres",
    ),
    (0.005, "vais veut video vie way week were which work world year years your"),
)
_BY_LENGTH = (0.01, 0.01, 0.006, 0.003, 0.0015, 0.0008, 0.0005, 0.0003, 0.0002)
_PREFIX_BY_LENGTH = (0.2, 0.1, 0.05, 0.02, 0.01, 0.004, 0.002, 0.001, 0.0005)
_LONG = 0.0001
_SYMBOL = 0.005
_SIGNED = 0.1
"""Ten times fewer posts hold ``#word`` than ``word``."""

ACCOUNT, SITE = 0.0001, 0.001
"""The same for one author or addressee, and for one site."""


@cache
def _common() -> dict[str, float]:
    shares: dict[str, float] = {}
    for share, words in _COMMON:
        for word in words.split():
            shares.setdefault(word, share)
    return shares


def share(word: Word) -> float:
    """Expected part of posts that hold a word.

    >>> from vigie.query.nodes import Word
    >>> share(Word("the")) > share(Word("roast")) > share(Word("espresso"))
    True
    """
    length = len(word.word)
    if word.prefix:
        known = sum(part for text, part in _common().items() if text.startswith(word.word))
        found = known + (_PREFIX_BY_LENGTH[length] if length < len(_PREFIX_BY_LENGTH) else _LONG)
    elif word.word in _common():
        found = _common()[word.word]
    elif not word.word[0].isalnum():
        found = _SYMBOL
    else:
        found = _BY_LENGTH[length] if length < len(_BY_LENGTH) else _LONG
    return min(0.3, found * (_SIGNED if word.sign else 1.0))

"""How common a word is expected to be: which part of posts hold it. A rough model, good enough to choose by."""

from functools import cache

from vigie.query.nodes import (
    And,
    AtLeast,
    Field,
    Loose,
    Named,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Range,
    Raw,
    Sentence,
    Word,
)

# Part of posts that hold a word, French and English together, read off everyday posts and rounded to steps.
_COMMON = {
    0.15: "a de en i la le the to",
    0.08: "and d est et for in is it l les me my of on pas que un you",
    0.04: """at be c ce des do du have il j je m n ne not pour qu s se so t this that une we with y your""",
    0.02: """
        all an are as au aux avec but by can dans from get good go he how if just like love mais moi new no now ou out
        par plus qui sa si sur te they time tu up was what when who will
    """,
    0.01: """
        about any back because bien birthday c'est ca comme day don elle fait first great had happy has her here his
        ils know last leur life lol make man mon more much need never night nous off one only or our over people really
        right rt said say see ses she should some son sont still suis take than thank thanks their them then there
        these think today too tout tres trop us va very vous want way well were where which why work would year
    """,
    0.005: """
        after again always amp aussi beach beautiful best bon bonjour cette ceux demain depuis dire donc encore etre
        even ever every faire family favorite friends girl going gonna home jamais jour let little live look made merci
        mes morning most must nos notre nuit ont other peut please quand read sans school soir sous state stop team
        tell temps thing this tomorrow tonight tous toujours toute travail trump vais veut vie video ville watch week
        weekend when while without world years yes 1 2 3 4 5 10 2024 2025 2026
    """,
}
_BY_LENGTH = (0.01, 0.01, 0.006, 0.003, 0.0015, 0.0008, 0.0005, 0.0003, 0.0002)
_PREFIX_BY_LENGTH = (0.2, 0.1, 0.05, 0.02, 0.01, 0.004, 0.002, 0.001, 0.0005)
_LONG = 0.0001
_SYMBOL = 0.005
_SIGNED = 0.1
"""Ten times fewer posts hold ``#word`` than ``word``."""

FIELDS = {
    "author": 0.0001,
    "to": 0.0001,
    "site": 0.001,
    "url": 0.002,
    "hashtag": 0.001,
    "lang": 0.3,
    "network": 0.3,
    "has": 0.3,
    "is": 0.2,
    "country": 0.1,
}
"""The same for one value of each field."""
_RANGE = 0.5
_RAW = 0.001


@cache
def _common() -> dict[str, float]:
    shares: dict[str, float] = {}
    for share, words in _COMMON.items():
        for word in words.split():
            shares.setdefault(word, share)
    return shares


def share(word: Word) -> float:
    """Expected part of posts that hold a word.

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


def likely(node: Node) -> float:  # noqa: C901, PLR0911 (one case for each kind of node)
    """Expected part of posts for which something holds, were words independent: what is rarest is tested first.

    >>> from vigie.query import parse
    >>> likely(parse("the espresso").root) < likely(parse("the OR espresso").root)
    True
    """
    match node:
        case Word():
            return share(node)
        case Pattern(sign=sign, head=head):
            return share(Word(head, sign, prefix=True)) / 2 if head else _RANGE
        case Field(name=name):
            return FIELDS[name]
        case Range():
            return _RANGE
        case Raw():
            return _RAW
        case Or(parts=parts):
            return min(1.0, sum(map(likely, parts)))
        case Not(part=part):
            return 1.0 - likely(part)
        case Near(left=left, right=right):
            return min(likely(left), likely(right)) / 4
        case AtLeast(count=count, parts=parts):
            return sorted(map(likely, parts))[-min(count, len(parts))] / 2
        case And(parts=parts) | Phrase(parts=parts) | Loose(parts=parts) | Sentence(parts=parts):
            return min(map(likely, parts), default=1.0) / 2
        case Named(part=part):
            return likely(part)

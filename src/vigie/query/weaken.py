"""A query in the few kinds of test that compiled code knows, letting rather too much through than too little.

What compiled code runs: words, prefixes, phrases of them, `Near` between words, phrases and ORs of those, AND, OR, NOT,
and the fields of `COLUMN_FIELDS`. All else is replaced by what must hold for it to hold. What is let
through then is confirmed by the reference (`vigie.query.evaluate`), so a part that is taught to compiled code is only
taken out of here.
"""

from collections.abc import Callable, Sequence
from itertools import combinations
from math import comb
from typing import TypeAlias
from unicodedata import normalize

from vigie.query.frequency import likely
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
    measure,
)
from vigie.text import kind, tokenise

COLUMN_FIELDS = frozenset({"author", "to", "lang", "network", "site", "url", "country", "has", "is"})
"""Fields that `vigie.query.columns` lays out for compiled code, ``url`` word by word. One that is added there is added
here."""

ALWAYS, NEVER = And(()), Or(())
"""What every post, and what none, satisfies."""

HEAD_MIN = 2
"""Letters that a word with open letters must begin with to be looked up by them."""
_WRITTEN_OUT = 200
"""``atleast`` becomes an OR of ANDs, which is the same, where that has no more words than this."""

_Weak: TypeAlias = tuple[Node, bool]


def raw_words(raw: str) -> tuple[Word, ...]:
    """The words that stand, one after the other, in each post that has exactly these characters; none when unsure.

    >>> [word.word for word in raw_words("C++ rocks!")]
    ['c', 'rocks']
    """
    found = [tokenise(normalize(form, raw)) for form in ("NFC", "NFD")]
    one, other = ([(token.sign, token.word) for token in tokens] for tokens in found)
    if one != other or any(kind(word[0]) == "f" for _, word in one):
        return ()  # kana taken apart are other words, and half a flag may belong to the one before it
    return tuple(Word(word, sign) for sign, word in one)


def weaken(node: Node) -> _Weak:
    """(a query that holds for every post for which this one does, whether it holds for no other).

    >>> from vigie.query import parse, to_text, Query
    >>> [to_text(Query(weaken(parse(text).root)[0])) for text in ("gr?ve bus", '"a b c"~2 grève', "bus -gr?ve")]
    ['gr* AND bus', 'a NEAR/3 b AND a NEAR/3 c AND grève', 'bus']
    """
    return _weak(node, wide=True)


def _weak(node: Node, *, wide: bool) -> _Weak:  # noqa: C901, PLR0911 (one case for each kind of node)
    """The same; without ``wide`` a query that holds for no other post instead, for what stands under NOT."""
    match node:
        case And(parts=parts):
            return _joined(And, [_weak(part, wide=wide) for part in parts])
        case Or(parts=parts):
            return _joined(Or, [_weak(part, wide=wide) for part in parts])
        case Not(part=part):
            inner, exact = _weak(part, wide=not wide)
            return _negated(inner), exact
        case Named(part=part):
            return _weak(part, wide=wide)
        case AtLeast(parts=(_, _, *_)):
            return _some_of(node, wide=wide)
        case Field(name=name) if name in COLUMN_FIELDS and not _several_words(node):
            return node, True
        case Word() if not _toned(node):
            return node, True
        case Phrase(parts=parts) if all(isinstance(part, Word) and not _toned(part) for part in parts):
            return node, True
        case Loose(parts=(Word() as one, Word() as other), words=words) if not (_toned(one) or _toned(other)):
            return Near(one, other, words), True
        case Near() if (sides := _sides(node)) and sides[1]:
            return sides[0], True
        case _:
            return (_needed(node) if wide else NEVER), False


def _needed(node: Node) -> Node:  # noqa: C901, PLR0911 (one case for each kind of node)
    """What must hold for something that compiled code does not know."""
    match node:
        case Word():
            return _plain(node)
        case Pattern(head=head, sign=sign):
            return Word(head, sign, prefix=True) if len(head) >= HEAD_MIN else ALWAYS
        case Phrase(parts=parts):
            side = _side(node)
            return side[0][0] if side else _all(_needed, parts)
        case Loose(parts=(first, *others), words=words):
            spread = words + len(others) - 1
            return _all(_needed, [Near(first, other, spread) for other in others])
        case Raw(text=text):
            found = raw_words(text)
            return Phrase(found, "") if len(found) > 1 else _all(_needed, found)
        case Near(left=left, right=right):
            sides = _sides(node)
            return sides[0] if sides else _all(_over, (left, right))
        case Sentence(parts=parts):
            return _all(_over, parts)
        case AtLeast(parts=(part,)):
            return _over(part)
        case Field(name="url", value=value):
            return And(tuple(Field("url", word) for word in value.split()))
        case Field() | Range():
            return ALWAYS
        case _:
            return _over(node)


def _over(node: Node) -> Node:
    return _weak(node, wide=True)[0]


def _all(of: Callable[[Node], Node], nodes: Sequence[Node]) -> Node:
    return _joined(And, [(of(node), True) for node in nodes])[0]


def _joined(kind_of_join: type[And] | type[Or], weak: Sequence[_Weak]) -> _Weak:
    """AND or OR of parts: those of the same kind taken apart, what decides nothing left out."""
    exact = all(one for _, one in weak)
    parts: list[Node] = []
    for part, _ in weak:
        parts.extend(part.parts if isinstance(part, kind_of_join) else (part,))
    decided = NEVER if kind_of_join is And else ALWAYS
    if decided in parts:
        return decided, exact
    return (parts[0] if len(parts) == 1 else kind_of_join(tuple(parts))), exact


def _negated(node: Node) -> Node:
    if node in (ALWAYS, NEVER):
        return NEVER if node == ALWAYS else ALWAYS
    return node.part if isinstance(node, Not) else Not(node)


def _some_of(node: AtLeast, *, wide: bool) -> _Weak:
    parts, count = node.parts, node.count
    weak = [_weak(part, wide=wide) for part in parts]
    if _size(weak) * comb(len(parts), count) <= _WRITTEN_OUT:
        return _joined(Or, [_joined(And, some) for some in combinations(weak, count)])
    if not wide:
        return NEVER, False
    # All but so many parts that they alone would not do: one of the others must hold. The rarest are the best to ask.
    rarest = sorted(weak, key=lambda one: likely(one[0]))[: len(parts) - count + 1]
    return _joined(Or, rarest)[0], False


def _size(weak: Sequence[_Weak]) -> int:
    return sum(measure(part, _WRITTEN_OUT)[1] for part, _ in weak)


def _several_words(field: Field) -> bool:
    return field.name == "url" and " " in field.value


def _toned(word: Word) -> bool:
    return len(word.word) > 1 and kind(word.word[-1]) == "t"


def _plain(word: Word) -> Word:
    return Word(word.word[:-1], word.sign, word.prefix) if _toned(word) else word


def _sides(near: Near) -> tuple[Near, bool] | None:
    """(nearness between sides that compiled code knows, whether it is the same); None when there is no such."""
    left, right = _side(near.left), _side(near.right)
    if left is None or right is None:
        return None
    return Near(_one_of(left[0]), _one_of(right[0]), near.words, near.ordered), left[1] and right[1]


def _side(node: Node) -> tuple[list[Word | Phrase], bool] | None:
    """(words and phrases of which one stands wherever this side stands, whether the converse is true)."""
    match node:
        case Word():
            return [_plain(node)], not _toned(node)
        case Pattern(head=head, sign=sign) if len(head) >= HEAD_MIN:
            return [Word(head, sign, prefix=True)], False
        case Phrase(parts=parts):
            known = [_side(part) for part in parts]
            words = [side[0][0] for side in known if side and isinstance(side[0][0], Word)]
            exact = all(side and side[1] for side in known)
            phrase = node if exact else Phrase(tuple(words), "")
            return ([phrase], exact) if len(words) == len(parts) else None
        case Or(parts=parts):
            sides = [_side(part) for part in parts]
            found = [side for side in sides if side is not None]
            whole = list(dict.fromkeys(leaf for side in found for leaf in side[0]))
            return (whole, all(side[1] for side in found)) if len(found) == len(parts) else None
        case Named(part=part):
            return _side(part)
        case _:
            return None


def _one_of(leaves: list[Word | Phrase]) -> Node:
    return leaves[0] if len(leaves) == 1 else Or(tuple(leaves))

"""How a clause was missed: what it asks for, what the post has instead, and where."""

import difflib
from collections.abc import Iterable
from typing import TypeAlias, assert_never

from msgspec import Struct

from vigie.query.evaluate import stretches
from vigie.query.fewest import Turn
from vigie.query.fields import NUMBERS
from vigie.query.ground import Found, Ground, Stretch
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
from vigie.query.printer import node_text
from vigie.query.windows import windows
from vigie.text import tokenise

Values: TypeAlias = dict[str, str | int]
_Said: TypeAlias = tuple[str, Values, Found]

_LONGEST = 80  # characters of a clause inside a sentence
_CLOSE = 0.75  # of 1: how alike two words must be for one to be taken for the other
_LETTERS = 4  # a shorter word is like too many others
_WIDEST = 60  # words within which those of a loose phrase are looked for
_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_FACTS = frozenset({"has", "is"})


class Miss(Struct, frozen=True, omit_defaults=True):
    """A clause that failed.

    Attributes:
        clause: in the canonical form.
        code: what happened, of `wording`, area ``why``: ``why.miss.far``.
        values: for the sentence.
        excluded: the clause stands under NOT and holds; otherwise it is asked for and does not.
        found: what comes nearest to it in the post, or what is there although it should not be.
        instead: clauses any one of which would do as well.
    """

    clause: str
    code: str
    values: Values = {}
    excluded: bool = False
    found: Found = Found()
    instead: tuple[str, ...] = ()


def miss(turn: Turn, ground: Ground) -> Miss:
    """What is said of a clause that would have to turn."""
    code, values, found = _wanted(turn.clause, ground) if turn.wanted else _excluded(turn.clause, ground)
    clause = node_text(turn.clause)
    return Miss(clause, code, values, not turn.wanted, found, tuple(map(node_text, turn.instead)))


def far(node: Node, ground: Ground) -> int:
    """How far off a clause is: 0 where all of it is there but not as asked, 1 for some of it, 2 for nothing."""
    match node:
        case Near(left=left, right=right):
            parts: tuple[Node, ...] = (left, right)
        case Phrase(parts=words) | Loose(parts=words):
            parts = words
        case Sentence(parts=parts) | AtLeast(parts=parts):
            pass
        case _:
            return 2
    there = [bool(stretches(part, ground.document)) for part in parts]
    return 0 if all(there) else 2 - any(there)


def short(text: str, longest: int = _LONGEST) -> str:
    """A text on one line that fits into a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _named(node: Node) -> str:
    """A clause inside a sentence, which puts quotes around it by itself."""
    match node:
        case Phrase(written=written) | Loose(written=written):
            return short(written)
        case Raw(text=text):
            return short(text)
        case _:
            return short(node_text(node).strip('"'))


def _excluded(node: Node, ground: Ground) -> _Said:
    if places := ground.where(node):
        return "why.miss.excluded", {"words": short(ground.words(places[0]))}, ground.found(node)
    return "why.miss.excluded_fact", {"clause": short(node_text(node))}, ground.found(node)


def _wanted(node: Node, ground: Ground) -> _Said:  # noqa: C901, PLR0911 (one case for each kind of node)
    match node:
        case Word():
            return _word(node, ground)
        case Pattern():
            return _absent(node)
        case Phrase():
            return _phrase(node, ground)
        case Loose():
            return _loose(node, ground)
        case Raw():
            return _raw(node, ground)
        case Near():
            return _near(node, ground)
        case Sentence():
            return _sentence(node, ground)
        case AtLeast():
            return _times(node, ground)
        case Field():
            return _field(node, ground)
        case Range():
            return _range(node, ground)
        case And() | Or() | Not() | Named():
            raise TypeError(node)  # no clause: what it joins is
        case _:
            assert_never(node)


def _absent(node: Node) -> _Said:
    return "why.miss.absent", {"clause": _named(node)}, Found()


def _word(node: Word, ground: Ground) -> _Said:
    """Not there at all; or with another sign, in another tone, in another form."""
    others = [("why.miss.untoned", Word(node.word.rstrip(_TONES), node.sign))] if node.word[-1] in _TONES else []
    if node.sign:
        others.append(("why.miss.unsigned", Word(node.word, prefix=node.prefix)))
    elif not node.prefix and len(node.word) >= _LETTERS:
        plain = [word for word in ground.document.places if word[0] not in "#@$"]
        alike = difflib.get_close_matches(node.word, plain, 1, _CLOSE)
        others += [("why.miss.close", Word(word)) for word in alike]
    for code, other in others:
        if other.word and (places := ground.where(other)):
            return code, {"clause": _named(node), "words": ground.words(places[0])}, ground.at(places)
    return _absent(node)


def _phrase(node: Phrase, ground: Ground) -> _Said:
    """How much of it stands in one piece."""
    run = _longest_run(node.parts, ground)
    if run is None:
        return _absent(node)
    values: Values = {"clause": _named(node), "words": short(ground.words(run))}
    each = [stretches(word, ground.document) for word in node.parts]
    if all(each):
        return "why.miss.scattered", values, ground.at(place for places in each for place in places)
    return "why.miss.phrase", values, ground.at([run])


def _longest_run(words: Iterable[Node], ground: Ground) -> Stretch | None:
    """The most words of a phrase that follow each other, the first such run."""
    best: Stretch | None = None
    before: dict[int, int] = {}
    for word in words:
        before = {place: before.get(place - 1, 0) + 1 for place, _ in stretches(word, ground.document)}
        for place, length in before.items():
            if best is None or length > best[1] - best[0]:
                best = (place + 1 - length, place + 1)
    return best


def _loose(node: Loose, ground: Ground) -> _Said:
    """Which word is missing, or how many others stand among them."""
    places = [stretches(word, ground.document) for word in node.parts]
    missing = [_named(word) for word, found in zip(node.parts, places, strict=True) if not found]
    values: Values = {"clause": _named(node), "most": node.words}
    if len(missing) == len(node.parts):
        return _absent(node)
    if missing:
        return (
            "why.miss.loose",
            values | {"missing": ", ".join(missing)},
            ground.at(place for one in places for place in one),
        )
    found = windows([[start for start, _ in one] for one in places], _WIDEST)
    if not found:
        return "why.miss.loose_apart", values, ground.at(place for one in places for place in one)
    first, after = min(found, key=lambda window: window[1] - window[0])
    inside = [place for one in places for place in one if first <= place[0] < after]
    between = after - first - len(node.parts)
    code = "why.miss.loose_far_one" if between == 1 else "why.miss.loose_far"
    return code, values | {"distance": between}, ground.at(inside)


def _raw(node: Raw, ground: Ground) -> _Said:
    """The same words in another writing."""
    words = tuple(Word(token.word, token.sign) for token in tokenise(node.text))
    if words and (places := ground.where(Phrase(words, ""))):
        return "why.miss.raw", {"clause": _named(node), "words": short(ground.words(places[0]))}, ground.at(places)
    return _absent(node)


def _near(node: Near, ground: Ground) -> _Said:
    """Which side is missing, or how far apart they are."""
    values: Values = {"operator": f"{'O' if node.ordered else ''}NEAR/{node.words}", "most": node.words}
    names = {"left": _named(node.left), "right": _named(node.right)}
    left, right = ground.where(node.left), ground.where(node.right)
    if not left and not right:
        return "why.miss.neither", values | names, Found()
    if not left or not right:
        there, missing = left or right, node.right if left else node.left
        said = {"words": short(ground.words(there[0])), "missing": _named(missing)}
        return "why.miss.one_side", values | said, ground.at(there)
    pair = ground.nearest(node.left, node.right, ordered=node.ordered)
    code = "why.miss.far"
    if node.ordered and (pair is None or pair.words > node.words):
        reverse = ground.nearest(node.right, node.left, ordered=True)
        if reverse is not None and (pair is None or reverse.words <= node.words):
            code, pair = "why.miss.order", reverse
    if pair is None:
        return "why.miss.apart", values | names, ground.at([*left, *right])
    sides = (pair.other, pair.one) if code == "why.miss.order" else (pair.one, pair.other)
    said = {name: short(ground.words(side)) for name, side in zip(names, sides, strict=True)}
    code += "_one" if code == "why.miss.far" and pair.words == 1 else ""
    return code, values | said | {"distance": pair.words}, ground.at(sides)


def _sentence(node: Sentence, ground: Ground) -> _Said:
    """What is missing, or nothing but a sentence that has all."""
    places = [stretches(part, ground.document) for part in node.parts]
    missing = [_named(part) for part, found in zip(node.parts, places, strict=True) if not found]
    found = ground.at(place for one in places for place in one)
    if missing:
        return "why.miss.sentence_lacks", {"missing": ", ".join(missing)}, found
    return "why.miss.sentence", {"clauses": ", ".join(map(_named, node.parts))}, found


def _times(node: AtLeast, ground: Ground) -> _Said:
    """How often one thing is there."""
    (part,) = node.parts
    places = stretches(part, ground.document)
    if not places:
        return _absent(part)
    code = "why.miss.times_one" if len(places) == 1 else "why.miss.times"
    return code, {"clause": _named(part), "times": len(places), "count": node.count}, ground.at(places)


def _field(node: Field, ground: Ground) -> _Said:
    """What the network says instead."""
    if node.name in _FACTS:
        return f"why.miss.{node.name}.{node.value}", {"clause": node_text(node)}, Found()
    match node.name:
        case "url":
            has = list(ground.post.links)
        case "hashtag":
            tokens = [(part.text, token) for part in ground.document.parts for token in part.tokens]
            has = [text[token.start : token.end] for text, token in tokens if token.sign == "#"]
        case name:
            has = sorted(one for one in ground.document.fields[name] if one)
    values: Values = {"asked": short(node.value), "has": short(", ".join(dict.fromkeys(has)))}
    return f"why.miss.field.{node.name}" if has else f"why.miss.none.{node.name}", values, Found()


def _range(node: Range, ground: Ground) -> _Said:
    """The number as it is."""
    number = NUMBERS[node.name](ground.post)
    values: Values = {"clause": node_text(node)}
    if number is None:
        return "why.miss.range_unknown", values, Found()
    return f"why.miss.range.{node.name}", values | {"has": number}, Found()

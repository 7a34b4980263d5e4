"""Makes as many queries as one likes, of the kinds that houses write, out of posts' own words; same seed, same queries.

Most name brands that nobody speaks of just now, as in life: a hundred thousand of them together match about two of them
a post. Each is written twice from one tree: as text for Vigie, and as an expression for `bench/lucene/java`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import NamedTuple, TypeAlias

from vigie.model import Post
from vigie.text import tokenise

Tree: TypeAlias = tuple["str | int | Tree", ...]
"""``("t", word)``, ``("p", beginning)``, ``("f", field, value)``, ``("ph", word…)``, ``("near", n, or, or)``, ``("and",
…)``, ``("or", …)``, ``("not", tree)``."""

KNOWN = 0.62
"""Part of the brands that the posts speak of at all."""
SYLLABLES = tuple(first + second for first in "bcdfgklmnprstvz" for second in "aeio")
OPERATORS = frozenset({"and", "or", "not", "near", "et", "ou", "sauf"})
IS_WORD = re.compile(r"[a-z0-9_]{3,}").fullmatch


class Written(NamedTuple):
    """One query, for each of the two."""

    id: str
    text: str
    expression: str


def generate(posts: Sequence[Post], count: int, seed: int) -> list[Written]:
    """``count`` queries."""
    maker = _Maker(posts, Random(seed))
    trees = (maker.query() for _ in range(count))
    return [Written(f"q{number}", _text(tree), _expression(tree)) for number, tree in enumerate(trees)]


class _Maker:
    """Draws words and puts queries together."""

    def __init__(self, posts: Sequence[Post], chance: Random) -> None:
        self.chance = chance
        self.sentences = [[token.word for token in tokenise(post.text)] for post in posts]
        frequency = Counter(word for words in self.sentences for word in words if IS_WORD(word))
        ordered = [word for word, _ in frequency.most_common() if word not in OPERATORS]
        self.common, self.middling = ordered[:200], ordered[200:3000]
        self.heard = frozenset(ordered[:3000])
        self.rare = [word for word in ordered if frequency[word] <= max(2, len(posts) // 5000)] or ordered
        self.langs = sorted({lang for post in posts for lang in post.langs}) or ["fr"]
        self.networks = sorted({post.network for post in posts})
        self.authors = sorted({post.author.handle or post.author.id for post in posts})
        self.forms = (
            (28, self._about),
            (16, self._alone),
            (14, self._near),
            (12, self._beginning),
            (12, self._list),
            (10, self._said),
            (8, self._alternatives),
        )

    def query(self) -> Tree:
        """Any one."""
        chance = self.chance
        weights, forms = zip(*self.forms, strict=True)
        tree: Tree = chance.choices(forms, weights)[0]()
        parts: list[Tree] = [tree]
        if chance.random() < 0.17:
            parts.append(self._filter())
        if chance.random() < 0.26:
            parts.append(("not", self._or(self._words(chance.randint(1, 6)))))
        return tree if len(parts) == 1 else ("and", *(tree[1:] if tree[0] == "and" else parts[:1]), *parts[1:])

    def _about(self) -> Tree:
        return ("and", self._brand(), self._or(self._contexts(self.chance.randint(3, 14))))

    def _alone(self) -> Tree:
        return self._brand()

    def _near(self) -> Tree:
        ones = self._or([self._name() for _ in range(self.chance.randint(1, 3))], always=True)
        others = self._or([word for word in self._words(self.chance.randint(1, 5)) if word not in ones], always=True)
        return ("near", self.chance.randint(3, 10), ones, others) if len(others) > 1 else self._about()

    def _beginning(self) -> Tree:
        word = str(self._name()[1])
        return ("and", ("p", word[: max(5, len(word) - 2)]), self._or(self._contexts(self.chance.randint(3, 16))))

    def _list(self) -> Tree:
        names = self._or([self._name() for _ in range(self.chance.randint(3, 18))])
        return ("and", names, self._or(self._contexts(self.chance.randint(4, 10))))

    def _said(self) -> Tree:
        return self._or([self._phrase(rare=True) for _ in range(self.chance.randint(1, 3))])

    def _alternatives(self) -> Tree:
        ways: list[Tree] = [
            ("and", self._name(), self._or(self._words(self.chance.randint(3, 8)))),
            self._near(),
            ("and", self._phrase(rare=True), self._or(self._contexts(self.chance.randint(3, 8)))),
        ]
        return ("or", *ways)

    def _brand(self) -> Tree:
        name = self._name()
        forms: list[Tree] = [name, ("t", f"#{name[1]}"), ("t", f"@{name[1]}")][: self.chance.randint(1, 3)]
        if self.chance.random() < 0.3:
            forms.append(self._phrase(rare=True))
        return self._or(forms)

    def _name(self) -> Tree:
        if self.chance.random() < KNOWN:
            return ("t", self.chance.choice(self.rare))
        return ("t", "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(3, 5))))

    def _words(self, count: int) -> list[Tree]:
        """Words that many posts hold."""
        chance = self.chance
        return [("t", chance.choice(self.common if chance.random() < 0.4 else self.middling)) for _ in range(count)]

    def _contexts(self, count: int) -> list[Tree]:
        """Words, a few beginnings and phrases among them."""
        found = self._words(count)
        for place, word in enumerate(found):
            kind = self.chance.random()
            if kind < 0.1:
                found[place] = ("p", str(word[1])[:6])
            elif kind < 0.2:
                found[place] = self._phrase(rare=False)
        return found

    def _phrase(self, *, rare: bool) -> Tree:
        """Words that follow each other somewhere, or, rarely spoken, a name with a word."""
        if rare and self.chance.random() > KNOWN:
            return ("ph", str(self._name()[1]), self.chance.choice(self.middling))
        for _ in range(30):
            words = self.chance.choice(self.sentences)
            start = self.chance.randrange(len(words) or 1)
            some = words[start : start + self.chance.randint(2, 4)]
            if len(some) > 1 and all(map(IS_WORD, some)) and not (rare and self.heard.issuperset(some)):
                return ("ph", *some)
        return ("ph", *self.chance.sample(self.middling, 2))

    def _filter(self) -> Tree:
        kind = self.chance.random()
        if kind < 0.6:
            return ("f", "lang", self.chance.choice(self.langs))
        if kind < 0.9:
            return ("f", "network", self.chance.choice(self.networks))
        return ("f", "author", self.chance.choice(self.authors))

    @staticmethod
    def _or(parts: Sequence[Tree], *, always: bool = False) -> Tree:
        once = tuple(dict.fromkeys(parts))
        return once[0] if len(once) == 1 and not always else ("or", *once)


def _text(tree: Tree) -> str:  # noqa: PLR0911 (one case for each kind of tree)
    match tree:
        case ("t", word):
            return str(word)
        case ("p", beginning):
            return f"{beginning}*"
        case ("f", field, value):
            return f"{field}:{value}"
        case ("ph", *words):
            return '"' + " ".join(map(str, words)) + '"'
        case ("near", between, tuple() as ones, tuple() as others):
            return f"({_text(ones)} NEAR/{between} {_text(others)})"
        case ("not", tuple() as part):
            return f"NOT {_text(part)}"
        case (operator, *parts):
            joined = f" {str(operator).upper()} ".join(_text(part) for part in parts if isinstance(part, tuple))
            return f"({joined})"
    raise ValueError(tree)


def _expression(tree: Tree) -> str:
    if tree[0] in {"t", "p", "f"}:
        return ":".join(map(str, tree))
    return " ".join(("(", *(_expression(part) if isinstance(part, tuple) else str(part) for part in tree), ")"))

"""Texts to measure with: real posts where they lie beside the checkout, the demo world's otherwise."""

import gzip
import random
import re
from collections import Counter
from pathlib import Path

from vigie.model import Post
from vigie.world import generate

DAY = 86_400_000
START = 20_000 * DAY
REAL = Path(__file__).resolve().parents[2] / "shared/data/percolation/posts.tsv.gz"


def texts(count: int) -> tuple[list[str], str]:
    """At most ``count`` texts, and where they come from."""
    if REAL.exists():
        with gzip.open(REAL, "rt", encoding="utf-8") as file:
            return [line.rstrip("\n").split("\t")[4] for _, line in zip(range(count), file, strict=False)], "real"
    lines = generate(lambda name: random.Random(f"1:{name}"), START, START + 14 * DAY)
    return [line.event.text for line in lines if isinstance(line.event, Post)][:count], "demo"


def queries(texts: list[str], count: int, share: float, seed: int = 1) -> dict[str, str]:
    """``count`` queries of the kinds that houses write, together matching about ``share`` of the texts.

    Most name brands that nobody speaks of just now; some name rare words of the texts, until the share is reached.
    """
    chance = random.Random(seed)
    words = [set(re.findall(r"[a-zà-ÿ]{4,}", text.lower())) for text in texts]
    frequency = Counter(word for these in words for word in these)
    common = [word for word, n in frequency.most_common(2000)]
    rare = [word for word, n in frequency.items() if 2 <= n <= max(4, len(texts) // 4000)]
    chance.shuffle(rare)
    found: dict[str, str] = {}
    matched: set[int] = set()
    where: dict[str, list[int]] = {}
    for index, these in enumerate(words):
        for word in these:
            where.setdefault(word, []).append(index)
    while len(matched) < share * len(texts) and rare:
        word = rare.pop()
        matched.update(where[word])
        found[f"q{len(found)}"] = f"{word} OR #{word}{chance.randrange(100)}"
    while len(found) < count:
        brand = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=9))
        a, b, c = chance.sample(common, 3)
        form = chance.choice(
            [
                f'"{brand} {a}" OR @{brand} OR #{brand}',
                f"{brand} AND ({a} OR {b}) AND NOT {c}",
                f"{brand} NEAR/5 ({a} OR {b})",
                f"{brand[:6]}* AND {a} AND lang:fr",
            ]
        )
        found[f"q{len(found)}"] = form
    return dict(list(found.items())[:count])

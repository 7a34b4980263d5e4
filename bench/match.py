"""Stored queries against posts: how many posts a CPU-second, and what it takes to begin.

Prints lines ``name value unit``. Uses the posts and queries beside the checkout, else some of its own.
"""

import gzip
import json
import os
import resource
import tempfile
import time
from pathlib import Path
from random import Random

os.environ.setdefault("NUMBA_CACHE_DIR", tempfile.mkdtemp(prefix="vigie-bench-"))

from vigie.model import Author, Post
from vigie.query import Matcher, PlainMatcher, Query, parse

DATA = Path(__file__).parents[1] / "../shared/data/percolation"
BATCH = 1000
ROUNDS = 7
SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi xo zu"


def shared_posts() -> list[Post]:
    """Real posts."""
    with gzip.open(DATA / "posts.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t", 4) for line in lines]
    return [Post(network, id, Author(author), text, 0, langs=(lang,)) for id, lang, network, author, text in rows]


def shared_queries(count: int) -> dict[str, str]:
    """Queries made for them."""
    with gzip.open(DATA / f"queries_{count}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {row["id"]: row["q"] for row in map(json.loads, lines)}


def own_words(draw: Random, count: int) -> list[str]:
    """Words, the first ones common, the last ones rare."""
    vocabulary = ["".join(draw.choices(SYLLABLES.split(), k=draw.randint(1, 4))) for _ in range(20_000)]
    return [vocabulary[int(len(vocabulary) * draw.random() ** 4)] for _ in range(count)]


def own_posts() -> list[Post]:
    """Posts of 14 words."""
    draw = Random(1)
    words = own_words(draw, 14 * 20_000)
    texts = (" ".join(words[at : at + 14]) for at in range(0, len(words), 14))
    return [Post("bluesky", str(id), Author("a"), text, 0, langs=("fr",)) for id, text in enumerate(texts)]


def own_queries(count: int) -> dict[str, str]:
    """Names with what is said of them."""
    draw = Random(2)
    words = own_words(draw, 12 * count)
    groups = [words[at : at + 12] for at in range(0, len(words), 12)]
    return {f"q{id}": f'{w[0]}{w[1]} OR "{w[2]} {w[3]}" ({" OR ".join(w[4:])})' for id, w in enumerate(groups)}


def say(name: str, value: float, unit: str) -> None:
    """One line of the report."""
    print(name, round(value, 3) if value < 100 else round(value), unit, flush=True)


def posts_per_cpu_s(matcher: Matcher | PlainMatcher, posts: list[Post], rounds: int) -> float:
    """The best of some rounds in batches: other programs on the machine only ever make a round slower."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        for at in range(0, len(posts), BATCH):
            matcher.match(posts[at : at + BATCH])
        best = min(best, time.process_time() - begun)
    return len(posts) / best


def measure(label: str, texts: dict[str, str], posts: list[Post]) -> dict[str, Query]:
    """Everything about one number of queries."""
    begun = time.process_time()
    queries = {id: parse(text) for id, text in texts.items()}
    say(f"parse_{label}", time.process_time() - begun, "cpu_s")
    begun = time.process_time()
    matcher = Matcher(queries)
    say(f"match_build_{label}", time.process_time() - begun, "cpu_s")
    begun = time.process_time()
    matcher.match(posts[:1])
    say(f"match_first_{label}", time.process_time() - begun, "cpu_s")
    say(f"match_posts_per_cpu_s_{label}", posts_per_cpu_s(matcher, posts, ROUNDS), "posts/cpu_s")
    return queries


def main() -> None:
    """Prints the figures."""
    real = DATA.is_dir()
    posts = shared_posts() if real else own_posts()
    thousand = measure("1k", shared_queries(1000) if real else own_queries(1000), posts)
    measure("10k", shared_queries(10_000) if real else own_queries(10_000), posts)
    say("match_plain_posts_per_cpu_s_1k", posts_per_cpu_s(PlainMatcher(thousand), posts[:5000], 1), "posts/cpu_s")
    preview = PlainMatcher({"one": parse('"happy birthday" OR #love OR coffee NEAR/3 morning')})
    say("preview_10k_posts", 10_000 / posts_per_cpu_s(preview, posts[:10_000], 3) * 1000, "ms")
    say("match_peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")


if __name__ == "__main__":
    main()

"""What queries are estimated to cost against what they cost in the compiled matcher.

Each query is asked so many times at once that it outweighs reading the words, which every query shares.
"""

import os
import random
import statistics
import tempfile
import time
from itertools import islice

os.environ.setdefault("NUMBA_CACHE_DIR", tempfile.mkdtemp(prefix="vigie-bench-"))

from texts import texts

from vigie.model import Author, Post
from vigie.query import Matcher, Query, parse
from vigie.query.cost import cost
from vigie.query.seen import Seen, likely
from vigie.query.weaken import weaken

SAMPLE, POSTS, BATCH, ROUNDS = 10_000, 20_000, 2_000, 5
QUERIES = """
espresso
coffee
birthday
love
happy
the
le OR la OR les
to OR the OR a
love AND day
happy AND birthday
the AND love
le AND de
"happy birthday"
"of the"
"good morning" OR "good night"
love NEAR/3 day
the NEAR/5 of
(happy OR good) NEAR/4 (birthday OR morning)
(the OR a) NEAR/2 (day OR night)
lov*
the*
car*
happ* AND birth*
love NOT you
the NOT (of OR and)
#love
#happy OR #love
love AND lang:en
the AND has:link
coffee OR tea OR beer OR wine OR water OR milk
(le OR la OR les OR des) AND (grève OR manifestation OR syndicat)
paris AND (match OR psg OR football)
train OR bus OR metro OR tram OR avion OR voiture
monday OR tuesday OR wednesday OR thursday OR friday OR saturday OR sunday
"the best day ever"
game AND (win OR won OR lost OR lose)
trump
trump AND (vote OR election)
"a lot" NEAR/5 love
new AND (song OR album OR video)
gr?at
"love you"~3
love ONEAR/4 you
love SENTENCE you
atleast/2(love, happy, good, great)
the SENTENCE of
"""


def main() -> None:
    """Prints ``cost_rank_correlation``, ``cost_median_ratio``, ``cost_within_3x`` and the constants that would fit."""
    words, origin = texts(SAMPLE + POSTS)
    posts = [Post("bluesky", str(n), Author("a"), text, 0, langs=("en",)) for n, text in enumerate(words)]
    chance = random.Random(3)
    chance.shuffle(posts)
    seen, read = Seen(posts[:SAMPLE]), posts[SAMPLE:]
    bare = {copies: spent(Matcher(copied(parse("zzyzxq"), copies)), read) for copies in (8, 256)}
    rows = []
    for text in filter(None, QUERIES.splitlines()):
        query = parse(text)
        exact = weaken(query.root)[1]
        copies = 256 if exact else 8
        measured = max(0.1, (spent(Matcher(copied(query, copies)), read) - bare[copies]) / copies)
        rows.append((text, exact, cost(query, seen), measured))
    for text, exact, guess, measured in sorted(rows, key=lambda row: row[3]):
        found = likely(parse(text).root, seen)
        print(f"# {measured:9.1f} ns  estimated {guess.nanoseconds:9.1f}  looked {guess.share:.4f}"
              f"  found {found:.4f}  {'' if exact else 'confirmed '} {text}")  # fmt: skip
    ratios = sorted(guess.nanoseconds / measured for _, _, guess, measured in rows)
    ranks = statistics.correlation(ranked([row[2].nanoseconds for row in rows]), ranked([row[3] for row in rows]))
    within = sum(1 / 3 <= ratio <= 3 for ratio in ratios) / len(ratios)
    print(f"cost_rank_correlation {ranks:.3f} of_{len(rows)}_queries")
    print(f"cost_median_ratio {statistics.median(ratios):.2f} estimated_to_measured")
    print(f"cost_within_3x {within:.2f} of_queries")
    print(f"load_1min {os.getloadavg()[0]:.2f} of_{os.cpu_count()}_cores ({origin} texts)")


def ranked(values: list[float]) -> list[int]:
    """The place of each in their order."""
    order = sorted(values)
    return [order.index(value) for value in values]


def copied(query: Query, copies: int) -> dict[str, Query]:
    """The same query so many times."""
    return {f"q{n:04}": query for n in range(copies)}


def spent(matcher: Matcher, posts: list[Post]) -> float:
    """Nanoseconds a post, of matching alone; the best of some rounds."""
    best = float("inf")
    batches = [posts[at : at + BATCH] for at in range(0, len(posts), BATCH)]
    laid = [matcher.lay_out(batch) for batch in batches]
    matcher.match_laid_out(next(islice(laid, 1)))
    for _ in range(ROUNDS):
        begun = time.process_time()
        for batch in laid:
            matcher.match_laid_out(batch)
        best = min(best, time.process_time() - begun)
    return best / len(posts) * 1e9


if __name__ == "__main__":
    main()

"""A source that is always the same, and a process that stores it from where it was: run by `test_crash`."""

import sys
from pathlib import Path

from msgspec import structs

from vigie.model import Author, Batch, Deleted, Millis, Post, Sighting
from vigie.store import open_store

BATCHES, SIZE = 60, 400
START: Millis = 1_760_000_000_000
Expected = dict[str, tuple[str, tuple[str, ...], Millis | None]]


def batch(number: int) -> tuple[Batch, list[Sighting]]:
    """Posts, edits of some of the batch before, deletions of some of the batch before that."""
    posts = [_post(number, n) for n in range(SIZE)]
    if number:
        posts += [
            structs.replace(_post(number - 1, n), text=f"edited {number - 1} {n}", edited_at=START + 10**9)
            for n in range(0, SIZE, 10)
        ]
    deleted = [Deleted("bluesky", f"at://{number - 2}/{n}", START) for n in range(5, SIZE, 20)] if number > 1 else []
    whole = Batch(tuple(posts), tuple(deleted), cursor=str(number + 1), latest=START + number, events=SIZE)
    return whole, [Sighting(one, _queries(one), "match") for one in posts]


def expected() -> Expected:
    """What the archive holds when nothing was lost and nothing doubled."""
    held: Expected = {}
    for number in range(BATCHES):
        whole, sightings = batch(number)
        for one in sightings:
            held[one.post.remote_id] = (one.post.text, one.queries, None)
        for one in whole.deleted:
            held[one.remote_id] = ("", held[one.remote_id][1], START)
    return held


def _post(number: int, n: int) -> Post:
    at = START + (number * SIZE + n) * 7_000
    return Post("bluesky", f"at://{number}/{n}", Author(f"did:{n % 50}"), f"post {number} {n}", at, langs=("fr",))


def _queries(one: Post) -> tuple[str, ...]:
    return ("a", "b") if one.created_at % 3 == 0 else ("a",)


if __name__ == "__main__":
    store = open_store(Path(sys.argv[1]), role="listen")
    print("begins", flush=True)  # noqa: T201 - read by the test
    for number in range(int(store.archive.cursor("replay") or 0), BATCHES):
        # One batch again each time: what lies on the border of a crash may be handed over twice.
        for again in (max(number - 1, 0), number):
            store.archive.append("replay", *batch(again), START)
    store.close()

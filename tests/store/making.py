"""Posts, batches and acts for the tests, and short ways to store and find them."""

import itertools
from collections.abc import Iterable

from msgspec import structs

from vigie.flows.ports.archive import Appended, Filter
from vigie.model import (
    Act,
    Author,
    Batch,
    Kept,
    Mention,
    Post,
    Sighting,
)
from vigie.store import Store

NOON = 1_760_011_200_000  # 2025-10-09T12:00:00Z
HOUR = 3_600_000
DAY = 24 * HOUR
_numbers = itertools.count(1)


def post(text: str = "Un café au port", at: int = NOON, **more: object) -> Post:
    """A post of its own name unless it is given one."""
    number = next(_numbers)
    author = more.pop("author", None) or Author("did:plc:odile", handle="odile.example", name="Odile")
    said = Post("bluesky", f"at://post/{number}", author, text, at, langs=("fr",))  # type: ignore[arg-type]
    return structs.replace(said, **more)


def act(verb: str = "person.erased", at: int = NOON, **more: object) -> Act:
    """Something that Odile did."""
    return structs.replace(Act(at, "odile", verb, "query:brand"), **more)


def keep(
    store: Store,
    *posts: Post,
    queries: Iterable[str] = ("brand",),
    kept: Kept = "match",
    source: str = "jetstream",
    now: int = NOON + 1000,
    **more: object,
) -> Appended:
    """Appends a batch whose posts are all worth keeping."""
    batch = structs.replace(Batch(posts=posts, events=len(posts)), **more)
    return store.archive.append(source, batch, [Sighting(one, tuple(sorted(queries)), kept) for one in posts], now)


def found(store: Store, **where: object) -> list[Mention]:
    """All mentions of a filter."""
    return list(store.archive.mentions(Filter(**where), limit=1000).mentions)  # type: ignore[arg-type]


def texts(store: Store, **where: object) -> list[str]:
    """Their texts."""
    return [mention.post.text for mention in found(store, **where)]

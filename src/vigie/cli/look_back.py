"""Looking back with a query from a terminal, over kept posts, the sample or a file: told while it is read."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
from rich.progress import BarColumn, Progress, TextColumn

from vigie.cli.post_lines import post_lines
from vigie.cli.speak import err, out
from vigie.flows.ports.network import Source
from vigie.flows.preview import Found, LookBack, standing
from vigie.model import Post
from vigie.query import Query
from vigie.wording import Wording

if TYPE_CHECKING:
    from vigie.app.opened import Opened

WIDEST = 40
"""Signs of the longest bar."""

Share = Callable[[int], float]
"""Part of all that has been read, from how many posts were."""


def over_kept(vigie: "Opened") -> tuple[Iterator[Sequence[Post]], Share]:
    """All kept posts, the latest kept first."""
    size, _ = vigie.store.archive.standing_size()
    return standing(vigie.store.archive), lambda read: read / size if size else 1.0


def over_sample(vigie: "Opened") -> tuple[Iterator[Sequence[Post]], Share]:
    """The rolling sample."""
    posts = vigie.store.archive.sample()
    return iter((posts,)), lambda read: read / len(posts) if posts else 1.0


def over_file(source: Source) -> tuple[Iterator[Sequence[Post]], Share]:
    """A file from its beginning to its end. Raises SourceDownError while it is read."""
    batches = source.read("")

    async def further() -> Sequence[Post] | None:
        batch = await anext(batches, None)
        return None if batch is None else batch.posts

    def posts() -> Iterator[Sequence[Post]]:
        with asyncio.Runner() as runner:
            while (found := runner.run(further())) is not None:
                yield found

    def share(_read: int) -> float:
        progress = getattr(source, "progress", None)
        return progress.done / progress.total if progress and progress.total else 0.0

    return posts(), share


def look(query: Query, posts: Iterator[Sequence[Post]], share: Share, zone: str, w: Wording) -> tuple[Found, bool]:
    """Reads on until the end or Ctrl-C, telling how far it is; what was found, and whether that was all."""
    back, read = LookBack(query, ZoneInfo(zone)), 0
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(w("queries.cli.reading", n=0), total=1.0)
        try:
            for some in posts:
                back.read(some)
                read += len(some)
                progress.update(task, completed=share(read), description=w("queries.cli.reading", n=read))
        except KeyboardInterrupt:
            return back.found(), False
    return back.found(), True


def print_found(found: Found, w: Wording, zone: str, *, whole: bool) -> None:
    """A bar a day, the newest posts found, and the figures last, where a person looks first."""
    top = max((count for _, count in found.days), default=0)
    for day, count in found.days:
        at = int(datetime.combine(day, time(12), UTC).timestamp() * 1000)
        out.print(
            f"{w.date(at, 'UTC'):>18}  {'█' * max(1, round(count / top * WIDEST))} {w.number(count)}", markup=False
        )
    for example in found.examples:
        out.print(post_lines(example.post, example.spans, w, zone))
    out.print(w.count("queries.cli.found", found.matched, read=found.read), markup=False)
    if not whole:
        err.print(w("queries.cli.stopped"), markup=False)


def print_json(found: Found, *, whole: bool) -> None:
    """The same as one object."""
    told = {
        "whole": whole,
        "read": found.read,
        "matched": found.matched,
        "days": [{"day": day, "count": count} for day, count in found.days],
        "examples": found.examples,
    }
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")

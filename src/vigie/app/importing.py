"""`vigie import`: a file's posts are judged and stored like those of any source, resumable by the same cursor."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing

from msgspec import Struct

from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.app.watching import Known, build_watch
from vigie.charter import Charter
from vigie.flows.listen import Taken, take
from vigie.judge import Watch
from vigie.model import Batch, SourceSpec
from vigie.query import PlainMatcher
from vigie.text.language import detector


class Imported(Struct):
    """What came of an import so far. ``rejected`` counts by reason, ``first`` says where the first of each was."""

    read: int = 0
    new: int = 0
    repeated: int = 0
    rejected: dict[str, int] = {}
    first: dict[str, str] = {}

    def add(self, batch: Batch, taken: Taken) -> None:
        """Counts one batch more."""
        self.read += len(batch.posts)
        self.new += taken.appended.new
        self.repeated += taken.appended.repeated
        for one in batch.rejected:
            self.rejected[one.reason] = self.rejected.get(one.reason, 0) + 1
            self.first.setdefault(one.reason, one.detail)


async def import_file(
    opened: Opened,
    spec: SourceSpec,
    charter: Charter | None,
    told: Callable[[Imported, str], None],
    *,
    keep_all: bool,
    stop: asyncio.Event,
) -> Imported:
    """Reads the file from where it was left, telling ``told`` after each batch (with the cursor).

    Raises:
        SourceDownError: the file cannot be read, or not as what it was said to be.
        StoreFullError: nothing of the last batch was stored.
    """
    archive = opened.store.archive
    known = Known(archive, opened.networks, now())
    if charter is None:
        watch, detect = Watch(PlainMatcher({}), keep_all=keep_all), None
    else:
        archive.set_queries([(query.id, query.match) for query in charter.queries], now())
        built = build_watch(charter, known, {})
        watch = Watch(built.matcher, built.own, known, keep_all=keep_all or built.keep_all)
        detect = detector(charter.company.languages)
    done = Imported()
    source = opened.networks[spec.network].open(spec, opened.tools(spec))
    async with aclosing(source.read(archive.cursor(spec.id))) as batches:  # type: ignore[type-var]
        async for batch in batches:
            taken = take(spec.id, batch, watch, archive, now(), detect)
            known.add(sighting.post.remote_id for sighting in taken.sightings)
            done.add(batch, taken)
            told(done, batch.cursor)
            await asyncio.sleep(0)  # lets Ctrl-C through between two batches
            if stop.is_set():
                break
    return done

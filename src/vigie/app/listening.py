"""The role `listen`: every source of the charter is read, judged and stored by one writer."""

import asyncio
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

from vigie.app.asked import Asked
from vigie.app.clock import now
from vigie.app.identities import Identities
from vigie.app.opened import Opened
from vigie.app.pulse import PulseFile, process_id
from vigie.app.reading import Reading
from vigie.app.stopping import stop_event, wait_or_stop
from vigie.app.watching import Known, build_watch, named_handles, own_accounts
from vigie.app.watching_own import WatchingOwn
from vigie.charter import Charter, CharterError
from vigie.flows.listen import Sampler, Taken, take
from vigie.flows.ports.archive import StoreFullError
from vigie.flows.ports.pulse import Pulse
from vigie.judge import Watch
from vigie.model import Author, Batch, Post, SourceSpec
from vigie.text.language import detector

log = structlog.get_logger()

NOTHING = Post("", "", Author(""), "-", 0)
IDENTIFY_EVERY_S = 2.0
FOLLOW_EVERY_S = 1.0
"""How often the charter is looked at for changes."""


class Listening:
    """One running `listen`."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._archive = opened.store.archive
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._pulse = PulseFile(opened.run_folder, "listen")
        self._pulse.beat(Pulse("listen", now(), process_id()))
        self._sampler = Sampler(self._archive.sample_size()[0])
        self._known = Known(self._archive, opened.networks, now())
        self._identities = Identities(opened)
        self._own = WatchingOwn(opened)
        self._charter: Charter | None = None
        self._watch: Watch | None = None
        self._asked = Asked(opened.home.path / "cache" / "queries")
        self._detect: Callable[[str], str] | None = None
        self._samples = True
        self._digest = ""
        self._trouble = ("", "")
        self._wanted: list[SourceSpec] = []
        self._readings: dict[str, tuple[tuple[SourceSpec, str], asyncio.Task[None], asyncio.Event]] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop; every batch that was begun is then stored whole or not at all."""
        beside = [
            asyncio.create_task(self._identify(stop), name="identities"),
            asyncio.create_task(self._own.run(stop), name="own words"),
        ]
        for task in beside:
            task.add_done_callback(_complain)
        try:
            while not stop.is_set():
                await self._follow()
                self._pulse.beat(Pulse("listen", now(), process_id(), *self._trouble))
                await wait_or_stop(stop, FOLLOW_EVERY_S)
        finally:
            beside[0].cancel()
            await self._end(list(self._readings))
            await asyncio.gather(*beside, return_exceptions=True)
            self._writer.shutdown()
            self._pulse.beat(Pulse("listen"))

    async def _follow(self) -> None:
        """Takes the charter over when it has changed; a charter with mistakes changes nothing."""
        text, digest = self._opened.charter_file.read()
        if digest != self._digest and text:
            self._digest = digest
            self._adopt(text)
        await self._settle()

    def _adopt(self, text: str) -> None:
        try:
            charter = self._opened.parse_charter(text)
            self._apply(charter)
        except CharterError as error:
            first = error.problems[0]
            self._trouble = ("charter-refused", f"{first.line}:{first.column} {first.code}")
            log.error("charter-refused", problems=len(error.problems), line=first.line, code=first.code)
            return
        except StoreFullError as full:
            self._digest = ""
            self._trouble = ("disk-full", str(full))
            return
        self._trouble = ("", "")
        log.info("charter-applied", queries=len(charter.queries), sources=len(charter.listening.sources))
        self._wanted = list(charter.listening.sources)

    async def _settle(self) -> None:
        """Ends and begins sources until those being read are those wanted, with the tokens that they have now."""
        wanted = {spec.id: (spec, self._opened.token(spec)) for spec in self._wanted}
        await self._end([id for id, (asked, _, _) in self._readings.items() if wanted.get(id) != asked])
        for id, asked in wanted.items():
            if id not in self._readings:
                self._begin(asked)

    def _apply(self, charter: Charter) -> None:
        self._archive.set_queries([(query.id, query.match) for query in charter.queries], now())
        self._archive.drop_sources([spec.id for spec in charter.listening.sources])
        self._charter = charter
        self._look_for(charter)
        self._detect = detector(charter.company.languages)
        self._samples = charter.listening.sample

    def _look_for(self, charter: Charter) -> None:
        ids = self._identities.of(named_handles(charter))
        watch = build_watch(charter, self._known, ids, self._asked)
        watch.matcher.match([NOTHING])  # compiled now, not with the first batch
        self._own.follow(charter, own_accounts(charter, ids))
        self._watch = watch

    async def _identify(self, stop: asyncio.Event) -> None:
        """Learns who the handles are that the charter names, and looks for them under their lasting ids too."""
        while not await wait_or_stop(stop, IDENTIFY_EVERY_S):
            charter = self._charter
            if charter is not None and await self._identities.look_up(charter, named_handles(charter)):
                self._look_for(charter)

    def _begin(self, asked: tuple[SourceSpec, str]) -> None:
        spec, _ = asked
        network = self._opened.networks[spec.network]
        tools = self._opened.tools(spec)
        reading = Reading(
            spec, lambda: network.open(spec, tools), self._take, self._archive, now, random.SystemRandom().random
        )
        stop = asyncio.Event()
        task = asyncio.create_task(reading.run(stop), name=f"source {spec.id}")
        task.add_done_callback(_complain)
        self._readings[spec.id] = (asked, task, stop)

    async def _end(self, ids: list[str]) -> None:
        ending = [self._readings.pop(id) for id in ids]
        for _, _, stop in ending:
            stop.set()
        await asyncio.gather(*(task for _, task, _ in ending), return_exceptions=True)

    async def _take(self, source: str, batch: Batch) -> Taken:
        loop = asyncio.get_running_loop()
        try:
            taken = await loop.run_in_executor(self._writer, self._take_now, source, batch)
        except StoreFullError as full:
            self._trouble = ("disk-full", str(full))
            raise
        if self._trouble[0] == "disk-full":
            self._trouble = ("", "")
        return taken

    def _take_now(self, source: str, batch: Batch) -> Taken:
        assert self._watch is not None  # noqa: S101  # sources begin after the watch is built
        self._own.before(batch)
        taken = take(source, batch, self._watch, self._archive, now(), self._detect)
        self._own.after(taken.sightings, self._known)
        self._known.add(sighting.post.remote_id for sighting in taken.sightings)
        chosen = self._sampler.choose(batch.posts, time.monotonic_ns() // 1_000_000) if self._samples else ()
        if chosen:
            self._archive.add_to_sample(chosen, now())
        return taken


def _complain(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("source-failed", source=task.get_name(), exc_info=error)


async def listen(opened: Opened, *, supervised: bool) -> None:
    """Runs the role until told to stop."""
    stop = stop_event(supervised=supervised)  # first: from the first sign of life on, Ctrl-C ends it cleanly
    await Listening(opened).run(stop)

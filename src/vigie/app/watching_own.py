"""Keeps watch over the house itself, inside `listen`: its own words, what they draw, and surges."""

import asyncio
from collections.abc import Awaitable, Callable, Container, Iterator, Mapping, Sequence
from threading import Lock

import structlog

from vigie.app.asking import AT_ONCE, Asking
from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.app.stopping import wait_or_stop
from vigie.charter import Charter
from vigie.flows.alarm import Watchtower
from vigie.flows.own_rules import Bench, OwnRules
from vigie.flows.own_words import OwnWords
from vigie.flows.ports.fetch import FetchError
from vigie.flows.ports.network import Directory, SourceDownError
from vigie.flows.surges import Surges
from vigie.flows.tripwire import Tripwires
from vigie.model import Author, Batch, Incident, Millis, Post, Sighting
from vigie.web.judging import Judging
from vigie.world import sent_by_the_house

log = structlog.get_logger()

ROUND_S = 0.25
ASK_ROUND_S = 1.0
AFTER_FAILURE_S = 5.0
GRANT = "channel:"
"""Under which names the vault keeps the keys to our accounts."""
ASK_EVERY: Millis = 60_000
"""How often a network's directory is asked how our accounts look: not every network tells by itself."""


class WatchingOwn:
    """`before` and `after` are called by the writer's thread, around the storing of each batch."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        store = opened.store
        self._tower = Watchtower(store.archive, store.publications, store.incidents, store.notices, store.signals)
        # the house of the demo's story wrote before and beside us
        self._words = OwnWords(self._tower, sent_by_the_house) if opened.is_demo() else OwnWords(self._tower)
        self._wires, self._surges = Tripwires(self._tower), Surges(self._tower)
        self._rules = OwnRules(self._tower)
        self._rules.begin(now())
        self._asking = Asking(opened, now, ASK_EVERY)
        self._judging = Judging()
        self._charter: Charter | None = None
        self._accounts: Mapping[tuple[str, str], str] = {}
        self._sent_from_here: frozenset[str] = frozenset()
        self._one_at_a_time = Lock()

    def follow(self, charter: Charter, accounts: Mapping[tuple[str, str], str]) -> None:
        """Takes a charter, or what was learned of our accounts, over."""
        with self._one_at_a_time:
            self._charter, self._accounts = charter, accounts
            self._sent_from_here = self._connected()
            self._words.follow(charter, accounts, self._sent_from_here, now())
            self._wires.follow(charter, accounts, [name for name, one in self._directories(charter) if one is not None])
            self._surges.follow(charter)

    def before(self, batch: Batch) -> None:
        """What a batch shows that Vigie did not do. Told before it is stored, so that a crash loses no alarm."""
        with self._one_at_a_time:
            _told(self._words.look(batch, now()))

    def after(self, kept: Sequence[Sighting], known: Container[str]) -> None:
        """What was stored: reactions to ours, when they are not ``known`` yet, are counted, ours are checked again."""
        fresh = [sighting for sighting in kept if sighting.post.remote_id not in known]
        if fresh:
            with self._one_at_a_time:
                _told(self._wires.look(fresh, now()))
        self._rules.add(sighting.post for sighting in kept if sighting.kept == "own")

    async def run(self, stop: asyncio.Event) -> None:
        """What need not be done at once, until told to stop. Waiting for a network's answer holds nothing else up."""
        await asyncio.gather(
            self._again_and_again(self._look, ROUND_S, stop), self._again_and_again(self._ask, ASK_ROUND_S, stop)
        )
        await asyncio.to_thread(self._save)

    async def _again_and_again(self, act: Callable[[], Awaitable[None]], every_s: float, stop: asyncio.Event) -> None:
        while not await wait_or_stop(stop, every_s):
            try:
                await act()
            except Exception as error:  # whatever it is, what comes over the line is watched on
                log.error("watch-failed", exc_info=error)
                await wait_or_stop(stop, AFTER_FAILURE_S)

    async def _look(self) -> None:
        await asyncio.to_thread(self._round)

    async def _ask(self) -> None:
        await self._look_at_profiles()
        await self._ask_for_likes()

    def _round(self) -> None:
        charter = self._charter
        if charter is None:
            return
        if self._connected() != self._sent_from_here:
            self.follow(charter, self._accounts)
        with self._one_at_a_time:
            _told(self._words.look_again(now()))
            _told(self._wires.look_again(now()))
            self._wires.save()
        _told(self._surges.step(now()))
        while post := self._rules.next(now()):
            self._check(charter, post)

    def _check(self, charter: Charter, post: Post) -> None:
        author, accounts = post.author, self._accounts
        id = accounts.get((post.network, author.id.lower())) or accounts.get((post.network, author.handle.lower()))
        channel = charter.channel(id) if id else None
        if channel is None:
            return
        judge = self._judging.of(charter)
        bench = Bench(judge.policy, judge.detect, self._opened.store.drafts)
        incident = self._rules.check(post, channel, bench, now())
        _told([incident] if incident else [])

    async def _look_at_profiles(self) -> None:
        """Our accounts as their networks' directories show them."""
        charter = self._charter
        if charter is None or not self._words.watched:
            return
        for spec in {spec.network: spec for spec in charter.listening.sources}.values():
            mine = [one for one in charter.channels if one.network == spec.network and one.id in self._words.watched]
            found = await self._asking.authors(spec, [one.account_id or one.account for one in mine])
            if found:
                await asyncio.to_thread(self._meet, spec.network, found)

    async def _ask_for_likes(self) -> None:
        """How many people like the posts that a tripwire looks at closely: no stream tells it."""
        wanted = await asyncio.to_thread(self._wanting)
        if self._charter is None or not wanted:
            return
        for network, directory in self._directories(self._charter):
            if directory is not None and network in wanted:
                try:
                    likes = await directory.likes(wanted[network][:AT_ONCE])
                except (FetchError, SourceDownError) as error:
                    log.info("directory-silent", network=network, code=error.code)
                else:
                    await asyncio.to_thread(self._liked, likes)

    def _directories(self, charter: Charter) -> Iterator[tuple[str, Directory | None]]:
        for spec in {spec.network: spec for spec in charter.listening.sources}.values():
            yield spec.network, self._opened.networks[spec.network].directory(spec, self._opened.tools(spec))

    def _wanting(self) -> dict[str, list[str]]:
        with self._one_at_a_time:
            return self._wires.wanting()

    def _liked(self, likes: Mapping[str, int]) -> None:
        with self._one_at_a_time:
            _told(self._wires.liked(likes, now()))

    def _meet(self, network: str, authors: Sequence[Author]) -> None:
        with self._one_at_a_time:
            for author in authors:
                _told(self._words.meet(network, author, now()))

    def _save(self) -> None:
        with self._one_at_a_time:
            self._wires.save()

    def _connected(self) -> frozenset[str]:
        names = self._opened.vault.names()
        return frozenset(name.removeprefix(GRANT) for name in names if name.startswith(GRANT))


def _told(incidents: Sequence[Incident]) -> None:
    for one in incidents:
        log.warning("incident", number=one.id, origin=one.origin, reason=one.reason, channels=one.channels)

"""Sends what is due and takes back what was asked for: the queue is the database, one lane a channel."""

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import structlog

from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.app.stopping import wait_or_stop
from vigie.charter import Charter, CharterError
from vigie.flows.pausing import settle_pauses
from vigie.flows.ports.archive import StoreFullError
from vigie.flows.ports.signals import Signals
from vigie.flows.ports.writer import WriteError
from vigie.flows.publish import Press, again_after, in_trouble, look_again, publish
from vigie.flows.recall import recall
from vigie.flows.standing import Watched, fails, works
from vigie.model import Millis, Publication

log = structlog.get_logger()

LOOK_EVERY_S = 0.05
"""How often it is asked whether anything was stored; that costs 20 µs."""
ROUND_EVERY_S = 0.25
"""How often the queue is read when nothing was: something may have come due."""
LANES = 4
"""Channels served at the same time."""
QUEUE = 50
"""Of what is due, so many are looked at in one round."""
TURN_S = 1.0
"""A lane ends after this long, so that what has become urgent is served next."""
QUIET = 4
"""Times as long as a round took, none is begun: at most a fifth of the time goes by looking."""
REST: Millis = 5_000
"""A channel without an account, or one over which something failed, is looked at again after this."""
LONGEST_REST: Millis = 86_400_000
"""One that ends later was begun under another clock."""
BACK_SOON = frozenset(("asked", "recalling", "unconfirmed"))
REFUSED = frozenset(("rate-limited", "bad-token", "not-connected"))
LAST_WORDS_S = 8.0
"""How long the end of the role waits for what is being sent."""


class Publishing:
    """One running publisher. There is one for a home folder: `work` is alone.

    ``data_version`` differs from its last answer when something was stored; asked by one thread.
    """

    def __init__(
        self,
        press: Press,
        signals: Signals,
        data_version: Callable[[], int],
        say: Callable[..., object] = log.info,
    ) -> None:
        self._press, self._data_version, self._say = press, data_version, say
        self._clock, self._publications = press.clock, press.publications
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._resting: dict[str, tuple[Millis, str]] = {}
        self._watched = Watched(signals, press.notices)
        self._troubled: Counter[str] = Counter()
        self._stopping = False
        self.trouble = ("", "")

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop; what is being sent is then waited for, `LAST_WORDS_S` at most."""
        version, looked, rest = -1, float("-inf"), 0.0
        while not stop.is_set():
            seen, began = self._data_version(), time.monotonic()
            if seen != version or began - looked >= ROUND_EVERY_S:
                version, looked = seen, began
                await self._guarded_round()
                rest = QUIET * (time.monotonic() - began)
            await wait_or_stop(stop, max(LOOK_EVERY_S, rest))
            rest = 0.0
        self._stopping = True
        if self._lanes:
            await asyncio.wait(self._lanes.values(), timeout=LAST_WORDS_S)
        for lane in self._lanes.values():
            lane.cancel()

    async def _guarded_round(self) -> None:
        try:
            await self.round()
            self.trouble = ("", "")
        except StoreFullError as full:
            self.trouble = ("disk-full", str(full))
        except Exception as error:  # a queue that nobody reads would be silence: it is read again, and the pulse tells
            self.trouble = ("failed", str(error))
            log.error("publishing-failed", exc_info=error)

    async def round(self) -> None:
        """Gives every channel that has something to do, and is not busy or resting, a lane."""
        at = self._clock()
        self._lanes = {channel: lane for channel, lane in self._lanes.items() if not lane.done()}
        self._resting = {one: rest for one, rest in self._resting.items() if at < rest[0] <= at + LONGEST_REST}
        if len(self._lanes) < LANES:
            queue = await asyncio.to_thread(self._queue, at)
            for channel in list(queue)[: LANES - len(self._lanes)]:
                lane = self._lane(channel, queue[channel])
                self._lanes[channel] = asyncio.create_task(lane, name=f"channel {channel}")
        await asyncio.to_thread(settle_pauses, self._publications, at)

    def _queue(self, at: Millis) -> dict[str, list[Publication]]:
        """What there is to do, by channel: recalls first, then what is in doubt, then what is due."""
        queue: dict[str, list[Publication]] = defaultdict(list)
        for one in sorted(self._publications.open(at), key=lambda one: one.recall not in BACK_SOON):
            if one.channel not in self._lanes and not self._rests(one):
                queue[one.channel].append(one)
        due = self._publications.due(at, QUEUE, [*self._lanes, *self._resting])
        for one in sorted(due, key=lambda one: one.attempts):  # one that fails again and again holds no other up
            queue[one.channel].append(one)
        return queue

    def _rests(self, one: Publication) -> bool:
        """Taking back is urgent: it waits only where the network would certainly refuse."""
        _, code = self._resting.get(one.channel, (0, ""))
        return bool(code) and (one.recall not in BACK_SOON or code in REFUSED)

    async def _lane(self, channel: str, work: Sequence[Publication]) -> None:
        ends = time.monotonic() + TURN_S
        try:
            for one in work:
                if self._stopping or time.monotonic() > ends or await self._serve(one):
                    return
        except Exception as error:  # the next round finds everything as it was left; the other channels go on
            self._resting[channel] = self._clock() + REST, "failed"
            log.error("publishing-failed", channel=channel, exc_info=error)

    async def _serve(self, one: Publication) -> bool:
        """True when the channel's others had better wait."""
        serve = recall if one.recall in BACK_SOON else publish if one.state == "scheduled" else look_again
        try:
            done = await serve(self._press, one)
        except WriteError as error:
            await self._rest(one.channel, self._clock() + REST, error)
            return True
        if done.revision == one.revision and serve is publish:
            return True  # held or moved meanwhile: the queue has to be read anew
        if done.revision != one.revision:
            self._say("publication", id=one.id, state=done.state, recall=done.recall, code=done.code)
        if in_trouble(done):
            await self._rest(one.channel, self._until(done), WriteError(done.code, done.detail))  # type: ignore[arg-type]
            return True
        if not done.code and one.channel in self._troubled:
            await self._works(one.channel)
        return False

    def _until(self, one: Publication) -> Millis:
        """Until when its channel rests: as the network says, else longer the more often it failed in a row. How often
        this one was tried says nothing of the others."""
        if one.code == "rate-limited" and one.try_at is not None:
            return one.try_at
        return self._clock() + again_after(self._troubled[one.channel] + 1, self._press.chance())

    async def _rest(self, channel: str, until: Millis, error: WriteError) -> None:
        """Says once what only a person can mend."""
        self._resting[channel] = until, error.code
        self._troubled[channel] += 1
        await asyncio.to_thread(fails, self._watched, self._press.charter(), channel, error, self._clock())

    async def _works(self, channel: str) -> None:
        del self._troubled[channel]
        await asyncio.to_thread(works, self._watched, channel)


def press_of(opened: Opened, clock: Callable[[], Millis] = now) -> Press:
    """What publishing needs, from an opened Vigie."""

    def charter() -> Charter | None:
        try:
            return opened.charter()
        except CharterError:
            return None

    store = opened.store
    return Press(
        publications=store.publications,
        notices=store.notices,
        media=opened.home.media(),
        writer=opened.writer,
        charter=charter,
        clock=clock,
        chance=random.SystemRandom().random,
        aside=asyncio.to_thread,
    )

"""`vigie drill`: the order to stop, rehearsed on a network that does not exist, with a database beside the real one."""

import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.app.publishing import Publishing
from vigie.flows.drafts import Doing
from vigie.flows.pausing import Stopped, Waiting, pause
from vigie.flows.ports.writer import Grant, Receipt, Wanted, Writer
from vigie.flows.publish import Press
from vigie.model import Act, Outgoing, Pause, Piece, Publication
from vigie.store import open_store

ANSWERS_AFTER_S = 0.15
"""How long the network that is played takes to answer."""
WATCHED_S = 1.0
"""After the order is acknowledged, it is watched this long whether anything goes out nevertheless."""
LONGEST_S = 60.0


class Drill(Struct, frozen=True):
    """What a rehearsal showed.

    Attributes:
        sent: how many had been sent when the order came; ``held`` how many it held, ``in_flight`` those on their way.
        after: sent after the order was acknowledged. Anything but 0 is a fault.
        stopped_ms: from the order until nothing was on its way any more; None: that was not seen in time.
    """

    pause: Pause
    posts: int
    sent: int
    held: int
    in_flight: int
    after: int
    stopped_ms: int | None


class _Played:
    """A network that takes its time. Everything but writing is the dry run's own.

    ``sent``: when each post left; ``enough`` is set with the one numbered ``wanted``.
    """

    def __init__(self, dry: Writer, wanted: int) -> None:
        self._dry, self._wanted = dry, wanted
        self.sent: list[float] = []
        self.enough = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dry, name)

    async def write(self, wanted: Wanted) -> Receipt:
        self.sent.append(time.monotonic())
        if len(self.sent) >= self._wanted:
            self.enough.set()
        await asyncio.sleep(ANSWERS_AFTER_S)
        return await self._dry.write(wanted)


async def drill(opened: Opened, by: Doing, posts: int = 200) -> Drill:
    """Schedules posts for this moment, orders to stop while they go out, and keeps what that showed as a drill."""
    charter = opened.charter()
    channels = [channel.id for channel in charter.channels] if charter else []
    opened.run_folder.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=opened.run_folder, prefix="drill-") as folder:
        stopped, sent, after = await _rehearse(opened, Path(folder), channels or ["drill"], by, posts)
    details: dict[str, str | int | bool | None] = {
        "posts": posts, "sent": sent, "held": len(stopped.held), "after": after, "stopped_ms": stopped.settled_ms
    }  # fmt: skip
    kept = opened.store.publications.pause(
        Pause(0, (), by.who, "", by.now, settled_ms=stopped.settled_ms, drill=True),
        Act(by.now, by.who, "pause.drilled", "pause", "", by.charter, details),
    ).pause
    return Drill(kept, posts, sent, len(stopped.held), len(stopped.in_flight), after, stopped.settled_ms)


async def _rehearse(
    opened: Opened, folder: Path, channels: Sequence[str], by: Doing, posts: int
) -> tuple[Stopped, int, int]:
    """(what stopping showed, sent before the order, sent after it was acknowledged)."""
    dry = opened.writings["demo"].writer(Grant("demo", ""), lambda _: None, opened.write_tools(folder=""))
    played = _Played(dry, min(posts, 3 * len(channels)))
    # two openings of one file, as `work` and whoever orders have them
    works, orders = open_store(folder / "vigie.db", role="work"), open_store(folder / "vigie.db", role="cli")
    press = Press(
        works.publications,
        works.notices,
        opened.home.media(),
        lambda _: played,
        lambda: None,
        now,
        random.SystemRandom().random,
        asyncio.to_thread,
    )
    stop = asyncio.Event()
    try:
        orders.publications.schedule(
            [_post(number, channels[number % len(channels)], by) for number in range(posts)],
            Act(by.now, by.who, "publication.scheduled", "publication"),
        )
        running = asyncio.create_task(Publishing(press, works.signals, works.archive.data_version, _unsaid).run(stop))
        await asyncio.wait_for(played.enough.wait(), LONGEST_S)
        before = len(played.sent)
        waiting = Waiting(time.monotonic, time.sleep)
        stopped = await asyncio.to_thread(pause, orders.publications, (), "", _at(by), waiting)
        acknowledged = time.monotonic()
        await asyncio.sleep(WATCHED_S)
        stop.set()
        await running
        return stopped, before, sum(at > acknowledged for at in played.sent)
    finally:
        orders.close()
        works.close()


def _unsaid(_event: str, **_values: object) -> None:
    """A rehearsal writes no log."""


def _at(by: Doing) -> Doing:
    return Doing(by.who, now(), by.charter)


def _post(number: int, channel: str, by: Doing) -> Publication:
    return Publication(
        id=0,
        revision=0,
        draft=0,
        version=0,
        channel=channel,
        network="demo",
        outgoing=Outgoing((Piece(f"{number}"),)),
        due=by.now,
        wall="",
        zone="UTC",
        scheduled_by=by.who,
        scheduled_at=by.now,
        charter=by.charter,
    )

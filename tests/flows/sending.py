"""A house that publishes on the demo network, with whatever can go wrong in between; its clock is moved by hand."""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vigie.charter import Charter, Vocabulary, parse
from vigie.flows.ports.writer import Grant, Receipt, Wanted, WriteError, Writer, WriteTools
from vigie.flows.publish import Press, look_again, publish
from vigie.flows.recall import recall
from vigie.home.media import HomeMedia
from vigie.model import Act, Outgoing, Piece, Publication
from vigie.networks import writings
from vigie.store import Store

NOON = 1_794_501_720_000
MINUTE, HOUR = 60_000, 3_600_000
CHARTER = """\
charter: 1
company: {name: Brûlerie du Port, languages: [fr, en], timezone: Europe/Paris}
channels:
  - {id: bsky, network: bluesky, account: brulerie.example}
  - {id: masto, network: mastodon, account: brulerie@port.example}
people:
  - {id: maelle, name: Maëlle, roles: [owner]}
  - {id: yanis, name: Yanis, roles: [publisher]}
crisis: {on_call: [maelle, yanis], late_after: 15m}
"""


class Line:
    """A writer behind a line that breaks. ``before`` and ``after`` are errors of the next calls, the request not having
    reached the network, or having done so; None lets one through."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.before: deque[WriteError | Exception | None] = deque()
        self.after: deque[WriteError | Exception | None] = deque()
        self.during: Callable[[], None] | None = None
        self.calls: list[tuple[str, str]] = []
        self.blind: WriteError | None = None
        """What reading back answers instead of an answer."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)

    async def write(self, wanted: Wanted) -> Receipt:
        self.calls.append(("write", wanted.key))
        return await self._through(self._writer.write, wanted)

    async def erase(self, receipt: Receipt) -> None:
        self.calls.append(("erase", receipt.remote_id))
        await self._through(self._writer.erase, receipt)

    async def find(self, wanted: Wanted) -> Receipt | None:
        self.calls.append(("find", wanted.key))
        if self.blind is not None:
            raise self.blind
        return await self._writer.find(wanted)

    async def _through(self, ask: Callable[[Any], Any], what: object) -> Any:
        if self.during is not None:
            self.during()
        if self.before and (error := self.before.popleft()):
            raise error
        answer = await ask(what)
        if self.after and (error := self.after.popleft()):
            raise error
        return answer


class Sending:
    """The press, its network and its clock."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.store, self.now = store, NOON
        tools = WriteTools(None, lambda: self.now, random.Random(7).random)  # type: ignore[arg-type]  # the demo fetches nothing
        self.network = writings()["demo"].writer(Grant("demo", "", "brulerie.example"), lambda _: None, tools)
        self.line: Any = Line(self.network)
        self.connected = True
        self.charter: Charter = parse(CHARTER, Vocabulary(frozenset({"bluesky", "mastodon"})))
        self.media = HomeMedia(folder / "media")
        self.press = Press(
            store.publications,
            store.notices,
            self.media,
            self._writer,
            lambda: self.charter,
            lambda: self.now,
            lambda: 0.5,
            asyncio.to_thread,
        )

    def _writer(self, channel: str) -> Writer:
        if not self.connected:
            raise WriteError("not-connected", channel)
        return self.line

    def schedule(self, *texts: str, **more: Any) -> Publication:
        """A post, or a thread, due at noon."""
        pieces = tuple(Piece(text) for text in texts or ("Un café au port",))
        wanted: dict[str, Any] = {
            "id": 0, "revision": 0, "draft": 1, "version": 1, "channel": "bsky", "network": "bluesky",
            "outgoing": Outgoing(pieces, "fr"), "due": NOON, "wall": "2026-11-12T14:02", "zone": "Europe/Paris",
            "scheduled_by": "yanis", "scheduled_at": NOON - HOUR, "charter": "abc",
        }  # fmt: skip
        act = Act(NOON - HOUR, "yanis", "publication.scheduled", "publication")
        return self.store.publications.schedule([Publication(**(wanted | more))], act)[0]

    async def publish(self, one: Publication) -> Publication:
        return await publish(self.press, one)

    async def work(self, minutes: float = 60, step_s: float = 10) -> None:
        """What `work` does, over so many minutes of the clock."""
        until = self.now + int(minutes * MINUTE)
        while self.now < until:
            publications = self.store.publications
            for one in [*publications.open(self.now), *publications.due(self.now)]:
                serve = recall if one.recall not in ("", "recalled", "failed") else None
                serve = serve or (publish if one.state == "scheduled" else look_again)
                try:
                    await serve(self.press, one)
                except WriteError:
                    assert not self.connected
            self.now += int(step_s * 1000)

    def get(self, one: Publication) -> Publication:
        found = self.store.publications.get(one.id)
        assert found is not None
        return found

    async def out(self) -> list[str]:
        """Texts on the network, in the order in which they came."""
        return [post.text for post in self.network._standing().values() if post]

    def verbs(self, one: Publication) -> list[str]:
        """What was recorded about it, oldest first."""
        return [
            act.verb.removeprefix("publication.") for _, act in reversed(self.store.acts.about(f"publication:{one.id}"))
        ]

    def notices(self) -> list[str]:
        """Kinds of what people were told, oldest first."""
        told = {notice.id: notice.kind for _, notice in self.store.notices.log()}
        return [told[id] for id in sorted(told)]

    def told(self) -> tuple[str, str, set[str]]:
        """(kind, urgency, to whom) of the only notice there is."""
        log = self.store.notices.log()
        (kind, urgency), *others = {(notice.kind, notice.urgency) for _, notice in log}
        assert others == []
        return kind, urgency, {delivery.person for delivery, _ in log if delivery.person}

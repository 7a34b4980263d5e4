"""Reads timelines over HTTP and keeps what was handed on, so that nothing comes twice whichever way it arrived."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

import msgspec

from vigie.flows.ports.network import SourceDownError
from vigie.model import Batch, Deleted, Millis, Post, Rejected
from vigie.model.bounds import FIELD_LIMIT, UnreadableError, mended
from vigie.networks.mastodon.api import Api
from vigie.networks.mastodon.cursor import RECENT, Mark, Place, order, read_cursor, write_cursor
from vigie.networks.mastodon.entities import Notification, Status
from vigie.networks.mastodon.names import Names
from vigie.networks.mastodon.posts import NAME, posts_of
from vigie.networks.mastodon.timeline import MENTIONS, PAGE, Timeline

T = TypeVar("T")
SEEN = 5_000
"""Posts recognised as already handed on."""
ADDRESSED = frozenset(("mention", "quote"))
"""Notifications about something that was said to us; the others tell what became of our own posts."""
CHECKS = 10
"""At most so many missing posts are asked for one by one when a page is looked at again."""
BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Keyed(msgspec.Struct):
    id: str | int


class Reading:
    """One source's timelines, from a cursor on. ``home`` is the domain of the server's handles."""

    def __init__(self, api: Api, home: str, names: Names, cursor: str) -> None:
        self._api, self._home, self._names = api, home, names
        self._places = read_cursor(cursor)
        self._seen: OrderedDict[str, str] = OrderedDict()
        for place in self._places.values():
            for mark in place.recent:
                self._seen[mark.key] = mark.edited
                if not names.uri(mark.key):
                    names.remember(mark.key, mark.uri)

    @property
    def cursor(self) -> str:
        return write_cursor(self._places)

    async def catch_up(self, timeline: Timeline) -> AsyncIterator[Batch]:
        """Everything since the cursor, oldest first, a page at a time. Without a cursor reading starts now."""
        if timeline.name not in self._places:
            page = await self._page(timeline)
            self._start(timeline, page)
            yield self._batch([], [], [], 0)
            return
        while True:
            last = self._places[timeline.name].last
            page = await self._page(timeline, min_id=last)
            yield self._take(timeline, page)
            # a server that does not know `min_id` answers the newest page again: it moves nothing
            if len(page) < PAGE or self._places[timeline.name].last == last:
                return

    async def look_again(self, timeline: Timeline) -> AsyncIterator[Batch]:
        """The newest page: what is new on it or edited, also what reached the server late, and what is gone from it."""
        page = await self._page(timeline)
        last = order(self._places[timeline.name].last)
        if len(page) == PAGE and all(order(key) > last for key, _ in page):
            async for batch in self.catch_up(timeline):
                yield batch
        deleted = [] if timeline.name == MENTIONS else await self._vanished(timeline, {key for key, _ in page})
        yield self._take(timeline, page, deleted)

    def told(self, timeline: str, raw: bytes) -> Batch:
        """A post, an edit or a notification that came over the stream."""
        try:
            keyed = msgspec.json.decode(raw, type=_Keyed)
        except BROKEN as error:
            return self._batch([], [], [_rejected(error, raw)], 1)
        if timeline not in self._places:  # a server that names its streams in a way of its own
            timeline = next(iter(self._places), timeline)
        return self._absorb(timeline, [(str(keyed.id), raw)])

    def told_deleted(self, key: str) -> Batch:
        """A deletion that came over the stream, by the server's id. One that nobody remembers was never handed on."""
        uri = "" if self._seen.get(key) == "deleted" else self._names.uri(key)  # each subscribed timeline tells it
        self._note(key, "deleted")
        for name, place in self._places.items():
            kept = tuple(mark for mark in place.recent if mark.key != key)
            self._places[name] = Place(place.last, kept)
        gone = [Deleted(NAME, uri, self._api.clock())] if uri else []
        return self._batch([], gone, [], 1)

    async def _page(self, timeline: Timeline, **params: str) -> list[tuple[str, bytes]]:
        """(id, bytes) of the page's entries, oldest first."""
        raws = await self._api.get(timeline.path, list[msgspec.Raw], limit=str(PAGE), **timeline.params, **params)
        entries: list[tuple[str, bytes]] = []
        for raw in raws:
            try:
                entries.append((str(msgspec.json.decode(raw, type=_Keyed).id), bytes(raw)))
            except BROKEN:
                entries.append(("", bytes(raw)))
        return sorted(entries, key=lambda entry: order(entry[0]))

    def _start(self, timeline: Timeline, page: list[tuple[str, bytes]]) -> None:
        """Reading begins now: what is there already counts as seen."""
        self._absorb(timeline.name, page)
        if timeline.name not in self._places:
            self._places[timeline.name] = Place()

    def _take(self, timeline: Timeline, page: list[tuple[str, bytes]], deleted: Iterable[Deleted] = ()) -> Batch:
        return self._absorb(timeline.name, page, deleted)

    def _absorb(self, timeline: str, entries: list[tuple[str, bytes]], deleted: Iterable[Deleted] = ()) -> Batch:
        """Entries not handed on yet, as a batch. Moves the cursor."""
        posts: list[Post] = []
        rejected: list[Rejected] = []
        place = self._places.get(timeline, Place())
        marks = {mark.key: mark for mark in place.recent}
        last = place.last
        for key, raw in entries:
            last = max(last, key, key=order)
            try:
                status = _status(timeline, raw)
                if status is None or self._known(status):
                    continue
                posts += posts_of(status, self._home, self._names, self._api.clock())
            except (UnreadableError, *BROKEN) as error:
                if self._seen.get(f"bad:{key}") is None:
                    rejected.append(_rejected(error, raw))
                    self._note(f"bad:{key}", "")
                continue
            self._note(status.key, status.edited_at or "")
            marks[status.key] = Mark(status.key, mended(status.uri), status.edited_at or "")
        recent = sorted(marks.values(), key=lambda mark: order(mark.key))[-RECENT:]
        self._places[timeline] = Place(last, tuple(recent))
        return self._batch(posts, deleted, rejected, len(posts) + len(rejected))

    def _known(self, status: Status) -> bool:
        return self._seen.get(status.key) in {status.edited_at or "", "deleted"}

    def _note(self, key: str, version: str) -> None:
        self._seen[key] = version
        self._seen.move_to_end(key)
        if len(self._seen) > SEEN:
            self._seen.popitem(last=False)

    async def _vanished(self, timeline: Timeline, present: set[str]) -> list[Deleted]:
        """Posts handed on lately that should be on the page and are not: those that the server no longer has."""
        place = self._places[timeline.name]
        oldest = min(map(order, present), default=(0, "")) if len(present) == PAGE else (0, "")
        missing = [mark for mark in place.recent if mark.key not in present and order(mark.key) >= oldest]
        gone = []
        for mark in missing[-CHECKS:]:
            if await self._is_gone(mark.key):
                gone.append(Deleted(NAME, mark.uri, self._api.clock()))
                self._note(mark.key, "deleted")
        asked = {mark.key for mark in missing[-CHECKS:]}
        self._places[timeline.name] = Place(place.last, tuple(m for m in place.recent if m.key not in asked))
        return gone

    async def _is_gone(self, key: str) -> bool:
        try:
            return await self._api.find(f"/api/v1/statuses/{key}", _Keyed) is None
        except SourceDownError as down:
            if down.code in {"bad-token", "refused", "not-understood"}:  # it does not say, which is no deletion
                return False
            raise

    def _batch(self, posts: list[Post], deleted: Iterable[Deleted], rejected: list[Rejected], events: int) -> Batch:
        gone = tuple(deleted)
        return Batch(
            posts=tuple(posts),
            deleted=gone,
            rejected=tuple(rejected),
            cursor=self.cursor,
            latest=_latest(posts, gone),
            events=events + len(gone),
        )


def _status(timeline: str, raw: bytes) -> Status | None:
    if timeline == MENTIONS:
        notification = msgspec.json.decode(raw, type=Notification)
        return notification.status if notification.type in ADDRESSED else None
    return msgspec.json.decode(raw, type=Status)


def _latest(posts: list[Post], gone: tuple[Deleted, ...]) -> Millis | None:
    return max([*(post.version_at for post in posts), *(one.at for one in gone)], default=None)


def _rejected(error: Exception, raw: bytes) -> Rejected:
    if isinstance(error, UnreadableError):
        return error.rejected(raw)
    reason = "wrong-shape" if isinstance(error, msgspec.ValidationError | RecursionError) else "not-json"
    return Rejected(reason, mended(str(error))[:300], raw[:FIELD_LIMIT])

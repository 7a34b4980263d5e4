"""A feed being read: asked again when it is worth it, never more often than it wants."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from email.utils import parsedate_to_datetime
from http import HTTPStatus as Status

from msgspec import structs

from vigie.flows.ports.fetch import FetchError, Response
from vigie.flows.ports.network import SourceDownError, Tools
from vigie.model import Batch, Millis, Post, Rejected
from vigie.model.bounds import UnreadableError
from vigie.networks.rss.cursor import Cursor, read_cursor, remembered, write_cursor
from vigie.networks.rss.document import Document, digest_of, read_document

ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.1"
LIMIT = 4_000_000
"""Bytes read of a document: what a thousand articles need. A longer one is cut, the newest come first."""
MINUTE: Millis = 60_000
SHORTEST, LONGEST, FIRST = 5 * MINUTE, 120 * MINUTE, 15 * MINUTE
"""The pause between two questions: 15 minutes, shorter while the feed is lively, longer while it is quiet."""
DAY: Millis = 86_400_000

Sleep = Callable[[float], Awaitable[None]]


class RssSource:
    """Reads one feed. ``every`` fixes the pause (milliseconds); 0 lets it follow the feed's own rhythm."""

    def __init__(self, address: str, tools: Tools, *, every: Millis = 0, sleep: Sleep = asyncio.sleep) -> None:
        self._asked, self._tools, self._every, self._sleep = address, tools, every, sleep

    async def read(self, cursor: str) -> AsyncIterator[Batch]:
        """See `vigie.flows.ports.network.Source`. The first reading hands on what the feed says now."""
        place = read_cursor(cursor, self._asked)
        while True:
            wait = min(place.due - self._tools.clock(), DAY)
            if wait > 0:
                await self._sleep(wait / 1000)
            answer = await self._ask(place)
            batch, place = await self._take(answer, place)
            yield batch

    async def _ask(self, place: Cursor) -> Response:
        headers = {"accept": ACCEPT}
        if place.etag:
            headers["if-none-match"] = place.etag
        if place.modified:
            headers["if-modified-since"] = place.modified
        try:
            answer = await self._tools.fetch(place.address, headers=headers, limit=LIMIT, seconds=30)
        except FetchError as error:
            final = error.code in {"bad-address", "private-address"}
            raise SourceDownError(error.code, error.detail, final=final) from error
        if answer.status not in {Status.OK, Status.NOT_MODIFIED}:
            raise self._refusal(answer)
        return answer

    async def _take(self, answer: Response, place: Cursor) -> tuple[Batch, Cursor]:
        now = self._tools.clock()
        moved: tuple[Rejected, ...] = ()
        if answer.moved and answer.moved != place.address:
            place = structs.replace(place, address=answer.moved)
            moved = (Rejected("moved", answer.moved, b""),)  # not lost, but a person should know
        if answer.status == Status.NOT_MODIFIED:
            place = self._later(place, answer, ttl=0, news=False)
            return Batch(rejected=moved, cursor=write_cursor(place)), place
        try:
            document = await asyncio.to_thread(read_document, answer, self._asked, now)
        except UnreadableError as error:
            raise SourceDownError("not-understood", error.detail) from error
        posts, rejected, said = _news(document, place.seen, now)
        place = structs.replace(
            place,
            etag=answer.headers.get("etag", ""),
            modified=answer.headers.get("last-modified", ""),
            seen=remembered(place.seen, said),
        )
        place = self._later(place, answer, ttl=document.ttl, news=bool(posts))
        return Batch(
            posts=tuple(posts),
            rejected=(*moved, *rejected),
            cursor=write_cursor(place),
            latest=max((post.version_at for post in posts), default=None),
            events=len(posts) + len(rejected),
        ), place

    def _later(self, place: Cursor, answer: Response, *, ttl: Millis, news: bool) -> Cursor:
        """When to ask again. A feed's own wish counts, up to a day."""
        pause = self._every or _adapted(place.pause, news=news)
        asked = max(ttl, _max_age(answer.headers.get("cache-control", "")))
        pause = max(pause, min(asked, DAY)) if not self._every else pause
        return structs.replace(place, pause=pause, due=self._tools.clock() + pause)

    def _refusal(self, answer: Response) -> SourceDownError:
        detail = f"{answer.status} {answer.url}"
        retry_at = _retry_at(answer.headers.get("retry-after", ""), self._tools.clock())
        if answer.status == Status.TOO_MANY_REQUESTS or (answer.status == Status.SERVICE_UNAVAILABLE and retry_at):
            return SourceDownError("rate-limited", detail, retry_at=retry_at or self._tools.clock() + FIRST)
        if answer.status >= Status.INTERNAL_SERVER_ERROR:
            return SourceDownError("unreachable", detail)
        if answer.status in {Status.NOT_FOUND, Status.GONE}:
            return SourceDownError("gone", detail, final=answer.status == Status.GONE)
        if answer.status in {Status.UNAUTHORIZED, Status.FORBIDDEN}:
            return SourceDownError("refused", detail)
        return SourceDownError("not-understood", detail)


def _news(document: Document, seen: dict[str, str], now: Millis) -> tuple[list[Post], list[Rejected], dict[str, str]]:
    """Entries that are new or say something else than before, readable or not, and what all of them say now."""
    posts: list[Post] = []
    said: dict[str, str] = {digest_of(one.reason, one.raw.decode()): "" for one in document.rejected}
    rejected = [one for one, key in zip(document.rejected, list(said), strict=False) if key not in seen]
    for post in document.posts:
        key, digest = digest_of(post.remote_id), document.digests[post.remote_id]
        said[key] = digest
        before = seen.get(key)
        if before is None:
            posts.append(post)
        elif before != digest:
            # the feed's own date of the change may be missing, or older than what was handed on
            posts.append(structs.replace(post, edited_at=max(now, post.version_at)))
    return posts, rejected, said


def _adapted(pause: Millis, *, news: bool) -> Millis:
    """Halved after news, half as long again after none.

    >>> _adapted(0, news=True), _adapted(FIRST, news=True), _adapted(FIRST, news=False)
    (900000, 450000, 1350000)
    """
    if not pause:
        return FIRST
    return max(SHORTEST, pause // 2) if news else min(LONGEST, pause * 3 // 2)


def _max_age(header: str) -> Millis:
    for part in header.lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.isdecimal():
            return int(value[:9]) * 1000
    return 0


def _retry_at(header: str, now: Millis) -> Millis | None:
    """Seconds or a date, as servers write it; at most a day ahead."""
    if header.isdecimal():
        return now + min(int(header[:9]) * 1000, DAY)
    try:
        at = int(parsedate_to_datetime(header).timestamp() * 1000)
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(at, now), now + DAY)

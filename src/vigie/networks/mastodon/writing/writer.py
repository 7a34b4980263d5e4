"""Writes with one Mastodon account, each post once: a server knows its key for an hour, and answers with the first."""

import asyncio
from collections.abc import Sequence
from typing import Any

from vigie.checks.length import length, limits
from vigie.flows.ports.writer import Facet, Receipt, Shown, Standing, Wanted, WriteError, WriteTools
from vigie.model import Millis, Post
from vigie.networks.mastodon.entities import Account
from vigie.networks.mastodon.names import own_key
from vigie.networks.mastodon.posts import NAME, author_of, home_of
from vigie.networks.mastodon.writing.appeared import PAGE, Wake, since
from vigie.networks.mastodon.writing.entities import Application, Found, Me, Own, Rules
from vigie.networks.mastodon.writing.pictures import hand_over
from vigie.networks.mastodon.writing.server import Body, Server, as_json
from vigie.text.signs import hashtags, links, mentions

KNOWN_FOR: Millis = 55 * 60_000
"""A server forgets a key after an hour (its ``PostStatusService``); five minutes are left for clocks."""
AHEAD: Millis = 120_000
"""A post begun further ahead of now was begun under another clock: nobody knows how long ago."""
AT_ONCE = 4
CLOSED = frozenset(("gone", "refused", "bad-token"))


class MastodonWriter:
    """Implements `vigie.flows.ports.writer.Writer`."""

    def __init__(self, server: Server, tools: WriteTools) -> None:
        self._server, self._tools = server, tools
        self._rules: Rules | None = None
        self._me: Me | None = None
        self._application: str | None = None
        self._keys: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self._people: dict[str, str] = {}

    def new_key(self, now: Millis) -> str:
        return f"{now:x}-{''.join(f'{int(self._tools.chance() * 2**53):014x}' for _ in range(2))}"

    async def shown(self, text: str) -> Shown:
        return Shown(text, await self._facets(text), length(text, NAME), _characters(await self.rules()))

    async def resolve(self, post: Post) -> tuple[Receipt, Receipt]:
        key = await self._key(post.remote_id)
        found = await self._server.find(f"/api/v1/statuses/{key}", Own) if key else None
        if found is None:
            raise WriteError("gone", post.remote_id, final=True)
        return self._receipt(found), Receipt(post.thread or found.uri)

    async def write(self, wanted: Wanted) -> Receipt:
        """See the port. Under a key that may be forgotten it writes only when nothing has appeared since."""
        await self._check(wanted)
        if self._forgotten(wanted):
            await self.find(wanted)
        values = await self._values(wanted) | {
            "visibility": "public",
            "in_reply_to_id": await self._referred(wanted.parent),
            "quoted_status_id": await self._referred(wanted.quotes),
        }
        made = await self._server.do("POST", "/api/v1/statuses", Own, as_json(values), wanted.key, doubtful=True)
        self._written[str(made.id)] = wanted.key
        return self._receipt(made)

    async def find(self, wanted: Wanted) -> Receipt | None:
        """See the port. Either nothing has appeared since that may be it, or only writing it again would tell."""
        try:
            me = await self.me()
            path = f"/api/v1/accounts/{me.id}/statuses"
            latest = await self._server.get(path, list[Own], exclude_reblogs="true", limit=str(PAGE))
            begun = since(wanted, self._tools.clock(), self._server.date)
            wake = Wake(begun, await self._referred(wanted.parent), await self._written_with())
        except WriteError as error:
            error.doubtful = True
            raise
        for one in latest:
            if self._written.get(str(one.id)) == wanted.key:
                return self._receipt(one)
        if not wake.seen_in(latest, but=self._written):
            return None
        raise WriteError("cannot-tell", wanted.key, doubtful=True, again=not self._forgotten(wanted))

    async def edit(self, receipt: Receipt, wanted: Wanted) -> Receipt:
        """See the port. What the post answers or quotes stays."""
        await self._check(wanted)
        key = await self._own(receipt)
        body = as_json(await self._values(wanted))
        return self._receipt(await self._server.do("PUT", f"/api/v1/statuses/{key}", Own, body, doubtful=True))

    async def erase(self, receipt: Receipt) -> None:
        key = await self._own(receipt)
        try:
            await self._server.do("DELETE", f"/api/v1/statuses/{key}", Own, Body(), doubtful=True)
        except WriteError as error:
            if error.code != "gone":
                raise

    async def stands(self, remote_ids: Sequence[str]) -> dict[str, bool]:
        turn = asyncio.Semaphore(AT_ONCE)

        async def stands(remote_id: str) -> bool:
            async with turn:
                key = await self._own(Receipt(remote_id))
                return await self._server.find(f"/api/v1/statuses/{key}", Own) is not None

        return dict(zip(remote_ids, await asyncio.gather(*map(stands, remote_ids)), strict=True))

    async def standing(self) -> Standing:
        self._me = None
        me, rules = await self.me(), await self.rules()
        return Standing(author_of(me, home_of(rules.domain, self._server.origin)), self._server.budget)

    async def close(self) -> None:
        """Nothing is held between two calls."""

    async def me(self) -> Me:
        """Whose token it is. Raises WriteError: ``bad-token``."""
        if self._me is None:
            self._me = await self._server.get("/api/v1/accounts/verify_credentials", Me)
        return self._me

    async def rules(self) -> Rules:
        """What the server takes; servers of other makes may not say."""
        if self._rules is None:
            self._rules = await self._server.find("/api/v2/instance", Rules) or Rules()
        return self._rules

    async def _check(self, wanted: Wanted) -> None:
        """Refuses what the server would, before anything is sent."""
        rules, known = await self.rules(), limits(NAME)
        taken = rules.configuration.media_attachments
        counted = length(wanted.text, NAME)
        if counted > _characters(rules):
            raise WriteError("too-long", f"{counted} > {_characters(rules)}", final=True)
        most = rules.configuration.statuses.max_media_attachments or (known.images if known else 4)
        if len(wanted.media) > most:
            raise WriteError("unsupported", f"{len(wanted.media)} pictures > {most}", final=True)
        if wanted.quotes is not None and not rules.quotes:
            raise WriteError("unsupported", "quoted_status_id", final=True)
        largest = taken.image_size_limit or (known.image_bytes if known else 0)
        for upload in wanted.media:
            if upload.type not in (taken.supported_mime_types or (known.image_types if known else ())):
                raise WriteError("unsupported", upload.type, final=True)
            if len(upload.content) > largest:
                raise WriteError("too-large", f"{len(upload.content)} > {largest}", final=True)

    async def _values(self, wanted: Wanted) -> dict[str, Any]:
        pictures = [await hand_over(self._server, self._tools, upload) for upload in wanted.media]
        return {"status": wanted.text, "language": wanted.language, "media_ids": pictures}

    def _forgotten(self, wanted: Wanted) -> bool:
        """Whether the server may no longer know the key, by our clock or by its own, whichever is later."""
        age = self._tools.clock() - wanted.created_at
        if self._server.date is not None:
            age = max(age, self._server.date - wanted.created_at)
        return age > KNOWN_FOR or self._tools.clock() < wanted.created_at - AHEAD

    async def _written_with(self) -> str:
        if self._application is None:
            try:
                known = await self._server.get("/api/v1/apps/verify_credentials", Application)
            except WriteError as error:
                if error.code not in CLOSED:
                    raise
                known = Application()
            self._application = known.name
        return self._application

    async def _facets(self, text: str) -> tuple[Facet, ...]:
        found = [Facet(one, "link", text[one.start : one.end]) for one in links(text)]
        found += [Facet(one, "tag", text[one.start + 1 : one.end]) for one in hashtags(text)]
        for one in mentions(text):
            account = await self._person(text[one.start + 1 : one.end])
            if account:
                found.append(Facet(one, "mention", account))
        return tuple(sorted(found, key=lambda facet: facet.span.start))

    async def _person(self, acct: str) -> str:
        """Whose handle it is, empty when nobody's. Those of other servers are fetched from there."""
        if acct not in self._people:
            known = await self._server.find("/api/v1/accounts/lookup", Account, acct=acct)
            if known is None and "@" in acct:
                asked = {"q": f"@{acct}", "type": "accounts", "resolve": "true", "limit": "1"}
                found = await self._server.find("/api/v2/search", Found, **asked)
                known = next((one for one in (found or Found()).accounts if one.acct.lower() == acct.lower()), None)
            if known is None:
                return ""
            self._people[acct] = author_of(known, home_of((await self.rules()).domain, self._server.origin)).id
        return self._people[acct]

    async def _referred(self, receipt: Receipt | None) -> str:
        """The server's id of a post answered or quoted. Raises ``gone``."""
        if receipt is None:
            return ""
        key = await self._key(receipt.remote_id)
        if not key:
            raise WriteError("gone", receipt.remote_id, final=True)
        return key

    async def _own(self, receipt: Receipt) -> str:
        """The server's id of a post of ours. Raises ``cannot-tell``: a search that finds nothing proves nothing."""
        key = await self._key(receipt.remote_id)
        if not key:
            raise WriteError("cannot-tell", receipt.remote_id, doubtful=True)
        return key

    async def _key(self, uri: str) -> str:
        """The server's id of any post, empty when it knows none."""
        me = await self.me()
        key = self._keys.get(uri) or own_key(uri, me.uri or me.url or self._server.origin)
        if key:
            return key
        asked = {"q": uri, "type": "statuses", "resolve": "true", "limit": "1"}
        found = await self._server.find("/api/v2/search", Found, **asked)
        for one in found.statuses if found else ():
            self._keys[uri] = str(one.id)
        return self._keys.get(uri, "")

    def _receipt(self, own: Own) -> Receipt:
        self._keys[own.uri] = str(own.id)
        return Receipt(own.uri, url=own.url or "")


def _characters(rules: Rules) -> int:
    known = limits(NAME)
    return rules.configuration.statuses.max_characters or (known.characters if known else 500)

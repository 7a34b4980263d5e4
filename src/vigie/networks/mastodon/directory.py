"""Asks a server who somebody is and what a thread says."""

from collections.abc import Sequence

from vigie.model import Author, Post
from vigie.model.actor import handle_of
from vigie.model.bounds import UnreadableError
from vigie.networks.mastodon.api import Api
from vigie.networks.mastodon.entities import Account, Context, Found, Liked, Status
from vigie.networks.mastodon.names import Names, own_key
from vigie.networks.mastodon.posts import author_of, home_of, posts_of

AT_ONCE = 25
THREAD_LIMIT = 200


class MastodonDirectory:
    """See `vigie.flows.ports.network.Directory`. What other servers have is looked up with a token only."""

    def __init__(self, api: Api, names: Names) -> None:
        self._api, self._names = api, names
        self._domain = ""

    async def authors(self, ids: Sequence[str]) -> list[Author]:
        home = await self._home()
        found = [await self._account(id) for id in ids[:AT_ONCE]]
        return [author_of(account, home) for account in found if account is not None]

    async def thread(self, remote_id: str) -> list[Post]:
        home = await self._home()
        key = await self._key(remote_id)
        if not key:
            return []
        status = await self._api.find(f"/api/v1/statuses/{key}", Status)
        context = await self._api.find(f"/api/v1/statuses/{key}/context", Context)
        if status is None or context is None:
            return []
        posts: list[Post] = []
        for one in [*context.ancestors, status, *context.descendants]:
            try:
                posts += posts_of(one, home, self._names, self._api.clock())
            except UnreadableError:  # one that cannot be shown does not hide the others
                continue
        return sorted(posts, key=lambda post: post.created_at)[:THREAD_LIMIT]

    async def likes(self, remote_ids: Sequence[str]) -> dict[str, int]:
        found = {}
        for id in remote_ids[:AT_ONCE]:
            key = await self._key(id)
            liked = await self._api.find(f"/api/v1/statuses/{key}", Liked) if key else None
            if liked is not None:
                found[id] = liked.count
        return found

    async def _key(self, remote_id: str) -> str:
        """What the server calls a post; empty where it does not know it."""
        known = self._names.key(remote_id) or own_key(remote_id, self._api.server)
        return known or await self._found_key(remote_id)

    async def _home(self) -> str:
        if not self._domain:
            self._domain = home_of((await self._api.instance()).domain, self._api.server)
        return self._domain

    async def _account(self, id: str) -> Account | None:
        handle = handle_of(id) if "://" in id else id.removeprefix("@")
        if handle:
            home = await self._home()
            return await self._api.find("/api/v1/accounts/lookup", Account, acct=handle.removesuffix(f"@{home}"))
        found = await self._search(id, "accounts")
        return found.accounts[0] if found.accounts else None

    async def _found_key(self, remote_id: str) -> str:
        found = await self._search(remote_id, "statuses")
        return found.statuses[0].key if found.statuses else ""

    async def _search(self, words: str, kind: str) -> Found:
        if not self._api.token:
            return Found()
        found = await self._api.find("/api/v2/search", Found, q=words, type=kind, resolve="true", limit="1")
        return found or Found()

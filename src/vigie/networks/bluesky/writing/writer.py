"""Writes on one Bluesky account, each post once: its record key is ours, so the network can be asked for it by name."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct, field

from vigie.checks.length import graphemes
from vigie.flows.ports.writer import Facet, Receipt, Shown, Standing, Wanted, WriteError, WriteTools
from vigie.model import Author, Millis, Post
from vigie.networks.bluesky.record import COLLECTION, is_did, is_post
from vigie.networks.bluesky.writing.keys import Keys, record_cid
from vigie.networks.bluesky.writing.record import check, found_facets, make_record, named_blob, taken
from vigie.networks.bluesky.writing.session import Session

UNANSWERED = frozenset(("rate-limited", "bad-token", "timeout", "unreachable"))
"""Errors of a post that say nothing of what stands under its key."""
AT_ONCE = 4
"""Questions under way at the same time when many posts are looked up."""


class Made(Struct):
    """A record that was written."""

    uri: str
    cid: str


class Root(Struct, frozen=True):
    """The first post of a thread."""

    uri: str = ""
    cid: str = ""


class Reply(Struct, frozen=True):
    """Where a post stands in its thread."""

    root: Root = Root()


class Threaded(Struct, frozen=True):
    """What is read of somebody's post."""

    reply: Reply | None = None


class Stored(Struct):
    """A record as it stands."""

    uri: str
    cid: str = ""
    value: Threaded = Threaded()


class Blob(Struct):
    """Bytes that a server has taken, as a record refers to them."""

    blob: dict[str, Any]


class Name(Struct):
    """To whom a handle belongs."""

    did: str = ""


class Account(Struct):
    """Whose session it is. ``status`` says why an account is not active."""

    did: str
    handle: str = ""
    active: bool = True
    status: str = ""


class Nothing(Struct):
    """An answer of which nothing is read."""


class Presented(Struct, frozen=True):
    """The name that people see."""

    name: str = field(name="displayName", default="")


class Profile(Struct):
    """How an account presents itself."""

    value: Presented = Presented()


class BlueskyWriter:
    """Implements `vigie.flows.ports.writer.Writer`."""

    def __init__(self, session: Session, tools: WriteTools) -> None:
        self._session, self._tools = session, tools
        self._keys = Keys(tools.chance)
        self._known: dict[str, str] = {}

    def new_key(self, now: Millis) -> str:
        return self._keys.new(now)

    async def shown(self, text: str) -> Shown:
        return Shown(text, await self._facets(text), graphemes(text), taken().characters)

    async def resolve(self, post: Post) -> tuple[Receipt, Receipt]:
        if not is_post(post.remote_id):
            raise WriteError("not-understood", post.remote_id, final=True)
        repo, _, key = post.remote_id.removeprefix("at://").partition(f"/{COLLECTION}/")
        stored = await self._stored(repo, key)
        if stored is None:
            raise WriteError("gone", post.remote_id, final=True)
        answered = Receipt(stored.uri, stored.cid, post.url)
        root = stored.value.reply.root if stored.value.reply else None
        return answered, Receipt(root.uri, root.cid) if root and root.uri else answered

    async def write(self, wanted: Wanted) -> Receipt:
        """See the port. A server refuses a second post under the same key, each kind of server in its own words: after
        a refusal it is asked what stands under the key. Where no answer came that is left for later, it may yet come.
        """
        check(wanted)
        facets = await self._facets(wanted.text)
        blobs = [await self._uploaded(upload.content, upload.type) for upload in wanted.media]
        body = await self._body(wanted.key) | {"record": make_record(wanted, facets, blobs)}
        try:
            made = await self._session.do("com.atproto.repo.createRecord", Made, body)
        except WriteError as error:
            if error.code in UNANSWERED:
                raise
            return await self._there_after_all(wanted, error)
        return Receipt(made.uri, made.cid, _page(made.uri))

    async def _there_after_all(self, wanted: Wanted, error: WriteError) -> Receipt:
        try:
            found = await self.find(wanted)
        except WriteError:
            raise error from None
        if found is None:
            raise error
        return found

    async def find(self, wanted: Wanted) -> Receipt | None:
        """See the port."""
        try:
            stored = await self._stored(await self._session.did(), wanted.key)
            if stored is None:
                return None
            record = make_record(wanted, await self._facets(wanted.text), [named_blob(one) for one in wanted.media])
        except WriteError as error:
            error.doubtful = True
            raise
        return Receipt(stored.uri, stored.cid, _page(stored.uri), altered=stored.cid != record_cid(record))

    async def edit(self, receipt: Receipt, wanted: Wanted) -> Receipt:
        """Never: Bluesky's apps go on showing the first version."""
        del wanted
        raise WriteError("unsupported", receipt.remote_id, final=True)

    async def erase(self, receipt: Receipt) -> None:
        key = receipt.remote_id.rpartition("/")[2]
        await self._session.do("com.atproto.repo.deleteRecord", Nothing, await self._body(key))

    async def stands(self, remote_ids: Sequence[str]) -> dict[str, bool]:
        did = await self._session.did()
        turn = asyncio.Semaphore(AT_ONCE)

        async def stands(remote_id: str) -> bool:
            async with turn:
                return await self._stored(did, remote_id.rpartition("/")[2]) is not None

        return dict(zip(remote_ids, await asyncio.gather(*map(stands, remote_ids)), strict=True))

    async def standing(self) -> Standing:
        account = await self._session.ask("com.atproto.server.getSession", Account)
        if not account.active:
            raise WriteError("refused", account.status, final=True)
        asked = {"repo": account.did, "collection": "app.bsky.actor.profile", "rkey": "self"}
        profile = await self._session.find("com.atproto.repo.getRecord", Profile, **asked)
        author = Author(account.did, account.handle, profile.value.name if profile else "")
        return Standing(author, self._session.budget)

    async def close(self) -> None:
        """Nothing is held between two calls."""

    async def _body(self, key: str) -> dict[str, Any]:
        return {"repo": await self._session.did(), "collection": COLLECTION, "rkey": key}

    async def _stored(self, repo: str, key: str) -> Stored | None:
        asked = {"repo": repo, "collection": COLLECTION, "rkey": key}
        return await self._session.find("com.atproto.repo.getRecord", Stored, **asked)

    async def _uploaded(self, content: bytes, type: str) -> dict[str, Any]:
        return (await self._session.upload("com.atproto.repo.uploadBlob", Blob, content, type)).blob

    async def _facets(self, text: str) -> tuple[Facet, ...]:
        found = []
        for facet in found_facets(text):
            target = await self._owner(facet.target) if facet.kind == "mention" else facet.target
            if target:
                found.append(msgspec.structs.replace(facet, target=target))
        return tuple(found)

    async def _owner(self, handle: str) -> str:
        """To whom a handle belongs, empty when to nobody."""
        if handle not in self._known:
            did = await self._resolved(handle)
            if not did:
                return ""
            self._known[handle] = did
        return self._known[handle]

    async def _resolved(self, handle: str) -> str:
        try:
            found = await self._session.ask("com.atproto.identity.resolveHandle", Name, handle=handle)
        except WriteError as error:
            if error.code != "refused":
                raise
            return ""
        return found.did if is_did(found.did) else ""


def _page(uri: str) -> str:
    """Where a person reads a post."""
    did, _, key = uri.removeprefix("at://").partition(f"/{COLLECTION}/")
    return f"https://bsky.app/profile/{did}/post/{key}"

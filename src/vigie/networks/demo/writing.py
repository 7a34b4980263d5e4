"""Writing on the demo: nothing leaves the house, nothing fails. Without a folder it is what a rehearsal writes on."""

from collections.abc import Callable, Sequence

from msgspec import structs

from vigie.checks.length import length, limits
from vigie.flows.ports.writer import (
    Facet,
    Grant,
    Invitation,
    Receipt,
    Shown,
    Standing,
    Wanted,
    WriteError,
    Writer,
    WriteTools,
)
from vigie.model import Author, Deleted, Media, Millis, Post
from vigie.networks.demo.board import Board, Note
from vigie.text.signs import hashtags, links, mentions
from vigie.world.house import OWN_ACCOUNTS, own

NAME = "demo"


class DemoWriter:
    """Implements `vigie.flows.ports.writer.Writer` for one of the demo house's accounts."""

    def __init__(self, grant: Grant, tools: WriteTools) -> None:
        self._network, self._author = _account(grant.login)
        self._tools = tools
        self._board = Board(tools.folder)
        self._posts: dict[str, Post | None] = {}
        self._read_to = 0

    def new_key(self, now: Millis) -> str:
        return f"{now:x}-{int(self._tools.chance() * 2**53):014x}"

    async def shown(self, text: str) -> Shown:
        return Shown(text, _facets(text), length(text, self._network), self._limit())

    async def resolve(self, post: Post) -> tuple[Receipt, Receipt]:
        return Receipt(post.remote_id, url=post.url), Receipt(post.thread or post.remote_id)

    async def write(self, wanted: Wanted) -> Receipt:
        """See the port."""
        found = await self.find(wanted)
        if found is not None:
            return found
        if length(wanted.text, self._network) > self._limit():
            raise WriteError("too-long", f"> {self._limit()}", final=True)
        self._board.pin(Note(wanted.key, self._post(wanted)))
        return self._receipt(wanted.key)

    async def find(self, wanted: Wanted) -> Receipt | None:
        """See the port."""
        return self._receipt(wanted.key) if self._standing().get(wanted.key) else None

    async def edit(self, receipt: Receipt, wanted: Wanted) -> Receipt:
        """See the port. The demo's Bluesky knows no edits, as the real one."""
        if self._network == "bluesky":
            raise WriteError("unsupported", receipt.remote_id, final=True)
        key = receipt.remote_id.rpartition(":")[2]
        standing = self._standing().get(key)
        if standing is None:
            raise WriteError("gone", receipt.remote_id, final=True)
        changed = self._post(wanted)
        post = structs.replace(
            standing,
            text=changed.text,
            media=changed.media,
            mentions=changed.mentions,
            tags=changed.tags,
            links=changed.links,
            edited_at=max(self._tools.clock(), standing.version_at + 1),
        )
        self._board.pin(Note(key, post))
        return receipt

    async def erase(self, receipt: Receipt) -> None:
        key = receipt.remote_id.rpartition(":")[2]
        if self._standing().get(key):
            deleted = Deleted(self._network, receipt.remote_id, self._tools.clock())
            self._board.pin(Note(key, deleted=deleted))

    async def stands(self, remote_ids: Sequence[str]) -> dict[str, bool]:
        standing = self._standing()
        return {one: standing.get(one.rpartition(":")[2]) is not None for one in remote_ids}

    async def standing(self) -> Standing:
        return Standing(self._author)

    async def close(self) -> None:
        """Nothing is held open."""

    def _standing(self) -> dict[str, Post | None]:
        """What is on the board now, by key; None for what was taken back."""
        while True:
            notes, self._read_to = self._board.read(self._read_to)
            if not notes:
                return self._posts
            for note in notes:
                self._posts[note.key] = note.post

    def _limit(self) -> int:
        known = limits(self._network)
        return known.characters if known else 500

    def _receipt(self, key: str) -> Receipt:
        return Receipt(f"demo:{self._network}:own:{key}", url=f"https://{self._author.handle}/{key}")

    def _post(self, wanted: Wanted) -> Post:
        receipt = self._receipt(wanted.key)
        facets = _facets(wanted.text)
        return Post(
            network=self._network,
            remote_id=receipt.remote_id,
            author=self._author,
            text=wanted.text,
            created_at=self._tools.clock(),
            url=receipt.url,
            langs=(wanted.language,) if wanted.language else (),
            reply_to=wanted.parent.remote_id if wanted.parent else "",
            thread=(wanted.root or wanted.parent or receipt).remote_id,
            quote_of=wanted.quotes.remote_id if wanted.quotes else "",
            mentions=tuple(one.target for one in facets if one.kind == "mention"),
            tags=tuple(one.target for one in facets if one.kind == "tag"),
            links=tuple(one.target for one in facets if one.kind == "link"),
            media=tuple(Media("image", alt=one.alt) for one in wanted.media),
        )


class DemoWriting:
    """Implements `vigie.flows.ports.writer.Writing`."""

    name = NAME
    keeps_edits = True

    def writer(self, grant: Grant, keep: Callable[[Grant], None], tools: WriteTools) -> Writer:
        """``grant.login``: handle of one of the demo house's accounts; any other one is an account of nowhere."""
        del keep
        return DemoWriter(grant, tools)

    async def connect(self, service: str, login: str, secret: str, tools: WriteTools) -> tuple[Grant, Standing]:
        """See the port. Any secret will do."""
        del service, secret
        grant = Grant(NAME, "", login, _account(login)[1].id)
        return grant, await DemoWriter(grant, tools).standing()

    async def invite(self, service: str, returns_to: str, tools: WriteTools) -> Invitation:
        """Never: there is nobody to ask."""
        del returns_to, tools
        raise WriteError("unsupported", service, final=True)

    async def accept(self, invitation: Invitation, code: str, tools: WriteTools) -> tuple[Grant, Standing]:
        """Never, as `invite`."""
        del code, tools
        raise WriteError("unsupported", invitation.service, final=True)


def _account(login: str) -> tuple[str, Author]:
    """(network, author) of an account."""
    for network, handle in OWN_ACCOUNTS.items():
        if handle == login:
            return network, own(network)
    return NAME, Author(f"demo:{login or 'rehearsal'}", login)


def _facets(text: str) -> tuple[Facet, ...]:
    found = [Facet(one, "link", text[one.start : one.end]) for one in links(text)]
    found += [Facet(one, "mention", text[one.start + 1 : one.end]) for one in mentions(text)]
    found += [Facet(one, "tag", text[one.start + 1 : one.end]) for one in hashtags(text)]
    return tuple(sorted(found, key=lambda one: one.span.start))


WRITING = DemoWriting()

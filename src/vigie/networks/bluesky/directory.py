"""Asks Bluesky's public AppView who somebody is and what a thread says, when a person looks."""

from collections.abc import Iterator, Sequence
from typing import TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec import Struct, field

from vigie.flows.ports.fetch import Response
from vigie.flows.ports.network import SourceDownError, Tools
from vigie.model import Author, Millis, Post
from vigie.networks.bluesky.gathering import NO_HANDLE, why
from vigie.networks.bluesky.record import COLLECTION, Commit, Record, UnreadableError, make_post
from vigie.networks.bluesky.when import EARLIEST, millis

T = TypeVar("T")

PROFILES_LIMIT = 25
"""What ``app.bsky.actor.getProfiles`` and ``app.bsky.feed.getPosts`` allow in one call."""
THREAD_LIMIT = 200
ABOVE, BELOW = 80, 10
"""How many answers up and down are asked for; the AppView gives at most 1,000 of both."""
BAD_REQUEST, NOT_FOUND, TOO_MANY = 400, 404, 429
ERRORS = range(400, 600)


class Profile(Struct):
    """A person, as every view of the AppView shows them."""

    did: str
    handle: str = ""
    name: str | None = field(name="displayName", default=None)
    avatar: str | None = None
    followers: int | None = field(name="followersCount", default=None)
    following: int | None = field(name="followsCount", default=None)
    posts: int | None = field(name="postsCount", default=None)
    created: str | None = field(name="createdAt", default=None)


class Profiles(Struct):
    """The answer of ``getProfiles``."""

    profiles: list[Profile]


class PostView(Struct):
    """A post and its author."""

    uri: str
    author: Profile
    record: Record
    indexed: str = field(name="indexedAt", default="")


class Liked(Struct):
    """A post's counts."""

    uri: str
    likes: int = field(name="likeCount", default=0)


class LikedAnswer(Struct):
    """The answer of ``getPosts``."""

    posts: list[Liked]


class Thread(Struct):
    """A post with what is above and below; deleted and blocked ones have no ``post``."""

    post: PostView | None = None
    parent: "Thread | None" = None
    replies: "list[Thread] | None" = None


class ThreadAnswer(Struct):
    """The answer of ``getPostThread``."""

    thread: Thread


class AppView:
    """The `Directory` of Bluesky. ``address`` is the AppView's, without a path."""

    def __init__(self, address: str, tools: Tools) -> None:
        self._address, self._tools = address.rstrip("/"), tools

    async def authors(self, ids: Sequence[str]) -> list[Author]:
        """As `Directory.authors`.

        Raises:
            FetchError: nothing came back.
            SourceDownError: an answer that is none.
        """
        actors = [("actors", one) for one in ids[:PROFILES_LIMIT]]
        if not actors:
            return []
        answer = await self._ask("app.bsky.actor.getProfiles", actors)
        if answer.status == BAD_REQUEST and len(actors) > 1:
            # one name that is none spoils the whole question: each is asked alone
            return [author for one in ids[:PROFILES_LIMIT] for author in await self.authors([one])]
        if answer.status in {BAD_REQUEST, NOT_FOUND}:
            return []
        return [_author(profile) for profile in _read(answer, Profiles).profiles]

    async def thread(self, remote_id: str) -> list[Post]:
        """As `Directory.thread`; empty for a post that is gone. Raises as `authors`."""
        asked = [("uri", remote_id), ("depth", str(BELOW)), ("parentHeight", str(ABOVE))]
        answer = await self._ask("app.bsky.feed.getPostThread", asked)
        if answer.status in {BAD_REQUEST, NOT_FOUND}:
            return []
        views = _views(_read(answer, ThreadAnswer).thread)
        posts = {post.remote_id: post for view in views if (post := self._post(view)) is not None}
        return sorted(posts.values(), key=lambda post: (post.created_at, post.remote_id))

    async def likes(self, remote_ids: Sequence[str]) -> dict[str, int]:
        """As `Directory.likes`. Raises as `authors`."""
        asked = [("uris", one) for one in remote_ids[:PROFILES_LIMIT]]
        if not asked:
            return {}
        answer = await self._ask("app.bsky.feed.getPosts", asked)
        if answer.status in {BAD_REQUEST, NOT_FOUND}:
            return {}
        return {post.uri: post.likes for post in _read(answer, LikedAnswer).posts}

    async def _ask(self, method: str, asked: list[tuple[str, str]]) -> Response:
        return await self._tools.fetch(
            f"{self._address}/xrpc/{method}?{urlencode(asked)}", headers={"accept": "application/json"}
        )

    def _post(self, view: PostView) -> Post | None:
        did, _, rkey = view.uri.removeprefix("at://").partition(f"/{COLLECTION}/")
        at: Millis = millis(view.indexed) or self._tools.clock()
        try:
            post = make_post(Commit(rkey, "create", COLLECTION, rkey, view.record), did, at, [])
        except UnreadableError:
            return None
        return msgspec.structs.replace(post, author=_author(view.author))


def _author(profile: Profile) -> Author:
    joined = millis(profile.created) if profile.created else None
    return Author(
        id=profile.did,
        handle="" if profile.handle in NO_HANDLE else profile.handle.lower(),
        name=(profile.name or "").replace("\0", ""),
        avatar=profile.avatar or "",
        followers=profile.followers,
        following=profile.following,
        posts=profile.posts,
        created_at=joined if joined and joined > EARLIEST else None,
    )


def _views(thread: Thread) -> Iterator[PostView]:
    """The nearest first, so that the limit cuts what is farthest: the post, those above, those below level by level."""
    above: list[Thread] = []
    up: Thread | None = thread
    while up is not None and len(above) < THREAD_LIMIT:
        above.append(up)
        up = up.parent
    level = thread.replies or []
    found = 0
    for one in above:
        if one.post is not None:
            found += 1
            yield one.post
    while level and found < THREAD_LIMIT:
        for one in level[: THREAD_LIMIT - found]:
            if one.post is not None:
                found += 1
                yield one.post
        level = [reply for one in level for reply in one.replies or []]


def _read(answer: Response, shape: type[T]) -> T:
    if answer.status in ERRORS:
        code = "rate-limited" if answer.status == TOO_MANY else "refused"
        raise SourceDownError(code, f"HTTP {answer.status}")
    try:
        return msgspec.json.decode(answer.body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceDownError("not-understood", ": ".join(why(error))) from None

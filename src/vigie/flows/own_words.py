"""Watch our own words: what our accounts say, change and take back, held against what Vigie sent."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from vigie.charter import Charter, Tripwire
from vigie.flows.alarm import VIGIE, Alarm, Watchtower, sound
from vigie.flows.ports.publications import MovedError
from vigie.flows.remembered import remember, remembered
from vigie.model import (
    Act,
    Author,
    AuthorChanged,
    AuthorGone,
    Batch,
    Deleted,
    Incident,
    Mention,
    Millis,
    Post,
    Publication,
)

BEFORE: Millis = 10 * 60_000
"""Posts up to this much older than our first look at an account are what was there before."""
SETTLING: Millis = 60 * 60_000
"""From an hour after the first look on, what comes over a line as it happens is new whatever date it bears: the date is
the writer's own word."""
LIVE: Millis = 10 * 60_000
"""A line that is at most this late tells things as they happen."""
PATIENCE: Millis = 120_000
"""Where a network's names for posts are not ours to choose, a post that came while one of ours was on its way is waited
for this long: as soon as the network has confirmed ours, it is known whose it is."""
_NAMED_BY_US = "at://"
"""Addresses whose last part is the key that the writer chose."""


class Look(Struct, frozen=True):
    """An account as it was seen last.

    Attributes:
        since: our first look at it.
        author: its handle, name and picture; what is empty was not seen yet.
    """

    since: Millis
    author: Author


class Waiting(Struct, frozen=True):
    """A post that is perhaps one of those on their way."""

    channel: str
    post: Post
    until: Millis


class Strange(Struct, frozen=True, kw_only=True):
    """Something on an account of ours that Vigie did not do."""

    channel: str
    reason: str
    at: Millis
    network: str
    remote_id: str = ""
    post: Post | None = None
    was: Post | None = None
    values: dict[str, str | int | float] = {}
    publication: int = 0


class OwnWords:
    """Holds a stream of batches against what Vigie sent. One caller at a time. ``told_sent`` knows of posts that count
    as sent though no publication tells of them: those of the demo's story.

    Attributes:
        accounts: (network, id or handle in lower case) to the channel of the charter.
        sent_from_here: ids of the channels that Vigie writes to: there, everything else is a stranger's doing. On the
            others only where a tripwire of the charter says so.
    """

    def __init__(self, tower: Watchtower, told_sent: Callable[[str], bool] = lambda _: False) -> None:
        self._tower, self._told_sent = tower, told_sent
        self._charter: Charter | None = None
        self.accounts: Mapping[tuple[str, str], str] = {}
        self._wires: dict[str, Tripwire | None] = {}
        self._looks: dict[str, Look] = {}
        self._waiting = remembered(tower.signals, "own:waiting", list[Waiting]) or []

    def follow(
        self,
        charter: Charter,
        accounts: Mapping[tuple[str, str], str],
        sent_from_here: Collection[str],
        now: Millis,
    ) -> None:
        """Takes a charter over. A channel seen for the first time is watched from now on."""
        self._charter, self.accounts = charter, accounts
        wires = [wire for wire in charter.crisis.pause_when if wire.on == "unknown-hand"]
        self._wires = {}
        for channel in charter.channels:
            wire = next((one for one in wires if not one.channels or channel.id in one.channels), None)
            if wire or channel.id in sent_from_here:
                self._wires[channel.id] = wire
                self._first_look(channel.id, channel.account, now)

    def look(self, batch: Batch, now: Millis) -> list[Incident]:
        """What a batch shows that Vigie did not do, each in its incident. To be called before the batch is stored: when
        that fails, the batch comes again, and what was found then is found once more and told once."""
        if not self._wires:
            return []
        live = batch.latest is not None and now - batch.latest <= LIVE
        return [self._tell(one, now) for one in self._strange(batch, live=live, now=now)]

    def look_again(self, now: Millis) -> list[Incident]:
        """Posts that were waited for, once it is known whose they are."""
        if not self._waiting:
            return []
        found, left = [], []
        for one in self._waiting:
            if self._sent(one.channel, one.post.network, one.post.remote_id) is not None:
                continue
            if now < one.until and self._on_their_way(one.channel):
                left.append(one)
            else:
                found.append(self._tell(self._unknown(one.channel, one.post, None), now))
        if len(left) != len(self._waiting):
            self._wait(left)
        return found

    @property
    def watched(self) -> frozenset[str]:
        """Ids of the channels where what Vigie did not do is told."""
        return frozenset(self._wires)

    def meet(self, network: str, author: Author, now: Millis) -> list[Incident]:
        """An account of ours as its network shows it now."""
        shown = AuthorChanged(network, author, now)
        return [self._tell(one, now) for one in self._of_author(shown, at_first=True)]

    # what a batch shows

    def _strange(self, batch: Batch, *, live: bool, now: Millis) -> Iterator[Strange]:
        for post in batch.posts:
            channel = self._channel(post.network, post.author)
            if channel and not self._told_sent(post.remote_id):
                shown = AuthorChanged(post.network, post.author, post.version_at)
                yield from self._of_author(shown, at_first=True)
                yield from self._of_post(channel, post, live=live, now=now)
        for gone in batch.deleted:
            if self._perhaps_ours(gone):
                yield from self._of_deletion(gone, live=live, now=now)
        for change in batch.authors:
            if isinstance(change, AuthorChanged):
                yield from self._of_author(change)
            else:
                yield from self._of_gone(change)

    def _channel(self, network: str, author: Author) -> str:
        """The watched channel of an account; empty for everybody else's."""
        accounts = self.accounts
        channel = accounts.get((network, author.id.lower())) or accounts.get((network, author.handle.lower()), "")
        return channel if channel in self._wires else ""

    def _of_post(self, channel: str, post: Post, *, live: bool, now: Millis) -> Iterator[Strange]:
        there = self._tower.archive.mention_of(post.network, post.remote_id)
        if there is not None and there.post.version_at >= post.version_at:
            return
        if not self._happened_since(channel, post.version_at, live=live, now=now):
            return
        ours = self._sent(channel, post.network, post.remote_id)
        if ours is not None and post.edited_at is None:
            return
        if ours is None and there is None and not _named(post) and self._on_their_way(channel):
            self._wait([*self._waiting, Waiting(channel, post, now + PATIENCE)])
            return
        yield self._unknown(channel, post, there, ours)

    def _unknown(self, channel: str, post: Post, there: Mention | None, ours: Publication | None = None) -> Strange:
        edited = post.edited_at is not None and (there is not None or ours is not None)
        return Strange(
            channel=channel,
            reason="unknown-edit" if edited else "unknown-post",
            at=post.version_at,
            network=post.network,
            remote_id=post.remote_id,
            post=post,
            was=there.post if there else None,
            publication=ours.id if ours else 0,
        )

    def _sent(self, channel: str, network: str, remote_id: str) -> Publication | None:
        """The publication that this post is a piece of. A key is never unknown once it was claimed, even while the
        network's answer to us is still on its way."""
        publications = self._tower.publications
        for found in (publications.by_remote(network, remote_id), publications.by_key(network, _key(remote_id))):
            if found is not None and found.channel == channel:
                return found
        return None

    def _on_their_way(self, channel: str) -> bool:
        flying = self._tower.publications.of_states(("publishing", "unconfirmed"))
        return any(one.channel == channel for one in flying)

    def _perhaps_ours(self, gone: Deleted) -> bool:
        """Without asking the archive, where a post's address names its author: thousands are taken back each minute."""
        if not _named(gone):
            return not self._told_sent(gone.remote_id)
        return bool(self._channel(gone.network, Author(gone.remote_id.split("/")[2])))

    def _of_deletion(self, gone: Deleted, *, live: bool, now: Millis) -> Iterator[Strange]:
        there = self._tower.archive.mention_of(gone.network, gone.remote_id)
        if there is not None and there.gone_at is not None:
            return
        author = there.post.author if there else Author(gone.remote_id.split("/")[2]) if _named(gone) else None
        channel = self._channel(gone.network, author) if author else ""
        if not channel or not self._happened_since(channel, gone.at, live=live, now=now):
            return
        publication = self._sent(channel, gone.network, gone.remote_id)
        if publication is not None:
            if publication.recall:
                return
            self._note_gone(publication, gone, now)
        yield Strange(
            channel=channel,
            reason="unknown-deletion",
            at=gone.at,
            network=gone.network,
            remote_id=gone.remote_id,
            was=there.post if there else None,
            publication=publication.id if publication else 0,
        )

    def _note_gone(self, publication: Publication, gone: Deleted, now: Millis) -> None:
        """A post that we sent is no longer there: its publication knows, too."""
        digest = self._charter.digest if self._charter else ""
        act = Act(now, VIGIE, "publication.gone", f"publication:{publication.id}", "", digest)
        while True:
            sent = tuple(
                structs.replace(piece, gone_at=gone.at) if piece.remote_id == gone.remote_id else piece
                for piece in publication.sent
            )
            try:
                self._tower.publications.settle(structs.replace(publication, sent=sent), act)
            except MovedError as moved:
                publication = moved.current
            else:
                return

    def _of_author(self, change: AuthorChanged, *, at_first: bool = False) -> Iterator[Strange]:
        """``at_first``: the network shows an account rather than a change of it; the first look only learns."""
        channel = self._channel(change.network, change.author)
        if not channel:
            return
        seen = self._looks[channel]
        known = _known(seen.author, change.author)
        if known == seen.author or change.at < seen.since - BEFORE:
            return
        self._keep_look(channel, structs.replace(seen, author=known))
        if at_first and not seen.author.id:
            return
        for reason, names in (("handle-changed", ("handle",)), ("profile-changed", ("name", "avatar"))):
            parts = [name for name in names if _differs(name, seen.author, known)]
            if parts:
                values: dict[str, str | int | float] = {"part": ", ".join(parts)}
                if reason == "handle-changed":
                    values |= {"was": seen.author.handle, "now": known.handle}
                yield Strange(channel=channel, reason=reason, at=change.at, network=change.network, values=values)

    def _of_gone(self, change: AuthorGone) -> Iterator[Strange]:
        channel = self._channel(change.network, Author(change.author_id))
        if channel:
            yield Strange(channel=channel, reason="account-gone", at=change.at, network=change.network)

    # when watching began

    def _first_look(self, channel: str, account: str, now: Millis) -> None:
        if channel in self._looks:
            return
        seen = remembered(self._tower.signals, f"own:{channel}", Look)
        named = account.lower().lstrip("@")
        handle = named if "." in named and not named.startswith("did:") else ""
        self._keep_look(channel, seen or Look(now, Author("", handle=handle)))

    def _keep_look(self, channel: str, look: Look) -> None:
        self._looks[channel] = look
        remember(self._tower.signals, {f"own:{channel}": look})

    def _wait(self, waiting: Sequence[Waiting]) -> None:
        self._waiting = list(waiting)
        remember(self._tower.signals, {"own:waiting": self._waiting})

    def _happened_since(self, channel: str, at: Millis, *, live: bool, now: Millis) -> bool:
        since = self._looks[channel].since
        return at >= since - BEFORE or (live and now - since >= SETTLING)

    # telling

    def _tell(self, one: Strange, now: Millis) -> Incident:
        wire = self._wires.get(one.channel)
        facts: dict[str, object] = {}
        if one.post is not None:
            facts["post"] = one.post
        if one.was is not None:
            facts["post-before"] = one.was
        if not facts:
            facts["account"] = {"channel": one.channel, "network": one.network, "at": one.at, **one.values}
        alarm = Alarm(
            origin="unknown-hand",
            reason=one.reason,
            key=self._key_of(one),
            channels=(one.channel,),
            values={"channel": one.channel, **one.values},
            network=one.network,
            remote_id=one.remote_id,
            publication=one.publication,
            facts=facts,
            then=wire.then if wire and one.values.get("part") != "avatar" else "alert",
        )
        return sound(alarm, self._tower, self._charter, now)

    def _key_of(self, one: Strange) -> str:
        """A hand that goes on is one incident, while nobody has contained it: fifty posts do not ring fifty times."""
        for incident in self._tower.incidents.of_states(("open", "acknowledged")):
            if incident.origin == "unknown-hand" and incident.channels == (one.channel,):
                return incident.key
        return f"own:{one.network}:{one.remote_id or one.channel}:{one.reason}:{one.at}"


def _key(remote_id: str) -> str:
    """The part of a post's name that its writer may have chosen.

    >>> _key("at://did:plc:abc/app.bsky.feed.post/3l6oveex3ii2l"), _key("demo:bluesky:7")
    ('3l6oveex3ii2l', '7')
    """
    return remote_id.replace(":", "/").rpartition("/")[2]


def _named(one: Post | Deleted) -> bool:
    return one.remote_id.startswith(_NAMED_BY_US)


def _differs(part: str, was: Author, now: Author) -> bool:
    """Whether a part of how an account presents itself is another one than before. A picture is known by its file's
    name: the same one is served under several addresses."""
    before, after = getattr(was, part), getattr(now, part)
    if part == "avatar":
        before, after = (url.rpartition("/")[2].partition("?")[0].partition("@")[0] for url in (before, after))
    return before not in ("", after)


def _known(was: Author, now: Author) -> Author:
    """What an account shows, with what this notice of it says; what it does not say stays."""
    return structs.replace(
        was,
        id=now.id or was.id,
        handle=now.handle.lower() or was.handle,
        name=now.name or was.name,
        avatar=now.avatar or was.avatar,
    )

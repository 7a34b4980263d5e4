"""Tripwires: what our own posts draw, held against what the charter lets pass, after every batch that touches them."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct, field

from vigie.charter import Charter, Tripwire
from vigie.flows.alarm import Alarm, Watchtower, sound
from vigie.flows.remembered import remember, remembered
from vigie.model import Incident, Millis, Post, Sighting
from vigie.signals.reactions import Drawn, Usual

WATCHED = 300
"""Posts of one channel that are watched at once; beyond, the oldest is taken for finished."""
PATIENCE: Millis = 10_000
"""How long a tripwire waits for a network to say how many people like a post, before it fires without."""
KNOWN_FOR: Millis = 60_000
"""For so long what it said is believed."""
ASK_AGAIN: Millis = 10_000
"""How often the archive is asked whether it has learned how large quoting accounts are."""
LONGEST: Millis = 86_400_000
"""How long reactions to a post are counted where no tripwire asks for longer."""


class _Watched(Struct):
    """A post of ours, still young.

    Attributes:
        answer: it answers somebody, and is compared with other answers.
        likes: as its network said at ``liked_at``. ``wanted_at``: since when that is to be asked; 0 when it is not.
    """

    drawn: Drawn
    answer: bool = False
    likes: int = 0
    liked_at: Millis = 0
    wanted_at: Millis = 0


class _Channel(Struct):
    """What is remembered of one channel."""

    usual: Usual = field(default_factory=Usual)
    usual_answer: Usual = field(default_factory=Usual)
    posts: dict[str, _Watched] = field(default_factory=dict)

    def usual_of(self, post: _Watched) -> Usual:
        return self.usual_answer if post.answer else self.usual


class Fired(Struct, frozen=True):
    """A tripwire that a post set off: ``figure`` is what it measured."""

    wire: Tripwire
    figure: float
    usual: float = 0.0


class Tripwires:
    """Counts the reactions to our own posts. One caller at a time."""

    def __init__(self, tower: Watchtower) -> None:
        self._tower = tower
        self._charter: Charter | None = None
        self._accounts: Mapping[tuple[str, str], str] = {}
        self._networks: dict[str, str] = {}
        self._wires: dict[str, tuple[Tripwire, ...]] = {}
        self._within: dict[str, Millis] = {}
        self._channels: dict[str, _Channel] = {}
        self._where: dict[str, str] = {}
        self._changed: set[str] = set()
        self._asked_at: Millis = 0
        self._asks: Collection[str] = ()

    def follow(self, charter: Charter, accounts: Mapping[tuple[str, str], str], asks: Collection[str] = ()) -> None:
        """Takes a charter over. ``asks`` are the networks that can be asked how many people like a post."""
        self._charter, self._accounts, self._asks = charter, accounts, asks
        wires = [wire for wire in charter.crisis.pause_when if wire.on not in ("surge", "unknown-hand")]
        for channel in charter.channels:
            mine = tuple(wire for wire in wires if not wire.channels or channel.id in wire.channels)
            self._wires[channel.id] = mine
            self._within[channel.id] = max((wire.within for wire in mine), default=LONGEST)
            self._networks[channel.id] = channel.network
            if channel.id not in self._channels:
                self._channels[channel.id] = self._stored(channel.id)

    def look(self, fresh: Sequence[Sighting], now: Millis) -> list[Incident]:
        """Counts posts that were just kept for the first time, in their order; opens what has to be opened."""
        touched: dict[tuple[str, str], None] = {}
        for sighting in fresh:
            post = sighting.post
            if sighting.kept == "own":
                self._begin(post)
                continue
            for above in dict.fromkeys((post.quote_of, post.reply_to, post.thread)):
                channel = self._where.get(above)
                if channel:
                    self._count(channel, above, sighting)
                    touched[channel, above] = None
                    break
        if fresh:
            self._finish(max(sighting.post.created_at for sighting in fresh))
        return [one for channel, id in touched for one in self._judge(channel, id, now)]

    def look_again(self, now: Millis) -> list[Incident]:
        """How large an account is may be learned after it has quoted us; and nobody waits for ever."""
        learned = not 0 <= now - self._asked_at < ASK_AGAIN
        if learned:
            self._asked_at = now
        again = [
            (channel, id)
            for channel, kept in self._channels.items()
            for id, post in kept.posts.items()
            if post.wanted_at or (learned and post.drawn.quoting and self._has(channel, "quotes"))
        ]
        return [one for channel, id in again for one in self._judge(channel, id, now)]

    def wanting(self) -> dict[str, list[str]]:
        """By network, the posts of which one wants to know how many people like them."""
        found: dict[str, list[str]] = {}
        for channel, kept in self._channels.items():
            ids = [id for id, post in kept.posts.items() if post.wanted_at]
            if ids:
                found.setdefault(self._networks[channel], []).extend(ids)
        return found

    def liked(self, likes: Mapping[str, int], now: Millis) -> list[Incident]:
        """What a network said of some posts."""
        found: list[Incident] = []
        for id, count in likes.items():
            channel = self._where.get(id)
            if channel:
                post = self._channels[channel].posts[id]
                post.likes, post.liked_at, post.wanted_at = count, now, 0
                found += self._judge(channel, id, now)
        return found

    def save(self) -> None:
        """Keeps what changed since the last time."""
        if self._changed:
            remember(self._tower.signals, {f"channel:{id}": self._channels[id] for id in self._changed})
            self._changed.clear()

    # counting

    def _stored(self, channel: str) -> _Channel:
        kept = remembered(self._tower.signals, f"channel:{channel}", _Channel) or _Channel()
        self._where |= dict.fromkeys(kept.posts, channel)
        return kept

    def _begin(self, post: Post) -> None:
        author, accounts = post.author, self._accounts
        channel = accounts.get((post.network, author.id.lower())) or accounts.get((post.network, author.handle.lower()))
        if not channel or post.remote_id in self._where or post.repost_of:
            return
        kept = self._channels[channel]
        kept.posts[post.remote_id] = _Watched(Drawn(post.created_at), answer=bool(post.reply_to))
        self._where[post.remote_id] = channel
        self._changed.add(channel)
        if len(kept.posts) > WATCHED:
            self._end(channel, next(iter(kept.posts)))

    def _count(self, channel: str, id: str, sighting: Sighting) -> None:
        watched, post = self._channels[channel].posts[id], sighting.post
        there = self._tower.archive.mention_of(post.network, post.remote_id) if post.quote_of == id else None
        watched.drawn.add(post.created_at, there.id if there else None)
        for query in sighting.queries:
            if any(wire.query == query for wire in self._wires[channel]):
                watched.drawn.words[query] = watched.drawn.words.get(query, 0) + 1
        self._changed.add(channel)

    def _finish(self, reached: Millis) -> None:
        """Posts that are over, on the clock of what is read: an archive read at once teaches what is usual, too."""
        for channel, kept in self._channels.items():
            over = [id for id, post in kept.posts.items() if post.drawn.at < reached - self._within[channel]]
            for id in over:
                self._end(channel, id)

    def _end(self, channel: str, id: str) -> None:
        kept = self._channels[channel]
        post = kept.posts.pop(id)
        del self._where[id]
        kept.usual_of(post).learn(post.drawn)
        self._changed.add(channel)

    def _followers(self, drawn: Drawn) -> list[int]:
        """How many people follow each account that quoted a post, where that is known."""
        quoting = [self._tower.archive.mention(number) for number in drawn.quoting]
        return [*{one.post.author.id: one.post.author.followers or 0 for one in quoting if one}.values()]

    def _has(self, channel: str, on: str) -> bool:
        return any(wire.on == on for wire in self._wires[channel])

    # judging

    def _judge(self, channel: str, id: str, now: Millis) -> Iterator[Incident]:
        kept = self._channels[channel]
        post = kept.posts.get(id)
        if post is None:
            return
        wires = self._wires[channel]
        followers = self._followers(post.drawn) if self._has(channel, "quotes") else ()
        for fired in measured(post.drawn, kept.usual_of(post), followers, wires, now):
            if fired.wire.on == "reply-ratio" and self._is_liked(channel, post, now):
                continue
            post.drawn.fired.append(fired.wire.id)
            post.wanted_at = 0
            self._changed.add(channel)
            yield self._sound(channel, id, post, fired, now)

    def _is_liked(self, channel: str, post: _Watched, now: Millis) -> bool:
        """Whether as many people like a post as answer it, or may do: what is loved draws many replies, too."""
        if self._networks[channel] not in self._asks:
            return False
        if post.liked_at and 0 <= now - post.liked_at <= KNOWN_FOR:
            return post.likes >= post.drawn.replies
        post.wanted_at = post.wanted_at or now
        return now - post.wanted_at <= PATIENCE

    def _sound(self, channel: str, id: str, post: _Watched, fired: Fired, now: Millis) -> Incident:
        network, wire, drawn = self._networks[channel], fired.wire, post.drawn
        there = self._tower.archive.mention_of(network, id)
        values: dict[str, str | int | float] = {
            "channel": channel,
            "tripwire": wire.id,
            "replies": drawn.replies,
            "quotes": drawn.quotes,
            "figure": round(fired.figure, 1),
            "usual": round(fired.usual, 1),
            "at_least": wire.at_least,
        }
        if post.liked_at:
            values["likes"] = post.likes
        if wire.query:
            values["query"] = wire.query
        publication = self._tower.publications.by_remote(network, id)
        alarm = Alarm(
            origin="tripwire",
            reason=wire.on,
            key=f"post:{network}:{id}",
            channels=(channel,),
            values=values,
            network=network,
            remote_id=id,
            publication=publication.id if publication else 0,
            query=wire.query,
            facts={"post": there.post if there else id, "reactions": {"at": now, "written": drawn.at, **values}},
            then=wire.then,
        )
        return sound(alarm, self._tower, self._charter, now)


def measured(
    drawn: Drawn, usual: Usual, followers: Sequence[int], wires: Sequence[Tripwire], now: Millis
) -> Iterator[Fired]:
    """The tripwires that a post sets off now and has not set off before. ``followers`` of each account that quotes it.

    ``reply-ratio`` and ``reactions`` compare with what nine in ten of the channel's last fifty posts stayed below:
    replies so far, and most reactions in ten minutes.
    """
    for wire in wires:
        if wire.id in drawn.fired or drawn.count < wire.of or now - drawn.at > wire.within:
            continue
        compared = 1.0
        match wire.on:
            case "reply-ratio":
                figure, compared = float(drawn.replies), usual.many_replies
            case "reactions":
                figure, compared = float(drawn.fastest), usual.much_speed
            case "quotes":
                figure = float(sum(count >= wire.followers for count in followers))
            case "crisis-words":
                figure = float(drawn.words.get(wire.query, 0))
            case _:
                continue
        if figure >= wire.at_least * compared:
            yield Fired(wire, figure / compared, compared)

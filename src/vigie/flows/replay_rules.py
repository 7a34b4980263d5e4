"""The charter in force held against what the house has published: what it would have stopped, and where."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct, structs

from vigie.charter import Channel, Charter
from vigie.flows.check_draft import RECENT
from vigie.flows.ports.archive import Archive, Filter
from vigie.judge.review import Policy, review
from vigie.model import Attachment, Author, Draft, Facts, Finding, Mention, Millis, Post

YEAR: Millis = 365 * 86_400_000
MOST = 20_000
"""Posts that are read, the newest first."""
AT_ONCE = 20
"""Posts that are reviewed between two looks at the clock."""
EXAMPLES = 10
"""Posts of each rule that are kept to be seen."""
_PAGE = 200
_Own = tuple[Mention, Channel | None, tuple[Post, ...]]
"""A post of ours, its channel, and the channel's posts before it."""
_KINDS: Mapping[str, str] = {"image": "image", "video": "video"}


class Caught(Struct, frozen=True):
    """A post of ours that a rule speaks of."""

    mention: int
    post: Post
    finding: Finding


class Heard(Struct, frozen=True):
    """What one rule or check would have said.

    Attributes:
        stopped, told: posts that it would have stopped; those that it would have spoken of without stopping them, on
            trial included.
        examples: those stopped first, then the newest first.
    """

    stopped: int = 0
    told: int = 0
    examples: tuple[Caught, ...] = ()


class Replayed(Struct, frozen=True):
    """As far as was read.

    Attributes:
        read: own posts, ``stopped`` those that any rule would have stopped.
        oldest: when the last one read was published; None while none was.
        rules: by id, those that said something.
        whole: everything was read.
    """

    read: int = 0
    stopped: int = 0
    oldest: Millis | None = None
    rules: Mapping[str, Heard] = {}
    whole: bool = False


def replay(archive: Archive, by: Policy, detect: Callable[[str], str], since: Millis) -> Iterator[Replayed]:
    """Reviews what we published since, newest first, each post with those before it on its channel.

    Gives what was found so far after every twenty posts, and once more at the end. What was never known of a published
    post (its objective, whether its links worked then) is not held against it.
    """
    so_far = Replayed()
    own = islice(_own(archive, by.charter, since), MOST)
    while some := list(islice(own, AT_ONCE)):
        asked = [_staged(one, archive, by.charter, detect) for one in some]
        so_far = _added(so_far, some, review(asked, by))
        yield so_far
    yield structs.replace(so_far, whole=True)


def _own(archive: Archive, charter: Charter | None, since: Millis) -> Iterator[_Own]:
    """Our posts with their channel and its posts before them. Each waits until enough older ones are read."""
    channels = {_account(one): one for one in (charter.channels if charter else ())}
    waiting: dict[str, deque[Mention]] = {}
    for mention in _published(archive, since):
        post = mention.post
        channel = channels.get((post.network, post.author.id)) or channels.get((post.network, post.author.handle))
        line = waiting.setdefault(channel.id if channel else "", deque())
        line.append(mention)
        if len(line) > RECENT:
            yield line.popleft(), channel, tuple(one.post for one in line)
    for id, line in waiting.items():
        channel = charter.channel(id) if charter and id else None
        while line:
            yield line.popleft(), channel, tuple(one.post for one in line)


def _account(channel: Channel) -> tuple[str, str]:
    return channel.network, channel.account_id or channel.account


def _published(archive: Archive, since: Millis) -> Iterator[Mention]:
    where, after = Filter(since=since, kept=("own",)), ""
    while True:
        page = archive.mentions(where, after, _PAGE)
        yield from (one for one in page.mentions if one.gone_at is None and not one.post.repost_of)
        after = page.next
        if not after:
            return


def _staged(one: _Own, archive: Archive, charter: Charter | None, detect: Callable[[str], str]) -> tuple[Draft, Facts]:
    """A published post as the draft that it was, at the hour when it went out."""
    mention, channel, recent = one
    post = mention.post
    author = channel.owner if channel else ""
    draft = Draft(
        post.text,
        post.network,
        channel.id if channel else "",
        post.langs[0] if post.langs else detect(post.text),
        author,
        when=post.created_at,
        media=tuple(Attachment(_KINDS[m.kind], alt=m.alt) for m in post.media if m.kind in _KINDS),  # type: ignore[arg-type]
        answers=_answered(post, archive),
    )
    return draft, Facts(now=post.created_at, roles=charter.roles(author) if charter else (), recent=recent)


def _answered(post: Post, archive: Archive) -> Post | None:
    """The post that it answered; one without words where it is not kept, so that a reply stays a reply."""
    if not post.reply_to:
        return None
    found = archive.mention_of(post.network, post.reply_to)
    return found.post if found else Post(post.network, post.reply_to, Author(""), "", post.created_at)


def _added(so_far: Replayed, posts: Sequence[_Own], reviews: Sequence[Sequence[Finding]]) -> Replayed:
    rules, stopped = dict(so_far.rules), so_far.stopped
    for (mention, *_), findings in zip(posts, reviews, strict=True):
        each: dict[str, Finding] = {}
        for finding in findings:
            before = each.get(finding.rule)
            if finding.part != "objective" and (before is None or (finding.stops and not before.stops)):
                each[finding.rule] = finding
        stopped += any(finding.stops for finding in each.values())
        for id, finding in each.items():
            rules[id] = _heard(rules.get(id, Heard()), Caught(mention.id, mention.post, finding))
    oldest = min(mention.post.created_at for mention, *_ in posts)
    return Replayed(so_far.read + len(posts), stopped, min(oldest, so_far.oldest or oldest), rules)


def _heard(before: Heard, caught: Caught) -> Heard:
    """One post more."""
    examples = sorted((*before.examples, caught), key=lambda one: not one.finding.stops)[:EXAMPLES]
    stops = caught.finding.stops
    return Heard(before.stopped + stops, before.told + (not stops), tuple(examples))

"""Check again what stands on our accounts, whoever put it there, with the rules of today."""

from collections import deque
from collections.abc import Callable, Iterable

from msgspec import Struct, field, structs

from vigie.charter import Channel
from vigie.flows.alarm import Alarm, Watchtower, sound
from vigie.flows.check_draft import RECENT, let_pass
from vigie.flows.ports.archive import Filter
from vigie.flows.ports.drafts import Drafts
from vigie.flows.remembered import remember, remembered
from vigie.judge.review import Policy, review
from vigie.model import Attachment, Draft, Facts, Finding, Incident, Millis, Post, Publication

CAUGHT_UP: Millis = 86_400_000
"""Posts older than a day are not checked again when they come: that is an archive being read."""
WAITING = 500
"""Posts waiting to be checked, and versions remembered as checked."""
_NAME = "own:checked"


class Bench(Struct, frozen=True):
    """What a post is held against.

    Attributes:
        detect: a text's language, one of the charter's; empty when unsure.
    """

    policy: Policy
    detect: Callable[[str], str]
    drafts: Drafts


class _Checked(Struct):
    """Since when, and which versions of our posts, were checked."""

    since: Millis
    done: list[str] = field(default_factory=list)


class OwnRules:
    """Checks each version of each post of ours once, also after a restart. One caller at a time, but for `add`."""

    def __init__(self, tower: Watchtower) -> None:
        self._tower = tower
        self._checked = remembered(tower.signals, _NAME, _Checked)
        self._waiting: deque[Post] = deque(maxlen=WAITING)

    def begin(self, now: Millis) -> None:
        """From the first time on, posts are checked; those that came just before the last end may not have been yet."""
        if self._checked is None:
            self._keep(_Checked(now))
        where = Filter(since=now - CAUGHT_UP, kept=("own",))
        self.add([mention.post for mention in self._tower.archive.mentions(where, limit=WAITING).mentions])

    def add(self, posts: Iterable[Post]) -> None:
        """Posts of ours that were just seen."""
        self._waiting.extend(posts)

    def next(self, now: Millis) -> Post | None:
        """The next one that is to be checked: what was written before we began to is left alone."""
        while self._waiting and self._checked:
            post = self._waiting.popleft()
            if (
                post.version_at >= max(self._checked.since, now - CAUGHT_UP)
                and _version(post) not in self._checked.done
            ):
                return post
        return None

    def check(self, post: Post, channel: Channel, by: Bench, now: Millis) -> Incident | None:
        """Opens an incident about a post of ours that says what no draft may say."""
        incident = check_again(post, channel, by, self._tower, now)
        if self._checked is not None:
            self._keep(structs.replace(self._checked, done=[*self._checked.done, _version(post)][-WAITING:]))
        return incident

    def _keep(self, checked: _Checked) -> None:
        self._checked = checked
        remember(self._tower.signals, {_NAME: checked})


def _version(post: Post) -> str:
    return f"{post.network} {post.remote_id} {post.version_at}"


def check_again(post: Post, channel: Channel, by: Bench, tower: Watchtower, now: Millis) -> Incident | None:
    """Opens an incident about a post of ours that says what no draft may say."""
    publication = tower.publications.by_remote(post.network, post.remote_id)
    facts = Facts(
        now=now,
        recent=_others(post, channel, tower),
        incidents=_troubled(tower),
        suppressions=let_pass(by.drafts.decisions(publication.draft)) if publication else {},
    )
    findings = review([(_draft(post, channel, publication, by, tower), facts)], by.policy)[0]
    stopping = [one for one in findings if one.stops and _about_what_is_said(one)]
    if not stopping:
        return None
    alarm = Alarm(
        origin="tripwire",
        reason="own-post-breaks-rule",
        key=f"rule:{post.network}:{post.remote_id}",
        channels=(channel.id,),
        values={"channel": channel.id, "rule": stopping[0].rule, "rules": len(stopping)},
        network=post.network,
        remote_id=post.remote_id,
        publication=publication.id if publication else 0,
        facts={"post": post, "findings": stopping},
    )
    return sound(alarm, tower, by.policy.charter, now)


def _draft(post: Post, channel: Channel, publication: Publication | None, by: Bench, tower: Watchtower) -> Draft:
    """The post as if it were to be written now; what its author said about it counts where we know it."""
    saved = by.drafts.get(publication.draft) if publication else None
    begun = saved.content.on(channel.id, channel.network, saved.author) if saved else Draft("", channel.network)
    answered = tower.archive.mention_of(post.network, post.reply_to) if post.reply_to else None
    shown = tuple(Attachment("video" if one.kind == "video" else "image", alt=one.alt) for one in post.media)
    return structs.replace(
        begun,
        text=post.text,
        channel=channel.id,
        language=begun.language or (post.langs[0] if post.langs else by.detect(post.text)),
        when=post.created_at,
        media=begun.media or shown,
        answers=answered.post if answered else begun.answers,
    )


def _others(post: Post, channel: Channel, tower: Watchtower) -> tuple[Post, ...]:
    where = Filter(networks=(channel.network,), author=post.author.id, kept=("own",), until=post.created_at)
    return tuple(one.post for one in tower.archive.mentions(where, limit=RECENT).mentions)


def _troubled(tower: Watchtower) -> tuple[str, ...]:
    """Channels with an open incident, ``all`` for one about the whole house, as `Facts.incidents` names them."""
    open_ones = tower.incidents.of_states(("open", "acknowledged", "contained"))
    return tuple(sorted({channel for one in open_ones for channel in one.channels or ("all",)}))


def _about_what_is_said(finding: Finding) -> bool:
    """What was missing while it was a draft (an objective, an approval) is nobody's emergency any more."""
    return finding.part == "text" or finding.part.startswith("media")

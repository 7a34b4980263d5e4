"""What is true around a draft: what its account says before and after it, what our others say, what goes wrong."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from vigie.charter import Channel, Charter
from vigie.flows.ports.archive import Archive, Filter
from vigie.flows.ports.incidents import Incidents
from vigie.flows.ports.publications import Publications
from vigie.model import Author, IncidentState, Millis, Post, Publication, PublicationState

NEARBY: Millis = 31 * 86_400_000
"""How far from a draft's moment planned posts are looked at: the longest period that the charter counts, a month."""
MOST_PLANNED = 60
"""Of these, the nearest to the draft's moment."""
EVERYWHERE = "all"
"""In `vigie.model.Facts.incidents`, stands for an incident that concerns every channel."""

_COMING: frozenset[PublicationState] = frozenset(("scheduled", "publishing", "unconfirmed", "published"))
_OPEN: tuple[IncidentState, ...] = ("open", "acknowledged", "contained")


class Beside(Struct, frozen=True):
    """The draft in question.

    Attributes:
        at: when it would go out.
        last: how many of an account's last posts are looked at.
        draft: its number, so that it is not held against itself; 0 for one that is not saved.
    """

    at: Millis
    last: int
    draft: int = 0


def own_posts(channel: Channel, archive: Archive, publications: Publications | None, of: Beside) -> tuple[Post, ...]:
    """What a channel has said and is going to say, the newest first; each post once, also when it was seen already."""
    where = Filter(networks=(channel.network,), author=channel.account_id or channel.account, kept=("own",))
    kept = archive.mentions(where, limit=of.last).mentions
    said = [one.post for one in kept if one.gone_at is None and not one.post.repost_of]
    planned = _planned(channel, publications, of) if publications else ()
    seen = {post.remote_id for post in said}
    coming = [post for post in planned if not post.remote_id or post.remote_id not in seen]
    return tuple(sorted((*coming, *said), key=lambda post: -post.created_at))


def elsewhere(
    channel: Channel, charter: Charter, archive: Archive, publications: Publications | None, of: Beside
) -> tuple[Post, ...]:
    """The same of our other accounts on the same network: who follows one often follows the other."""
    others = [one for one in charter.channels if one.network == channel.network and one.id != channel.id]
    posts = [post for one in others for post in own_posts(one, archive, publications, of)]
    return tuple(sorted(posts, key=lambda post: -post.created_at))


def troubled(incidents: Incidents, draft: int = 0) -> tuple[str, ...]:
    """Ids of the channels with an incident that is not over, and `EVERYWHERE` for one that concerns them all.

    Left out is one of which this draft is the statement: it is what people wait for.
    """
    there = (one for one in incidents.of_states(_OPEN) if not draft or one.statement != draft)
    channels = (one.channels or (EVERYWHERE,) for one in there)
    return tuple(dict.fromkeys(id for some in channels for id in some))


def _planned(channel: Channel, publications: Publications, of: Beside) -> Sequence[Post]:
    near = publications.between(of.at - NEARBY, of.at + NEARBY, (channel.id,))
    others = _standing(one for one in near if not of.draft or one.draft != of.draft)
    return [_as_post(one, channel) for one in sorted(others, key=lambda one: abs(one.due - of.at))[:MOST_PLANNED]]


def _standing(publications: Iterable[Publication]) -> Iterable[Publication]:
    """Those that will be read there, or are: not what was dropped, failed, or is being taken back."""
    return (one for one in publications if one.state in _COMING and one.recall in ("", "failed"))


def _as_post(one: Publication, channel: Channel) -> Post:
    """A thread is one post: whoever reads it reads it whole."""
    answers = one.outgoing.answers
    return Post(
        network=channel.network,
        remote_id=one.sent[0].remote_id if one.sent else "",
        author=Author(channel.account_id or channel.account, channel.account),
        text="\n\n".join(piece.text for piece in one.outgoing.pieces),
        created_at=one.due if one.published_at is None else one.published_at,
        langs=(one.outgoing.language,) if one.outgoing.language else (),
        reply_to=answers.remote_id if answers else "",
    )

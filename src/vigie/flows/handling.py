"""What people do about an incident besides moving it on: name it, divide the work, take a post back, speak publicly."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct, structs

from vigie.charter import Charter
from vigie.desk.when import wall_of
from vigie.flows import scheduling
from vigie.flows.drafts import Doing, save
from vigie.flows.ports.archive import Archive
from vigie.flows.ports.drafts import Drafts
from vigie.flows.ports.incidents import Incidents
from vigie.flows.ports.publications import Publications
from vigie.model import (
    Act,
    Content,
    Evidence,
    Happening,
    Incident,
    Mention,
    Millis,
    Outgoing,
    Pause,
    Piece,
    Post,
    Publication,
    SavedDraft,
    Sent,
    Task,
)

_LONGEST_THREAD = 1_000


class RecallError(Exception):
    """It cannot be taken back from here. ``code``: ``no-post``, ``unknown-channel``, ``gone``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Spread(Struct, frozen=True):
    """How far the post of an incident has gone, as far as Vigie heard: what it is about, and who answered or quoted it.

    Attributes:
        post: None when the archive does not have it.
        answers: in its thread, oldest first, without the house's own; ``people`` counts those who wrote them.
    """

    post: Mention | None
    answers: tuple[Mention, ...] = ()

    @property
    def people(self) -> int:
        """Who answered or quoted it, each once."""
        return len({one.post.author.id for one in self.answers})

    @property
    def quotes(self) -> int:
        """Answers that show the post to people of their own."""
        return sum(bool(one.post.quote_of) for one in self.answers)


def spread(archive: Archive, incident: Incident) -> Spread:
    """What has been said around the post of an incident so far."""
    post = archive.mention_of(incident.network, incident.remote_id) if incident.remote_id else None
    if post is None:
        return Spread(None)
    thread = archive.thread(post.id, _LONGEST_THREAD)
    return Spread(post, tuple(one for one in thread if one.id != post.id and one.kept != "own"))


def rename(incidents: Incidents, incident: Incident, title: str, by: Doing) -> Incident:
    """Calls it what people of the house call it. Raises IncidentMovedError, as all that changes one."""
    changed = structs.replace(incident, title=" ".join(title.split()))
    act = _act(incident.id, "incident.renamed", by, title=changed.title)
    return incidents.change(changed, [_line(incident.id, "line.renamed", by, title=changed.title)], act)


def add_task(incidents: Incidents, incident: int, task: Task, by: Doing) -> Task:
    """Something more to do."""
    added = incidents.add_task(
        structs.replace(task, id=0, incident=incident), _act(incident, "task.added", by, task.title)
    )
    incidents.happen(_line(incident, "line.task-added", by, task=task.title))
    return added


def tick(incidents: Incidents, task: Task, by: Doing, *, done: bool) -> Task:
    """Done, or not after all. Raises LookupError."""
    finished = incidents.finish_task(
        task.id,
        by.who,
        by.now,
        _act(task.incident, "task.done" if done else "task.reopened", by, task.title),
        done=done,
    )
    kind = ("line.told" if task.told else "line.task-done") if done else "line.task-open"
    incidents.happen(_line(task.incident, kind, by, task=task.title, told=task.told))
    return finished


class Ours(Struct, frozen=True):
    """A post on one of our accounts that an incident is about.

    Attributes:
        post: as the archive or the frozen evidence has it; None when only its identifier is known.
        publication: what Vigie sent, or has taken into its hands; None for what it did not.
        gone_at: when it was seen to be gone from its network.
    """

    network: str
    remote_id: str
    post: Post | None
    publication: Publication | None
    gone_at: Millis | None = None


def ours(incidents: Incidents, publications: Publications, archive: Archive, incident: Incident) -> list[Ours]:
    """Every post of ours that an incident is about, the first one first."""
    frozen = {post.remote_id: post for one in incidents.evidence(incident.id) if (post := _frozen_post(one))}
    ids = dict.fromkeys([incident.remote_id, *frozen])
    named = publications.get(incident.publication) if incident.publication else None
    if named is not None:
        ids |= dict.fromkeys(sent.remote_id for sent in named.sent)
    found = []
    for remote_id in filter(None, ids):
        mention = archive.mention_of(incident.network or (named.network if named else ""), remote_id)
        if mention is not None and mention.kept != "own":
            continue
        post = mention.post if mention is not None and mention.gone_at is None else frozen.get(remote_id)
        network = incident.network or (named.network if named else "")
        publication = publications.by_remote(network, remote_id)
        gone = mention.gone_at if mention else None
        if publication is not None and gone is None:
            gone = next((one.gone_at for one in publication.sent if one.remote_id == remote_id), None)
        found.append(Ours(network, remote_id, post, publication, gone))
    return found


def recall(
    incidents: Incidents,
    publications: Publications,
    incident: Incident,
    one: Ours,
    by: Doing,
    charter: Charter | None,
    why: str = "",
) -> Publication:
    """Asks for a post of an incident to be taken back from its network.

    A post that Vigie did not send is taken into the house's hands first: it becomes a publication that is out, so that
    taking it back is done, confirmed and recorded like any other, and is no unknown hand's deed when it is seen.

    Raises:
        RecallError: there is nothing to take back.
        MoveError, MovedError: of `vigie.flows.scheduling.recall`.
    """
    if one.gone_at is not None:
        raise RecallError("gone")
    found = one.publication or _adopted(publications, incident, one, by, charter)
    asked = scheduling.recall(publications, found, by, why)
    incidents.happen(_line(incident.id, "line.recall-asked", by, why, channel=asked.channel))
    return asked


def _adopted(
    publications: Publications, incident: Incident, one: Ours, by: Doing, charter: Charter | None
) -> Publication:
    if one.post is None:
        raise RecallError("no-post")
    channel = next((c for c in map(charter.channel, incident.channels) if c), None) if charter else None
    if channel is None or charter is None:
        raise RecallError("unknown-channel")
    post, zone = one.post, charter.company.timezone
    key = post.remote_id.rpartition("/")[2] or post.remote_id
    wanted = Publication(
        id=0,
        revision=0,
        draft=0,
        version=0,
        channel=channel.id,
        network=post.network,
        outgoing=Outgoing((Piece(post.text),), next(iter(post.langs), "")),
        due=post.created_at,
        wall=wall_of(post.created_at, zone),
        zone=zone,
        scheduled_by=by.who,
        scheduled_at=by.now,
        charter=by.charter,
        state="dropped",
    )
    act = Act(by.now, by.who, "publication.adopted", "publication", "", by.charter, {"incident": incident.id})
    (stored,) = publications.schedule([wanted], act)
    # stored as what it is together with the recall: should we end here, a dropped one is left, which nothing ever sends
    out = (Sent(key, post.remote_id, url=post.url),)
    return structs.replace(stored, state="published", sent=out, published_at=post.created_at)


def _frozen_post(one: Evidence) -> Post | None:
    if one.kind != "post":
        return None
    try:
        return msgspec.json.decode(one.content, type=Post)
    except msgspec.DecodeError:  # its words were erased
        return None


def suspended(incidents: Incidents, incident: Incident, pause: Pause, by: Doing) -> Incident:
    """Notes the pause that somebody set because of an incident."""
    act = _act(incident.id, "incident.paused", by, pause=pause.id)
    line = _line(incident.id, "line.paused", by, pause.why, channels=", ".join(pause.channels))
    return incidents.change(structs.replace(incident, pause=pause.id), [line], act)


def begin_statement(drafts: Drafts, content: Content, by: Doing) -> SavedDraft:
    """What the house says publicly begins as a draft like any other: approved like any other, sent like any other."""
    return save(drafts, None, 0, content, by)


def answered_by(incidents: Incidents, incident: Incident, draft: SavedDraft, by: Doing) -> Incident:
    """Ties the statement to the incident. The last one begun is the one that counts."""
    act = _act(incident.id, "incident.answered", by, draft=draft.id)
    line = _line(incident.id, "line.statement", by, draft=draft.id)
    return incidents.change(structs.replace(incident, statement=draft.id), [line], act)


def since(answers: Sequence[Mention], at: Millis) -> int:
    """How many of them were written from a moment on."""
    return sum(one.post.created_at >= at for one in answers)


def _line(incident: int, kind: str, by: Doing, words: str = "", **values: str | int) -> Happening:
    return Happening(0, incident, by.now, kind, by.who, dict(values), words)


def _act(incident: int, verb: str, by: Doing, why: str = "", **details: str | int) -> Act:
    return Act(by.now, by.who, verb, f"incident:{incident}", why, by.charter, dict(details))

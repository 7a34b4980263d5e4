"""An incident as the API gives it."""

from typing import Annotated

from msgspec import Meta, Struct

from vigie import model
from vigie.charter import Charter
from vigie.flows.handling import Ours
from vigie.model import IncidentState, Millis, Origin, RecallState
from vigie.web.api.times import Instant, instant, instant_or_none
from vigie.wording import Wording
from vigie.wording.alerts import happened, incident_title, names

Values = Annotated[dict[str, str | int | float], Meta(description="What the sentence names; figures of the product.")]


class Incident(Struct, frozen=True):
    """Something that went wrong, or may. Its ``ETag`` is its revision."""

    id: int
    revision: int
    state: IncidentState
    origin: Annotated[Origin, Meta(description="Who or what opened it.")]
    title: Annotated[str, Meta(description="What people call it, else what happened, in the language asked for.")]
    reason: Annotated[str, Meta(description="What happened, for programs.", examples=["unknown-post"])]
    values: Values
    channels: Annotated[tuple[str, ...], Meta(description="Accounts concerned; none: the whole house.")]
    network: str
    remote_id: Annotated[str, Meta(description="The post that it is about; empty for none.")]
    publication: Annotated[int | None, Meta(description="The publication that it is about.")]
    query: str
    owner: Annotated[str, Meta(description="Who answers for it; empty while nobody has taken it.")]
    opened_at: Instant
    opened_by: str
    contain_by: Annotated[Instant, Meta(description="What the charter promised when it was opened.")]
    acknowledged_at: Instant | None
    contained_at: Instant | None
    resolved_at: Instant | None
    learned_at: Instant | None
    learned: str
    learned_rule: Annotated[str, Meta(description="Rule of the charter that came of it.")]
    statement: Annotated[int | None, Meta(description="Draft of what is said publicly.")]
    pause: Annotated[int | None, Meta(description="The pause that it set.")]


class Line(Struct, frozen=True):
    """One line of a timeline."""

    id: int
    at: Instant
    who: str
    kind: str
    says: Annotated[str, Meta(description="The line after the name of who did it, in the language asked for.")]
    words: Annotated[str, Meta(description="A person's own.")]
    values: Values


class Task(Struct, frozen=True):
    """Something to do about an incident."""

    id: int
    title: str
    owner: str
    due: Instant | None
    told: Annotated[str, Meta(description="Who has to be told, when that is what it is about.")]
    done_at: Instant | None
    done_by: str


class OwnPost(Struct, frozen=True):
    """A post of ours that an incident is about."""

    network: str
    remote_id: str
    text: str
    publication: Annotated[int | None, Meta(description="Null for one that Vigie did not send.")]
    recall: RecallState
    gone_at: Instant | None


class WholeIncident(Struct, frozen=True):
    """An incident with everything around it."""

    incident: Incident
    posts: tuple[OwnPost, ...]
    tasks: tuple[Task, ...]
    timeline: Annotated[tuple[Line, ...], Meta(description="Oldest first.")]


def incident_out(one: model.Incident, charter: Charter | None, say: Wording) -> Incident:
    """An incident for the answer."""
    return Incident(
        id=one.id,
        revision=one.revision,
        state=one.state,
        origin=one.origin,
        title=incident_title(one, names(charter), say),
        reason=one.reason,
        values=one.values,
        channels=one.channels,
        network=one.network,
        remote_id=one.remote_id,
        publication=one.publication or None,
        query=one.query,
        owner=one.owner,
        opened_at=instant(one.opened_at),
        opened_by=one.opened_by,
        contain_by=instant(one.opened_at + one.contain_within),
        acknowledged_at=instant_or_none(one.acknowledged_at),
        contained_at=instant_or_none(one.contained_at),
        resolved_at=instant_or_none(one.resolved_at),
        learned_at=instant_or_none(one.learned_at),
        learned=one.learned,
        learned_rule=one.learned_rule,
        statement=one.statement or None,
        pause=one.pause or None,
    )


def line_out(one: model.Happening, charter: Charter | None, say: Wording) -> Line:
    """A line for the answer."""
    says = happened(one, names(charter), say)
    return Line(one.id, instant(one.at), one.who, one.kind.removeprefix("line."), says, one.words, one.values)


def task_out(one: model.Task) -> Task:
    """A task for the answer."""
    return Task(
        one.id, one.title, one.owner, instant_or_none(one.due), one.told, instant_or_none(one.done_at), one.done_by
    )


def post_out(one: Ours) -> OwnPost:
    """A post of ours for the answer."""
    publication = one.publication
    text = one.post.text if one.post else ""
    recall: RecallState = publication.recall if publication else ""
    number = publication.id if publication else None
    return OwnPost(one.network, one.remote_id, text, number, recall, instant_or_none(one.gone_at))


def milliseconds(at: Instant | None) -> Millis | None:
    """The other way round."""
    return None if at is None else int(at.timestamp() * 1000)

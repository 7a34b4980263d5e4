"""Something that went wrong, or may: who owns it, what has been done, and what was learned."""

from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.model.post import Millis

IncidentState: TypeAlias = Literal["open", "acknowledged", "contained", "resolved", "learned"]
Origin: TypeAlias = Literal["person", "tripwire", "surge", "unknown-hand", "missed"]


class Incident(Struct, frozen=True, kw_only=True):
    """One incident.

    Attributes:
        revision: grows by one with each change: whoever changes it names the one they saw.
        origin: who or what opened it; ``reason`` is a code of `wording`, area ``incidents`` (``reason.unknown-post``,
            ``reason.unknown-edit``, ``reason.unknown-deletion``, ``reason.profile-changed``, ``reason.reply-ratio``),
            with the values that its sentence names: figures of the product, never other people's words.
        key: what it is about, so that the same thing opens one incident only: while one of this key is not resolved,
            the same key adds to it.
        title: what people of the house call it; empty until they do.
        channels: ids of those concerned; empty for the whole house.
        network, remote_id: the post that it is about; empty when it is about none.
        publication: number of the publication it is about; 0 for none.
        query: id of the query whose mentions surge; empty for none.
        contain_within: what the charter promised when it was opened.
        learned: what was learned, in a person's words; ``learned_rule`` is the rule of the charter that came of it.
        pause: number of the pause that it set; 0 for none.
    """

    id: int
    revision: int
    origin: Origin
    reason: str
    key: str
    opened_at: Millis
    opened_by: str
    contain_within: Millis
    state: IncidentState = "open"
    values: dict[str, str | int | float] = {}
    title: str = ""
    channels: tuple[str, ...] = ()
    network: str = ""
    remote_id: str = ""
    publication: int = 0
    query: str = ""
    owner: str = ""
    acknowledged_at: Millis | None = None
    contained_at: Millis | None = None
    resolved_at: Millis | None = None
    learned_at: Millis | None = None
    learned: str = ""
    learned_rule: str = ""
    statement: int = 0
    """Number of the draft that says publicly what happened; 0 for none."""
    pause: int = 0
    charter: str = ""

    @property
    def ended(self) -> bool:
        """Whether nobody has to do anything at once any more."""
        return self.state in ("resolved", "learned")


class Happening(Struct, frozen=True):
    """One line of an incident's timeline. ``kind`` is a code of `wording`, area ``incidents`` (``line.paused``),
    ``words`` what a person of the house wrote. ``id`` is 0 before it is stored."""

    id: int
    incident: int
    at: Millis
    kind: str
    who: str = "vigie"
    values: dict[str, str | int | float] = {}
    words: str = ""


class Task(Struct, frozen=True):
    """Something to do about an incident: of the charter's playbook, or added by a person. ``id`` is 0 before it is
    stored. ``told`` is who has to be told, when that is what it is about."""

    id: int
    incident: int
    title: str
    owner: str = ""
    due: Millis | None = None
    told: str = ""
    done_at: Millis | None = None
    done_by: str = ""


class Evidence(Struct, frozen=True):
    """Facts as they stood at one moment, frozen: JSON of the product's making and its SHA-256 in hex."""

    incident: int
    at: Millis
    kind: str
    content: str
    digest: str

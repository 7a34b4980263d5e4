"""The charter's shape: what a company may write in its ``charter.yaml``, and what it becomes once read."""

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct

from vigie.charter.rights import Role
from vigie.model import Millis, SourceSpec

# Written forms. `vigie.charter.forms` turns each into its value; the pattern is for the JSON Schema.
Text: TypeAlias = Annotated[str, Meta(extra={"form": "text"}, extra_json_schema={"minLength": 1})]
Identifier: TypeAlias = Annotated[
    str, Meta(extra={"form": "identifier"}, extra_json_schema={"pattern": "^[a-z][a-z0-9_-]{0,63}$"})
]
Language: TypeAlias = Annotated[str, Meta(extra={"form": "language"}, extra_json_schema={"pattern": "^[a-z]{2,3}$"})]
TimeZone: TypeAlias = Annotated[str, Meta(extra={"form": "timezone"}, extra_json_schema={"examples": ["Europe/Paris"]})]
Email: TypeAlias = Annotated[str, Meta(extra={"form": "email"}, extra_json_schema={"format": "email"})]
Handle: TypeAlias = Annotated[str, Meta(extra={"form": "handle"}, extra_json_schema={"examples": ["brulerie.example"]})]
Duration: TypeAlias = Annotated[
    Millis,
    Meta(extra={"form": "duration"}, extra_json_schema={"type": "string", "pattern": "^[0-9]{1,6}(s|m|h|d|w)$"}),
]
Percent: TypeAlias = Annotated[
    int, Meta(extra={"form": "percent"}, extra_json_schema={"type": "string", "pattern": "^[0-9]{1,3} ?%$"})
]
Days: TypeAlias = Annotated[int, Meta(ge=1, le=36_500)]

Per: TypeAlias = Literal["day", "week", "month"]


class Rate(Struct, frozen=True):
    """So many times a day, week or month; written ``2/week``."""

    count: int
    per: Per


class Effort(Struct, frozen=True):
    """So much time a day, week or month; written ``5h/week``."""

    time: Millis
    per: Per


RateForm: TypeAlias = Annotated[
    Rate,
    Meta(extra={"form": "rate"}, extra_json_schema={"pattern": "^[0-9]{1,4}/(day|week|month)$"}),
]
EffortForm: TypeAlias = Annotated[
    Effort,
    Meta(extra={"form": "effort"}, extra_json_schema={"pattern": "^[0-9]{1,6}(m|h|d)/(day|week|month)$"}),
]


class Company(Struct, frozen=True, forbid_unknown_fields=True):
    """Who we are. ``languages`` are those we listen and speak in, the house's own first."""

    name: Text
    languages: Annotated[tuple[Language, ...], Meta(min_length=1)]
    timezone: TimeZone


class Cadence(Struct, frozen=True, forbid_unknown_fields=True):
    """How often a channel speaks."""

    at_least: RateForm | None = None
    at_most: RateForm | None = None


class Channel(Struct, frozen=True, forbid_unknown_fields=True):
    """An account of ours. What it writes is kept whatever the queries say.

    Attributes:
        account: its handle, without ``@``; ``account_id`` the network's lasting identifier, where handles may change.
        owner: id of the person who answers for it.
        capacity: time that people have for it; ``reply_within`` what is promised to those who write to it.
        selling_at_most: share of its posts that may sell something, in percent.
    """

    id: Identifier
    network: Text
    account: Handle
    account_id: Text = ""
    purpose: Text = ""
    owner: Identifier = ""
    languages: tuple[Language, ...] = ()
    objectives: tuple[Identifier, ...] = ()
    capacity: EffortForm | None = None
    cadence: Cadence | None = None
    reply_within: Duration | None = None
    selling_at_most: Percent | None = None


class NamedQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """What we listen for.

    Attributes:
        name: what people of the house call it; its id where they call it nothing else.
        purpose: why we listen for it: a company that keeps people's words says what for.
        match: in the listening language; ``{id}`` stands for another query.
        route: where its mentions go.
        keep_days: how long its mentions are kept, when not as long as ``retention.mentions_days``.
    """

    id: Identifier
    purpose: Text
    match: Text
    name: Text = ""
    route: Text = ""
    keep_days: Days | None = None

    @property
    def label(self) -> str:
        """What pages call it."""
        return self.name or self.id


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody of the house. Roles live here alone; an account only proves who somebody is."""

    id: Identifier
    name: Text
    email: Email = ""
    roles: tuple[Role, ...] = ("reader",)


PUBLIC_SOURCES = (SourceSpec(id="bluesky", network="bluesky"),)
"""What is read when the charter names no source: the public Bluesky network, which asks for no account."""


class Listening(Struct, frozen=True, forbid_unknown_fields=True):
    """What is read, and what is kept of it.

    Attributes:
        keep: ``matched``: mentions, our own posts and their threads; ``all``: every post read.
        sample: hold a rolling sample of the other posts for a day, so that a new query can be tried on them.
    """

    keep: Literal["matched", "all"] = "matched"
    sample: bool = True
    sources: tuple[SourceSpec, ...] = PUBLIC_SOURCES


class Retention(Struct, frozen=True, forbid_unknown_fields=True):
    """How long things are kept. ``backups`` is how many of them."""

    mentions_days: Days = 365
    sample_hours: Annotated[int, Meta(ge=1, le=24)] = 24
    backups: Annotated[int, Meta(ge=1, le=1000)] = 7


Section: TypeAlias = list[Any] | dict[str, Any]

LATER = ("objectives", "audiences", "rules", "approvals", "removals", "crisis")
"""Sections that are kept as they are written and not read yet."""


class Written(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that a charter may say. ``charter`` is the number of this format."""

    charter: Literal[1]
    company: Company
    why: Text = ""
    channels: tuple[Channel, ...] = ()
    queries: tuple[NamedQuery, ...] = ()
    people: tuple[Person, ...] = ()
    listening: Listening = Listening()
    retention: Retention = Retention()
    objectives: Section = []
    audiences: Section = []
    rules: Section = []
    approvals: Section = []
    removals: Section = []
    crisis: Section = []


class Note(Struct, frozen=True, order=True):
    """Something worth knowing about a charter that is good. ``code`` is the id of its sentence in `wording`."""

    line: int
    column: int
    path: str
    code: str
    values: dict[str, str | int] = {}


class Charter(Written, frozen=True, kw_only=True):
    """A charter that was read and found good. ``digest`` is SHA-256 of its bytes, in hex: the name of this version."""

    digest: str
    notes: tuple[Note, ...] = ()

    def person(self, id: str) -> Person | None:
        """The person of that id, if the charter knows one."""
        return next((person for person in self.people if person.id == id), None)

    def roles(self, id: str) -> tuple[Role, ...]:
        """The roles of a person; none for a stranger."""
        person = self.person(id)
        return person.roles if person else ()

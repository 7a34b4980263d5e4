"""The charter's nouns and the forms in which their values are written, but for `guarding` and the `whole`."""

from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct

from vigie.charter.rights import Role
from vigie.model import Millis, Severity, SourceSpec

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
Day: TypeAlias = Annotated[
    date, Meta(extra={"form": "day"}, extra_json_schema={"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
]
Domain: TypeAlias = Annotated[str, Meta(extra={"form": "domain"}, extra_json_schema={"examples": ["brulerie.example"]})]
WebAddress: TypeAlias = Annotated[
    str, Meta(extra={"form": "web-address"}, extra_json_schema={"pattern": "^https?://", "format": "uri"})
]
Country: TypeAlias = Annotated[
    str, Meta(extra={"form": "country"}, extra_json_schema={"pattern": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$"})
]
Voice: TypeAlias = Annotated[
    Literal["", "we", "i"], Meta(extra={"form": "voice"}, extra_json_schema={"enum": ["we", "nous", "i", "je"]})
]
Words: TypeAlias = Annotated[dict[str, str], Meta(extra={"read": "words"})]
"""The house's words by language; under ``""`` when they were written once for all languages."""

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


class Hours(Struct, frozen=True):
    """A stretch of the day, in minutes from midnight; it goes over midnight when it ends before it starts. Written
    ``22:00-07:00``."""

    start: int
    end: int

    def hold(self, minute: int) -> bool:
        """Whether a minute of the day lies in it.

        >>> Hours(22 * 60, 7 * 60).hold(6 * 60), Hours(22 * 60, 7 * 60).hold(7 * 60)
        (True, False)
        """
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


HoursForm: TypeAlias = Annotated[
    Hours,
    Meta(extra={"form": "hours"}, extra_json_schema={"pattern": "^[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}$"}),
]


class Slot(Struct, frozen=True, order=True):
    """A moment of the week, ``minute`` from midnight; ``day`` 0 is Monday, None every day. Written ``tue 11:30``."""

    day: int | None
    minute: int


SlotForm: TypeAlias = Annotated[
    Slot,
    Meta(
        extra={"form": "slot"},
        extra_json_schema={"pattern": "^((mon|tue|wed|thu|fri|sat|sun) )?[0-9]{1,2}:[0-9]{2}$"},
    ),
]


class Company(Struct, frozen=True, forbid_unknown_fields=True):
    """Who we are.

    Attributes:
        languages: those we listen and speak in, the house's own first.
        domains: our addresses on the web, without ``www.``; what lies under them is ours too.
        contacts: phone numbers and e-mail addresses that we publish ourselves.
        country: ISO 3166, for public holidays: ``FR``, ``CA-QC``.
        known_handles: accounts that are no partner's and fine to mention.
    """

    name: Text
    languages: Annotated[tuple[Language, ...], Meta(min_length=1)]
    timezone: TimeZone
    domains: tuple[Domain, ...] = ()
    contacts: tuple[Text, ...] = ()
    country: Country = ""
    known_handles: tuple[Handle, ...] = ()


class Partner(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody we work with in public.

    Attributes:
        paid: money or goods change hands, so that a post about it has to say so.
    """

    name: Text
    handles: tuple[Handle, ...] = ()
    paid: bool = False


class Objective(Struct, frozen=True, forbid_unknown_fields=True):
    """What we are there for.

    Attributes:
        measure: the figure that tells: ``first_response_time.p90``.
        target: what it shall be: ``<= 4h``.
        until: the last day it is pursued.
    """

    id: Identifier
    statement: Text
    measure: Text = ""
    target: Text = ""
    until: Day | None = None


class Mourning(Struct, frozen=True, forbid_unknown_fields=True):
    """A day on which we stay quiet."""

    day: Day
    why: Text = ""
    every_year: bool = False


class Calendar(Struct, frozen=True, forbid_unknown_fields=True):
    """Days that matter to what we say. Holidays are those of ``company.country``."""

    on_holidays: Literal["allowed", "never"] = "allowed"
    mourning: tuple[Mourning, ...] = ()


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
        quiet: when it does not speak, in the company's time zone.
        slots: its good moments, in the company's time zone: the queue fills them in their order.
        voice: whether it says ``we`` or ``i``; empty when it may say both.
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
    quiet: tuple[HoursForm, ...] = ()
    voice: Voice = ""
    slots: tuple[SlotForm, ...] = ()


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
    """Somebody of the house. Roles live here alone; an account only proves who somebody is.

    Attributes:
        quiet: when nothing but what cannot wait reaches them, in the company's time zone.
    """

    id: Identifier
    name: Text
    email: Email = ""
    roles: tuple[Role, ...] = ("reader",)
    quiet: tuple[HoursForm, ...] = ()


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


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """A text that a rule must find, or must let pass, with what has to be true around it. Written as a text alone
    where nothing has.

    Attributes:
        at: the planned moment on the wall: ``2026-11-13T23:30``; else noon of a Friday.
        media: the alternative text of each image.
        recent: the channel's last posts, newest first, each a day older than the one before.
    """

    text: Annotated[str, Meta(extra={"form": "example"})] = ""
    language: Language = ""
    network: Text = ""
    channel: Identifier = ""
    objective: Identifier = ""
    at: Annotated[str, Meta(extra={"form": "moment"}, extra_json_schema={"examples": ["2026-11-13T23:30"]})] = ""
    roles: tuple[Role, ...] = ()
    certified: bool = False
    ai: bool = False
    media: tuple[Annotated[str, Meta(extra={"form": "example"})], ...] = ()
    answers: Text = ""
    recent: tuple[Text, ...] = ()
    incidents: tuple[Text, ...] = ()


Examples: TypeAlias = Annotated[tuple[Example, ...], Meta(extra={"read": "examples"})]
"""Written as a list, or by language: ``{fr: [...], en: [...]}``."""


class Rule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the house does not write.

    Attributes:
        was: the ids it had before; its history and what was let pass under them stay.
        match: what it finds, in the listening language; ``{id}`` stands for a query.
        when: a condition in CEL on the draft and what is around it; with ``match``, both must hold.
        why: the reason, for the person who writes.
        suggest: what to write instead.
        status: ``trial``: it is counted, shown to those who tune it, and stops nothing.
        allow: phrases in which the words found are fine.
        languages, channels, networks: where it holds; everywhere when empty.
    """

    id: Identifier
    why: Words
    bad: Examples
    good: Examples
    severity: Severity = "warn"
    was: tuple[Identifier, ...] = ()
    match: Text = ""
    when: Text = ""
    suggest: Words = {}
    status: Literal["active", "trial"] = "active"
    allow: tuple[Text, ...] = ()
    languages: tuple[Language, ...] = ()
    channels: tuple[Identifier, ...] = ()
    networks: tuple[Text, ...] = ()

    @property
    def origin(self) -> str:
        """The first id it had: what its history is kept under."""
        return self.was[0] if self.was else self.id


Checks: TypeAlias = Annotated[dict[str, Any], Meta(extra={"read": "checks"})]
"""By id of a built-in check, its options: an instance of the type that `Vocabulary` gives for it."""

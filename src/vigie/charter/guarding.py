"""The charter's nouns for approvals and for the day when something goes wrong."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from vigie.charter.nouns import Duration, Identifier, Language, Text, WebAddress, Words
from vigie.model import Millis, Origin, Severity

DAY: Millis = 86_400_000
MINUTE: Millis = 60_000


class Signing(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose approval a draft needs before it may be scheduled. Each one that concerns a draft must be satisfied; nobody
    who wrote a word of it counts.

    Attributes:
        by: roles or ids of people.
        need: ``any`` of them; ``all`` of them (for a role: everybody who has it); or ``in-order``, one after the other,
            each another person (for a role: one who has it).
        channels, networks, languages: which drafts it concerns; all when empty.
        severity: only drafts with a finding at least as severe, also one that was let pass.
        replies: whether it concerns answers to somebody.
        expires: how long after it was given an approval lapses.
    """

    id: Identifier
    by: Annotated[tuple[Identifier, ...], Meta(min_length=1)] = ("approver",)
    need: Literal["any", "all", "in-order"] = "any"
    channels: tuple[Identifier, ...] = ()
    networks: tuple[Text, ...] = ()
    languages: tuple[Language, ...] = ()
    severity: Literal["", Severity] = ""
    replies: Literal["also", "only", "never"] = "also"
    expires: Duration = 7 * DAY


Trigger: TypeAlias = Literal["reply-ratio", "reactions", "quotes", "crisis-words", "surge", "unknown-hand"]


class Tripwire(Struct, frozen=True, forbid_unknown_fields=True):
    """When the house stops by itself, or at least calls somebody.

    Attributes:
        on: ``reply-ratio``: an own post draws more replies than the channel's usually do, and than likes;
            ``reactions``: it draws replies and quotes faster; ``quotes``: accounts of ``followers`` or more quote it;
            ``crisis-words``: its replies and quotes match ``query``; ``surge``: mentions of ``query`` leave their past
            behind; ``unknown-hand``: the account says or changes something that Vigie did not send.
        at_least: how many times the channel's own usual (``reply-ratio``, ``reactions``), or how many posts
            (``quotes``, ``crisis-words``); for a ``surge``, how far beyond its past (1 is the edge of it).
        of: reactions needed before anything is said.
        within: how long after the post was written it is looked at.
        then: ``pause`` suspends the channel (all of them for a ``surge``) and opens an incident, ``alert`` opens it.
    """

    id: Identifier
    on: Trigger
    at_least: Annotated[float, Meta(ge=0.1, le=10_000)] = 1.0
    of: Annotated[int, Meta(ge=1, le=100_000)] = 8
    within: Duration = DAY
    query: Identifier = ""
    followers: Annotated[int, Meta(ge=0)] = 10_000
    channels: tuple[Identifier, ...] = ()
    then: Literal["pause", "alert"] = "pause"


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """Something to do when an incident opens. ``tell`` is who has to be told, in words of the house."""

    do: Words
    owner: Identifier = ""
    within: Duration | None = None
    tell: Text = ""


class ReflexSheet(Struct, frozen=True, forbid_unknown_fields=True):
    """What the house does first, decided on a quiet day (*fiche réflexe*). ``on`` empty: for any incident."""

    id: Identifier
    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]
    on: tuple[Origin, ...] = ()


class PreparedAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """Words for the worst hour, written on a quiet day and checked like any draft."""

    id: Identifier
    text: Words
    name: Text = ""


class Crisis(Struct, frozen=True, forbid_unknown_fields=True):
    """What happens when something goes wrong.

    Attributes:
        on_call: ids of people, in the order in which they are called.
        contain_within: from opening an incident until it is contained.
        escalate_after: how long the next one is spared while nobody has acknowledged.
        late_after: how long after its time a publication is missed rather than sent late.
    """

    pause_when: tuple[Tripwire, ...] = ()
    on_call: tuple[Identifier, ...] = ()
    contain_within: Duration = 10 * MINUTE
    escalate_after: Duration = 5 * MINUTE
    late_after: Duration = 15 * MINUTE
    playbook: tuple[ReflexSheet, ...] = ()
    answers: tuple[PreparedAnswer, ...] = ()


class Hook(Struct, frozen=True, forbid_unknown_fields=True):
    """A program that is told too. Its signing secret lies in the vault.

    Attributes:
        about: ``now``: what cannot wait; ``all``: everything that people are told.
    """

    id: Identifier
    url: WebAddress
    about: Literal["now", "all"] = "now"

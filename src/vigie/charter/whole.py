"""The whole of a charter: everything that it may say, and what it is once read and found good."""

from typing import Any, Literal, TypeAlias

from msgspec import Struct

from vigie.charter.guarding import Crisis, Hook, Signing
from vigie.charter.nouns import (
    Calendar,
    Channel,
    Checks,
    Company,
    Listening,
    NamedQuery,
    Objective,
    Partner,
    Person,
    Retention,
    Rule,
    Text,
)
from vigie.charter.rights import Role

Section: TypeAlias = list[Any] | dict[str, Any]

LATER = ("audiences", "removals")
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
    objectives: tuple[Objective, ...] = ()
    partners: tuple[Partner, ...] = ()
    calendar: Calendar = Calendar()
    checks: Checks = {}
    rules: tuple[Rule, ...] = ()
    approvals: tuple[Signing, ...] = ()
    crisis: Crisis = Crisis()
    webhooks: tuple[Hook, ...] = ()
    audiences: Section = []
    removals: Section = []


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

    def channel(self, id: str) -> Channel | None:
        """The channel of that id, if the charter knows one."""
        return next((channel for channel in self.channels if channel.id == id), None)

    def person(self, id: str) -> Person | None:
        """The person of that id, if the charter knows one."""
        return next((person for person in self.people if person.id == id), None)

    def roles(self, id: str) -> tuple[Role, ...]:
        """The roles of a person; none for a stranger."""
        person = self.person(id)
        return person.roles if person else ()

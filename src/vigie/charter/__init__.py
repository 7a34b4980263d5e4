"""The charter: what a company writes for itself, read with positions, edited without losing a comment."""

from vigie.charter import edit
from vigie.charter.first import first_charter
from vigie.charter.guarding import Crisis, Hook, PreparedAnswer, ReflexSheet, Signing, Step, Trigger, Tripwire
from vigie.charter.nouns import (
    Cadence,
    Calendar,
    Channel,
    Company,
    Effort,
    Example,
    Hours,
    Listening,
    Mourning,
    NamedQuery,
    Objective,
    Partner,
    Person,
    Rate,
    Retention,
    Rule,
    Slot,
)
from vigie.charter.parse import Vocabulary, parse
from vigie.charter.problem import CharterError, Problem
from vigie.charter.rights import ACTIONS, ROLES, Action, Role, allows
from vigie.charter.whole import Charter, Note

__all__ = [
    "ACTIONS",
    "ROLES",
    "Action",
    "Cadence",
    "Calendar",
    "Channel",
    "Charter",
    "CharterError",
    "Company",
    "Crisis",
    "Effort",
    "Example",
    "Hook",
    "Hours",
    "Listening",
    "Mourning",
    "NamedQuery",
    "Note",
    "Objective",
    "Partner",
    "Person",
    "PreparedAnswer",
    "Problem",
    "Rate",
    "ReflexSheet",
    "Retention",
    "Role",
    "Rule",
    "Signing",
    "Slot",
    "Step",
    "Trigger",
    "Tripwire",
    "Vocabulary",
    "allows",
    "edit",
    "first_charter",
    "parse",
]

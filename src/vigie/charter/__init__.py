"""The charter: what a company writes for itself, read with positions, edited without losing a comment."""

from vigie.charter import edit
from vigie.charter.first import first_charter
from vigie.charter.nouns import (
    Cadence,
    Calendar,
    Channel,
    Charter,
    Company,
    Effort,
    Example,
    Hours,
    Listening,
    Mourning,
    NamedQuery,
    Note,
    Objective,
    Partner,
    Person,
    Rate,
    Retention,
    Rule,
)
from vigie.charter.parse import Vocabulary, parse
from vigie.charter.problem import CharterError, Problem
from vigie.charter.rights import ACTIONS, ROLES, Action, Role, allows

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
    "Effort",
    "Example",
    "Hours",
    "Listening",
    "Mourning",
    "NamedQuery",
    "Note",
    "Objective",
    "Partner",
    "Person",
    "Problem",
    "Rate",
    "Retention",
    "Role",
    "Rule",
    "Vocabulary",
    "allows",
    "edit",
    "first_charter",
    "parse",
]

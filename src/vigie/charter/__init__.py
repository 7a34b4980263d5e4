"""The charter: what a company writes for itself, read with positions, edited without losing a comment."""

from vigie.charter import edit
from vigie.charter.first import first_charter
from vigie.charter.nouns import (
    Cadence,
    Channel,
    Charter,
    Company,
    Effort,
    Listening,
    NamedQuery,
    Note,
    Person,
    Rate,
    Retention,
)
from vigie.charter.parse import Vocabulary, parse
from vigie.charter.problem import CharterError, Problem
from vigie.charter.rights import ACTIONS, ROLES, Action, Role, allows

__all__ = [
    "ACTIONS",
    "ROLES",
    "Action",
    "Cadence",
    "Channel",
    "Charter",
    "CharterError",
    "Company",
    "Effort",
    "Listening",
    "NamedQuery",
    "Note",
    "Person",
    "Problem",
    "Rate",
    "Retention",
    "Role",
    "Vocabulary",
    "allows",
    "edit",
    "first_charter",
    "parse",
]

"""The listening language: parser, canonical printer, reference evaluator and the compiled matcher.

`Matcher` is loaded when it is first asked for: it brings numba, which reading a query does not need.
"""

from typing import TYPE_CHECKING, Any

from vigie.query.accounts import accounts, with_aliases
from vigie.query.cheaper import Rewriting, cheaper
from vigie.query.cost import Cost, cost
from vigie.query.evaluate import evaluate, spans, spans_in
from vigie.query.nodes import Node, Query
from vigie.query.parse import parse
from vigie.query.plain import PlainMatcher
from vigie.query.printer import to_text
from vigie.query.problems import Problem, QueryError
from vigie.query.scan import tokens_for_editor
from vigie.query.seen import MODEL, Seen

if TYPE_CHECKING:
    from vigie.query.matcher import Matcher

__all__ = [
    "MODEL",
    "Cost",
    "Matcher",
    "Node",
    "PlainMatcher",
    "Problem",
    "Query",
    "QueryError",
    "Rewriting",
    "Seen",
    "accounts",
    "cheaper",
    "cost",
    "evaluate",
    "parse",
    "spans",
    "spans_in",
    "to_text",
    "tokens_for_editor",
    "with_aliases",
]


def __getattr__(name: str) -> Any:
    if name == "Matcher":
        from vigie.query.matcher import Matcher  # noqa: PLC0415 (numba takes a second to import)

        return Matcher
    raise AttributeError(name)

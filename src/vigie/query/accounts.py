"""Accounts that a query names: some networks send lasting ids only, so handles are looked up once and added."""

from collections.abc import Iterable, Mapping

from vigie.query.fields import account
from vigie.query.nodes import And, AtLeast, Field, Named, Node, Not, Or, Query, children

_ACCOUNT_FIELDS = frozenset({"author", "to"})


def accounts(query: Query) -> set[str]:
    """Handles and ids that a query names in ``author:``, ``from:`` and ``to:``.

    >>> from vigie.query import parse
    >>> accounts(parse("café from:@Brulerie.example"))
    {'brulerie.example'}
    """
    return set(_accounts(query.root))


def _accounts(node: Node) -> Iterable[str]:
    if isinstance(node, Field):
        return [node.value] if node.name in _ACCOUNT_FIELDS else []
    return [name for child in children(node) for name in _accounts(child)]


def with_aliases(query: Query, mapping: Mapping[str, Iterable[str]]) -> Query:
    """The query with each named handle also found under its other ids (``{"ana.example": ["did:plc:abc"]}``)."""
    aliases = {account(handle): [account(id) for id in ids] for handle, ids in mapping.items()}
    return Query(_with_aliases(query.root, aliases), query.source, query.warnings)


def _with_aliases(node: Node, aliases: Mapping[str, list[str]]) -> Node:
    match node:
        case Field(name=name, value=value) if name in _ACCOUNT_FIELDS:
            ids = dict.fromkeys([value, *aliases.get(value, ())])
            return Or(tuple(Field(name, id) for id in ids)) if len(ids) > 1 else node
        case And(parts=parts) | Or(parts=parts):
            return type(node)(tuple(_with_aliases(part, aliases) for part in parts))
        case Not(part=part):
            return Not(_with_aliases(part, aliases))
        case Named(name=name, part=part):
            return Named(name, _with_aliases(part, aliases))
        case AtLeast(count=count, parts=parts):
            return AtLeast(count, tuple(_with_aliases(part, aliases) for part in parts))
        case _:
            return node

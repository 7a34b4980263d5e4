"""The networks that Vigie reads and writes on: each folder here is one, and other packages may bring their own."""

import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Protocol, TypeVar

from vigie.flows.ports.network import Network
from vigie.flows.ports.writer import Writing

GROUP, WRITING_GROUP = "vigie.networks", "vigie.writings"
"""Entry-point groups of what other packages bring; each entry names a `Network`, a `Writing`."""


class _Named(Protocol):
    name: str


T = TypeVar("T", bound=_Named)


@cache
def networks() -> dict[str, Network]:
    """Every network by name, sorted: the folders of this room (each has its ``NETWORK``), then other packages'.

    Raises:
        ValueError: two networks have the same name.
    """
    return _by_name([*_own("NETWORK"), *_brought(GROUP)])


@cache
def writings() -> dict[str, Writing]:
    """The networks that can be written on, the same way: the folders that have a ``WRITING``, then other packages'.

    Raises:
        ValueError: two have the same name.
    """
    return _by_name([*_own("WRITING"), *_brought(WRITING_GROUP)])


def _by_name(offered: list[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for one in offered:
        if one.name in found:
            raise ValueError(f"two networks are named {one.name}: {found[one.name]!r} and {one!r}")
        found[one.name] = one
    return dict(sorted(found.items()))


def _own(offer: str) -> list[Any]:
    folders = (module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    modules = [import_module(f"{__name__}.{name}") for name in folders]
    return [getattr(module, offer) for module in modules if hasattr(module, offer)]


def _brought(group: str) -> list[Any]:
    return [entry.load() for entry in entry_points(group=group)]

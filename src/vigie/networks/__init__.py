"""The networks that Vigie can read: each folder here is one, found by looking, and others may bring their own."""

import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from vigie.flows.ports.network import Network

GROUP = "vigie.networks"
"""Entry-point group of networks that other packages bring; each names a `Network`."""


@cache
def networks() -> dict[str, Network]:
    """Every network by name, sorted: the folders of this room (each has its ``NETWORK``), then other packages'.

    Raises:
        ValueError: two networks have the same name.
    """
    found: dict[str, Network] = {}
    for network in [*_own(), *(entry.load() for entry in entry_points(group=GROUP))]:
        if network.name in found:
            raise ValueError(f"two networks are named {network.name}: {found[network.name]!r} and {network!r}")
        found[network.name] = network
    return dict(sorted(found.items()))


def _own() -> list[Network]:
    folders = (module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return [import_module(f"{__name__}.{name}").NETWORK for name in folders]

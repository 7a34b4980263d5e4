"""What detectors remember between two looks, as msgspec writes it; what another version of Vigie wrote is forgotten."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec import DecodeError, msgpack

from vigie.flows.ports.signals import Signals

T = TypeVar("T")


def remembered(signals: Signals, name: str, shape: type[T]) -> T | None:
    """None when there is nothing, or nothing that can be read."""
    stored = signals.load(name)
    try:
        return msgpack.decode(stored, type=shape) if stored else None
    except DecodeError:
        return None


def remember(signals: Signals, states: Mapping[str, object]) -> None:
    """Keeps some, by name."""
    signals.keep({name: msgpack.encode(state) for name, state in states.items()})

"""Guarded HTTP: fetches what charters and strangers' posts point to, without ever being led into the house."""

from vigie.fetch.fetch import GuardedFetch
from vigie.fetch.guard import Guard

__all__ = ["Guard", "GuardedFetch"]

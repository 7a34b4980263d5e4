"""Bluesky: posts as they are written, from Jetstream or from a server's own event stream. No account, no key."""

from vigie.networks.bluesky.network import NETWORK

__all__ = ["NETWORK"]

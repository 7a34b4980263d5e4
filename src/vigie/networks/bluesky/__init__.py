"""Bluesky: posts as they are written, read without an account; and written with one."""

from vigie.networks.bluesky.network import NETWORK
from vigie.networks.bluesky.writing import WRITING

__all__ = ["NETWORK", "WRITING"]

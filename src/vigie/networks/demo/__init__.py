"""The demo network: a made-up town that goes on talking, so that Vigie can be tried without an account anywhere."""

from vigie.networks.demo.network import NETWORK
from vigie.networks.demo.writing import WRITING

__all__ = ["NETWORK", "WRITING"]

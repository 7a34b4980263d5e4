"""Mastodon, and every server that speaks its interface: timelines, hashtags, the house's own mentions, and writing."""

from vigie.networks.mastodon.network import NETWORK
from vigie.networks.mastodon.writing import WRITING

__all__ = ["NETWORK", "WRITING"]

"""Mastodon, and every server that speaks its interface: timelines, hashtags and the house's own mentions."""

from vigie.networks.mastodon.network import NETWORK

__all__ = ["NETWORK"]

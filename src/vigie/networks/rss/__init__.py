"""Feeds: RSS, Atom and RDF, read politely."""

from vigie.networks.rss.network import NETWORK

__all__ = ["NETWORK"]

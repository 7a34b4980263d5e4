"""Writing on Mastodon: under keys that its servers remember for an hour."""

from vigie.networks.mastodon.writing.account import WRITING

__all__ = ["WRITING"]

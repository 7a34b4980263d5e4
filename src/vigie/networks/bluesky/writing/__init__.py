"""Writing on Bluesky: with an app password, under record keys that we choose ourselves."""

from vigie.networks.bluesky.writing.account import WRITING

__all__ = ["WRITING"]

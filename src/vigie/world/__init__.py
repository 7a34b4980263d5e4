"""The demo world: a seeded town that talks of a coffee roaster, with the truth beside each post."""

from vigie.world.charter_text import charter
from vigie.world.line import Line, Truth

__all__ = ["Line", "Truth", "charter"]

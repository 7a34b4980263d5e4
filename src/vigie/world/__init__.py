"""The demo world: a seeded town that talks of a coffee roaster, with the truth beside each post."""

from vigie.world.chance import Chance, Dice
from vigie.world.charter_text import charter
from vigie.world.generate import generate
from vigie.world.line import Line, Truth
from vigie.world.tales import sent_by_the_house

__all__ = ["Chance", "Dice", "Line", "Truth", "charter", "generate", "sent_by_the_house"]

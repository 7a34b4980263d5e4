"""The catalogues: turn codes and values into sentences a person reads, in French and in English."""

from vigie.wording.figures import LANGS
from vigie.wording.voice import Wording

__all__ = ["LANGS", "Wording"]

"""The names that a charter may use, handed to its parser."""

from vigie.charter import Vocabulary
from vigie.model import SourceSpec
from vigie.networks import networks


def vocabulary() -> Vocabulary:
    """Every network there is, and each network's own check of its sources."""
    found = networks()

    def problems(spec: SourceSpec) -> list[tuple[str, str, str]]:
        return found[spec.network].problems(spec)

    return Vocabulary(frozenset(found), problems)

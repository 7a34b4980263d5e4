"""The names that a charter may use, handed to its parser."""

from vigie.charter import Vocabulary
from vigie.checks import built_in
from vigie.model import SourceSpec
from vigie.networks import networks


def vocabulary() -> Vocabulary:
    """Every network there is with its own check of its sources, and what may be tuned of each built-in check."""
    found = networks()

    def problems(spec: SourceSpec) -> list[tuple[str, str, str]]:
        return found[spec.network].problems(spec)

    return Vocabulary(frozenset(found), problems, {check.id: check.options for check in built_in()})

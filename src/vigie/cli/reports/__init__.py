"""How `vigie check` tells what it found: a file for each form, with one function ``written(report, w)``."""

import importlib
import pkgutil
from collections.abc import Callable
from typing import TypeAlias

from rich.text import Text

from vigie.flows.check_texts import Report
from vigie.wording import Wording

Form: TypeAlias = Callable[[Report, Wording], str | Text]


def forms() -> tuple[str, ...]:
    """Their names: ``text`` is for people, the others for programs."""
    return tuple(sorted(found.name.rstrip("_") for found in pkgutil.iter_modules(__path__)))


def form(name: str) -> Form:
    """The one of a name."""
    (module,) = (found.name for found in pkgutil.iter_modules(__path__) if found.name.rstrip("_") == name)
    made: Form = importlib.import_module(f"{__name__}.{module}").written
    return made

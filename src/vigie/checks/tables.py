"""Facts about the world that checks go by, each with its source and date: ``data/NAME.toml``."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """One file, as it is written; nobody changes what is given."""
    return tomllib.loads((files("vigie.checks") / "data" / f"{name}.toml").read_text("utf-8"))

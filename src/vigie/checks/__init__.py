"""What a draft is checked for: one file per check in `builtin`, its words and patterns in ``patterns``."""

from vigie.checks.check import Check, Options
from vigie.checks.patterns import Pattern, patterns
from vigie.checks.reading import Hit, Reading
from vigie.checks.scan import built_in

__all__ = ["Check", "Hit", "Options", "Pattern", "Reading", "built_in", "patterns"]

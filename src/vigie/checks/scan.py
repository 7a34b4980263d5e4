"""Finds the built-in checks: every file of the folder is one."""

import pkgutil
from functools import cache
from importlib import import_module
from types import ModuleType

from vigie.checks import builtin
from vigie.checks.check import Check, Options
from vigie.checks.patterns import patterns


@cache
def built_in() -> tuple[Check, ...]:
    """The checks that come with the product, by id."""
    names = sorted(found.name for found in pkgutil.iter_modules(builtin.__path__))
    return tuple(_check(import_module(f"{builtin.__name__}.{name}")) for name in names)


def _check(module: ModuleType) -> Check:
    id = module.__name__.rpartition(".")[2].replace("_", "-")
    return Check(id, module.look, getattr(module, "Options", Options), patterns(id))

"""How commands speak: sentences of the catalogues, on the terminal."""

import os
import sys
from typing import NoReturn

import typer
from rich.console import Console

from vigie.settings import Settings, SettingsError, read_settings
from vigie.wording import Wording

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def settings() -> Settings:
    """The settings, or the end of the command with a sentence about the one that is wrong."""
    try:
        return read_settings(os.environ)
    except SettingsError as error:
        w = Wording("fr" if os.environ.get("LANG", "").startswith("fr") else "en")
        fail(w(f"cli.{error.code}", **error.values))


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Ends the command with a sentence on standard error."""
    err.print(sentence, style="bold red" if sys.stderr.isatty() else "", markup=False)
    raise typer.Exit(code)

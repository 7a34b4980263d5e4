"""The `vigie` command. Each file of `commands` is one; only the one asked for is loaded, so that help is instant."""

import ast
import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import typer

COMMANDS = Path(__file__).parent / "commands"


def command_files() -> dict[str, Path]:
    """Every command's file by the command's name (``import_.py`` is ``import``)."""
    return {path.stem.rstrip("_"): path for path in sorted(COMMANDS.glob("[a-z]*.py"))}


def summary(path: Path) -> str:
    """A command's own first docstring line, read without importing it."""
    return (ast.get_docstring(ast.parse(path.read_bytes())) or "").split("\n", 1)[0]


def load(name: str) -> ModuleType:
    """The module of a command: it has either ``run``, a command, or ``app``, a group of commands."""
    return importlib.import_module(f"vigie.cli.commands.{command_files()[name].stem}")


def compiled_folder(environ: Mapping[str, str]) -> Path:
    """Where the compiled matcher is kept: in the home folder where there is one, so that it goes away with it.

    Numba reads the variable when it is imported, hence before any command is loaded.
    """
    home = Path(environ.get("VIGIE_HOME", "vigie-home"))
    if home.is_dir():
        return home.absolute() / "cache" / "compiled"
    return Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vigie" / "compiled"


def build(wanted: str | None) -> typer.Typer:
    """The command line with ``wanted`` loaded and the others as names with a summary."""
    app = typer.Typer(
        name="vigie",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="Keeps watch over a company's social media.",
    )
    app.callback()(_root)
    for name, path in command_files().items():
        if name != wanted:
            app.command(name, help=summary(path))(_unloaded)
            continue
        module = load(name)
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name, help=summary(path))
        else:
            app.command(name, help=module.run.__doc__ or summary(path))(module.run)
    return app


def _root(version: bool = typer.Option(False, "--version", help="Print the version and leave.", is_eager=True)) -> None:  # noqa: FBT001, FBT003  # typer's way of declaring a flag
    if version:
        typer.echo(importlib.import_module("vigie").__version__)
        raise typer.Exit


def _unloaded() -> None:
    """Stands for a command that this call does not run."""


def main() -> None:
    """Entry point. Expected failures print one clear message and leave with status 1; mistakes in the call with 2."""
    wanted = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    os.umask(0o077)  # what is written is the house's alone: people's words, keys, copies of them
    os.environ.setdefault("NUMBA_CACHE_DIR", str(compiled_folder(os.environ)))
    build(wanted)()

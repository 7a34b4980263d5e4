"""The house's charter: check it, or print its schema for an editor."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from vigie.app.vocabulary import vocabulary
from vigie.charter import CharterError, parse
from vigie.charter.schema import json_schema
from vigie.cli.charter_problems import print_problems
from vigie.cli.speak import fail, out, settings
from vigie.wording import Wording

app = typer.Typer(no_args_is_help=True)


@app.callback()
def charter() -> None:
    """The house's charter: check it, or print its schema for an editor."""


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="The home folder's charter when left out; - for stdin.")] = None,
) -> None:
    """Says every mistake of a charter with its line and column. Status 0 when there is none, 1 otherwise."""
    chosen = settings()
    w = Wording(chosen.lang)
    path = file or chosen.home / "charter.yaml"
    if file is None and not path.exists():
        fail(w("cli.charter.none", path=str(path)))
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fail(w("cli.charter.unreadable", path=str(path), detail=str(error)), 2)
    try:
        read = parse(text, vocabulary())
    except CharterError as error:
        print_problems(error, w, str(path))
        raise typer.Exit(1) from error
    for note in read.notes:
        out.print(f"{path}:{note.line}:{note.column}: {w(note.code, **note.values)}", markup=False)
    out.print(w("cli.charter.good", path=str(path), queries=len(read.queries), digest=read.digest[:12]), markup=False)


@app.command()
def schema() -> None:
    """Prints the charter's JSON Schema: editors complete and check the file with it."""
    out.print_json(data=json_schema(vocabulary().checks))

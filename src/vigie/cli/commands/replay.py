"""Plays a file of posts back in its own rhythm, faster, and prints those that the charter's queries match."""

from pathlib import Path
from typing import Annotated

import typer

from vigie.app.file_source import file_source
from vigie.cli.files import column_map
from vigie.cli.following import follow
from vigie.cli.house import house
from vigie.cli.query_problems import print_query_problems
from vigie.cli.speak import err, fail, settings
from vigie.query import Query, QueryError, parse
from vigie.wording import Wording


def run(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    speed: Annotated[int, typer.Option(min=1, max=100_000, help="So many times faster than it was written.")] = 1,
    query: Annotated[str, typer.Option(help="This query rather than the charter's.")] = "",
    columns: Annotated[str, typer.Option("--map", help="For a CSV: text=Message,date=Created,author=…")] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,  # noqa: FBT002
) -> None:
    """Plays a file of posts back in its own rhythm, faster, and prints those that the charter's queries match.

    Nothing is stored: `vigie import` does that.
    """
    w = Wording(settings().lang)
    spec = file_source(file, {**column_map(columns, w), "speed": speed})
    try:
        queries = {"replay": parse(query)} if query else _house_queries(w)
    except QueryError as error:
        print_query_problems(error, query, w)
        raise typer.Exit(2) from error
    found = follow(queries, spec, w, as_json=json)
    err.print(w.count("cli.replay.found", found), style="dim")


def _house_queries(w: Wording) -> dict[str, Query]:
    with house(settings()) as vigie:
        charter = vigie.charter()
    if charter is None:
        fail(w("cli.replay.no-charter"))
    named = {one.id: one.match for one in charter.queries}
    return {one.id: parse(one.match, named) for one in charter.queries}

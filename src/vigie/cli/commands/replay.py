"""Plays a file of posts back with its own rhythm, faster, and prints those that the charter's queries match."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from vigie.app.importing import file_source
from vigie.app.opened import opened
from vigie.app.replaying import replay
from vigie.app.stopping import stop_event
from vigie.cli.commands.watch import json_line
from vigie.cli.files import column_map, down_sentence
from vigie.cli.post_lines import post_lines
from vigie.cli.query_problems import print_query_problems
from vigie.cli.speak import err, fail, out, settings
from vigie.flows.ports.network import SourceDownError
from vigie.model import SourceSpec
from vigie.query import Query, QueryError, parse
from vigie.wording import Wording


def run(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    speed: Annotated[
        float, typer.Option(min=0, help="So many times faster than it was; 0 for as fast as it goes.")
    ] = 1.0,
    query: Annotated[str, typer.Option(help="This query rather than the charter's.")] = "",
    columns: Annotated[str, typer.Option("--map", help="For a CSV: text=Message,date=Created,author=…")] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,  # noqa: FBT002
) -> None:
    """Plays a file of posts back with its own rhythm, faster, and prints those that the charter's queries match.

    Nothing is stored: `vigie import` does that.
    """
    chosen = settings()
    w = Wording(chosen.lang)
    spec = file_source(file, column_map(columns, "", w))
    try:
        queries = {"replay": parse(query)} if query else _house_queries(w)
    except QueryError as error:
        print_query_problems(error, query, w)
        raise typer.Exit(2) from error
    try:
        asyncio.run(_replay(queries, spec, speed, w, as_json=json))
    except SourceDownError as down:
        fail(down_sentence(down, spec, w))


def _house_queries(w: Wording) -> dict[str, Query]:
    with opened(settings(), "cli") as vigie:
        charter = vigie.charter()
    if charter is None:
        fail(w("cli.replay.no-charter"))
    named = {one.id: one.match for one in charter.queries}
    return {one.id: parse(one.match, named) for one in charter.queries}


async def _replay(queries: dict[str, Query], spec: SourceSpec, speed: float, w: Wording, *, as_json: bool) -> None:
    stop = stop_event(supervised=False)
    read = found = 0
    async for post, ids, spans in replay(queries, spec, speed, stop):
        read += 1
        if not ids:
            continue
        found += 1
        if as_json:
            sys.stdout.write(json_line(post, spans, ids))
            sys.stdout.flush()
        else:
            out.print(post_lines(post, spans, w, "UTC"))
    err.print(w("cli.replay.done", read=read, found=found), style="dim")

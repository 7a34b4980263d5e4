"""Prints posts that match a query as they are written, from the public Bluesky network unless told otherwise."""

from typing import Annotated

import typer

from vigie.cli.following import follow
from vigie.cli.query_problems import print_query_problems
from vigie.cli.sources import UnknownSourceError, source_named
from vigie.cli.speak import err, fail, settings
from vigie.query import QueryError, parse
from vigie.wording import Wording


def run(
    query: Annotated[str, typer.Argument(help="In the listening language, quoted.")],
    source: Annotated[str, typer.Option(help="NETWORK, NETWORK:ADDRESS, or an address.")] = "bluesky",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for pipes.")] = False,  # noqa: FBT002
    limit: Annotated[int, typer.Option(help="End after so many posts; 0 for never.", min=0)] = 0,
) -> None:
    """Prints posts that match a query as they are written, from the public Bluesky network unless told otherwise."""
    w = Wording(settings().lang)
    try:
        parsed = parse(query)
    except QueryError as error:
        print_query_problems(error, query, w)
        raise typer.Exit(2) from error
    try:
        spec = source_named(source)
    except UnknownSourceError as error:
        fail(w("cli.source.unknown", source=source, networks=", ".join(sorted(error.networks))), 2)
    if not json:
        err.print(w("cli.watch.started", source=spec.address or spec.network), style="dim", markup=False)
    follow({"watch": parsed}, spec, w, as_json=json, limit=limit)

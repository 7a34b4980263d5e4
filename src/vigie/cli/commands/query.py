"""Queries: bring those of another product, see why one finds a post or does not, try one on the past."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from vigie.app.file_source import file_source
from vigie.cli.explanations import explanation_json, print_explanation
from vigie.cli.files import column_map, down_sentence
from vigie.cli.house import house
from vigie.cli.look_back import look, over_file, over_kept, over_sample, print_found, print_json
from vigie.cli.pasted import pasted_text
from vigie.cli.posts import given_post
from vigie.cli.queries import given_query
from vigie.cli.query_problems import print_query_problems
from vigie.cli.speak import err, fail, out, settings
from vigie.cli.translation_notes import print_notes, translation_json
from vigie.flows.ports.network import SourceDownError
from vigie.query import QueryError
from vigie.query.explain import explain as explained
from vigie.query.translate import VENDORS, Vendor, detect
from vigie.query.translate import translate as translated
from vigie.wording import Wording

app = typer.Typer(no_args_is_help=True)


@app.callback()
def query() -> None:
    """Queries: bring those of another product, see why one finds a post or does not, try one on the past."""


@app.command()
def translate(
    text: Annotated[str, typer.Argument(help="The query, a file that holds it, or - for standard input.")] = "",
    source: Annotated[str, typer.Option("--from", help="brandwatch, talkwalker, meltwater, x, or auto.")] = "auto",
    format: Annotated[Literal["text", "json"], typer.Option(help="Text, or one JSON object.")] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Status 1 unless it finds exactly the same.")] = False,  # noqa: FBT002
) -> None:
    """Turns a query of Brandwatch, Talkwalker, Meltwater or X into Vigie's language, and says what is not the same."""
    w = Wording(settings().lang)
    pasted = pasted_text(text, w)
    vendor = _vendor(source, pasted, w)
    try:
        found = translated(pasted, vendor)
    except QueryError as error:
        print_query_problems(error, pasted, w)
        raise typer.Exit(2) from error
    if format == "json":
        sys.stdout.write(translation_json(found, pasted, w) + "\n")
    else:
        if source == "auto":
            err.print(w("translate.command.vendor", product=VENDORS[vendor]), markup=False, style="dim")
        print_notes(found, pasted, w)
        out.print(found.text, markup=False) if found.text else None
    if not found.text or (strict and not (found.faithful and found.ready)):
        raise typer.Exit(1)


@app.command()
def explain(
    stdin: Annotated[str, typer.Argument(metavar="[-]", help="- reads the post from standard input.")] = "",
    query: Annotated[str, typer.Option(help="The query's text.")] = "",
    name: Annotated[str, typer.Option(help="Or the id of one of the charter's queries.")] = "",
    post: Annotated[str, typer.Option(help="The post's address or identifier; Vigie must have kept it.")] = "",
    text: Annotated[str, typer.Option(help="Or its text.")] = "",
    format: Annotated[Literal["text", "json"], typer.Option(help="Text, or one JSON object.")] = "text",
) -> None:
    """Says why a query finds a post, condition by condition; or the fewest conditions it misses, and by how much."""
    chosen = settings()
    w = Wording(chosen.lang)
    wanted = given_query(query, name, chosen, w)
    read = given_post(post, text, stdin, chosen, w)
    said = explained(wanted, read)
    if format == "json":
        sys.stdout.write(explanation_json(said, w) + "\n")
    else:
        print_explanation(said, read, name, w)


@app.command()
def preview(
    query: Annotated[str, typer.Option(help="The query's text.")] = "",
    name: Annotated[str, typer.Option(help="Or the id of one of the charter's queries.")] = "",
    file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, readable=True, help="Over a file.")] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Over the rolling sample.")] = False,  # noqa: FBT002
    columns: Annotated[str, typer.Option("--map", help="For a CSV: text=Message,date=Created,author=…")] = "",
    format: Annotated[Literal["text", "json"], typer.Option(help="Text, or one JSON object.")] = "text",
) -> None:
    """Says what a query would have found, day by day, with examples: among all kept posts unless told otherwise.

    Nothing is stored. Ctrl-C ends it with what was found so far.
    """
    chosen = settings()
    w = Wording(chosen.lang)
    wanted = given_query(query, name, chosen, w)
    with house(chosen) as vigie:
        charter = vigie.charter()
        zone = charter.company.timezone if charter else "UTC"
        spec = file_source(file, column_map(columns, w)) if file else None
        if spec:
            posts, share = over_file(vigie.networks[spec.network].open(spec, vigie.tools(spec)))
        else:
            posts, share = over_sample(vigie) if sample else over_kept(vigie)
        try:
            found, whole = look(wanted, posts, share, zone, w)
        except SourceDownError as down:
            fail(down_sentence(down, spec, w) if spec else str(down))
    if format == "json":
        print_json(found, whole=whole)
    else:
        print_found(found, w, zone, whole=whole)


def _vendor(name: str, pasted: str, w: Wording) -> Vendor:
    vendor = detect(pasted) if name == "auto" else next((one for one in VENDORS if one == name.lower()), None)
    if vendor is None:
        fail(w("translate.command.unknown", name=name, names=", ".join((*VENDORS, "auto"))), 2)
    return vendor

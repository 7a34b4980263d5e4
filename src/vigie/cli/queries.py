"""A query given on a command line, by its text or by its name in the charter."""

import typer

from vigie.charter import Charter, CharterError
from vigie.cli.charter_problems import print_problems
from vigie.cli.house import house
from vigie.cli.query_problems import print_query_problems
from vigie.cli.speak import fail
from vigie.query import Query, QueryError, parse
from vigie.settings import Settings
from vigie.wording import Wording


def given_query(text: str, name: str, chosen: Settings, w: Wording) -> Query:
    """The query; the end of the command where there is none, or where it cannot be read.

    Names in braces are those of the charter, where there is one.
    """
    if bool(text) == bool(name):
        fail(w("why.cli.both"), 2)
    named = _named(chosen, w) if name or "{" in text else {}
    if name and name not in named:
        if not named:
            fail(w("why.cli.no_charter", home=str(chosen.home)), 2)
        fail(w("why.cli.no_name", query=name, known=", ".join(named)), 2)
    source = named[name] if name else text
    try:
        return parse(source, named)
    except QueryError as error:
        print_query_problems(error, source, w)
        raise typer.Exit(2) from error


def _named(chosen: Settings, w: Wording) -> dict[str, str]:
    if not chosen.home.is_dir():
        return {}
    with house(chosen) as vigie:
        try:
            charter: Charter | None = vigie.charter()
        except CharterError as error:
            print_problems(error, w, str(chosen.home / "charter.yaml"))
            raise typer.Exit(1) from error
    return {query.id: query.match for query in charter.queries} if charter else {}

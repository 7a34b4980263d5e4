"""Searches the archive: words, "phrases" and prefix*, newest first."""

import sys
from typing import Annotated

import msgspec
import typer

from vigie.cli.house import house
from vigie.cli.moments import BadMomentError, moment
from vigie.cli.post_lines import mention_line
from vigie.cli.speak import err, fail, out, settings
from vigie.flows.ports.archive import Filter
from vigie.wording import Wording

PAGE = 200


def run(
    text: Annotated[str, typer.Argument(help="Words, all required; accents and case do not count.")] = "",
    query: Annotated[list[str] | None, typer.Option(help="Only mentions of this query; may be repeated.")] = None,
    network: Annotated[list[str] | None, typer.Option(help="Only this network; may be repeated.")] = None,
    lang: Annotated[list[str] | None, typer.Option(help="Only this language; may be repeated.")] = None,
    author: Annotated[str, typer.Option(help="Only what this person said: a handle or an id.")] = "",
    since: Annotated[str, typer.Option(help="A date (2026-11-20) or an age (90m, 4h, 7d).")] = "",
    until: Annotated[str, typer.Option(help="A date or an age.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,  # noqa: FBT002
) -> None:
    """Searches the archive: words, "phrases" and prefix*, newest first."""
    chosen = settings()
    w = Wording(chosen.lang)
    try:
        where = Filter(
            queries=tuple(query or ()),
            networks=tuple(network or ()),
            langs=tuple(lang or ()),
            author=author,
            since=moment(since),
            until=moment(until),
            text=text,
            kept=("match", "own", "thread", "all"),
        )
    except BadMomentError as error:
        fail(w("cli.moment.bad", text=str(error)), 2)
    with house(chosen) as vigie:
        charter = vigie.charter()
        zone = charter.company.timezone if charter else "UTC"
        shown, after = 0, ""
        while shown < limit:
            slice_ = vigie.store.archive.mentions(where, after, min(PAGE, limit - shown))
            for mention in slice_.mentions:
                if json:
                    sys.stdout.write(msgspec.json.encode(mention).decode() + "\n")
                else:
                    out.print(mention_line(mention, w, zone))
            shown += len(slice_.mentions)
            after = slice_.next
            if not after:
                break
        if not json:
            err.print(w.count("cli.search.found", vigie.store.archive.count(where)), style="dim")

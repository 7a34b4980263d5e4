"""Stores the posts of a file that concern the house: JSONL of posts, an ActivityPub outbox, a CSV."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from vigie.app.file_source import file_source
from vigie.app.importing import Imported, import_file
from vigie.app.opened import Opened
from vigie.app.stopping import stop_event
from vigie.charter import CharterError
from vigie.cli.charter_problems import print_problems
from vigie.cli.files import column_map, down_sentence
from vigie.cli.house import house
from vigie.cli.speak import err, fail, out, settings
from vigie.flows.ports.network import SourceDownError
from vigie.model import SourceSpec
from vigie.wording import Wording


def run(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    columns: Annotated[str, typer.Option("--map", help="For a CSV: text=Message,date=Created,author=…")] = "",
    network: Annotated[
        str, typer.Option(help="The network that the posts come from, when the file does not say.")
    ] = "",
    timezone: Annotated[str, typer.Option(help="Of dates without one: Europe/Paris.")] = "",
    encoding: Annotated[str, typer.Option(help="When it is not found by itself: cp1252.")] = "",
    all_: Annotated[bool, typer.Option("--all", help="Keep every post, whatever it says.")] = False,  # noqa: FBT002
) -> None:
    """Stores the posts of a file that concern the house: JSONL of posts, an ActivityPub outbox, a CSV.

    Interrupted, it goes on where it was when run again.
    """
    chosen = settings()
    w = Wording(chosen.lang)
    spec = file_source(file, column_map(columns, w, network=network, timezone=timezone, encoding=encoding))
    with house(chosen) as vigie:
        try:
            done, stopped = asyncio.run(_import(vigie, spec, file, w, keep_all=all_))
        except SourceDownError as down:
            fail(down_sentence(down, spec, w))
        except CharterError as error:
            print_problems(error, w, str(vigie.home.path / "charter.yaml"))
            raise typer.Exit(1) from error
    rejected = sum(done.rejected.values())
    out.print(
        w("cli.import.done", read=done.read, kept=done.new, repeated=done.repeated, rejected=rejected), markup=False
    )
    for reason, count in sorted(done.rejected.items()):
        sentence = w(f"sources.rejected.{reason}")
        err.print(w("cli.import.rejected", count=count, reason=f"{sentence} ({done.first[reason]})"), markup=False)
    if stopped:
        err.print(w("cli.import.stopped"), markup=False)


async def _import(vigie: Opened, spec: SourceSpec, file: Path, w: Wording, *, keep_all: bool) -> tuple[Imported, bool]:
    charter = vigie.charter()
    if charter is None and not keep_all:
        fail(w("cli.import.no-charter"))
    stop, size = stop_event(supervised=False), file.stat().st_size  # noqa: ASYNC240  # before anything runs
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(w("cli.import.reading", name=file.name), total=size)

        def told(_: Imported, cursor: str) -> None:
            at = cursor.partition(":")[0]
            if at.isdecimal():
                progress.update(task, completed=int(at))

        done = await import_file(vigie, spec, charter, told, keep_all=keep_all, stop=stop)
    return done, stop.is_set()

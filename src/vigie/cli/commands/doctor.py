"""Says what is well and what is not, each with what to do about it."""

import typer

from vigie.app.doctor import diagnose
from vigie.cli.house import house
from vigie.cli.speak import out, settings
from vigie.wording import Wording

MARKS = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "stop": ("✗", "bold red")}


def run() -> None:
    """Says what is well and what is not, each with what to do about it. Status 1 when something stops Vigie."""
    chosen = settings()
    w = Wording(chosen.lang)
    stopped = False
    with house(chosen) as vigie:
        for line in diagnose(vigie):
            mark, style = MARKS[line.level]
            out.print(f"[{style}]{mark}[/] ", end="")
            code = line.code if "." in line.code else f"doctor.{line.code}.{line.level}"
            out.print(w(code, **line.values), markup=False)
            stopped = stopped or line.level == "stop"
    if stopped:
        raise typer.Exit(1)

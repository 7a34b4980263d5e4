"""The ledger: who did what, when and why; given out and verified."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from vigie.app.clock import now
from vigie.cli.house import house
from vigie.cli.speak import err, out, settings
from vigie.flows.ledger import export as lines_of
from vigie.ledger import Verdict, fingerprint, seal, verify
from vigie.ledger.seal import Checkpoint
from vigie.wording import Wording

app = typer.Typer(no_args_is_help=True)


@app.callback()
def ledger() -> None:
    """The ledger: who did what, when and why; given out and verified."""


@app.command()
def export(
    to: Annotated[Path, typer.Argument(help="File to write; - for standard output.")],
) -> None:
    """Writes the whole ledger as lines of JSON, sealed at its end, for anybody to verify."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        lines = lines_of(vigie.store.acts, vigie.ledger_key, now())
        if str(to) == "-":
            sys.stdout.buffer.writelines(lines)
            return
        beside = to.with_name(to.name + ".part")
        with beside.open("wb") as file:
            file.writelines(lines)
        beside.replace(to)
        out.print(w("ledger.exported", path=str(to)), markup=False)


@app.command()
def key() -> None:
    """Shows the public key that seals this house's ledger: hand it to whoever shall verify it later."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        public = seal(Checkpoint(n=0, digest="", at=0), vigie.ledger_key).key
        out.print(public, markup=False, highlight=False)
        err.print(w("ledger.fingerprint", fingerprint=fingerprint(public)), markup=False)


@app.command(name="verify")
def check(
    file: Annotated[Path, typer.Argument(help="An exported ledger; no home folder is needed.")],
    key: Annotated[str, typer.Option(help="The public key it must be sealed with, as `vigie ledger key` shows.")] = "",
) -> None:
    """Verifies an exported ledger, and says where it was touched."""
    w = Wording(settings().lang)
    try:
        with file.open("rb") as lines:
            verdict = verify(lines, key.strip().lower())
    except OSError as error:
        err.print(w("ledger.error.unreadable-file", path=str(file), reason=error.strerror or ""), markup=False)
        raise typer.Exit(2) from error
    _tell(verdict, w)
    raise typer.Exit(0 if verdict.holds else 1)


def _tell(verdict: Verdict, w: Wording) -> None:
    if verdict.holds:
        out.print(w.count("ledger.holds", verdict.entries), markup=False)
        if verdict.key:
            out.print(w("ledger.fingerprint", fingerprint=fingerprint(verdict.key)), markup=False)
        return
    for fault in verdict.faults:
        err.print(w(f"ledger.fault.{fault.kind}", line=fault.line, entry=fault.entry), markup=False)
    err.print(w("ledger.sealed-until", entry=verdict.sealed), markup=False)

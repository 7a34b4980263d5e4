"""Files given on a command line: which column is what, and why one could not be read."""

from vigie.cli.speak import fail
from vigie.flows.ports.network import SourceDownError
from vigie.model import SourceSpec
from vigie.wording import Wording

Options = dict[str, str | int | bool | tuple[str, ...]]


def column_map(columns: str, w: Wording, **layout: str) -> Options:
    """The options of a file's source, from ``text=Message,date=Created`` and other words on how it is written."""
    pairs = [part.strip() for part in columns.split(",") if part.strip()]
    for pair in pairs:
        if "=" not in pair:
            fail(w("cli.import.bad-map", part=pair), 2)
    options: Options = {name: word for name, word in layout.items() if word}
    if pairs:
        options["map"] = tuple(pairs)
    return options


def down_sentence(down: SourceDownError, spec: SourceSpec, w: Wording) -> str:
    """Why a source cannot be read, with what the other side said."""
    if spec.network == "files" and down.code == "not-understood":
        return w("cli.import.not-understood", path=spec.address, detail=down.detail)
    sentence = w(f"sources.error.{down.code}", source=spec.address or spec.network, detail=down.detail)
    return sentence if down.detail in sentence else f"{sentence} ({down.detail})"

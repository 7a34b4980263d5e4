"""A file as a source, for commands that read one: known again wherever it lies."""

from hashlib import sha256
from pathlib import Path

from vigie.model import SourceSpec

HEAD = 65_536
"""A file is recognised by its size and its first bytes, so that a renamed file is not read twice."""


def file_source(path: Path, options: dict[str, str | int | bool | tuple[str, ...]]) -> SourceSpec:
    """The source that a file is; the same file has the same id, wherever it lies."""
    with path.open("rb") as file:
        mark = sha256(str(path.stat().st_size).encode() + file.read(HEAD)).hexdigest()[:16]
    return SourceSpec(f"import-{mark}", "files", str(path.absolute()), options)

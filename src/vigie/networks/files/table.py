"""Tables: CSV in whatever delimiter and encoding a spreadsheet or a tool wrote it."""

import csv
import io
import zoneinfo
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path

from msgspec import Struct

from vigie.model import Author, Millis, Post
from vigie.model.bounds import FIELD_LIMIT, TEXT_LIMIT, UnreadableError, believable, mended
from vigie.model.loose import unique
from vigie.networks.files.columns import columns_of, is_header
from vigie.networks.files.dates import order_of, read_date
from vigie.networks.files.entry import HEAD, Entry, Event, Layout, NotReadableError, Place, head_of
from vigie.networks.files.identity import made_id

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 200


class Table(Struct, frozen=True):
    """How this table is written, found out once. ``name`` is the file's: it speaks where a row names nobody."""

    encoding: str
    delimiter: str
    header: bool
    columns: dict[str, int]
    zone: tzinfo
    order: str
    layout: Layout
    name: str


def look(path: Path, layout: Layout) -> Table:
    """Finds out how a table is written.

    Raises:
        NotReadableError: ``not-understood``, with the columns that there are.
    """
    head = head_of(path)
    encoding = layout.encoding or encoding_of(head)
    try:
        text = head.decode(encoding, "replace")
        zone = zoneinfo.ZoneInfo(layout.timezone)
    except (LookupError, ValueError, OSError) as error:
        raise NotReadableError("not-understood", str(error)) from error
    delimiter = layout.delimiter or delimiter_of(text)
    rows = _sample(text, delimiter)
    if not rows:
        raise NotReadableError("not-understood", "no row")
    header = is_header(rows[0], layout.columns)
    try:
        columns = columns_of(rows[0], layout.columns)
    except LookupError as missing:
        there = ", ".join(rows[0])[:200]
        raise NotReadableError("not-understood", f"{missing.args[0]}? {there}") from missing
    at = columns.get("date")
    dates = [row[at] for row in rows[1:] if at < len(row)] if at is not None else []
    return Table(encoding, delimiter, header, columns, zone, layout.dates or order_of(dates), layout, path.name)


def entries(path: Path, start: Place, layout: Layout, seen: Millis) -> Iterator[Entry]:
    """The rows from a place on. Rows are counted, not bytes: a quoted cell may hold line ends."""
    table = look(path, layout)
    with path.open("rb") as file:
        # one byte that is not of the encoding spoils its row only, where bytes stand for themselves
        errors = "replace" if table.encoding.startswith("utf-16") else "surrogateescape"
        text = io.TextIOWrapper(file, table.encoding, errors, newline="")
        rows = csv.reader(text, delimiter=table.delimiter)
        number = 0
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                number += 1
                if number > start.number:
                    yield Entry(number, file.tell(), b"", UnreadableError("too-long", str(error)))
                continue
            number += 1
            if number > start.number and any(row) and not (number == 1 and table.header):
                yield Entry(number, file.tell(), _raw(row, table), _event(row, table, seen))


def _event(row: Sequence[str], table: Table, seen: Millis) -> Event | UnreadableError:
    try:
        return _post(row, table, seen)
    except UnreadableError as error:
        return error


def _post(row: Sequence[str], table: Table, seen: Millis) -> Post:
    cells = {field: row[at].strip() for field, at in table.columns.items() if at < len(row)}
    if not all(map(_is_text, cells.values())):
        raise UnreadableError("bad-text", f"not {table.encoding}")
    text = cells.pop("text", "")
    cells = {field: mended(cell[:FIELD_LIMIT]) for field, cell in cells.items()}
    if not text and not cells.get("title"):
        raise UnreadableError("wrong-shape", "text: empty")
    if len(text) > TEXT_LIMIT:
        raise UnreadableError("too-long", f"text: {len(text)} characters, at most {TEXT_LIMIT}")
    created = read_date(cells["date"], table.zone, table.order) if "date" in cells else seen
    if created is None:
        raise UnreadableError("bad-date", cells["date"][:80])
    handle = cells.get("author", "").removeprefix("@")
    network = cells.get("network", "").lower() or table.layout.network or "files"
    lang = (cells.get("lang") or table.layout.lang).replace("_", "-").split("-")[0].lower()
    return Post(
        network=network,
        remote_id=cells.get("id") or cells.get("url") or made_id(network, handle, str(created), text),
        author=Author(
            id=handle or cells.get("name") or table.name,
            handle=handle,
            name=cells.get("name", ""),
            followers=_count(cells.get("followers", "")),
        ),
        text=mended(text),
        created_at=believable(created, seen),
        url=cells.get("url", ""),
        title=cells.get("title", ""),
        langs=(lang,) if lang.isalpha() else (),
        reply_to=cells.get("reply_to", ""),
        tags=unique(tag.lstrip("#") for tag in cells.get("tags", "").replace(",", " ").replace(";", " ").split()),
    )


def _is_text(cell: str) -> bool:
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True


def encoding_of(head: bytes) -> str:
    """UTF-8 or UTF-16 where the bytes say so, else what Windows writes in Western Europe.

    >>> encoding_of("café".encode()), encoding_of("café".encode("cp1252")), encoding_of("x".encode("utf-16"))
    ('utf-8-sig', 'cp1252', 'utf-16')
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    text = head.decode("utf-8", "replace")
    strange = text.rstrip("\ufffd").count("\ufffd") if len(head) == HEAD else text.count("\ufffd")
    beyond_ascii = sum(char > "\x7f" for char in text)
    return "cp1252" if strange * 2 > beyond_ascii else "utf-8-sig"


def delimiter_of(text: str) -> str:
    """The delimiter that cuts most rows into as many cells as the first."""

    def score(delimiter: str) -> tuple[int, int]:
        rows = _sample(text, delimiter)
        width = len(rows[0]) if rows else 0
        return (sum(len(row) == width for row in rows) if width > 1 else 0, width)

    return max(DELIMITERS, key=score)


def _sample(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while len(rows) < SAMPLE_ROWS:
        try:
            row = next(reader)
        except (StopIteration, csv.Error):
            break
        if any(row):
            rows.append(row)
    return rows


def _raw(row: Sequence[str], table: Table) -> bytes:
    return table.delimiter.join(row)[:FIELD_LIMIT].encode(table.encoding, "replace")[:FIELD_LIMIT]


def _count(words: str) -> int | None:
    digits = "".join(char for char in words if not char.isspace() and char not in ".,'\u2019")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= len("1000000000000") else None

"""Following a charter that changes."""

from pathlib import Path

import pytest

from vigie.app.asked import WORTH_KEEPING, Asked
from vigie.model import Author, Post
from vigie.query import Query, parse


def post(text: str) -> Post:
    return Post("rss", "1", Author("a"), text, 0)


def read(**texts: str) -> dict[str, Query]:
    return {id: parse(text, texts) for id, text in texts.items()}


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"a": "bus", "b": "{a} gare", "c": "quai"}, ("a", "b")),
        ({"a": "bus", "b": "{a} gare"}, ("a", "b")),
        ({"a": "tram", "b": "{a} gare", "d": "gare"}, ("d",)),
        ({"d": "gare"}, ("d",)),
    ],
)
def test_only_the_last_charter_counts(texts: dict[str, str], found: tuple[str, ...]) -> None:
    asked = Asked()
    asked.follow(read(a="vélo", b="{a} gare", e="bus"))
    asked.follow(read(**texts))
    assert asked.matcher.match([post("le bus de la gare")]) == [(0, found)]


def test_the_same_charter_again_changes_nothing() -> None:
    asked = Asked()
    asked.follow(read(a="bus", b="{a} gare"))
    before = asked.matcher.segments
    asked.follow(read(a="bus", b="{a} gare"))
    assert asked.matcher.segments is before


def many() -> dict[str, Query]:
    return {f"q{number}": parse(f"mot{number} AND le") for number in range(WORTH_KEEPING)}


def test_what_was_compiled_is_there_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "queries"
    Asked(file).follow(many())
    assert file.stat().st_mode & 0o077 == 0
    asked = Asked(file)
    before = asked.matcher.segments
    asked.follow(many())
    assert asked.matcher.segments is before
    asked.follow(many() | {"q7": parse("le bus"), "new": parse("mot7")})
    assert asked.matcher.match([post("le mot7 du bus")]) == [(0, ("new", "q7"))]


@pytest.mark.parametrize("damaged", [b"", b"\x00" * 100])
def test_a_damaged_file_is_passed_over(tmp_path: Path, damaged: bytes) -> None:
    file = tmp_path / "queries"
    file.write_bytes(damaged)
    asked = Asked(file)
    asked.follow(many())
    assert asked.matcher.match([post("le mot7")]) == [(0, ("q7",))]
    assert len(file.read_bytes()) > 10_000


def test_without_a_place_to_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    asked = Asked(tmp_path / "file" / "queries")
    asked.follow(many())
    assert asked.matcher.match([post("le mot7")]) == [(0, ("q7",))]

"""`vigie query preview` as a person meets it: a real process, a real home folder, a real file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vigie.model import Author, Batch, Post, Sighting
from vigie.networks.files.jsonl import write_line
from vigie.store import open_store

NOON = 1_794_481_200_000
"""2026-11-12T11:00:00Z."""
DAY = 86_400_000


def preview(folder: Path, *words: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("VIGIE_")}
    env |= {"VIGIE_HOME": str(folder / "home"), "VIGIE_LANG": lang, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "vigie", "query", "preview", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A home folder with ten kept posts over two days, and a file of other ones."""
    (tmp_path / "home").mkdir(mode=0o700)
    store = open_store(tmp_path / "home" / "vigie.db", role="listen")
    texts = ["Un café au port"] * 6 + ["Du thé"] * 4
    posts = tuple(Post("bluesky", str(n), Author("lou"), text, NOON - n % 2 * DAY) for n, text in enumerate(texts))
    store.archive.append("x", Batch(posts=posts), [Sighting(one, ("brand",), "match") for one in posts], NOON)
    store.archive.add_to_sample([Post("bluesky", "s", Author("lou"), "un autre café", NOON)], NOON)
    store.close()
    (tmp_path / "old.jsonl").write_bytes(
        b"".join(write_line(Post("rss", str(n), Author("a"), "le café du matin", NOON)) for n in range(3))
    )
    return tmp_path


def test_what_would_have_been_found_day_by_day(folder: Path) -> None:
    ran = preview(folder, "--query", "café")
    assert ran.returncode == 0, ran.stderr
    assert "11 November 2026" in ran.stdout
    assert "12 November 2026" in ran.stdout
    assert ran.stdout.endswith("It would have found 6 posts of 10 read.\n")
    assert "Un café au port" in ran.stdout
    french = preview(folder, "--query", "café", "--sample", lang="fr")
    assert french.stdout.endswith("Elle aurait trouvé 1 message sur 1 lus.\n")


def test_a_file_is_looked_through_and_told_as_json(folder: Path) -> None:
    ran = preview(folder, "--query", "matin", "--file", str(folder / "old.jsonl"), "--format", "json")
    told = json.loads(ran.stdout)
    assert (told["read"], told["matched"], told["whole"]) == (3, 3, True)
    assert told["days"] == [{"day": "2026-11-12", "count": 3}]
    assert told["examples"][0]["spans"] == [{"start": 11, "end": 16}]


def test_mistakes_in_the_call(folder: Path) -> None:
    assert preview(folder, "--query", '"café').returncode == 2
    assert preview(folder).returncode == 2
    ran = preview(folder, "--query", "café", "--file", str(folder / "home" / "vigie.db"))
    assert ran.returncode == 1
    assert "was not read" in ran.stderr

"""`vigie query translate` as a person meets it: a real process."""

import json
import os
import subprocess
import sys
from pathlib import Path


def translate(
    folder: Path, *words: str, lang: str = "en", stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("VIGIE_")}
    env |= {"VIGIE_HOME": str(folder / "home"), "VIGIE_LANG": lang, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "vigie", "query", "translate", *words]
    return subprocess.run(command, env=env, input=stdin, capture_output=True, text=True, check=False, timeout=120)


def test_the_query_on_one_side_the_notes_on_the_other(tmp_path: Path) -> None:
    ran = translate(tmp_path, "--from", "brandwatch", "“air france” NEAR/5f grève\nAND sentiment:negative")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == '"air france" ONEAR/5 grève\n'
    assert ran.stderr.startswith("2:5: “sentiment:negative” is left out")
    assert "finds more than the original" in ran.stderr


def test_it_speaks_french(tmp_path: Path) -> None:
    ran = translate(tmp_path, "--from", "brandwatch", "espresso AND sentiment:negative", lang="fr")
    assert "est laissé de côté" in ran.stderr
    assert "plus que l’originale" in ran.stderr


def test_a_file_and_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "query.txt"
    path.write_text("\ufeffespresso -is:retweet\n", "utf-8")
    for ran in (translate(tmp_path, str(path)), translate(tmp_path, "-", stdin="espresso -is:retweet")):
        assert ran.stdout == "espresso AND NOT is:repost\n"
        assert "Read as a query of X." in ran.stderr


def test_strict_wants_it_exact(tmp_path: Path) -> None:
    assert translate(tmp_path, "--strict", "--from", "x", "espresso -is:retweet").returncode == 0
    assert translate(tmp_path, "--strict", "--from", "x", "espresso min_faves:10").returncode == 1


def test_nothing_left_is_a_failure(tmp_path: Path) -> None:
    ran = translate(tmp_path, "--from", "x", "sample:10")
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert "Nothing of this query can be carried over." in ran.stderr


def test_as_json(tmp_path: Path) -> None:
    pasted = "espresso\nAND title:hausse"
    ran = translate(tmp_path, "--from", "talkwalker", "--format", "json", pasted)
    found = json.loads(ran.stdout)
    assert (found["vendor"], found["query"], found["faithful"], found["ready"]) == (
        "talkwalker",
        "espresso AND hausse",
        False,
        True,
    )
    (note,) = found["notes"]
    assert pasted[note["start"] : note["end"]] == note["part"] == "title:hausse"
    assert (note["line"], note["column"], note["effect"], note["becomes"]) == (2, 5, "wider", "hausse")


def test_what_cannot_be_read_is_shown_at_its_place(tmp_path: Path) -> None:
    ran = translate(tmp_path, "--from", "meltwater", "(espresso or tea")
    assert ran.returncode == 2
    assert ran.stderr.split("\n")[:2] == ["(espresso or tea", "^"]


def test_a_call_that_is_wrong(tmp_path: Path) -> None:
    unknown = translate(tmp_path, "--from", "sprinklr", "espresso")
    assert unknown.returncode == 2
    assert "brandwatch" in unknown.stderr
    assert translate(tmp_path).returncode == 2

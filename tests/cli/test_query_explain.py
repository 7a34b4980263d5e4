"""`vigie query explain` as a person meets it: a real process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

APART = "La grève continue : treize mots plus loin on lit enfin que la compagnie aérienne bien connue Air France"
POST = {"network": "rss", "remote_id": "1", "author": {"id": "a"}, "text": "au port", "created_at": 0, "langs": ["fr"]}


def explain(folder: Path, *words: str, lang: str = "en", stdin: str = "") -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("VIGIE_")}
    env |= {"VIGIE_HOME": str(folder / "home"), "VIGIE_LANG": lang, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "vigie", "query", "explain", *words]
    return subprocess.run(command, env=env, input=stdin, capture_output=True, text=True, check=False, timeout=120)


def test_the_fewest_conditions_that_were_missed_in_both_languages(tmp_path: Path) -> None:
    question = ("--query", 'grève NEAR/8 "Air France" (bus OR train)', "--text", APART)
    ran = explain(tmp_path, *question)
    assert ran.returncode == 0, ran.stderr
    first, far, bus, *_ = ran.stdout.splitlines()
    assert first == "The query does not find this post: 2 conditions are not met."
    assert far == "  “grève” is there, “Air France” is 14 words away; NEAR/8 asks for 8 at most."
    assert bus == "  “bus” is not in the post. train would have done as well."
    french = explain(tmp_path, *question, lang="fr").stdout.replace("\u00a0", " ").replace("\u202f", " ")
    assert "« grève » y est, « Air France » est à 14 mots de là ; NEAR/8 en demande 8 au plus." in french


def test_a_match_condition_by_condition(tmp_path: Path) -> None:
    ran = explain(tmp_path, "--query", "port NOT (bus OR train)", "--text", "au port")
    assert [line.strip() for line in ran.stdout.splitlines()] == [
        "The query finds this post.",
        "au port",
        "✓ All of these",
        "✓ port",
        "✓ None of these",
        "✓ bus",
        "✓ train",
    ]


def test_one_object_for_programs(tmp_path: Path) -> None:
    said = json.loads(explain(tmp_path, "--query", "bateau", "--text", "au port", "--format", "json").stdout)
    assert not said["matches"]
    assert said["misses"][0]["code"] == "why.miss.absent"
    assert said["misses"][0]["message"] == "“bateau” is not in the post."


@pytest.mark.parametrize("line", [json.dumps({"post": POST, "queries": []}) + "\nmore", json.dumps(POST), "au port"])
def test_a_post_on_standard_input(tmp_path: Path, line: str) -> None:
    ran = explain(tmp_path, "--query", "port", "-", stdin=line)
    assert "The query finds this post." in ran.stdout, ran.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--text", "a"), "either --query or --name"),
        (("--query", "a", "--name", "b", "--text", "a"), "either --query or --name"),
        (("--query", "a"), "either --post, --text, or -"),
        (("--query", "a", "--text", "a", "-"), "either --post, --text, or -"),
        (("--name", "brand", "--text", "a"), "There is no charter"),
        (("--query", '"a', "--text", "a"), "^"),
        (("--query", "a", "-"), "is not a post"),
    ],
)
def test_a_call_that_is_wrong_says_so(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    ran = explain(tmp_path, *words, stdin='{"text": 1}')
    assert ran.returncode == 2, ran.stdout
    assert said in ran.stderr


def test_a_post_that_is_not_kept(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "vigie", "init"],
        env=os.environ | {"VIGIE_HOME": str(tmp_path / "home")},
        capture_output=True,
        check=True,
        timeout=120,
    )
    ran = explain(tmp_path, "--query", "a", "--post", "https://nowhere.example/1")
    assert ran.returncode == 1
    assert "Vigie does not keep the post at this address." in ran.stderr

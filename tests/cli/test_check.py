"""`vigie check` as a person and a build server meet it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from vigie.cli import build

Check = Callable[..., Result]

LOUD = "Ravis de vous annoncer notre offre : achetez vite"
CHARTER = """\
charter: 1
company: {name: Brûlerie du Port, languages: [fr], timezone: Europe/Paris}
channels: [{id: bsky, network: bluesky, account: brulerie.example}]
rules:
  - id: no-guarantee
    was: [guarantee]
    match: '"garanti à vie"'
    severity: block
    why: On ne promet que ce que l'on tient.
    suggest: Dites ce que vous ferez si cela casse.
    bad: [Nos moulins sont garantis à vie et garanti à vie.]
    good: [On le remplace.]
"""
POST = """\
---
channel: bsky
when: 2026-12-01T10:00
media:
  - alt: Deux tasses sur un comptoir
---
Le café 👩🏽‍🍳 est garanti à vie.
Lisez https://port.example/a?utm_source=x&b=1 #bonneannee
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Words of checks take a second to read: once for all these tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where somebody works: a charter and a post that it stops."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "charter.yaml").write_text(CHARTER, "utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "moulin.md").write_text(POST, "utf-8")
    return tmp_path


@pytest.fixture
def check(folder: Path, cache: Path) -> Check:
    """The command, in this process."""
    app = build("check")

    def run(*words: str, lang: str = "en", **options: Any) -> Result:
        env = {"VIGIE_HOME": str(folder / "none"), "VIGIE_LANG": lang, "XDG_CACHE_HOME": str(cache), "COLUMNS": "200"}
        return CliRunner().invoke(app, ["check", *words], env=env, **options)

    return run


def test_words_are_told_what_is_wrong_with_them(check: Check) -> None:
    ran = check(LOUD, "--language", "fr")
    assert ran.exit_code == 0
    assert "to look at  Press-release tone (corporate)" in ran.stdout
    assert f"    {LOUD}\n    ^^^^^         ^^^^^^^^\n" in ran.stdout
    assert ran.stdout.endswith("findings.\n")
    assert check(LOUD, "--language", "fr", "--strict").exit_code == 1
    french = check("On remplace le moulin s'il casse.", lang="fr")
    assert (french.exit_code, french.stdout) == (0, "Un message, rien à redire.\n")


def test_a_file_is_stopped_by_the_house_s_rule_with_its_line(check: Check) -> None:
    ran = check("posts", "--charter", "charter.yaml")
    assert ran.exit_code == 1
    assert "posts/moulin.md:7:18: stops  no-guarantee (no-guarantee)\n" in ran.stdout
    assert "On ne promet que ce que l'on tient.\n" in ran.stdout
    assert "Dites ce que vous ferez si cela casse.\n" in ran.stdout
    assert "Write: #BonneAnnee" in ran.stdout
    assert ran.stdout.splitlines()[-1].endswith("one stops.")
    mild = check("posts", "--charter", "charter.yaml", "--severity", "block")
    assert "links" not in mild.stdout


def test_standard_input_is_read_as_markdown(check: Check) -> None:
    ran = check("-", "--format", "json", input=POST)
    told = json.loads(ran.stdout)
    (draft,) = told["files"][0]["drafts"]
    assert (draft["channel"], draft["line"], draft["text"].split()[0]) == ("bsky", 7, "Le")
    assert {one["rule"] for one in draft["findings"]} >= {"links", "accessibility"}


def test_safe_fixes_are_written_in_place(check: Check, folder: Path) -> None:
    file = folder / "posts" / "moulin.md"
    file.write_bytes(b"\xef\xbb\xbf" + POST.replace("\n", "\r\n").encode())
    file.chmod(0o640)
    ran = check("posts", "--fix")
    assert ran.stderr.splitlines() == [
        "posts/moulin.md: 2 findings mended.",
        "    - Lisez https://port.example/a?utm_source=x&b=1 #bonneannee",
        "    + Lisez https://port.example/a?b=1 #BonneAnnee",
    ]
    wanted = POST.replace("?utm_source=x&b=1", "?b=1").replace("#bonneannee", "#BonneAnnee").replace("\n", "\r\n")
    assert file.read_bytes() == b"\xef\xbb\xbf" + wanted.encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in file.parent.iterdir()] == ["moulin.md"]
    assert check("posts", "--fix").stderr == ""


def test_words_given_by_hand_come_back_mended(check: Check) -> None:
    ran = check("Voir https://port.example/a?utm_source=x", "--fix")
    assert ran.stdout == "Voir https://port.example/a\n"
    assert ran.stderr == "One post, nothing to say.\n"


def test_what_a_baseline_knows_is_silent_until_its_words_change(check: Check, folder: Path) -> None:
    charter = ("--charter", "charter.yaml", "--baseline", "known.json")
    assert check("posts", *charter, "--write-baseline").exit_code == 0
    silent = check("posts", *charter)
    assert silent.exit_code == 0
    assert re.fullmatch(r"One post, nothing to say, \d known from before.\n", silent.stdout)
    file = folder / "posts" / "moulin.md"
    file.write_text(POST.replace("Le café", "Bonjour.\n\nLe café") + "Le moulin aussi est garanti à vie.\n", "utf-8")
    again = check("posts", *charter)
    assert again.exit_code == 1
    assert "moulin.md:9:" in again.stdout  # both places of the rule make one finding: its words are no longer the same


def test_what_is_let_pass_in_a_draft_is_told_and_ends_by_itself(check: Check, folder: Path) -> None:
    file = folder / "posts" / "moulin.md"
    comment = "<!-- vigie-allow guarantee until {day}: la presse le cite -->\n"
    file.write_text(POST + comment.format(day="2999-12-31"), "utf-8")
    ran = check("posts", "--charter", "charter.yaml")
    assert ran.exit_code == 0
    assert "Let pass: la presse le cite\n" in ran.stdout
    assert ran.stdout.endswith("one let pass.\n")
    file.write_text(POST + comment.format(day="2020-12-31"), "utf-8")
    assert check("posts", "--charter", "charter.yaml").exit_code == 1


def test_what_cannot_be_read_is_told_at_its_place(check: Check, folder: Path) -> None:
    (folder / "posts" / "a.md").write_text("---\nnetwrok: bluesky\nwhen: demain\n---\nBonjour\n", "utf-8")
    (folder / "posts" / "b.md").write_bytes(b"Le caf\xe9\n")
    (folder / "posts" / "c.csv").write_text('texte,quand\n"Bonjour,2026\n', "utf-8")
    ran = check("posts", "nowhere.md")
    assert ran.exit_code == 2
    assert ran.stderr.splitlines() == [
        "posts/a.md:2:1: The key “netwrok” does not exist here. Correct it or take it out.",
        "    network",
        "posts/a.md:3:7: “demain” is not a date and a time. Write for instance 2026-11-13T23:30.",
        "posts/b.md:1:7: This character is not UTF-8. Save the file again with the encoding UTF-8.",
        "posts/c.csv:2:1: These quotation marks are never closed. Close them, and double those inside the cell.",
        "There is no file nowhere.md. Correct its name.",
    ]
    assert "posts/moulin.md:8:7" in ran.stdout  # the others are told all the same


def test_mistakes_in_the_call(check: Check, folder: Path) -> None:
    (folder / "wrong.yaml").write_text("charter: 2\n", "utf-8")
    for words in (
        (),
        ("Bonjour", "--format", "xml"),
        ("Bonjour", "--write-baseline"),
        ("Bonjour", "--charter", "wrong.yaml"),
        ("Bonjour", "--charter", "none.yaml"),
        ("Bonjour", "--charter", "charter.yaml", "--channel", "bluesky"),
        ("Bonjour", "--baseline", "charter.yaml"),
        ("--explain", "coporate"),
    ):
        ran = check(*words)
        assert ran.exit_code == 2, words
        assert ran.stderr.strip(), words


def test_a_check_and_a_rule_explain_themselves(check: Check) -> None:
    ran = check("--explain", "corporate", lang="fr")
    assert ran.exit_code == 0
    assert ran.stdout.startswith("Ton de communiqué (corporate)\n")
    assert "  severity: -\n" in ran.stdout
    rule = check("--explain", "guarantee", "--charter", "charter.yaml")
    assert rule.stdout.startswith("no-guarantee  stops\nOn ne promet que ce que l'on tient.\n")
    assert "Not like this\n  Nos moulins sont garantis à vie et garanti à vie.\n" in rule.stdout


@pytest.mark.parametrize(
    "text",
    ["", "☕" * 500, "a\u202eb\u2066c", "g\u200baranti", "\ud800 oui", "x" * 1_000_000, "<!--" * 1000],
    ids=["nothing", "only emoji", "bidi", "zero-width", "lone surrogate", "a million", "comments never closed"],
)
def test_whatever_is_written_is_answered(check: Check, text: str) -> None:
    for form in ("text", "json", "sarif", "github", "junit"):
        ran = check("-" if text == "" else text, "--format", form, input="")
        assert ran.exit_code in (0, 1), ran.exception
        assert "\u202e" not in ran.stdout or form in ("json", "sarif")


def test_a_cold_call_brings_neither_the_matcher_s_compiler_nor_the_web(cache: Path, tmp_path: Path) -> None:
    env = os.environ | {"VIGIE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(cache), "VIGIE_LANG": "fr"}
    script = (
        "import sys; sys.argv = ['vigie', 'check', 'Bonjour à tous']\n"
        "import vigie.cli, atexit\n"
        "atexit.register(lambda: print({'numba', 'litestar', 'sqlalchemy', 'httpx'} & set(sys.modules)))\n"
        "vigie.cli.main()"
    )
    ran = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["Un message, rien à redire.", "set()"]

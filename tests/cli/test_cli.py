"""The command line as a person meets it: a real process, a real home folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vigie.cli import command_files, summary


def vigie(home: Path, *words: str, lang: str = "en", stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("VIGIE_")}
    env |= {"VIGIE_HOME": str(home), "VIGIE_LANG": lang, "COLUMNS": "200"}
    command = [sys.executable, "-m", "vigie", *words]
    return subprocess.run(command, env=env, input=stdin, capture_output=True, text=True, check=False, timeout=120)


def test_help_lists_every_command_with_its_summary(tmp_path: Path) -> None:
    shown = vigie(tmp_path, "--help")
    assert shown.returncode == 0
    for name, path in command_files().items():
        assert name in shown.stdout
        assert summary(path)


@pytest.mark.parametrize("name", sorted(command_files()))
def test_each_command_has_help(tmp_path: Path, name: str) -> None:
    shown = vigie(tmp_path, name, "--help")
    assert shown.returncode == 0, shown.stderr
    assert "Usage" in shown.stdout


def test_a_misspelt_setting_is_told(tmp_path: Path) -> None:
    env = os.environ | {"VIGIE_HOMME": "x", "VIGIE_LANG": "fr"}
    ran = subprocess.run(
        [sys.executable, "-m", "vigie", "doctor"], env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "VIGIE_HOMME" in ran.stderr
    assert "VIGIE_HOME" in ran.stderr


def test_init_says_the_password_once(tmp_path: Path) -> None:
    first, again = vigie(tmp_path / "h", "init"), vigie(tmp_path / "h", "init")
    assert first.returncode == again.returncode == 0, first.stderr
    assert "Password" in first.stdout
    assert "Password" not in again.stdout
    assert (tmp_path / "h" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_demo_does_not_go_into_a_house_of_its_own(tmp_path: Path) -> None:
    home = tmp_path / "h"
    assert vigie(home, "init").returncode == 0
    (home / "charter.yaml").write_text(CHARTER, "utf-8")
    refused = vigie(home, "init", "--demo", lang="fr")
    assert refused.returncode == 1
    assert "n’y a pas été ajoutée" in refused.stderr
    assert (home / "charter.yaml").read_text("utf-8") == CHARTER


def test_charter_check_says_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "charter.yaml"
    path.write_text(CHARTER.replace('"maison bleue"', "a*"), "utf-8")
    ran = vigie(tmp_path, "charter", "check", str(path))
    assert ran.returncode == 1
    assert f"{path}:5:" in ran.stderr


def test_charter_check_reads_standard_input(tmp_path: Path) -> None:
    assert vigie(tmp_path, "charter", "check", "-", stdin=CHARTER).returncode == 0


def test_doctor_knows_a_new_house(tmp_path: Path) -> None:
    vigie(tmp_path / "h", "init")
    ran = vigie(tmp_path / "h", "doctor", lang="fr")
    assert "charte" in ran.stdout
    assert "intègre" in ran.stdout


def test_a_backup_is_made_and_named(tmp_path: Path) -> None:
    home = tmp_path / "h"
    vigie(home, "init")
    ran = vigie(home, "backup")
    assert ran.returncode == 0, ran.stderr
    assert list((home / "backups").iterdir())


def test_watch_shows_where_a_query_is_wrong(tmp_path: Path) -> None:
    ran = vigie(tmp_path, "watch", '"maison', "--source", "bluesky")
    assert ran.returncode == 2
    assert "^" in ran.stderr


def test_reset_gives_a_new_password(tmp_path: Path) -> None:
    vigie(tmp_path / "h", "init")
    assert "password" in vigie(tmp_path / "h", "account", "reset", "owner").stdout
    assert vigie(tmp_path / "h", "account", "reset", "nobody").returncode == 2


CHARTER = """\
charter: 1
company: {name: Maison Bleue, languages: [fr], timezone: Europe/Paris}
why: Être utile.
queries:
  - {id: brand, purpose: know what is said of us, match: '"maison bleue"'}
people:
  - {id: owner, name: Nous, roles: [owner]}
"""

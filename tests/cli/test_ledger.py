"""`vigie ledger`: given out, verified anywhere, and where it was touched."""

from pathlib import Path

import pytest

from cli.test_cli import vigie


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("ledger") / "home"
    assert vigie(home, "init").returncode == 0
    return home


@pytest.fixture
def exported(house: Path, tmp_path: Path) -> Path:
    file = tmp_path / "ledger.jsonl"
    done = vigie(house, "ledger", "export", str(file))
    assert done.returncode == 0, done.stderr
    return file


def test_what_was_given_out_holds_without_a_home_and_under_the_house_s_key(house: Path, exported: Path) -> None:
    key = vigie(house, "ledger", "key").stdout.strip()
    nowhere = exported.parent / "nowhere"
    done = vigie(nowhere, "ledger", "verify", str(exported), "--key", key, lang="fr")
    assert done.returncode == 0, done.stderr
    assert "Le registre tient" in done.stdout
    assert not nowhere.exists()
    assert vigie(house, "ledger", "export", "-").stdout == exported.read_text("utf-8")


def test_a_touched_ledger_is_told_with_its_entry(house: Path, exported: Path) -> None:
    exported.write_text(exported.read_text("utf-8").replace('"verb":"', '"verb":"not-', 1), "utf-8")
    done = vigie(house, "ledger", "verify", str(exported))
    assert done.returncode == 1
    assert "entry 1 was changed" in done.stderr


def test_another_house_s_ledger_is_a_stranger(house: Path, exported: Path) -> None:
    done = vigie(house, "ledger", "verify", str(exported), "--key", "00" * 32)
    assert done.returncode == 1
    assert "another key" in done.stderr


def test_a_file_that_is_not_there(house: Path, tmp_path: Path) -> None:
    done = vigie(house, "ledger", "verify", str(tmp_path / "no.jsonl"))
    assert done.returncode == 2
    assert "no.jsonl" in done.stderr

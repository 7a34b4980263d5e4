"""`vigie notify`: where people and programs are told."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from vigie.app.opened import opened
from vigie.cli import build
from vigie.settings import Settings

CHARTER = """charter: 1
company: {name: Brûlerie du Port, languages: [fr, en], timezone: Europe/Paris}
people: [{id: maelle, name: Maëlle Kerbrat, roles: [owner]}]
webhooks: [{id: pager, url: "http://127.0.0.1:9/vigie"}]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "charter.yaml").write_text(CHARTER, "utf-8")
    monkeypatch.setenv("VIGIE_HOME", str(folder))
    monkeypatch.setenv("VIGIE_LANG", "en")
    return folder


def vigie(*words: str, given: str = "") -> tuple[int, str]:
    ran = CliRunner().invoke(build("notify"), ["notify", *words], input=given)
    return ran.exit_code, " ".join(ran.output.split())


def test_a_secret_is_made_once_and_renewed_when_asked(home: Path) -> None:
    first, again, renewed = vigie("secret", "pager"), vigie("secret", "pager"), vigie("secret", "pager", "--renew")
    assert first == again
    assert first[0] == renewed[0] == 0
    assert first[1].startswith("whsec_")
    assert renewed[1] != first[1]


def test_a_webhook_that_is_not_there_is_said_with_those_that_are(home: Path) -> None:
    status, said = vigie("secret", "pagr")
    assert status == 2
    assert "pager" in said


def test_an_address_is_tried_for_sense_and_kept_encrypted(home: Path) -> None:
    assert vigie("chat", "maelle", given="maelle@phone\n")[0] == 2
    status, said = vigie("chat", "maelle", given="ntfy://ntfy.example/secret-room\n")
    assert status == 0
    assert "secret-room" not in said
    assert not any(b"secret-room" in path.read_bytes() for path in home.rglob("*") if path.is_file())
    with opened(Settings(home=home), "cli") as house:
        assert house.vault.get("person:maelle:chat") == "ntfy://ntfy.example/secret-room"
    assert vigie("chat", "maelle", "--drop")[0] == 0
    with opened(Settings(home=home), "cli") as house:
        assert house.vault.get("person:maelle:chat") == ""


def test_a_test_says_what_arrived_and_what_did_not(home: Path) -> None:
    vigie("secret", "pager")
    status, said = vigie("test", "maelle")
    assert status == 1  # the webhook's address is of this machine, and was not allowed
    assert "Page: delivered." in said
    assert "Webhook: not delivered. private-address" in said


def test_nobody_is_told_who_is_not_of_the_house(home: Path) -> None:
    assert vigie("test", "nobody")[0] == 2

"""`vigie pause`, `release`, `drill`, `publication`, `channel`: from a terminal, whether Vigie runs or not."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.sending import CHARTER, NOON
from vigie.app.clock import now
from vigie.cli import build
from vigie.model import Act, Outgoing, Piece, Publication
from vigie.store import open_store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "charter.yaml").write_text(CHARTER, "utf-8")
    return home


def vigie(home: Path, *args: str, lang: str = "en") -> Result:
    """The command in this process: what it does is the same, and it need not be started."""
    return CliRunner().invoke(build(args[0]), args, env={"VIGIE_HOME": str(home), "VIGIE_LANG": lang})


def schedule(home: Path, *texts: str) -> list[int]:
    """Posts due in a year: nobody sends them."""
    store = open_store(home / "vigie.db", role="cli")
    made = [
        Publication(
            id=0,
            revision=0,
            draft=1,
            version=1,
            channel="bsky",
            network="bluesky",
            outgoing=Outgoing((Piece(text),), "fr"),
            due=now() + 365 * 86_400_000,
            wall="2027-11-12T14:02",
            zone="Europe/Paris",
            scheduled_by="yanis",
            scheduled_at=NOON,
            charter="",
        )
        for text in texts
    ]
    stored = store.publications.schedule(made, Act(NOON, "yanis", "publication.scheduled", "publication"))
    store.close()
    return [one.id for one in stored]


def states(home: Path) -> dict[int, str]:
    store = open_store(home / "vigie.db", role="cli")
    found = {one.id: one.state for one in store.publications.between(0, 2**53)}
    store.close()
    return found


def test_everything_is_held_and_two_people_let_it_go(home: Path, tmp_path: Path):
    one, other, third = schedule(home, "Un", "Deux", "Trois")
    done = vigie(home, "pause", "--all", "--reason", "Alerte rouge", "--as", "maelle", lang="fr")
    assert done.exit_code == 0, done.stderr
    assert "3 publications sont retenues. Rien n’est supprimé." in done.stdout
    assert "Plus rien ne part" in done.stdout

    shown = vigie(home, "release", lang="fr").stdout
    assert "Alerte rouge" in shown
    assert "Trois" in shown

    choices = tmp_path / "choices.json"
    fates = [
        {"publication": one, "fate": "send"},
        {"publication": other, "fate": "reschedule", "wall": "2028-03-26T02:30"},
        {"publication": third, "fate": "drop"},
    ]
    choices.write_text(json.dumps(fates[:2]), "utf-8")
    undecided = vigie(home, "release", "--choices", str(choices), "--as", "maelle")
    assert (undecided.exit_code, f": {third}." in undecided.stderr) == (1, True)
    choices.write_text(json.dumps(fates), "utf-8")
    assert "until a second person agrees" in vigie(home, "release", "--choices", str(choices), "--as", "maelle").stdout
    alone = vigie(home, "release", "--agree", "--as", "maelle")
    assert (alone.exit_code, "does not agree too" in alone.stderr) == (1, True)
    released = vigie(home, "release", "--agree", "--as", "yanis")
    assert released.exit_code == 0, released.stderr
    assert states(home) == {one: "scheduled", other: "scheduled", third: "dropped"}
    assert vigie(home, "release").exit_code == 2


def test_one_channel_and_mistakes_in_the_call(home: Path):
    schedule(home, "Un")
    assert vigie(home, "pause").exit_code == 2
    assert vigie(home, "pause", "--all", "--channel", "bsky").exit_code == 2
    unknown = vigie(home, "pause", "--channel", "bluesky")
    assert (unknown.exit_code, "It has: bsky, masto" in unknown.stderr) == (2, True)
    assert vigie(home, "pause", "--all", "--as", "nobody").exit_code == 2
    assert "1 publication is held" in vigie(home, "pause", "--channel", "bsky").stdout


def test_a_broken_charter_does_not_stop_the_order_to_stop(home: Path):
    schedule(home, "Un")
    (home / "charter.yaml").write_text(CHARTER + "nonsense: [", "utf-8")
    done = vigie(home, "pause", "--all")
    assert (done.exit_code, "1 publication is held" in done.stdout) == (0, True)


def test_a_drill_prints_its_time_and_keeps_it(home: Path):
    done = vigie(home, "drill", "--posts", "30", "--as", "yanis")
    assert done.exit_code == 0, done.output
    assert "0 went out after the order was acknowledged" in done.stdout
    assert states(home) == {}


def test_the_queue_and_one_publication(home: Path):
    number, other = schedule(home, "Un café au port", "Deux")
    assert "2 publications" in vigie(home, "publication", "list").stdout
    assert vigie(home, "publication", "list", "--state", "gone").exit_code == 2
    shown = vigie(home, "publication", "show", str(number)).stdout
    assert "Un café au port" in shown
    assert "publication.scheduled" in shown
    assert vigie(home, "publication", "drop", str(other), "--as", "yanis").exit_code == 0
    assert states(home)[other] == "dropped"
    refused = vigie(home, "publication", "recall", str(number), "--reason", "faux", "--as", "maelle")
    assert (refused.exit_code, "nothing of it can be taken back" in refused.stderr) == (1, True)
    assert vigie(home, "publication", "show", "99").exit_code == 2


def test_channels_and_what_is_not_connected(home: Path):
    listed = vigie(home, "channel", "list").stdout
    assert "bsky  bluesky @brulerie.example  not connected" in listed
    assert vigie(home, "channel", "check", "nothing").exit_code == 2
    refused = vigie(home, "channel", "check", "bsky")
    assert (refused.exit_code, "not-connected" in refused.stderr) == (1, True)
    assert vigie(home, "channel", "disconnect", "bsky", "--as", "maelle").exit_code == 2

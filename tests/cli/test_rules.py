"""`vigie rules report`: the three forms, and the refusals."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.test_cli import vigie
from vigie.app.clock import now
from vigie.model import Act, Author, Batch, Content, Decision, Post, Raised, Sighting
from vigie.store import open_store


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo house, where four people said no to one of its rules."""
    home = tmp_path_factory.mktemp("rules") / "home"
    assert vigie(home, "init", "--demo").returncode == 0
    store = open_store(home / "vigie.db", role="test")
    for verdict in ("dismissed", "dismissed", "dismissed", "accepted"):
        at = now()
        act = Act(at=at, who="ines", verb="draft.begun", what="draft")
        id = store.drafts.begin(Content(text="gravelot"), "ines", at, act).id
        store.drafts.raise_findings([Raised(id, "voisins", "mark", "warn", trial=False, at=at)])
        made = Decision(id, "voisins", "mark", verdict, "ines", "le nom du concours", at)
        store.drafts.decide(made, Act(at=at, who="ines", verb=f"finding.{verdict}", what=f"draft:{id}"))
    store.close()
    return home


def test_it_says_who_said_no_and_what_to_look_at_again(house: Path) -> None:
    done = vigie(house, "rules", "report", lang="fr")
    assert done.returncode == 0, done.stderr
    said = done.stdout.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    assert "4 brouillons avec un constat" in said
    assert "voisins, Inès Abgrall écarte : le nom du concours" in said
    assert "voisins : 3 constats écartés sur 4." in said
    assert "garantie" in said


def test_for_programs(house: Path) -> None:
    done = vigie(house, "rules", "report", "--format", "json", "--since", "7d")
    lines = {one["id"]: one for one in json.loads(done.stdout)["lines"]}
    assert (lines["voisins"]["fired"], lines["voisins"]["dismissed"], lines["voisins"]["advice"]) == (4, 3, "dismissed")
    assert lines["secrets"]["fired"] == 0


def test_for_spreadsheets(house: Path) -> None:
    done = vigie(house, "rules", "report", "--format", "csv")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert (rows["voisins"]["kind"], rows["voisins"]["dismissed"], rows["voisins"]["unanswered"]) == ("rule", "3", "0")
    assert rows["voisins"]["last_at"].endswith("+00:00")


def test_a_moment_that_is_none(house: Path) -> None:
    done = vigie(house, "rules", "report", "--since", "naguère")
    assert done.returncode == 2
    assert "naguère" in done.stderr


def test_a_charter_to_be_is_replayed_on_what_was_published(house: Path, tmp_path: Path) -> None:
    publish(house, "Un moulin garanti à vie.", "Le Huila sent la mandarine.")
    done = vigie(house, "rules", "replay", "garantie", lang="fr")
    assert done.returncode == 0, done.stderr
    assert "garantie : 1 bloquées, 0 signalées" in done.stdout.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Un moulin garanti à vie." in done.stdout
    wished = tmp_path / "tomorrow.yaml"
    text = (house / "charter.yaml").read_text("utf-8")
    wished.write_text(text.replace("severity: block", "severity: warn"), "utf-8")
    milder = json.loads(vigie(house, "rules", "replay", "--charter", str(wished), "--format", "json").stdout)
    assert (milder["read"], milder["rules"]["garantie"]["stopped"], milder["rules"]["garantie"]["told"]) == (2, 0, 1)


def test_a_rule_that_there_is_not(house: Path) -> None:
    done = vigie(house, "rules", "replay", "zorglub")
    assert done.returncode == 2
    assert "zorglub" in done.stderr


def publish(home: Path, *texts: str) -> None:
    """Posts of the house's Bluesky channel, of this hour."""
    store, at = open_store(home / "vigie.db", role="test"), now()
    nous = Author("demo:bluesky:brulerie", "brulerie.example")
    posts = [Post("bluesky", f"at://nous/{n}", nous, text, at - n, langs=("fr",)) for n, text in enumerate(texts)]
    store.archive.append("demo", Batch(posts=tuple(posts), cursor="1"), [Sighting(one, (), "own") for one in posts], at)
    store.close()

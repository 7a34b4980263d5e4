"""Rules by API: how each does, its text, a text tried, a year replayed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vigie.model import Author
from web.api.conftest import Program, problem
from web.charter.test_charter_page import RULES, fires
from web.served import MovableClock, Site, serving


@pytest.fixture
def site(tmp_path: Path, clock: MovableClock) -> Iterator[Site]:
    with serving(tmp_path / "home", charter=RULES, clock=clock) as site:
        yield site


def test_the_list_and_one_of_them(site: Site, program: Program) -> None:
    fires(site, "garantie", "dismissed", "accepted", "")
    api = program()
    found = api.get("/rules").json()
    assert found["drafts"] == 3
    first = found["items"][0]
    assert (first["id"], first["kind"], first["severity"], first["status"]) == ("garantie", "rule", "block", "active")
    assert first["answers"] | {"last": ""} == {
        "fired": 3, "accepted": 1, "dismissed": 1, "suppressed": 0, "unanswered": 1, "drafts": 3, "last": "",
    }  # fmt: skip
    one = api.get("/rules/garantie").json()
    assert one["why"] == "A grinder breaks in the end."
    assert one["text"]["bad"][:2] == ["Garantis à vie.", "Un moulin garanti à vie"]
    assert [said["why"] for said in one["reasons"]] == ["C'est une citation"]
    assert api.get("/rules/corporate").json()["text"] is None
    assert api.get("/rules", params={"since": "2026-11-13T00:00:00Z"}).json()["items"][0]["answers"]["fired"] == 0
    problem(api.get("/rules/zorglub"), 404, "not-found")
    problem(api.get("/rules", params={"since": "naguère"}), 400, "invalid-parameter")


def test_readers_are_not_told_who_said_no(site: Site, program: Program) -> None:
    fires(site, "garantie", "dismissed")
    one = program("ines").get("/rules/garantie").json()
    assert one["state"]["answers"]["dismissed"] == 1
    assert one["reasons"] == []


def test_a_text_is_tried(program: Program) -> None:
    api = program()
    tried = api.post("/rules/-/try", json={"text": "Un moulin garanti à vie", "channel": "bsky"}).json()
    assert tried["stops"]
    stopping = next(one for one in tried["items"] if one["rule"] == "garantie")
    assert stopping["says"] == "A grinder breaks in the end."
    assert stopping["places"] == [{"start": 10, "end": 23}]
    problem(api.post("/rules/-/try", json={"text": "x", "channel": "zorglub"}), 422, "invalid-body")


def test_a_year_is_replayed(site: Site, program: Program) -> None:
    site.hear("Un moulin garanti à vie", "Le café est là", queries=(), author=Author("did:plc:nous"))
    found = program("ines").get("/rules/-/replay").json()
    assert (found["read"], found["stopped"], found["whole"]) == (2, 1, True)
    assert found["items"][0]["rule"] == "garantie"
    assert len(found["items"][0]["posts"]) == 1

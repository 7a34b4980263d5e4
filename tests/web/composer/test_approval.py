"""Asking, answering and scheduling on pages without script, and the same through the API."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import httpx
import pytest

from vigie.desk.when import wall_of
from vigie.model import Remark, Span
from web.api.conftest import problem
from web.api.conftest import program as program  # noqa: PLC0414 - a fixture of the API's tests
from web.composer.charter import APPROVED
from web.composer.ways import TEXT, Ways

OWN_WORDS = "Vous avez écrit une partie de ce texte\u00a0: une autre personne le valide."
GOOD = {"text": TEXT, "channels": ["bsky"], "objective": "meet"}


@pytest.fixture
def ways(site) -> Ways:
    site.write_charter(APPROVED)
    return Ways(site.house)


@pytest.fixture
def people(site, ways) -> Iterator[dict[str, httpx.Client]]:
    with ExitStack() as stack:
        yield {who: stack.enter_context(closing(site.log_in(who))) for who in ("yanis", "ines", "maelle")}


def revision(ways: Ways, id: int) -> str:
    saved = ways.house.drafts.get(id)
    assert saved
    return str(saved.revision)


def test_from_a_draft_to_the_queue(ways, people):
    fields = {"text": TEXT, "on:bsky": "1", "objective": "meet", "do": "ask"}
    assert people["yanis"].post("/drafts/new", data=fields).headers["location"] == "/drafts/1?done=composer.done.asked"
    mine = people["yanis"].get("/drafts/1").text
    assert "Attend une réponse\u00a0: Inès Abgrall et Maëlle Kerbrat." in mine
    assert 'aria-disabled="true" aria-describedby="why-not"' in mine

    asked = {
        "revision": revision(ways, 1),
        "do": "changes",
        "words:0": "À quelle heure ?",
        "quote:0": "samedi",
        "at:0": "",
    }
    assert people["ines"].post("/drafts/1/answer", data=asked).status_code == 303
    back = people["yanis"].get("/drafts/1").text
    assert "Inès Abgrall demande" in back
    assert '<span class="find" data-s="ask" data-n="A">samedi</span>' in back

    fields |= {"text": TEXT.replace("samedi", "samedi à dix heures"), "revision": revision(ways, 1)}
    assert people["yanis"].post("/drafts/1", data=fields).status_code == 303
    approve = {"revision": revision(ways, 1), "do": "approve"}
    assert people["ines"].post("/drafts/1/answer", data=approve).status_code == 303
    assert "Peuvent programmer\u00a0: Maëlle Kerbrat." in people["yanis"].get("/drafts/1").text

    page = people["maelle"].get("/drafts/1/schedule").text
    assert 'value="2026-11-13T09:30"' in page  # the channel's next good moment
    chosen = {"revision": revision(ways, 1), "wall": "2026-11-14T10:15", "repeat": "week", "do": "schedule"}
    assert people["maelle"].post("/drafts/1/schedule", data=chosen).headers["location"].startswith("/publications/1")
    one = ways.house.publications.get(1)
    assert (one.wall, one.repeat, one.outgoing.pieces[0].text) == ("2026-11-14T10:15", "week", fields["text"])
    assert "<h1>Part sur Bluesky, le 14 nov. à 10\u00a0h\u00a015.</h1>" in people["ines"].get("/publications/1").text


def test_nobody_approves_their_own_whatever_way(ways, people, program):
    """By page, by API, by editing what was approved, by having mended a word of it."""
    ways.ask(ways.begin(who="maelle"), who="maelle")
    page = people["maelle"].get("/drafts/1").text
    assert OWN_WORDS in page
    assert 'aria-disabled="true" aria-describedby="why-not"' in page
    data = {"revision": revision(ways, 1), "do": "approve"}
    refused = people["maelle"].post("/drafts/1/answer", data=data)
    assert refused.status_code == 409
    assert OWN_WORDS in refused.text
    seen = {"If-Match": f'"{revision(ways, 1)}"'}
    problem(program("maelle").post("/drafts/1/answers", json={"opinion": "approved"}, headers=seen), 403, "own-words")
    problem(program("yanis").post("/drafts/1/answers", json={"opinion": "approved"}, headers=seen), 403, "not-allowed")

    done = ways.answer(ways.house.drafts.get(1), "ines")
    edit = {"If-Match": f'"{done.revision}"'}
    saved = program("maelle").put("/drafts/1", json=GOOD | {"text": TEXT + " Tôt."}, headers=edit)
    assert saved.json()["state"] == "draft"
    seen = {"If-Match": saved.headers["etag"]}
    problem(program("maelle").post("/drafts/1/publications", json={"wall": "now"}, headers=seen), 409, "not-now")
    again = program("maelle").put("/drafts/1/state", json={"state": "in_review"}, headers=seen)
    seen = {"If-Match": again.headers["etag"]}
    problem(program("maelle").post("/drafts/1/answers", json={"opinion": "approved"}, headers=seen), 403, "own-words")
    review = program("ines").get("/drafts/1/review").json()
    assert (review["granted"], review["wrote"], [one["counts"] for one in review["answers"]]) == (
        False,
        ["maelle"],
        [False],
    )
    assert ways.house.publications.of_draft(1) == []


def test_an_answer_is_to_the_text_that_was_read(ways, people):
    saved = ways.ask(ways.begin())
    late = {"revision": str(saved.revision - 1), "do": "approve"}
    refused = people["ines"].post("/drafts/1/answer", data=late)
    assert refused.status_code == 409
    assert "Ce brouillon a changé pendant que vous le lisiez." in refused.text
    wordless = people["ines"].post("/drafts/1/answer", data={"revision": revision(ways, 1), "do": "changes"})
    assert wordless.status_code == 422
    assert "Dites ce qu’il faut changer" in wordless.text
    assert ways.house.publications.approvals(1) == []


def test_a_moment_that_the_clock_turns_is_shown_before_it_is_taken(ways, people):
    ways.approved()
    data = {"revision": revision(ways, 1), "wall": "2027-03-28T02:30", "do": "schedule", "seen": ""}
    shown = people["maelle"].post("/drafts/1/schedule", data=data)
    assert shown.status_code == 422
    assert "Cette heure n’existe pas cette nuit-là" in shown.text
    assert ways.house.publications.of_draft(1) == []
    assert people["maelle"].post("/drafts/1/schedule", data=data | {"seen": data["wall"]}).status_code == 303
    (one,) = ways.house.publications.of_draft(1)
    assert (one.wall, wall_of(one.due, one.zone)) == (data["wall"], "2027-03-28T03:30")


def test_a_day_of_mourning_stops_it_and_now_is_now(ways, people):
    ways.approved()
    page = people["maelle"].get("/drafts/1/schedule?wall=2026-11-24T09:30").text
    assert "naufrage de la Marie-Jeanne" in page
    assert 'aria-describedby="stops"' in page
    data = {"revision": revision(ways, 1), "wall": "2026-11-24T09:30", "do": "schedule"}
    assert people["maelle"].post("/drafts/1/schedule", data=data).status_code == 409
    nowhere = people["maelle"].post("/drafts/1/schedule", data=data | {"wall": ""})  # a field left empty is not now
    assert nowhere.status_code == 422
    assert "Écrivez un jour et une heure" in nowhere.text
    assert ways.house.publications.of_draft(1) == []
    assert people["maelle"].post("/drafts/1/schedule", data=data | {"do": "now"}).status_code == 303
    (one,) = ways.house.publications.of_draft(1)
    assert one.due == ways.house.clock()


def test_a_text_that_is_too_long_is_cut_into_a_thread(ways, people):
    long = "\n\n".join(f"{n}. {TEXT} {TEXT}" for n in range(4))
    saved = ways.begin(long)
    fields = {"text": long, "on:bsky": "1", "revision": str(saved.revision), "objective": "meet"}
    page = people["yanis"].get("/drafts/1").text
    assert 'value="cut:"' in page
    people["yanis"].post("/drafts/1", data=fields | {"do": "cut:"})
    page = people["yanis"].get("/drafts/1").text
    assert "Bluesky\u00a0: fil de 2" in page
    assert 'value="cut:"' not in page
    made = ways.schedule(ways.answer(ways.ask(ways.house.drafts.get(1))))
    assert [len(piece.text) <= 300 for piece in made[0].outgoing.pieces] == [True, True]


def test_what_was_scheduled_is_taken_up_changed_and_scheduled_again(ways, people):
    one = ways.planned(TEXT, "2026-11-20T09:30")
    page = people["yanis"].get("/drafts/1").text
    assert "retire de la file ce qui n’est pas parti" in page
    people["yanis"].post("/drafts/1", data={"do": "back"})
    assert ways.house.publications.get(one.id).state == "dropped"
    fields = {"text": TEXT + " À dix heures.", "on:bsky": "1", "objective": "meet", "revision": revision(ways, 1)}
    people["yanis"].post("/drafts/1", data=fields | {"do": "ask"})
    people["ines"].post("/drafts/1/answer", data={"revision": revision(ways, 1), "do": "approve"})
    assert people["maelle"].get("/drafts/1/schedule").status_code == 200
    data = {"revision": revision(ways, 1), "wall": "2026-11-21T09:30", "do": "schedule"}
    assert people["maelle"].post("/drafts/1/schedule", data=data).headers["location"].startswith("/publications/2")
    assert [one.state for one in ways.house.publications.of_draft(1)] == ["dropped", "scheduled"]


def test_a_charter_that_asks_for_less_lets_go_on(ways, people, site):
    ways.answer(ways.ask(ways.begin(who="maelle"), who="maelle"), "ines", "changes-requested", Remark("Quand ?"))
    site.write_charter(APPROVED.replace("by: [approver, maelle], replies: never", "by: [approver], channels: [masto]"))
    fields = {"text": TEXT, "on:bsky": "1", "objective": "meet", "revision": revision(ways, 1), "do": "schedule"}
    assert people["maelle"].post("/drafts/1", data=fields).headers["location"] == "/drafts/1/schedule"
    assert people["maelle"].get("/drafts/1/schedule").status_code == 200


def test_a_rejected_draft_gives_its_words_to_another(ways, people):
    ways.answer(ways.ask(ways.begin()), "ines", "rejected")
    page = people["yanis"].get("/drafts/1").text
    assert "Inès Abgrall a refusé ce texte. C’est définitif." in page
    assert people["yanis"].post("/drafts/1", data={"do": "back"}).status_code == 409
    copied = people["yanis"].post("/drafts/1", data={"do": "copy"})
    assert copied.headers["location"].startswith("/drafts/2")
    assert ways.house.drafts.get(2).content.text == TEXT


def test_the_whole_way_through_the_api(ways, program):
    yanis, ines, maelle = program("yanis"), program("ines"), program("maelle")

    def etag(path: str) -> dict[str, str]:
        return {"If-Match": maelle.get(path).headers["etag"]}

    yanis.post("/drafts", json=GOOD)
    yanis.put("/drafts/1/state", json={"state": "in_review"}, headers=etag("/drafts/1"))
    remark = {"words": "À quelle heure ?", "quote": "samedi"}
    asked = {"opinion": "changes-requested", "remarks": [remark]}
    problem(ines.post("/drafts/1/answers", json=asked), 428, "precondition-required")
    empty = {"opinion": "changes-requested"}
    problem(ines.post("/drafts/1/answers", json=empty, headers=etag("/drafts/1")), 422, "invalid-body")
    assert ines.post("/drafts/1/answers", json=asked, headers=etag("/drafts/1")).json()["state"] == "changes_requested"
    review = yanis.get("/drafts/1/review").json()
    (said,) = review["answers"]
    start = TEXT.index("samedi")
    assert said["remarks"] == [remark | {"variant": "", "span": {"start": start, "end": start + 6}}]
    yanis.put("/drafts/1", json=GOOD | {"text": TEXT + " À dix heures."}, headers=etag("/drafts/1"))
    yanis.put("/drafts/1/state", json={"state": "in_review"}, headers=etag("/drafts/1"))
    (step,) = maelle.get("/drafts/1/review").json()["steps"]
    assert (step["id"], step["given"], step["waits_for"]) == ("relecture", False, ["ines", "maelle"])
    ines.post("/drafts/1/answers", json={"opinion": "approved"}, headers=etag("/drafts/1"))
    twice = ines.post("/drafts/1/answers", json={"opinion": "approved"}, headers=etag("/drafts/1"))
    problem(twice, 403, "not-asked")

    free = maelle.get("/publications/-/free?channel=bsky&limit=2").json()["items"]
    assert [one["wall"] for one in free] == ["2026-11-13T09:30", "2026-11-14T09:30"]
    problem(
        program("ines").post("/drafts/1/publications", json={"wall": "now"}, headers=etag("/drafts/1")),
        403,
        "not-allowed",
    )
    made = maelle.post("/drafts/1/publications", json={"wall": free[0]["wall"]}, headers=etag("/drafts/1")).json()
    assert [(one["channel"], one["wall"], one["state"]) for one in made["items"]] == [
        ("bsky", "2026-11-13T09:30", "scheduled")
    ]
    problem(yanis.put("/drafts/1", json=GOOD, headers=etag("/drafts/1")), 409, "not-now")
    problem(
        maelle.put("/publications/1/moment", json={"wall": "2026-11-24T09:30"}, headers=etag("/publications/1")),
        409,
        "stopped",
    )
    moved = maelle.put("/publications/1/moment", json={"wall": "2026-11-25T09:30"}, headers=etag("/publications/1"))
    assert moved.json()["due"] == "2026-11-25T08:30:00Z"
    problem(
        maelle.post("/publications/1/recall", json={"why": "erreur"}, headers=etag("/publications/1")), 409, "not-now"
    )
    dropped = maelle.post("/publications/1/drop", json={}, headers=etag("/publications/1"))
    assert dropped.json()["state"] == "dropped"
    assert [one["id"] for one in maelle.get("/publications?state=dropped&draft=1").json()["items"]] == [1]


def test_what_was_asked_for_stays_beside_the_text(ways, people):
    saved = ways.ask(ways.begin(who="yanis"))
    start = TEXT.index("samedi")
    ways.answer(saved, "ines", "changes-requested", Remark("Quand ?", Span(start, start + 6), "", "samedi"))
    looked = {"id": "1", "text": f"Bonjour. {TEXT}", "on:bsky": "1", "revision": revision(ways, 1)}
    marks = people["yanis"].post("/drafts/-/look", data=looked).json()["marks"][""]
    assert [start + 9, start + 15, "ask", "A", "ask-A"] in marks
    gone = people["yanis"].post("/drafts/-/look", data=looked | {"text": "Venez dimanche."}).json()
    assert gone["marks"][""] == []
    assert "Mots changés depuis" in gone["reasons"]

"""What all routes have in common: who may, problems, keys that make a call happen once, the pace."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import httpx
import pytest
from msgspec import structs

from vigie.web.api.pace import BURST, PER_SECOND
from vigie.web.api.problems import STATUS
from vigie.web.api.repeating import WORKING
from vigie.wording import LANGS, Wording
from web.api.conftest import Program, problem
from web.served import Site

NEW = {"purpose": "hear of the harbour", "match": "port AND quai"}


def key(name: str) -> dict[str, str]:
    return {"idempotency-key": name}


def test_who_asks_without_a_token_is_told_how(site: Site) -> None:
    answer = site.visit().get("/api/v1/mentions")
    assert problem(answer, 401, "unauthenticated")["title"] == "Vigie ne sait pas qui demande."
    assert answer.headers["www-authenticate"] == 'Bearer realm="Vigie"'
    answer = site.visit(headers={"authorization": "Bearer vigie_nobody"}).get("/api/v1/mentions")
    problem(answer, 401, "bad-token")


def test_a_role_that_is_not_enough_is_told_which_would_be(program: Program) -> None:
    told = problem(program("ines").put("/queries/a", json=NEW), 403, "not-allowed")
    assert told["detail"].startswith(
        "Nothing was changed. It takes one of these roles: author, approver, publisher, owner. "
    )


def test_somebody_without_a_role_is_told_so(site: Site, program: Program) -> None:
    theirs = program("ines")
    text = site.house.charter_file.read()[0]
    site.write_charter(text.replace("  - {id: ines, name: Inès Abgrall, roles: [reader]}\n", ""))
    problem(theirs.get("/mentions"), 403, "no-role")
    assert theirs.get("/me").json()["rights"] == []


def test_a_session_writes_with_its_csrf_token_alone(site: Site) -> None:
    browser = site.log_in()
    token = browser.get("/api/v1/me").json()["csrf"]
    del browser.headers["x-csrf-token"]
    problem(browser.put("/api/v1/queries/a", json=NEW), 403, "no-csrf-token")
    foreign = {"origin": "https://evil.example", "x-csrf-token": token}
    problem(browser.put("/api/v1/queries/a", json=NEW, headers=foreign), 403, "other-site")
    assert browser.put("/api/v1/queries/a", json=NEW, headers={"x-csrf-token": token}).status_code == 201


def test_a_printed_password_is_changed_first(site: Site) -> None:
    browser = site.log_in("yanis")
    account = site.house.accounts.get("yanis")
    assert account is not None
    site.house.accounts.change(structs.replace(account, must_change=True), None)
    problem(browser.get("/api/v1/mentions"), 403, "password-to-change")


def test_problems_speak_the_language_asked_for(site: Site) -> None:
    for lang, title in (
        ("fr-CA,fr;q=0.9", "Il n’y a rien à cette adresse."),
        ("en", "There is nothing at this address."),
    ):
        answer = site.log_in().get("/api/v1/mentions/77", headers={"accept-language": lang})
        assert answer.json()["title"] == title
        assert answer.headers["content-language"] == lang[:2]


def test_each_kind_of_problem_is_listed_and_said_in_both_languages(site: Site) -> None:
    for lang in LANGS:
        listed = site.visit().get("/api/v1/problems", headers={"accept-language": lang}).json()["items"]
        assert {one["code"]: one["status"] for one in listed} == STATUS
        say = Wording(lang)
        assert all(say.has(f"api.problem.{kind}.{part}") for kind in STATUS for part in ("title", "then"))
        assert not [one for one in listed if "{" in one["detail"] or one["title"].startswith("api.")]


def test_a_call_with_a_key_is_done_once(site: Site, api: httpx.Client) -> None:
    first = api.put("/queries/harbour", json=NEW, headers=key("a"))
    again = api.put("/queries/harbour", json=NEW, headers=key("a"))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["etag"] == first.headers["etag"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    acts = [one["verb"] for one in api.get("/acts").json()["items"]]
    assert acts.count("query.added") == 1
    assert api.delete("/queries/harbour", headers=key("b")).status_code == 204
    gone = api.delete("/queries/harbour", headers=key("b"))
    assert (gone.status_code, gone.content) == (204, b"")


def test_a_key_belongs_to_one_request_and_one_person(api: httpx.Client, program: Program) -> None:
    assert api.put("/queries/harbour", json=NEW, headers=key("a")).status_code == 201
    problem(api.put("/queries/harbour", json=NEW | {"keep_days": 3}, headers=key("a")), 422, "key-reused")
    problem(api.put("/queries/other", json=NEW, headers=key("a")), 422, "key-reused")
    problem(api.put("/queries/harbour", json=NEW, headers={**key("a"), "if-match": "*"}), 422, "key-reused")
    assert program("yanis").put("/queries/yanis", json=NEW, headers=key("a")).status_code == 201


def test_a_refusal_is_given_back_too_but_a_bad_body_claims_nothing(site: Site, api: httpx.Client) -> None:
    problem(api.delete("/queries/none", headers=key("a")), 404, "not-found")
    assert api.put("/queries/none", json=NEW).status_code == 201
    replayed = api.delete("/queries/none", headers=key("a"))
    problem(replayed, 404, "not-found")
    assert replayed.headers["idempotency-replayed"] == "true"
    problem(api.put("/queries/x", json={"match": 3}, headers=key("b")), 422, "invalid-body")
    assert api.put("/queries/x", json=NEW, headers=key("b")).status_code == 201


@pytest.mark.parametrize("bad", ["x" * 256, "caf\u00e9"])
def test_a_key_of_another_form_is_refused(api: httpx.Client, bad: str) -> None:
    told = problem(api.put("/queries/a", json=NEW, headers={b"idempotency-key": bad.encode()}), 400, "invalid-header")
    assert told["errors"][0]["header"] == "Idempotency-Key"


def test_a_secret_that_is_given_back_is_nowhere_in_the_clear(site: Site, api: httpx.Client) -> None:
    first = api.post("/me/tokens", json={"name": "night"}, headers=key("night"))
    again = api.post("/me/tokens", json={"name": "night"}, headers=key("night"))
    secret = first.json()["secret"]
    assert again.json() == first.json()
    assert len([one for one in api.get("/me/tokens").json()["items"] if one["name"] == "night"]) == 1
    for path in site.home.path.rglob("*"):
        assert path.is_dir() or secret.encode() not in path.read_bytes(), path


def test_the_same_call_from_many_sides_happens_once(site: Site, api: httpx.Client) -> None:
    def send(_: int) -> int:
        return api.post("/me/tokens", json={"name": "many"}, headers=key("many")).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(send, range(24)))
    assert 201 in statuses
    assert statuses <= {201, 409}
    assert [one["name"] for one in api.get("/me/tokens").json()["items"]].count("many") == 1


def test_a_call_whose_process_ended_is_not_done_again(site: Site, api: httpx.Client) -> None:
    assert api.put("/queries/harbour", json=NEW, headers=key("a")).status_code == 201
    with sqlite3.connect(site.home.path / "vigie.db") as database:  # as if it had ended before the answer was kept
        database.execute("DELETE FROM answer WHERE key LIKE '%:answer'")
    problem(api.put("/queries/harbour", json=NEW, headers=key("a")), 409, "outcome-unknown")
    problem(api.put("/queries/harbour", json=NEW, headers=key("a")), 409, "outcome-unknown")


def test_a_call_in_progress_says_so(site: Site, api: httpx.Client) -> None:
    name = "api:maelle:" + sha256(b"slow").hexdigest()
    assert WORKING.begin(name)
    try:
        answer = api.put("/queries/slow", json=NEW, headers=key("slow"))
        problem(answer, 409, "in-progress")
        assert answer.headers["retry-after"] == "1"
    finally:
        WORKING.end(name)
    assert api.put("/queries/slow", json=NEW, headers=key("slow")).status_code == 201


def test_one_caller_has_a_pace_and_others_do_not_wait_for_them(site: Site, program: Program) -> None:
    hasty, calm = program("ines"), program("yanis")
    statuses = [hasty.get("/me").status_code for _ in range(BURST + 1)]
    assert statuses == [200] * BURST + [429]
    answer = hasty.get("/me")
    problem(answer, 429, "too-many-requests")
    assert answer.headers["retry-after"] == "1"
    assert calm.get("/me").status_code == 200
    site.clock.forward(1000)
    assert [hasty.get("/me").status_code for _ in range(PER_SECOND + 1)] == [200] * PER_SECOND + [429]

"""Sources, charter, people, acts, oneself and erasure through the API."""

import httpx
from msgspec import structs

from vigie.model import SourceState
from web.api.conftest import Program, problem
from web.served import Site

FEED = {"network": "rss", "address": "https://journal.example/feed.xml"}


def test_a_source_is_added_changed_and_removed(site: Site, api: httpx.Client) -> None:
    assert [one["id"] for one in api.get("/sources").json()["items"]] == ["bluesky", "presse"]
    assert api.put("/sources/journal", json=FEED).status_code == 201
    added = api.get("/sources/journal").json()
    assert (added["address"], added["health"]) == (FEED["address"], "waiting")
    masto = {"network": "mastodon", "address": "mastodon.example", "options": {"tags": ["café"]}, "token": "s3cret"}
    made = api.put("/sources/masto", json=masto)
    assert made.status_code == 201
    assert made.json()["has_token"]
    assert made.json()["options"] == {"tags": ["café"]}
    assert "s3cret" not in made.text + site.house.charter_file.read()[0]
    assert api.put("/sources/masto", json=masto | {"token": "", "options": {"public": True}}).json()["has_token"]
    assert api.delete("/sources/masto").status_code == 204
    problem(api.delete("/sources/masto"), 404, "not-found")


def test_a_source_that_its_network_refuses_is_not_written(site: Site, api: httpx.Client) -> None:
    before = site.house.charter_file.read()
    told = problem(api.put("/sources/journal", json={"network": "rss", "address": "nope"}), 422, "invalid-body")
    assert told["errors"][0]["pointer"] == "#/address"
    told = problem(api.put("/sources/journal", json={"network": "files"}), 422, "invalid-body")
    assert told["errors"][0]["detail"] == "One of these is expected: bluesky, mastodon, rss."
    told = problem(api.put("/sources/journal", json=FEED | {"options": {"a: b": 1}}), 422, "invalid-body")
    assert told["errors"][0]["pointer"] == "#/options/a: b"
    problem(api.put("/sources/Journal", json=FEED), 400, "invalid-parameter")
    assert site.house.charter_file.read() == before


def test_a_source_that_is_down_says_why(site: Site, api: httpx.Client) -> None:
    state = next(one for one in site.house.archive.sources() if one.id == "presse")
    down: SourceState = structs.replace(state, state="retrying", error="unreachable", error_at=site.clock())
    site.house.archive.set_source(down)
    found = api.get("/sources/presse").json()
    assert found["health"] == "down"
    assert found["trouble"]["code"] == "unreachable"
    assert "sources." not in found["trouble"]["sentence"]
    answer = site.visit().get("/api/v1/health")
    assert answer.status_code == 503
    assert (answer.json()["status"], answer.json()["down"]) == ("degraded", 1)


def test_the_charter_is_read_checked_and_replaced(site: Site, api: httpx.Client) -> None:
    read = api.get("/charter")
    text, tag = read.json()["text"], read.headers["etag"]
    assert tag == f'"{read.json()["digest"]}"'
    same = api.get("/charter", headers={"if-none-match": tag})
    assert (same.status_code, same.content) == (304, b"")

    new = text.replace("parcels that are late", "late parcels")
    problem(api.put("/charter", json={"text": new}), 428, "precondition-required")
    done = api.put("/charter", json={"text": new, "why": "shorter"}, headers={"if-match": tag})
    assert done.status_code == 200
    assert site.house.charter_file.read() == (new, done.json()["digest"])
    problem(api.put("/charter", json={"text": text}, headers={"if-match": tag}), 412, "precondition-failed")
    act = api.get("/acts?limit=1").json()["items"][0]
    assert (act["verb"], act["why"], act["charter"]) == ("charter.changed", "shorter", tag.strip('"'))


def test_a_charter_that_is_wrong_is_told_line_by_line(site: Site, api: httpx.Client) -> None:
    text = site.house.charter_file.read()[0]
    wrong = text.replace("network: rss", "network: rs").replace("match: colis", "match: (colis")
    checked = api.post("/charter/check", json={"text": wrong}).json()
    assert not checked["good"]
    lines = wrong.splitlines()
    assert [lines[one["line"] - 1].strip()[:5] for one in checked["problems"]] == ["match", "- {id"]
    assert checked["problems"][1]["suggestion"] == "rss"
    told = problem(api.put("/charter", json={"text": wrong}, headers={"if-match": "*"}), 422, "invalid-charter")
    assert [one["line"] for one in told["errors"]] == [one["line"] for one in checked["problems"]]
    assert api.post("/charter/check", json={"text": text}).json()["good"]


def test_a_charter_without_an_owner_who_can_log_in_is_refused(site: Site, api: httpx.Client) -> None:
    text = site.house.charter_file.read()[0].replace("id: maelle, name", "id: someone, name")
    text = text.replace("owner: maelle", "owner: someone")
    problem(api.put("/charter", json={"text": text}, headers={"if-match": "*"}), 409, "last-owner")


def test_the_first_charter_can_be_put(site: Site, api: httpx.Client) -> None:
    text = site.house.charter_file.read()[0]
    (site.home.path / "charter.yaml").unlink()
    problem(api.get("/charter"), 404, "not-found")
    problem(api.put("/queries/a", json={"purpose": "b", "match": "c"}), 409, "no-charter")
    problem(api.put("/charter", json={"text": text}, headers={"if-match": "*"}), 412, "precondition-failed")
    assert api.put("/charter", json={"text": text}, headers={"if-none-match": "*"}).status_code == 201
    assert api.get("/acts?limit=1").json()["items"][0]["verb"] == "charter.founded"
    assert api.get("/queries").json()["items"][0]["id"] == "brand"


def test_people_are_added_invited_and_disabled(site: Site, api: httpx.Client) -> None:
    made = api.put("/people/nour", json={"name": "Nour Haddad", "roles": ["author"]})
    assert (made.status_code, made.json()["account"]) == (201, "none")
    invited = api.post("/people/nour/invitation")
    assert invited.status_code == 201
    assert site.visit().get(invited.json()["link"]).status_code == 200
    assert api.get("/people/nour").json()["account"] == "invited"
    problem(api.post("/people/nour/invitation"), 409, "has-account")
    assert api.post("/people/yanis/disable").json()["account"] == "disabled"
    assert api.post("/people/yanis/enable").json()["account"] == "open"
    kept = api.put("/people/yanis", json={"name": "Yanis B."}).json()
    assert (kept["name"], kept["roles"]) == ("Yanis B.", ["author"])
    assert api.delete("/people/nour").status_code == 204
    assert api.get("/people/nour").json()["stray"]
    problem(api.delete("/people/nour"), 404, "not-found")
    problem(api.get("/people/nobody"), 404, "not-found")
    told = problem(api.put("/people/zoe", json={"name": "Zoé", "roles": ["king"]}), 422, "invalid-body")
    assert told["errors"][0]["pointer"] == "#/roles/0"
    assert "publisher, owner" in told["errors"][0]["detail"]


def test_the_last_owner_stays(site: Site, api: httpx.Client) -> None:
    problem(api.put("/people/maelle", json={"name": "Maëlle", "roles": ["reader"]}), 409, "last-owner")
    problem(api.post("/people/maelle/disable"), 409, "yourself")
    problem(api.post("/people/maelle/reset"), 409, "yourself")
    problem(api.delete("/people/maelle"), 409, "yourself")


def test_a_reset_ends_everything_they_hold(site: Site, api: httpx.Client, program: Program) -> None:
    browser, theirs = site.log_in("yanis"), program("yanis")
    assert theirs.get("/me").status_code == 200
    link = api.post("/people/yanis/reset").json()["link"]
    problem(theirs.get("/me"), 401, "bad-token")
    problem(browser.get("/api/v1/me"), 401, "unauthenticated")
    assert site.visit().get(link).status_code == 200


def test_oneself(site: Site, program: Program) -> None:
    me = program("ines", scope="read").get("/me").json()
    assert (me["id"], me["roles"], me["scope"], me["csrf"]) == ("ines", ["reader"], "read", "")
    assert "read-mentions" in me["rights"]
    assert "edit-queries" not in me["rights"]
    changed = program("ines").patch("/me", json={"theme": "dark"}).json()
    assert (changed["theme"], changed["lang"]) == ("dark", "")
    browser = site.log_in("ines")
    sessions = browser.get("/api/v1/me/sessions").json()["items"]
    assert [one["here"] for one in sessions] == [True]
    other = site.log_in("ines")
    assert browser.delete("/api/v1/me/sessions").status_code == 204
    problem(other.get("/api/v1/me"), 401, "unauthenticated")
    assert browser.delete(f"/api/v1/me/sessions/{sessions[0]['id']}").status_code == 204
    problem(browser.get("/api/v1/me"), 401, "unauthenticated")


def test_a_token_is_made_used_and_dropped(site: Site, api: httpx.Client) -> None:
    made = api.post("/me/tokens", json={"name": "night", "scope": "read", "days": 30})
    assert made.status_code == 201
    token, secret = made.json()["token"], made.json()["secret"]
    assert token["expires_at"] == "2026-12-12T16:42:00Z"
    other = {"authorization": f"Bearer {secret}"}
    assert site.visit().get("/api/v1/queries", headers=other).status_code == 200
    answer = site.visit().put("/api/v1/queries/x", json={"purpose": "a", "match": "b"}, headers=other)
    problem(answer, 403, "token-reads-only")
    # a question that changes nothing is not writing
    assert site.visit().post("/api/v1/queries/-/validate", json={"match": "b"}, headers=other).status_code == 200
    site.clock.forward(31 * 86_400_000)
    expired = site.visit().get("/api/v1/queries", headers=other)
    problem(expired, 401, "bad-token")
    assert 'error="invalid_token"' in expired.headers["www-authenticate"]
    assert api.delete(f"/me/tokens/{token['id']}").status_code == 204
    problem(api.delete(f"/me/tokens/{token['id']}"), 404, "not-found")


def test_a_token_makes_none_that_outlives_it(site: Site, api: httpx.Client) -> None:
    secret = api.post("/me/tokens", json={"name": "a", "scope": "write", "days": 10}).json()["secret"]
    child = httpx.Client(base_url=f"{site.url}/api/v1", headers={"authorization": f"Bearer {secret}"})
    problem(child.post("/me/tokens", json={"name": "b", "days": None}), 403, "token-too-strong")
    problem(child.post("/me/tokens", json={"name": "b", "days": 11}), 403, "token-too-strong")
    assert child.post("/me/tokens", json={"name": "b", "days": 10}).status_code == 201


def test_a_person_is_forgotten_and_not_named(site: Site, api: httpx.Client) -> None:
    site.hear("la Brûlerie du Port", "encore la Brûlerie du Port")
    told = problem(
        api.post("/erasures", json={"handle": "lou1.example", "why": "Lou1.example asked"}), 422, "invalid-body"
    )
    assert told["errors"][0]["pointer"] == "#/why"
    assert api.post("/erasures", json={"handle": "@lou1.example", "why": "by letter"}).json() == {"posts": 1}
    assert len(api.get("/mentions").json()["items"]) == 1
    act = api.get("/acts?limit=1").json()["items"][0]
    assert (act["who"], act["verb"], act["what"], act["why"]) == ("maelle", "person.erased", "person", "by letter")
    assert "lou1" not in str(act)

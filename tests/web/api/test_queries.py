"""Queries through the API: the same verbs as the pages, with entity tags."""

import httpx

from web.api.conftest import Program, problem
from web.served import Site

HARBOUR = {"purpose": "know who talks of the harbour", "match": "port AND (quai OR jetée)"}


def charter_of(site: Site) -> str:
    return site.house.charter_file.read()[0]


def test_a_query_is_added_changed_and_dropped_and_comments_stay(site: Site, api: httpx.Client) -> None:
    added = api.put("/queries/harbour", json=HARBOUR)
    assert added.status_code == 201
    assert "know who talks of the harbour" in charter_of(site)
    tag = added.headers["etag"]
    assert api.get("/queries/harbour").headers["etag"] == tag

    changed = api.put("/queries/harbour", json=HARBOUR | {"keep_days": 30}, headers={"if-match": tag})
    assert changed.status_code == 200
    assert changed.json()["keep_days"] == 30
    assert changed.headers["etag"] != tag

    assert api.delete("/queries/harbour").status_code == 204
    problem(api.get("/queries/harbour"), 404, "not-found")
    problem(api.delete("/queries/harbour"), 404, "not-found")
    assert "# our name, however it is spelt" in charter_of(site)
    verbs = [one["verb"] for one in api.get("/acts?limit=3").json()["items"]]
    assert verbs == ["query.dropped", "query.changed", "query.added"]


def test_who_changes_a_query_shows_what_they_have_seen(site: Site, api: httpx.Client, program: Program) -> None:
    body = {"purpose": "know what is said", "match": "brulerie"}
    told = problem(api.put("/queries/brand", json=body), 428, "precondition-required")
    assert told["errors"][0]["header"] == "If-Match"
    seen = api.get("/queries/brand").headers["etag"]
    assert api.put("/queries/brand", json=body, headers={"if-match": seen}).status_code == 200

    late = program("yanis").put("/queries/brand", json=body, headers={"if-match": seen})
    problem(late, 412, "precondition-failed")
    assert late.headers["etag"] == api.get("/queries/brand").headers["etag"]
    problem(api.delete("/queries/brand", headers={"if-match": seen}), 412, "precondition-failed")
    problem(api.put("/queries/brand", json=body, headers={"if-none-match": "*"}), 412, "precondition-failed")
    problem(api.put("/queries/none", json=HARBOUR, headers={"if-match": "*"}), 412, "precondition-failed")
    assert api.put("/queries/brand", json=body, headers={"if-match": '"x", *'}).status_code == 200
    assert api.put("/queries/new1", json=HARBOUR, headers={"if-none-match": "*"}).status_code == 201


def test_a_query_that_cannot_be_read_is_not_saved(site: Site, api: httpx.Client) -> None:
    before = charter_of(site)
    match = 'port AND "quai'
    told = problem(api.put("/queries/harbour", json=HARBOUR | {"match": match}), 422, "invalid-query")
    (fault,) = told["errors"]
    assert fault["pointer"] == "#/match"
    assert match[fault["start"] : fault["end"]].startswith('"')
    assert fault["hint"]
    problem(api.put("/queries/new", json=HARBOUR), 400, "invalid-parameter")
    problem(api.put("/queries/Été", json=HARBOUR), 400, "invalid-parameter")
    told = problem(api.put("/queries/harbour", json={"match": "x", "keep_days": 0}), 422, "invalid-body")
    assert {fault["pointer"] for fault in told["errors"]} <= {"#/purpose", "#/keep_days"}
    problem(api.put("/queries/harbour", json=HARBOUR | {"purpose": "  "}), 422, "invalid-body")
    assert charter_of(site) == before


def test_a_query_that_another_one_names_stays(site: Site, api: httpx.Client) -> None:
    assert api.put("/queries/local", json={"purpose": "here", "match": "{brand} AND port"}).status_code == 201
    problem(api.delete("/queries/brand"), 422, "invalid-charter")
    assert api.get("/queries/brand").json()["used_by"] == ["local"]


def test_a_text_is_checked_and_tried_without_being_saved(site: Site, api: httpx.Client) -> None:
    (post,) = site.hear("un café au port", queries=())
    site.house.archive.add_to_sample([post], site.clock())
    good = api.post("/queries/-/validate", json={"match": "cafe port"}).json()
    assert good["readable"]
    assert good["canonical"] == "cafe AND port"
    assert good["cost"]["level"] == "low"
    bad = api.post("/queries/-/validate", json={"match": "(cafe"}).json()
    assert not bad["readable"]
    assert bad["problems"][0]["detail"]
    assert bad["problems"][0]["start"] >= 0

    found = api.post("/queries/-/preview", json={"match": "cafe"}).json()
    assert (found["matched"], found["size"], found["says_little"]) == (1, 1, True)
    (mark,) = found["examples"][0]["marks"]
    assert found["examples"][0]["post"]["text"][mark["start"] : mark["end"]] == "café"
    problem(api.post("/queries/-/preview", json={"match": "(cafe"}), 422, "invalid-query")


def test_the_shelf_says_how_each_query_does(site: Site, api: httpx.Client) -> None:
    site.hear("la Brûlerie du Port")
    shelf = {one["id"]: one for one in api.get("/queries").json()["items"]}
    assert shelf["brand"]["state"] == "well"
    assert shelf["brand"]["total"] == 1
    assert shelf["delivery"]["state"] == "silent"

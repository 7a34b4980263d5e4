"""Pauses by API: ordered, read, let go by two people."""

from web.api.conftest import problem
from web.incidents.conftest import CRISIS, schedule

TWO = CRISIS.replace("Belkadi, roles: [author]", "Belkadi, roles: [publisher]")


def test_everything_stops_and_two_people_let_go(site, program):
    site.write_charter(TWO)
    one, two, three = schedule(site, "un", "deux", "trois")
    yanis, maelle = program("yanis"), program("maelle")
    assert yanis.get("/pauses/-/forecast").json() == {"held": 3, "channels": 1, "in_flight": 0, "drill_ms": None}
    ordered = yanis.post("/pauses", json={"why": "Red alert"})
    assert ordered.status_code == 201
    body = ordered.json()
    assert [held["id"] for held in body["held"]] == [one.id, two.id, three.id]
    assert body["in_flight"] == []
    assert body["pause"]["settled_ms"] is not None
    (listed,) = maelle.get("/pauses").json()["items"]
    assert (listed["by"], listed["why"], listed["released_at"]) == ("yanis", "Red alert", None)

    problem(maelle.post("/pauses/1/agree"), 409, "nothing-proposed")
    few = {"choices": [{"publication": one.id, "fate": "send"}]}
    problem(maelle.put("/pauses/1/release", json=few), 409, "undecided")
    when = "2026-11-21T08:00:00Z"
    every = {"choices": [*few["choices"], {"publication": two.id, "fate": "reschedule", "due": when},
                         {"publication": three.id, "fate": "drop"}]}  # fmt: skip
    proposed = maelle.put("/pauses/1/release", json=every).json()
    assert proposed["pause"]["release"]["by"] == "maelle"
    problem(maelle.post("/pauses/1/agree"), 409, "same-person")
    released = yanis.post("/pauses/1/agree").json()
    assert released["pause"]["released_by"] == ["maelle", "yanis"]
    assert site.house.publications.get(two.id).wall == "2026-11-21T09:00"
    problem(yanis.post("/pauses/1/agree"), 409, "already-released")


def test_a_moment_that_has_passed_and_an_unknown_account_are_refused(site, api):
    site.write_charter(TWO)
    (one,) = schedule(site, "un")
    problem(api.post("/pauses", json={"channels": ["nowhere"]}), 422, "invalid-body")
    api.post("/pauses", json={"channels": ["bsky"]})
    late = {"choices": [{"publication": one.id, "fate": "reschedule", "due": "2026-11-11T08:00:00Z"}]}
    problem(api.put("/pauses/1/release", json=late), 422, "invalid-body")
    problem(api.get("/pauses/7"), 404, "not-found")


def test_the_same_order_sent_again_is_one_order(site, api):
    key = {"Idempotency-Key": "halt-1"}
    first = api.post("/pauses", json={"why": "x"}, headers=key)
    again = api.post("/pauses", json={"why": "x"}, headers=key)
    assert again.json() == first.json()
    assert len(site.house.publications.pauses()) == 1

"""Drafts through the API: the whole way, two people at one, what stops, and hostile bodies."""

import pytest

from web.api.conftest import problem
from web.composer.charter import CHARTER

GOOD = {"text": "Un souci avec un moulin, on le répare. Venez samedi.", "channels": ["bsky"], "objective": "meet"}
BAD = GOOD | {"text": "Nos moulins sont garantis à vie."}


@pytest.fixture
def house(site):
    site.write_charter(CHARTER)
    return site.house


def test_a_draft_is_begun_mended_and_handed_on(house, api):
    begun = api.post("/drafts", json=BAD)
    assert begun.status_code == 201
    assert begun.headers["etag"] == '"1"'
    said = api.get("/drafts/1/remarks").json()
    (stop,) = [one for one in said["items"] if one["stops"]]
    assert said["stops"]
    assert (stop["rule"], stop["says"], stop["advice"]) == (
        "garantie",
        "A grinder breaks in the end.",
        "Say what we will do.",
    )
    assert stop["channels"] == ["bsky"]
    problem(api.put("/drafts/1/state", json={"state": "in_review"}, headers={"If-Match": '"1"'}), 409, "stopped")
    saved = api.put("/drafts/1", json=GOOD, headers={"If-Match": '"1"'})
    assert saved.headers["etag"] == '"2"'
    ready = api.put("/drafts/1/state", json={"state": "in_review"}, headers={"If-Match": '"2"'})
    assert ready.json()["state"] == "approved"
    assert [one["id"] for one in api.get("/drafts?state=approved").json()["items"]] == [1]
    assert api.get("/drafts/1").json()["content"]["text"] == GOOD["text"]


def test_nobody_saves_over_what_they_have_not_seen(house, api, program):
    api.post("/drafts", json=GOOD)
    other = program("yanis")
    assert other.put("/drafts/1", json=GOOD | {"text": "Dimanche."}, headers={"If-Match": '"1"'}).status_code == 200
    refused = api.put("/drafts/1", json=GOOD | {"text": "Lundi."}, headers={"If-Match": '"1"'})
    problem(refused, 412, "precondition-failed")
    assert refused.headers["etag"] == '"2"'
    problem(api.put("/drafts/1", json=GOOD), 428, "precondition-required")
    assert [one["content"]["text"] for one in api.get("/drafts/1/versions").json()["items"]][-1] == "Dimanche."


def test_who_may_let_pass_what_stops(house, api, program):
    api.post("/drafts", json=BAD)
    (stop,) = [one for one in api.get("/drafts/1/remarks").json()["items"] if one["stops"]]
    said = {"fingerprint": stop["fingerprint"], "verdict": "suppressed", "why": "citation du catalogue"}
    problem(program("yanis").post("/drafts/1/decisions", json=said), 403, "not-allowed")
    assert api.post("/drafts/1/decisions", json=said | {"until": "2026-11-30T00:00:00Z"}).status_code == 204
    after = api.get("/drafts/1/remarks").json()
    assert not after["stops"]
    (passed,) = [one["let_pass"] for one in after["items"] if one["let_pass"]]
    assert (passed["who"], passed["why"], passed["until"]) == (
        "maelle",
        "citation du catalogue",
        "2026-11-30T00:00:00Z",
    )
    problem(api.post("/drafts/1/decisions", json=said | {"fingerprint": "0" * 16}), 404, "not-found")


def test_what_cannot_be_is_refused_in_words(house, api):
    problem(api.post("/drafts", json=GOOD | {"channels": ["nowhere"]}), 422, "invalid-body")
    problem(api.post("/drafts", json=GOOD | {"pictures": [{"id": "../secret.key"}]}), 422, "invalid-body")
    problem(api.post("/drafts", json={"text": "x" * 100_001}), 422, "invalid-body")
    problem(api.get("/drafts/99"), 404, "not-found")
    assert api.post("/drafts/-/look", json=BAD).json()["stops"]
    assert api.get("/drafts").json()["items"] == []

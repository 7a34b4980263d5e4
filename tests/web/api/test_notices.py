"""The API of notices: the delivery log, a message sent again, where you are told."""

import pytest

from vigie.flows.ports.messenger import NotToldError
from vigie.flows.tell import not_delivered
from web.api.conftest import problem
from web.notices.telling import people_were_told, told, ways


def test_the_log_says_how_it_went_and_gives_no_address_away(site, api):
    people_were_told(site)
    site.house.vault.put("person:maelle:chat", "slack://a/secret/b")
    answer = api.get("/notices/deliveries?state=failed")
    (failed,) = answer.json()["items"]
    assert failed == failed | {
        "kind": "incident.opened", "person": "maelle", "webhook": "", "means": "email", "state": "failed",
        "attempts": 1, "status": 550, "next_try": None, "delivered_at": None, "path": "/incidents/4",
    }  # fmt: skip
    assert failed["says"].startswith("Incident 4: ")
    assert "secret" not in api.get("/notices/deliveries?limit=200").text
    assert len(api.get("/notices/deliveries?limit=3").json()["items"]) == 3
    assert api.get("/notices/deliveries?state=lost").status_code == 400


def test_a_message_is_sent_again(site, api):
    by = ways(site, told(site))
    site.house.notices.settle(not_delivered(by["email"], NotToldError("no", status=550, final=True), site.clock()))
    answer = api.post(f"/notices/deliveries/{by['email'].id}/resend")
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["id"]) == ("waiting", by["email"].id)
    assert site.house.acts.latest()[0][1].verb == "notice.resent"
    problem(api.post(f"/notices/deliveries/{by['email'].id}/resend"), 409, "not-now")
    problem(api.post("/notices/deliveries/999/resend"), 404, "not-found")


def test_where_i_am_told(site, api):
    mine = {"email": "maelle@brulerie.example", "sends_mail": True, "quiet": [], "chat": ""}
    assert api.get("/notices/addresses").json() == mine
    answer = api.put("/notices/addresses/chat", json={"address": "ntfy://ntfy.example/secret"})
    assert answer.json() == mine | {"chat": "ntfy"}
    assert site.house.vault.get("person:maelle:chat") == "ntfy://ntfy.example/secret"
    assert api.delete("/notices/addresses/chat").json() == mine
    assert site.house.vault.names() == []


@pytest.mark.parametrize("address", ["", "nothing"])
def test_what_is_no_address(api, address):
    (fault,) = problem(api.put("/notices/addresses/chat", json={"address": address}), 422, "invalid-body")["errors"]
    assert (fault["code"], fault["pointer"]) == ("account.told.error.bad-address", "#/address")


def test_a_test_to_myself(site, api):
    answer = api.post("/notices/-/test")
    assert answer.status_code == 201
    assert [(one["means"], one["state"]) for one in answer.json()["items"]] == [
        ("page", "delivered"), ("email", "waiting"), ("chat", "waiting"),
    ]  # fmt: skip
    assert api.get("/notices").json()["items"][0]["kind"] == "test"

"""Forms are taken from our own pages only."""

import pytest


def look(client, **headers):
    return client.post("/account/look", data={"theme": "dark"}, headers=headers)


def theme(site) -> str:
    return site.house.accounts.get("maelle").theme


def test_our_own_page_may(site, client):
    assert look(client, origin=site.url).status_code == 303
    assert theme(site) == "dark"


@pytest.mark.parametrize(
    "headers",
    [
        {"x-csrf-token": ""},
        {"x-csrf-token": "A" * 43},
        {"x-csrf-token": "é".encode("latin-1")},
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_others_may_not(site, client, headers):
    assert client.post("/account/look", data={"theme": "dark"}, headers=headers).status_code == 403
    assert theme(site) == ""


def test_the_token_of_another_session_is_of_no_use(site, client):
    other = site.log_in("yanis")
    assert look(client, **{"x-csrf-token": other.headers["x-csrf-token"]}).status_code == 403


def test_a_form_may_carry_it_as_a_field(site, client):
    token = client.headers.pop("x-csrf-token")
    assert client.post("/account/look", data={"theme": "dark", "_csrf": token}).status_code == 303
    assert theme(site) == "dark"

"""Logging in and out, and what slows down those who guess."""

import pytest

from vigie.model import Act
from vigie.web.pages.login.login import inside
from vigie.web.passwords import generated, hash_password, right_password, weakness
from web.served import PASSWORD, token_of

MINUTE, DAY = 60_000, 86_400_000


def attempt(client, login="maelle", password=PASSWORD, **form):
    return client.post(
        "/login", data={"login": login, "password": password, "_csrf": token_of(client.get("/login"))} | form
    )


def test_the_right_password_opens(site):
    with site.visit() as client:
        answer = attempt(client, login=" Maelle ", next="/people")
        assert (answer.status_code, answer.headers["location"]) == (303, "/people")
        assert client.get("/people").status_code == 200
        assert client.get("/login").headers["location"] == "/"


@pytest.mark.parametrize("form", [{"password": "wrong"}, {"login": "nobody"}, {"login": ""}, {"password": "x" * 300}])
def test_a_wrong_one_does_not_and_tells_nothing(site, form):
    with site.visit() as client:
        answer = attempt(client, **form)
    assert answer.status_code == 403
    assert "Cet identifiant et ce mot de passe ne vont pas ensemble." in answer.text
    assert PASSWORD not in answer.text


def test_a_disabled_account_does_not(site):
    accounts = site.house.accounts
    account = accounts.get("yanis")
    accounts.change(
        type(account)(login="yanis", person="yanis", password_hash=account.password_hash, disabled=True), None
    )
    with site.visit() as client:
        assert attempt(client, login="yanis").status_code == 403


def test_guessing_is_stopped_and_starts_again_later(site):
    with site.visit() as client:
        for _ in range(10):
            assert attempt(client, password="guess").status_code == 403
        answer = attempt(client)
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "900")
        assert "Trop d’essais" in answer.text
        assert attempt(client, login="yanis").status_code == 303, "others are not locked out"
    site.clock.forward(16 * MINUTE)
    with site.visit() as client:
        assert attempt(client).status_code == 303


def test_one_address_cannot_try_every_login(site):
    with site.visit() as client:
        for n in range(40):
            site.house.accounts.add_failure("address:127.0.0.1", site.clock() - n)
        assert attempt(client).status_code == 429


def test_logging_out_closes_the_session(site, client):
    kept = client.cookies["vigie"]
    answer = client.post("/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    client.cookies.set("vigie", kept)
    assert client.get("/account").status_code == 303


def test_a_session_ends_by_itself(site, client):
    site.clock.forward(13 * DAY)
    assert client.get("/account").status_code == 200
    site.clock.forward(15 * DAY)
    assert client.get("/account").status_code == 303


def test_no_session_lasts_more_than_three_months(site, client):
    for _ in range(9):
        site.clock.forward(10 * DAY)
        assert client.get("/account").status_code == 200
    site.clock.forward(1 * DAY)
    assert client.get("/account").status_code == 303


def test_the_database_does_not_hold_the_cookie(site, client):
    stored = b"".join(path.read_bytes() for path in site.home.path.rglob("*") if path.is_file())
    assert client.cookies["vigie"].encode() not in stored


def test_logins_are_acts(site, client):
    acts = [act for _, act in site.house.acts.latest()]
    assert any(
        isinstance(a, Act) and (a.verb, a.what, a.who) == ("session.opened", "account:maelle", "maelle") for a in acts
    )


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", ""]
)
def test_one_only_goes_on_inside(address):
    assert inside(address) == "/"


def test_passwords():
    drawn = generated()
    assert weakness(drawn, "ana") == ""
    assert right_password(hash_password(drawn), drawn)
    assert not right_password("", drawn)
    assert not right_password("not a hash", drawn)
    assert weakness("aaaaaaaaaaaa", "ana") == "account.password.guessable"
    assert weakness("vive-anastasie", "anastasie") == "account.password.guessable"
    assert weakness("court", "ana") == "account.password.short"
    assert weakness("long" * 60, "ana") == "account.password.long"


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_door_is_sound(open_page, check_page, lang):
    page = open_page("/login", login="", lang=lang)
    check_page(page)
    page.fill("#f-login", "maelle")
    page.fill("#f-password", "wrong")
    page.click("button[type=submit]")
    page.wait_for_selector("[role=alert]")
    check_page(page, widths=(1440, 390))
    page.fill("#f-password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector(".nav__foot")

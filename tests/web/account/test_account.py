"""My account: looks, password, browsers and keys."""

import re

import msgspec
import pytest

from vigie.web.pages.account.browser import browser
from vigie.web.sessions import digest
from web.served import PASSWORD

DAY = 86_400_000


def test_the_look_is_kept_for_this_person_alone(site, client):
    client.post("/account/look", data={"theme": "dark", "density": "compact", "lang": "en", "back": "/people?x=1"})
    assert '<html lang="en" data-theme="dark" data-density="compact">' in client.get("/account").text
    assert "data-theme" not in site.log_in("yanis").get("/account").text


def test_an_unknown_look_changes_nothing(site, client):
    answer = client.post("/account/look", data={"theme": "<b>", "density": "x", "lang": "de", "back": "//evil.example"})
    assert answer.headers["location"] == "/?done=account.done.look"
    account = site.house.accounts.get("maelle")
    assert (account.theme, account.density, account.lang) == ("", "", "")


def test_a_new_password_logs_out_the_other_browsers(site, client):
    other = site.log_in()
    form = {"now": PASSWORD, "password": "trois bateaux bleus", "again": "trois bateaux bleus"}
    assert client.post("/account/password", data=form).headers["location"] == "/account?done=account.done.password"
    assert client.get("/account?done=account.done.password").text.count("Votre mot de passe est changé") == 1
    assert other.get("/account").status_code == 303
    assert site.log_in("maelle", "trois bateaux bleus")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"now": "wrong"}, "Ce n’est pas votre mot de passe actuel."),
        ({"password": "court", "again": "court"}, "Trop court"),
        ({"again": "trois bateaux verts"}, "Les deux ne sont pas identiques."),
        ({"password": PASSWORD, "again": PASSWORD}, "C’est celui que vous avez déjà."),
    ],
)
def test_what_is_refused_is_said_in_its_place(site, client, form, said):
    whole = {"now": PASSWORD, "password": "trois bateaux bleus", "again": "trois bateaux bleus"} | form
    answer = client.post("/account/password", data=whole)
    assert answer.status_code in {400, 403}
    assert said in answer.text
    assert site.log_in()


def test_a_printed_password_is_changed_before_anything_else(site):
    account = site.house.accounts.get("yanis")
    site.house.accounts.change(msgspec.structs.replace(account, must_change=True), None)
    client = site.visit()
    page = client.get("/login").text
    token = re.search(r'name="_csrf" value="([^"]+)"', page)[1]
    client.post("/login", data={"login": "yanis", "password": PASSWORD, "_csrf": token})
    assert client.get("/listening").headers["location"] == "/account/password"
    page = client.get("/account/password").text
    assert "Choisissez d’abord un mot de passe à vous." in page
    token = re.search(r'name="_csrf" value="([^"]+)"', page)[1]
    form = {"now": PASSWORD, "password": "trois bateaux bleus", "again": "trois bateaux bleus", "_csrf": token}
    client.post("/account/password", data=form)
    assert client.get("/account").status_code == 200


def test_browsers_are_listed_and_closed_one_by_one(site, client):
    phone = site.log_in(headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19) AppleWebKit Safari/605.1"})
    page = client.get("/account").text
    assert "Safari, iPhone" in page
    ref = re.search(r'name="ref" value="([^"]+)"', page)[1]
    client.post("/account/sessions/close", data={"ref": ref})
    assert phone.get("/account").status_code == 303
    assert client.get("/account").status_code == 200


def test_all_others_are_closed_at_once(site, client):
    others = [site.log_in() for _ in range(3)]
    client.post("/account/sessions/close", data={})
    assert [other.get("/account").status_code for other in others] == [303] * 3
    assert client.get("/account").status_code == 200


def test_nobody_closes_the_browsers_of_others(site, client):
    yanis = site.log_in("yanis")
    client.post("/account/sessions/close", data={"ref": digest(yanis.cookies["vigie"])[:16]})
    assert yanis.get("/account").status_code == 200


def test_a_key_is_shown_once_and_works(site, client):
    page = client.post("/account/tokens", data={"name": "Rapport du lundi", "scope": "read", "days": "30"}).text
    secret = re.search(r'id="made">(vigie_[\w-]+)<', page)[1]
    later = client.get("/account").text
    assert "Rapport du lundi" in later
    assert secret not in later
    token = site.house.accounts.token(digest(secret))
    assert (token.login, token.scope, token.expires_at) == ("maelle", "read", site.clock() + 30 * DAY)


def test_a_key_without_a_name_is_not_made(site, client):
    assert client.post("/account/tokens", data={"name": "  "}).status_code == 400
    assert site.house.accounts.tokens("maelle") == []


def test_a_key_is_dropped_by_its_owner_alone(site, client):
    client.post("/account/tokens", data={"name": "a"})
    (token,) = site.house.accounts.tokens("maelle")
    site.log_in("yanis").post(f"/account/tokens/{token.id}/drop")
    assert site.house.accounts.tokens("maelle") == [token]
    client.post(f"/account/tokens/{token.id}/drop")
    assert site.house.accounts.tokens("maelle") == []


def test_keys_open_no_page(site, client):
    page = client.post("/account/tokens", data={"name": "a", "scope": "write"}).text
    secret = re.search(r'id="made">(vigie_[\w-]+)<', page)[1]
    with site.visit(headers={"authorization": f"Bearer {secret}"}) as program:
        assert program.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        (
            "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537 SamsungBrowser/28 Chrome/140 Mobile",
            "Samsung Internet, Android",
        ),
        ("python-httpx/0.28", "python-httpx"),
    ],
)
def test_browsers_have_names(agent, said):
    assert browser(agent) == said


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_sheet_is_sound(open_page, check_page, lang):
    page = open_page("/account", lang=lang)
    check_page(page)
    page.fill("#f-name", "Rapport")
    page.locator("form[action='/account/tokens'] button").click()
    page.wait_for_selector("#made")
    check_page(page, widths=(1440, 390))


@pytest.mark.browser
def test_the_forms_are_sound(open_page, check_page):
    check_page(open_page("/account/password"), widths=(1440, 390))
    page = open_page("/account")
    page.locator("form[action='/account/factor'] button").click()
    page.wait_for_selector(".qr")
    check_page(page, widths=(1440, 390))

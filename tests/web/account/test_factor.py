"""The second factor: put on, asked for, used once, and taken off."""

import re

import pyotp

from web.served import PASSWORD, token_of


def add_factor(site, client):
    """Adds it; the secret and the recovery codes."""
    page = client.post("/account/factor").text
    secret = re.search(r'id="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
    done = client.post("/account/factor/confirm", data={"ticket": ticket, "code": now_code(site, secret)})
    assert done.status_code == 200, done.text
    return secret, re.findall(r"<li>((?:[a-z0-9]{4}-){2}[a-z0-9]{4})", done.text)


def now_code(site, secret):
    return pyotp.TOTP(secret).at(site.clock() // 1000)


def give(site, code):
    """A new browser, the right password, then this code."""
    visitor = site.visit()
    token = token_of(visitor.get("/login"))
    page = visitor.post("/login", data={"login": "maelle", "password": PASSWORD, "_csrf": token, "next": "/people"})
    assert "Quel code montre votre application" in page.text
    ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)[1]
    answer = visitor.post("/login/code", data={"ticket": ticket, "code": code, "_csrf": token, "next": "/people"})
    visitor.close()
    return answer


def test_it_is_asked_for_from_then_on(site, client):
    secret, codes = add_factor(site, client)
    assert len(codes) == 10
    site.clock.forward(60_000)
    answer = give(site, now_code(site, secret))
    assert (answer.status_code, answer.headers["location"]) == (303, "/people")
    assert "vigie=" in answer.headers["set-cookie"]


def test_the_password_alone_opens_nothing(site, client):
    add_factor(site, client)
    visitor = site.visit()
    token = token_of(visitor.get("/login"))
    answer = visitor.post("/login", data={"login": "maelle", "password": PASSWORD, "_csrf": token})
    assert answer.status_code == 200
    assert "vigie=" not in answer.headers.get("set-cookie", "")
    assert visitor.get("/account").status_code == 303


def test_no_code_works_twice(site, client):
    secret, _ = add_factor(site, client)
    site.clock.forward(60_000)
    code = now_code(site, secret)
    assert give(site, code).status_code == 303
    assert give(site, code).status_code == 403


def test_a_code_of_half_a_minute_ago_still_works_one_of_two_minutes_ago_does_not(site, client):
    secret, _ = add_factor(site, client)
    site.clock.forward(300_000)
    late = now_code(site, secret)
    site.clock.forward(30_000)
    assert give(site, late).status_code == 303
    old = pyotp.TOTP(secret).at(site.clock() // 1000 - 120)
    assert give(site, old).status_code == 403


def test_a_recovery_code_works_once(site, client):
    _, codes = add_factor(site, client)
    assert give(site, codes[3].upper().replace("-", " ")).status_code == 303
    assert give(site, codes[3]).status_code == 403
    assert "9 codes de secours" in client.get("/account").text.replace("\u00a0", " ")


def test_recovery_codes_are_stored_as_digests(site, client):
    _, codes = add_factor(site, client)
    stored = b"".join(path.read_bytes() for path in site.home.path.rglob("*") if path.is_file())
    assert not any(code.encode() in stored for code in codes)


def test_guessing_codes_is_stopped(site, client):
    add_factor(site, client)
    answers = [give(site, f"{n:06}").status_code for n in range(10)]
    assert answers == [403] * 10
    visitor = site.visit()
    form = {"login": "maelle", "password": PASSWORD, "_csrf": token_of(visitor.get("/login"))}
    assert visitor.post("/login", data=form).status_code == 429


def test_a_wrong_code_does_not_put_it_on(site, client):
    page = client.post("/account/factor").text
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
    answer = client.post("/account/factor/confirm", data={"ticket": ticket, "code": "000000"})
    assert answer.status_code == 400
    assert site.house.accounts.get("maelle").totp == ""


def test_the_picture_is_inline_and_holds_what_apps_read(site, client):
    page = client.post("/account/factor").text
    assert 'src="data:image/svg+xml' in page


def test_taking_it_off_asks_for_the_password(site, client):
    add_factor(site, client)
    wrong = client.post("/account/factor/off", data={"password": "wrong"})
    assert wrong.status_code == 403
    assert "n’est pas votre mot de passe actuel" in wrong.text
    assert site.house.accounts.get("maelle").totp
    assert client.post("/account/factor/off", data={"password": PASSWORD}).status_code == 303
    assert site.house.accounts.get("maelle").totp == ""
    assert site.house.vault.get("recovery:maelle") == ""


def test_new_recovery_codes_replace_the_old_ones(site, client):
    _, old = add_factor(site, client)
    page = client.post("/account/factor/codes", data={"password": PASSWORD}).text
    new = re.findall(r"<li>((?:[a-z0-9]{4}-){2}[a-z0-9]{4})", page)
    assert give(site, old[0]).status_code == 403
    assert give(site, new[0]).status_code == 303

"""The frame around every page: who is let in, what it says and what it refuses."""

import re

import pytest

from web.served import CHARTER, serving, token_of


def headline(answer) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
    return found[1].strip() if found else ""


def test_a_stranger_is_sent_to_the_door_and_back(site):
    with site.visit() as client:
        answer = client.get("/account?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/account%3Fx%3D1")


def test_a_stranger_is_told_by_htmx_and_by_the_api_in_their_own_way(site):
    with site.visit() as client:
        swap = client.get("/account", headers={"hx-request": "true"})
        call = client.get("/api/v1/nothing/that/is", headers={"accept": "application/json"})
        token = client.get("/api/v1/mentions", headers={"authorization": "Bearer vigie_wrong"})
    assert (swap.status_code, swap.headers["hx-redirect"]) == (401, "/login")
    assert call.status_code == 404
    assert call.headers["content-type"].startswith("application/problem+json")
    assert token.status_code in {401, 404}


def test_every_answer_carries_the_policy(client):
    for path in ("/account", "/nothing", "/healthz", "/login"):
        headers = client.get(path).headers
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_the_navigation_holds_what_the_role_may_see(site):
    owner, reader = site.log_in("maelle"), site.log_in("ines")
    assert 'href="/people"' in owner.get("/account").text
    assert 'href="/people"' not in reader.get("/account").text
    answer = reader.get("/people")
    assert (answer.status_code, headline(answer)) == (403, "Votre rôle ne le permet pas.")


def test_an_unknown_address_keeps_the_frame(client):
    answer = client.get("/nothing")
    assert (answer.status_code, headline(answer)) == (404, "Il n’y a rien à cette adresse.")
    assert "Maëlle Kerbrat" in answer.text


def test_a_wrong_method_is_said(client):
    answer = client.get("/logout")
    assert (answer.status_code, headline(answer)) == (405, "Cette adresse n’accepte pas ce genre de demande.")
    assert "POST" in answer.headers["allow"]


def test_a_foreign_host_name_is_refused(site):
    with site.visit() as client:
        answer = client.get("/login", headers={"host": "evil.example"})
    assert (answer.status_code, headline(answer)) == (421, "Vigie ne répond pas à ce nom.")


def test_a_huge_form_is_refused(client):
    answer = client.post("/account/password", data={"password": "x" * 3_000_000})
    assert (answer.status_code, headline(answer)) == (413, "C’est plus gros que ce que Vigie accepte.")


def test_what_breaks_is_said_without_a_trace_of_code(site, client):
    def broken() -> int:
        raise RuntimeError("the secret of the vault")

    site.house.archive.sources, kept = broken, site.house.archive.sources
    try:
        answer = client.get("/account")
    finally:
        site.house.archive.sources = kept
    assert answer.status_code == 500
    assert "Quelque chose s’est cassé de notre côté." in answer.text
    assert re.search(r"Référence pour le journal\s?: [0-9a-f]{8}", answer.text)
    assert "Traceback" not in answer.text
    assert "vault" not in answer.text


def test_language_follows_the_browser_until_one_is_chosen(site):
    client = site.log_in(headers={"accept-language": "en-GB,fr;q=0.5"})
    assert '<html lang="en"' in client.get("/account").text
    client.post("/account/look", data={"lang": "fr"})
    assert '<html lang="fr"' in client.get("/account").text


def test_without_an_encrypted_line_each_page_says_so_off_this_machine(site):
    with site.visit() as client:
        near = client.get("/login")
        far = client.get("/login", headers={"host": "192.168.1.20:8420"})
        safe = client.get("/login", headers={"host": "192.168.1.20", "x-forwarded-proto": "https"})
    warning = "Cette connexion n’est pas chiffrée"
    assert [warning in answer.text for answer in (near, far, safe)] == [False, True, False]


def test_behind_https_the_cookie_is_bound_to_the_host(site):
    with site.visit(headers={"x-forwarded-proto": "https", "origin": site.url}) as client:
        door = client.get("/login")
        cookie = door.headers["set-cookie"]
        form = {"login": "maelle", "password": "un quai sous la pluie", "_csrf": token_of(door)}
        answer = client.post("/login", data=form, headers={"cookie": cookie.partition(";")[0]})
    assert answer.status_code == 303
    assert re.match(
        r"__Host-vigie=[^;]+; HttpOnly; Max-Age=\d+; Path=/; SameSite=lax; Secure", answer.headers["set-cookie"]
    )
    assert answer.headers["strict-transport-security"]


def test_a_broken_charter_does_not_take_the_house_down(site, client):
    path = site.home.path / "charter.yaml"
    path.write_text(CHARTER.replace("roles: [author]", "roles: [captain]"))
    answer = client.get("/people")
    assert answer.status_code == 200
    assert "La charte a une erreur à la ligne" in answer.text
    assert "Yanis Belkadi" in answer.text
    path.write_text(CHARTER)
    assert "La charte a une erreur" not in client.get("/people").text


def test_a_charter_that_is_no_text_is_said_too(site, client):
    (site.home.path / "charter.yaml").write_bytes(b"charter: 1\ncompany: \xff\xfe\n")
    answer = client.get("/people")
    assert answer.status_code == 200
    assert "UTF-8" in answer.text
    (site.home.path / "charter.yaml").write_text(CHARTER)
    assert "UTF-8" not in client.get("/people").text


def test_a_charter_that_never_could_be_read_gives_nobody_a_right(tmp_path):
    with serving(tmp_path / "home", charter="") as site:
        (site.home.path / "charter.yaml").write_text("charter: [")
        assert site.log_in().get("/people").status_code == 403


def test_before_the_first_charter_whoever_has_an_account_owns_the_house(tmp_path):
    with serving(tmp_path / "home", charter="") as site:
        assert site.log_in().get("/people").status_code == 200


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_the_company_and_its_people_cannot_write_markup(tmp_path, text):
    charter = CHARTER.replace("name: Brûlerie du Port", f"name: '{text}'").replace("Yanis Belkadi", f"'{text}'")
    with serving(tmp_path / "home", charter=charter) as site:
        page = site.log_in().get("/people").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "alert(1)" in page

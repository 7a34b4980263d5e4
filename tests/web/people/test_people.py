"""People: the charter's and their accounts."""

import re

import pytest

from web.served import CHARTER, PASSWORD, token_of

DAY = 86_400_000


def charter_of(site) -> str:
    return (site.home.path / "charter.yaml").read_text()


def link_in(page: str) -> str:
    return re.search(r'id="link">https?://[^/]+(/join/[^<]+)<', page)[1]


def test_everyone_is_listed_with_roles(client):
    page = client.get("/people").text
    assert "3 personnes, 3 peuvent se connecter." in page.replace("\u00a0", " ")
    for word in ("Maëlle Kerbrat", "responsable", "Yanis Belkadi", "rédaction", "Inès Abgrall", "lecture"):
        assert word in page


@pytest.mark.parametrize("login", ["yanis", "ines"])
@pytest.mark.parametrize("path", ["/people", "/people/new", "/people/maelle"])
def test_only_owners_see_them(site, login, path):
    assert site.log_in(login).get(path).status_code == 403


@pytest.mark.parametrize("path", ["new", "maelle", "maelle/drop", "maelle/renew", "maelle/disable", "maelle/invite"])
def test_only_owners_change_them(site, path):
    yanis = site.log_in("yanis")
    assert yanis.post(f"/people/{path}", data={"name": "x", "roles": "owner"}).status_code == 403
    assert charter_of(site) == CHARTER


def test_somebody_new_is_written_into_the_charter_and_gets_a_link(site, client):
    answer = client.post("/people/new", data={"name": "Éloïse Le Goff", "email": "", "roles": ["author", "reader"]})
    assert answer.status_code == 200
    text = charter_of(site)
    assert "# our name, however it is spelt" in text
    assert "# The roastery's charter." in text
    person = site.house.charter().person("eloise")
    assert (person.name, person.roles) == ("Éloïse Le Goff", ("reader", "author"))
    with site.visit() as visitor:
        link = link_in(answer.text)
        form = {
            "ticket": link.removeprefix("/join/"),
            "password": "trois bateaux bleus",
            "again": "trois bateaux bleus",
        }
        visitor.post("/join", data=form | {"_csrf": token_of(visitor.get(link))})
        assert "Éloïse Le Goff" in visitor.get("/account").text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": " "}, "Donnez un nom"),
        ({"name": "Léa", "id": "2x"}, "Un identifiant commence par une lettre"),
        ({"name": "Léa", "id": "new"}, "Un identifiant commence par une lettre"),
        ({"name": "張偉"}, "Un identifiant commence par une lettre"),
        ({"name": "Yanis", "id": "yanis"}, "Cet identifiant est pris"),
        ({"name": "Léa", "email": "not an address"}, "email"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_lost(site, client, form, said):
    answer = client.post("/people/new", data=form)
    assert answer.status_code == 400
    assert said in answer.text
    assert f'value="{form["name"]}"' in answer.text
    assert charter_of(site) == CHARTER


def test_two_of_the_same_first_name(site, client):
    client.post("/people/new", data={"name": "Yanis Autre"})
    assert site.house.charter().person("yanis2").name == "Yanis Autre"


def test_a_form_cannot_write_other_lines_of_the_charter(site, client):
    client.post("/people/new", data={"name": "Léa\n  - {id: mallory, name: M, roles: [owner]}", "roles": "reader"})
    assert site.house.charter().person("mallory") is None


def test_roles_change_what_somebody_may_do_at_once(site, client):
    ines = site.log_in("ines")
    assert ines.get("/people").status_code == 403
    client.post("/people/ines", data={"name": "Inès Abgrall", "roles": ["reader", "owner"]})
    assert ines.get("/people").status_code == 200
    verbs = [(act.verb, act.who, act.what) for _, act in site.house.acts.latest()]
    assert ("person.changed", "maelle", "person:ines") in verbs


def test_an_unknown_role_is_nothing(site, client):
    client.post("/people/ines", data={"name": "Inès Abgrall", "roles": ["emperor"]})
    assert site.house.charter().roles("ines") == ("reader",)


def test_there_is_always_an_owner(site, client):
    for path, form in (("", {"name": "Maëlle", "roles": ["reader"]}), ("/disable", {}), ("/drop", {})):
        answer = client.post(f"/people/maelle{path}", data=form)
        assert answer.status_code == 409, path
        assert "plus personne ne pourrait gérer la maison" in answer.text
    assert site.house.charter().roles("maelle") == ("owner",)


def test_an_owner_who_cannot_log_in_does_not_count(site, client):
    client.post("/people/ines", data={"name": "Inès", "roles": ["owner"]})
    client.post("/people/ines/disable")
    assert client.post("/people/maelle", data={"name": "Maëlle", "roles": ["reader"]}).status_code == 409


def test_disabling_logs_out_at_once_and_enabling_lets_back_in(site, client):
    yanis = site.log_in("yanis")
    client.post("/people/yanis/disable")
    assert yanis.get("/account").status_code == 303
    assert "désactivé" in client.get("/people").text
    client.post("/people/yanis/enable")
    assert site.log_in("yanis")


def test_a_new_link_shuts_the_old_doors(site, client):
    yanis = site.log_in("yanis")
    client.post("/people/yanis/renew")
    assert yanis.get("/account").status_code == 303
    with site.visit() as visitor:
        form = {"login": "yanis", "password": PASSWORD, "_csrf": token_of(visitor.get("/login"))}
        assert visitor.post("/login", data=form).status_code == 403


def test_nobody_locks_themselves_out(client):
    assert client.post("/people/maelle/renew").status_code == 409


def test_who_leaves_the_charter_can_do_nothing_and_is_listed_apart(site, client):
    ines = site.log_in("ines")
    client.post("/people/ines/drop")
    assert "Comptes sans personne" in client.get("/people").text
    assert ines.get("/sources").status_code in {403, 404}
    assert client.get("/people/ines").status_code == 200
    assert "Cet identifiant est pris" in client.post("/people/new", data={"name": "Inès", "id": "ines"}).text


def test_who_was_taken_out_can_be_put_back_word_for_word(site, client):
    page = client.post("/people/ines/drop", follow_redirects=True).text
    assert "Inès Abgrall n’est plus dans la charte." in page
    removed = re.search(r'name="removed" value="([0-9a-f]+)"', page)[1]
    assert client.post("/people/-/undo", data={"removed": removed}).status_code == 303
    assert charter_of(site) == CHARTER
    assert "n’est plus dans la charte" not in client.get(f"/people?removed={removed}").text
    assert client.post("/people/-/undo", data={"removed": removed}).status_code == 409


def test_a_new_link_drops_the_keys(site, client):
    site.log_in("yanis").post("/account/tokens", data={"name": "a"})
    client.post("/people/yanis/renew")
    assert site.house.accounts.tokens("yanis") == []


def test_nobody_there_is_said(client):
    assert client.get("/people/nobody").status_code == 404
    assert client.post("/people/nobody/invite").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_pages_are_sound(open_page, check_page, lang):
    for path in ("/people", "/people/yanis", "/people/new"):
        check_page(open_page(path, lang=lang))

"""The link by which somebody sets a password: once, for a week, for nobody else."""

import re

from vigie.web import tickets
from web.served import token_of

DAY = 86_400_000


def invite(client, login="yanis"):
    page = client.post(f"/people/{login}/renew").text
    return re.search(r'id="link">https?://[^/]+(/join/[^<]+)<', page)[1]


def choose(visitor, link, password="trois bateaux bleus", again=None):
    form = {"ticket": link.removeprefix("/join/"), "password": password, "again": again or password}
    return visitor.post("/join", data=form | {"_csrf": token_of(visitor.get("/login"))})


def test_a_link_sets_a_password_and_lets_in(site, client):
    link = invite(client)
    with site.visit() as visitor:
        assert "Compte yanis" in visitor.get(link).text
        answer = choose(visitor, link)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert visitor.get("/account").status_code == 200
    assert site.log_in("yanis", "trois bateaux bleus")


def test_it_works_once(site, client):
    link = invite(client)
    with site.visit() as visitor:
        choose(visitor, link)
    with site.visit() as other:
        assert other.get(link).status_code == 410
        assert choose(other, link, "un autre mot de passe").status_code == 410
    assert site.log_in("yanis", "trois bateaux bleus")


def test_a_newer_link_replaces_it(site, client):
    old, new = invite(client), invite(client)
    with site.visit() as visitor:
        assert visitor.get(old).status_code == 410
        assert visitor.get(new).status_code == 200


def test_it_ends_after_a_week(site, client):
    link = invite(client)
    site.clock.forward(7 * DAY)
    with site.visit() as visitor:
        assert visitor.get(link).status_code == 410


def test_nobody_can_write_one(site, client):
    link = invite(client)
    forged = tickets.sign(b"another secret", "join", "maelle x", site.clock() + DAY)
    other_purpose = tickets.sign(site.house.secret, "code", "maelle x", site.clock() + DAY)
    with site.visit() as visitor:
        for ticket in (forged, other_purpose, link[6:-1], link[6:] + "A", "x", "x.", "é", "a.b.c"):
            assert visitor.get(f"/join/{ticket}").status_code == 410, ticket


def test_a_weak_or_unequal_password_is_refused_and_the_link_stays_good(site, client):
    link = invite(client)
    with site.visit() as visitor:
        assert "Trop court" in choose(visitor, link, "court").text
        assert "Les deux ne sont pas identiques." in choose(visitor, link, again="trois bateaux verts").text
        assert choose(visitor, link).status_code == 303

"""The page of our own accounts: how they stand, one connected, proved, let go, taken back."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from counterparts.mastodon import TOKEN
from counterparts.mastodon_writing import WritingMastodon
from counterparts.threaded import threaded
from vigie.fetch import GuardedFetch
from vigie.flows.ports.writer import Budget, Grant, Standing, WriteError
from vigie.flows.standing import Watched, fails, stands
from vigie.model import Act, Author, Pause
from vigie.networks import writings
from web.api.conftest import program as program  # noqa: PLC0414 - a fixture of the API's tests
from web.served import CHARTER, Site, serving

HOUR = 3_600_000
DAY = 24 * HOUR
MASTO = "  - {id: masto, network: mastodon, account: maison, purpose: répondre, owner: yanis}\n"
MORE = CHARTER.replace("queries:\n", f"{MASTO}  - {{id: presse, network: rss, account: presse}}\nqueries:\n", 1)


@pytest.fixture
def server() -> Iterator[WritingMastodon]:
    """A Mastodon whose token opens ``maison``."""
    with threaded(WritingMastodon()) as running:
        yield running


@pytest.fixture
def site(tmp_path: Path, server: WritingMastodon) -> Iterator[Site]:
    """A house with three channels; what is read only, is so because nothing writes there."""
    fetch = GuardedFetch((server.host,))
    with serving(tmp_path / "home", charter=MORE, writings=writings(), fetch=fetch, demo=False) as site:
        yield site


def text(answer: httpx.Response) -> str:
    """What is read on a page, without marks and with plain spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).replace("\u202f", " ").replace("\xa0", " ").split())


def connect(client: httpx.Client, server: WritingMastodon, secret: str = TOKEN) -> httpx.Response:
    return client.post("/channels/masto", data={"service": server.url, "secret": secret})


def verbs(site: Site) -> list[str]:
    return [act.verb for _, act in site.house.acts.about("channel:masto")][::-1]


def test_each_account_of_the_charter_stands_there_with_its_next_act(site, client):
    said = text(client.get("/channels"))
    assert "2 comptes ne sont pas encore reliés." in said
    assert "@brulerie.example" in said
    assert "tenu par Yanis Belkadi" in said
    assert said.count("Relier le compte") == 2
    assert "Lu seulement" in said


def test_an_account_is_connected_with_a_token_which_is_never_shown_again(site, client, server):
    answer = connect(client, server)
    assert (answer.status_code, answer.headers["location"]) == (303, "/channels/masto?done=channels.done.connected")
    page = client.get("/channels/masto")
    assert "Vigie peut publier sur Mastodon sous @maison" in text(page)
    assert f'value="{server.url}"' in page.text
    assert TOKEN not in page.text + client.get("/channels").text
    assert site.house.keyring.grant("masto").secret == TOKEN
    assert verbs(site) == ["channel.connected"]


def test_a_wrong_key_is_said_at_its_field_and_nothing_else_is_lost(site, client, server):
    answer = connect(client, server, "of-another-time")
    assert answer.status_code == 422
    assert "Mastodon refuse cette clé." in text(answer)
    assert f'value="{server.url}"' in answer.text
    assert "of-another-time" not in answer.text
    assert site.house.keyring.grant("masto") is None
    assert "Collez la clé" in text(connect(client, server, " "))
    assert verbs(site) == []


def test_the_key_of_another_account_is_refused(site, client, server):
    site.write_charter(MORE.replace("account: maison", "account: somebody"))
    answer = connect(client, server)
    assert answer.status_code == 422
    assert "Cette clé ouvre @maison" in text(answer)
    assert site.house.keyring.grant("masto") is None


def test_an_address_without_a_server_is_said(site, client):
    answer = client.post("/channels/masto", data={"service": "http://127.0.0.1:1", "secret": "x"})
    assert answer.status_code == 422
    assert "ne mène pas à un serveur que Vigie peut joindre" in text(answer)


def test_a_person_lets_vigie_in_on_the_page_of_the_server(site, client, server):
    begun = client.post("/channels/masto/invite", data={"service": server.url})
    assert begun.headers["location"] == "/channels/masto#code"
    page = client.get("/channels/masto")
    (address,) = re.findall(rf'href="({re.escape(server.url)}/oauth/authorize[^"]+)"', page.text)
    with closing(site.log_in("maelle")) as elsewhere:
        assert "/oauth/authorize" in elsewhere.get("/channels/masto").text
    wrong = client.post("/channels/masto/code", data={"code": "nothing"})
    assert wrong.status_code == 422
    code = server.allow(address.replace("&amp;", "&"))
    assert client.post("/channels/masto/code", data={"code": code}).status_code == 303
    assert site.house.keyring.grant("masto").secret == TOKEN
    assert "/oauth/authorize" not in client.get("/channels/masto").text


def test_an_invitation_is_the_persons_own_and_does_not_last(site, client, server):
    text_now = site.house.charter_file.read()[0]
    site.write_charter(text_now.replace("Belkadi, roles: [author]", "Belkadi, roles: [publisher]"))
    client.post("/channels/masto/invite", data={"service": server.url})
    with closing(site.log_in("yanis")) as other:
        assert "Le délai est passé." in text(other.post("/channels/masto/code", data={"code": "x"}))
    site.clock.forward(16 * 60_000)
    assert "Le délai est passé." in text(client.post("/channels/masto/code", data={"code": "x"}))


def test_it_is_proved_now(site, client, server):
    assert "il n'y a rien à vérifier" in text(client.post("/channels/masto/proof")).replace("’", "'")
    connect(client, server)
    site.clock.forward(HOUR)
    assert client.post("/channels/masto/proof").headers["location"].endswith("channels.done.proved")
    site.house.keyring.keep_grant("masto", Grant(server.url, "taken-back"))
    refused = text(client.post("/channels/masto/proof"))
    assert "Mastodon refuse cette clé." in refused
    board = text(client.get("/channels"))
    assert "Un compte est à relier à nouveau." in board
    assert "Mastodon refuse la clé" in board
    assert {notice.kind for _, notice in site.house.notices.log()} <= {"channel.bad-token"}


def test_it_is_let_go_and_taken_back_by_the_same_person_for_a_while(site, client, server):
    connect(client, server)
    dropped = client.post("/channels/masto/disconnect")
    assert dropped.headers["location"] == "/channels?dropped=masto"
    assert site.house.keyring.grant("masto") is None
    assert 'action="/channels/masto/undo"' in client.get("/channels?dropped=masto").text
    assert "/undo" not in client.get("/channels?dropped=bsky").text
    assert client.post("/channels/masto/undo").status_code == 303
    assert site.house.keyring.grant("masto").secret == TOKEN
    assert verbs(site) == ["channel.connected", "channel.disconnected", "channel.connected"]
    client.post("/channels/masto/disconnect")
    site.clock.forward(16 * 60_000)
    assert client.post("/channels/masto/undo").status_code == 409
    assert site.house.keyring.grant("masto") is None


def test_what_the_network_said_last_is_told_with_its_times(site, client):
    watched = Watched(site.house.signals, site.house.notices)
    now = site.clock()
    site.house.keyring.keep_grant("bsky", Grant("https://pds.example", "secret"))
    author = Author("did:plc:1", "brulerie.example")
    stands(watched, None, "bsky", Standing(author, Budget(4_980, 5_000, now + HOUR), now + 3 * DAY), now)
    site.hear("Le Sidamo est là", network="bluesky", author=author)
    said = text(client.get("/channels"))
    assert "4 980 sur 5 000, jusqu’à 18 h 42" in said
    assert "Le réseau met fin à cet accès le" in said
    assert "Peut publier et lire" in said
    assert "aucune que Vigie ait vue" in said  # of the two others
    assert said.count("aucune que Vigie ait vue") == 2
    fails(watched, None, "bsky", WriteError("refused", "AccountTakedown"), now)
    assert "AccountTakedown" in text(client.get("/channels/bsky"))
    site.clock.forward(4 * DAY)
    stands(watched, None, "bsky", Standing(author, expires_at=now + 3 * DAY), site.clock())
    assert "L’accès a pris fin" in text(client.get("/channels"))


def test_a_pause_that_covers_an_account_is_named(site, client):
    now = site.clock()
    site.house.publications.pause(Pause(0, ("bsky",), "maelle", "", now), Act(now, "maelle", "pause.set", "pause"))
    page = client.get("/channels")
    assert page.text.count('href="/pauses/1"') >= 1
    assert text(page).count("Suspendu depuis") == 1


def test_a_reader_sees_them_and_is_offered_no_act(site, server):
    with closing(site.log_in("ines")) as ines:
        assert "Relier le compte" not in text(ines.get("/channels"))
        assert "<form" not in ines.get("/channels/masto").text.partition("<main")[2].partition("</main")[0]
        assert connect(ines, server).status_code == 403


def test_programs_read_prove_and_let_go(site, client, server, program):
    api = program()
    connect(client, server)
    bsky, masto, press = api.get("/channels").json()["items"]
    assert (bsky["health"], masto["health"], press["health"]) == ("absent", "works", "reads-only")
    assert TOKEN not in api.get("/channels").text
    assert api.post("/channels/masto/proof").json()["trouble"] is None
    assert api.post("/channels/bsky/proof").json()["trouble"]["code"] == "not-connected"
    assert api.delete("/channels/masto/grant").status_code == 204
    assert api.delete("/channels/masto/grant").status_code == 204
    assert verbs(site) == ["channel.connected", "channel.disconnected"]
    assert api.post("/channels/nobody/proof").status_code == 404

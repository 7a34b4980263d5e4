"""Connecting a channel: what is given must open the account that the charter names."""

import random
from urllib.parse import urlsplit

import pytest

from counterparts.mastodon import TOKEN
from counterparts.mastodon_writing import WritingMastodon
from vigie.app.clock import now
from vigie.charter import Channel
from vigie.fetch import GuardedFetch
from vigie.flows.connecting import WrongAccountError, accepted, checked, connected, invited, server_of
from vigie.flows.ports.writer import Grant, Standing, WriteError, WriteTools
from vigie.model import Author
from vigie.networks import writings


def tools(*places: str) -> WriteTools:
    return WriteTools(GuardedFetch(places), now, random.Random(1).random)


def channel(account: str, id: str = "") -> Channel:
    return Channel(id="c", network="mastodon", account=account, account_id=id)


@pytest.mark.parametrize(
    ("wanted", "id", "found", "same"),
    [
        ("brulerie.example", "", Author("did:plc:us", "brulerie.example"), True),
        ("Brulerie.Example", "", Author("did:plc:us", "brulerie.example"), True),
        ("brulerie@port.example", "", Author("1", "brulerie@port.example"), True),
        ("brulerie@port.example", "", Author("1", "brulerie"), True),
        ("brulerie@port.example", "", Author("1", "brulerie@elsewhere.example"), False),
        ("brulerie.example", "", Author("did:plc:them", "brulerie.examp1e"), False),
        ("brulerie.example", "did:plc:us", Author("did:plc:us", "renamed.example"), True),
        ("brulerie.example", "did:plc:us", Author("did:plc:them", "brulerie.example"), False),
    ],
)
def test_only_the_account_of_the_charter_is_kept(wanted, id, found, same):
    given = Grant("https://server.example", "secret"), Standing(found)
    if same:
        assert checked(channel(wanted, id), *given) == given
    else:
        with pytest.raises(WrongAccountError):
            checked(channel(wanted, id), *given)


def test_the_server_is_in_the_handle_where_there_is_one():
    assert server_of(channel("brulerie@port.example")) == "https://port.example"
    assert server_of(channel("brulerie.example")) == ""


async def test_a_network_with_a_page_of_its_own_lets_us_in_by_its_code():
    writing = writings()["mastodon"]
    async with WritingMastodon() as server:
        place = urlsplit(server.url).netloc
        ours, with_it = channel(f"maison@{place}"), tools(place)
        invitation = await invited(writing, ours, server.url, "", with_it)
        assert invitation is not None
        grant, standing = await accepted(writing, ours, invitation, server.allow(invitation.url), with_it)
        assert (grant.secret, standing.author.handle.partition("@")[0]) == (TOKEN, "maison")
        again = await invited(writing, ours, server.url, "", with_it)
        assert again is not None
        with pytest.raises(WriteError, match="bad-token"):
            await accepted(writing, ours, again, "no such code", with_it)


async def test_a_token_is_enough_and_one_of_another_account_is_refused():
    writing = writings()["mastodon"]
    async with WritingMastodon() as server:
        place = urlsplit(server.url).netloc
        grant, _ = await connected(writing, channel(f"maison@{place}"), server.url, "", TOKEN, tools(place))
        assert grant.secret == TOKEN
        with pytest.raises(WrongAccountError):
            await connected(writing, channel(f"voisine@{place}"), server.url, "", TOKEN, tools(place))


async def test_where_there_is_no_such_page_a_password_is_asked_for():
    assert await invited(writings()["demo"], channel("brulerie.example"), "", "", tools()) is None

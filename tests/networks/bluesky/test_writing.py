"""Writing on a real Bluesky server, straight and through a network with faults; sessions; identifiers."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Sequence

import httpx
import msgspec
import pytest

from counterparts.fault_proxy import FaultProxy
from counterparts.pds import Account, Pds
from networks.suite_writing import PIXEL, FaultSuite, WriterSuite, now, publish, wanted
from vigie.fetch import GuardedFetch
from vigie.flows.ports.writer import Grant, Upload, WriteError, Writer, WriteTools
from vigie.model import Author, Post
from vigie.networks import writings
from vigie.networks.bluesky.record import COLLECTION

pytestmark = pytest.mark.network_server

NAMES = itertools.count(1)
POST = Post("bluesky", "", Author("x"), "", 1)
WRITING = writings()["bluesky"]


class OnBluesky:
    """An account on the real server. ``kept`` is every grant that was to be kept."""

    name = "bluesky"
    edits = False
    reads_back = True

    def __init__(self, pds: Pds, account: Account, grant: Grant, tools: WriteTools, proxy: FaultProxy | None) -> None:
        self.pds, self.account, self.grant, self.tools, self.proxy = pds, account, grant, tools, proxy
        self.kept: list[Grant] = []

    def writer(self) -> Writer:
        return WRITING.writer(self.grant, self._keep, self.tools)

    def _keep(self, grant: Grant) -> None:
        self.kept.append(grant)
        self.grant = grant

    async def records(self) -> list[dict]:
        asked = {"repo": self.account.did, "collection": COLLECTION, "limit": 100, "reverse": True}
        async with httpx.AsyncClient() as http:
            answer = await http.get(f"{self.pds.url}/xrpc/com.atproto.repo.listRecords", params=asked)
        return answer.raise_for_status().json()["records"]

    async def texts(self) -> Sequence[str]:
        return [record["value"]["text"] for record in await self.records()]


def tools(port: int) -> WriteTools:
    places = [f"{host}:{port}" for host in ("127.0.0.1", "localhost")]
    return WriteTools(GuardedFetch(places), now, random.SystemRandom().random, seconds=1.5)


async def on(pds: Pds, service: str, port: int, proxy: FaultProxy | None) -> OnBluesky:
    made = pds.make_account(f"maison{next(NAMES)}")
    grant, _ = await WRITING.connect(service, made.handle, "correct-horse", tools(port))
    return OnBluesky(pds, made, grant, tools(port), proxy)


def spoil(account: OnBluesky, *tokens: str) -> None:
    """Makes tokens of a kept session invalid, as time does."""
    session = msgspec.json.decode(account.grant.session)
    session |= dict.fromkeys(tokens, "spent")
    account.grant = msgspec.structs.replace(account.grant, session=msgspec.json.encode(session).decode())


@pytest.fixture
async def account(pds: Pds) -> OnBluesky:
    return await on(pds, pds.url, pds.port, None)


class TestWriter(WriterSuite):
    """On a good network."""

    async def test_mentions_count_when_they_exist_and_places_are_counted_in_bytes(self, account: OnBluesky) -> None:
        handle = account.account.handle
        await account.writer().write(wanted(account.writer(), f"Été 🫖 @{handle} et @nobody.test"))
        (record,) = await account.records()
        (facet,) = record["value"]["facets"]
        raw = record["value"]["text"].encode()
        index = facet["index"]
        assert raw[index["byteStart"] : index["byteEnd"]].decode() == f"@{handle}"
        assert facet["features"] == [{"$type": "app.bsky.richtext.facet#mention", "did": account.account.did}]

    async def test_what_is_foretold_is_what_stands_there(self, account: OnBluesky) -> None:
        writer = account.writer()
        first = await writer.write(wanted(writer, "Le premier"))
        post = wanted(
            writer, "Tout à la fois #café", Upload(PIXEL, "image/png", "un point", 1, 1), parent=first, quotes=first
        )
        receipt = await writer.write(post)
        assert await writer.find(post) == receipt
        value = (await account.records())[1]["value"]
        assert value["reply"]["root"]["uri"] == value["reply"]["parent"]["uri"] == first.remote_id
        assert value["embed"]["$type"] == "app.bsky.embed.recordWithMedia"
        assert value["embed"]["media"]["images"][0]["alt"] == "un point"
        assert value["langs"] == ["fr"]

    async def test_a_post_changed_behind_our_back_is_found_altered(self, account: OnBluesky) -> None:
        writer = account.writer()
        post = wanted(writer, "Ce que nous avons dit")
        receipt = await writer.write(post)
        body = {"repo": account.account.did, "collection": COLLECTION, "rkey": post.key}
        value = (await account.records())[0]["value"] | {"text": "Ce que nous n'avons pas dit"}
        headers = {"authorization": f"Bearer {account.account.token}"}
        async with httpx.AsyncClient(headers=headers) as http:
            url = f"{account.pds.url}/xrpc/com.atproto.repo.putRecord"
            (await http.post(url, json=body | {"record": value})).raise_for_status()
        found = await writer.find(post)
        assert found is not None
        assert found.altered
        assert (found.remote_id, found.version != receipt.version) == (receipt.remote_id, True)

    async def test_a_picture_too_large_or_of_no_kind(self, account: OnBluesky) -> None:
        writer = account.writer()
        for upload, code in (
            (Upload(b"\x89PNG" + bytes(2_000_001), "image/png"), "too-large"),
            (Upload(b"%PDF", "application/pdf"), "unsupported"),
        ):
            with pytest.raises(WriteError) as refusal:
                await writer.write(wanted(writer, "Voyez", upload))
            assert (refusal.value.code, refusal.value.final) == (code, True)
        assert await account.texts() == []

    async def test_a_post_that_is_gone_cannot_be_answered(self, account: OnBluesky) -> None:
        writer = account.writer()
        gone = await writer.write(wanted(writer, "Je pars"))
        await writer.erase(gone)
        from_there = account.pds.post(account.account, "Je reste")
        asked = msgspec.structs.replace(POST, remote_id=from_there.uri)
        assert (await writer.resolve(asked))[0].version == from_there.cid
        with pytest.raises(WriteError) as refusal:
            await writer.resolve(msgspec.structs.replace(asked, remote_id=gone.remote_id))
        assert (refusal.value.code, refusal.value.final) == ("gone", True)


class TestWriterThroughFaults(FaultSuite):
    """Through a proxy that spoils what is sent."""

    @pytest.fixture
    async def account(self, pds: Pds) -> AsyncIterator[OnBluesky]:
        async with FaultProxy("127.0.0.1", pds.port, held_s=2.0) as proxy:
            yield await on(pds, proxy.url, proxy.port, proxy)


class TestSession:
    """Tokens are renewed, and losing one never locks the house out."""

    async def test_a_spent_token_is_renewed_and_kept_before_it_is_used(self, account: OnBluesky) -> None:
        spoil(account, "accessJwt")
        await account.writer().write(wanted(account.writer(), "Après le jeton"))
        assert len(account.kept) == 1
        assert account.kept[0].account_id == account.account.did
        await account.writer().write(wanted(account.writer(), "Encore"))
        assert len(account.kept) == 1
        assert await account.texts() == ["Après le jeton", "Encore"]

    async def test_two_spent_tokens_and_the_password_opens_again(self, account: OnBluesky) -> None:
        spoil(account, "accessJwt", "refreshJwt")
        await account.writer().write(wanted(account.writer(), "De retour"))
        assert await account.texts() == ["De retour"]

    async def test_a_renewal_whose_answer_is_lost_locks_nobody_out(self, pds: Pds) -> None:
        async with FaultProxy("127.0.0.1", pds.port) as proxy:
            account = await on(pds, proxy.url, proxy.port, proxy)
            spoil(account, "accessJwt")
            post = wanted(account.writer(), "Toujours là")
            proxy.script = ["", "cut-after"]  # the spent token is refused, then the new ones never arrive
            with pytest.raises(WriteError) as failure:
                await account.writer().write(post)
            assert (failure.value.code, failure.value.doubtful) == ("unreachable", False)
            assert proxy.counts["cut-after"] == 1
            assert account.kept == []
            await publish(account, post)
            assert await account.texts() == ["Toujours là"]

    async def test_many_at_once_renew_once(self, account: OnBluesky) -> None:
        spoil(account, "accessJwt")
        writer = account.writer()
        await asyncio.gather(*(writer.write(wanted(writer, f"Nº {number}")) for number in range(5)))
        assert len(account.kept) == 1
        assert len(await account.texts()) == 5

    async def test_a_wrong_password_is_said_and_final(self, account: OnBluesky) -> None:
        with pytest.raises(WriteError) as refusal:
            await WRITING.connect(account.pds.url, account.account.handle, "wrong", account.tools)
        assert (refusal.value.code, refusal.value.final) == ("bad-token", True)

    async def test_an_account_taken_down_is_refused_for_good(self, account: OnBluesky) -> None:
        account.pds.take_down(account.account)
        with pytest.raises(WriteError) as refusal:
            await account.writer().write(wanted(account.writer(), "Trop tard"))
        assert refusal.value.final
        assert not refusal.value.doubtful

"""What every writer of posts must do, with a network that works and with one that fails in every way."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import pytest

from counterparts.fault_proxy import FAULTS, FaultProxy
from vigie.flows.ports.writer import Receipt, Upload, Wanted, WriteError, Writer
from vigie.model import Author, Post

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)
"""The smallest PNG."""


def now() -> int:
    return time.time_ns() // 1_000_000


class Account(Protocol):
    """An account of a test, with a way to look at the network that goes past Vigie.

    Attributes:
        proxy: what spoils the requests of its writers; None where nothing can be spoilt.
        edits, reads_back: what the network can do. One that does not read back says ``again`` instead.
    """

    name: str
    proxy: FaultProxy | None
    edits: bool
    reads_back: bool

    def writer(self) -> Writer:
        """A fresh one, as after a restart."""
        ...

    async def texts(self) -> Sequence[str]:
        """The texts of all posts that the account shows."""
        ...


def wanted(writer: Writer, text: str, *media: Upload, parent: Receipt | None = None, **more: Receipt) -> Wanted:
    at = now()
    return Wanted(writer.new_key(at), text, at, "fr", media, parent, more.get("root", parent), more.get("quotes"))


async def read_back(writer: Writer, post: Wanted) -> Receipt | None:
    """As a flow does: None when it is not there, or when only writing again tells."""
    try:
        return await writer.find(post)
    except WriteError as error:
        if not error.doubtful:
            raise
        return None


async def publish(account: Account, post: Wanted) -> Receipt:
    """As a flow does that is killed after each failure: whatever happens, it is written once."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await account.writer().write(post)
            except WriteError as error:
                if error.final:
                    raise
                await until(error.retry_at)
                found = await read_back(account.writer(), post) if error.doubtful else None
                if found is not None:
                    return found


async def take_back(account: Account, receipt: Receipt) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                await account.writer().erase(receipt)
            except WriteError as error:
                if error.final:
                    raise
                await until(error.retry_at)
            else:
                return


async def until(at: int | None) -> None:
    """The network said when; without a word from it, the next try is made at once."""
    while at is not None and now() < at:
        await asyncio.sleep((at - now()) / 1000)


class WriterSuite:
    """Derive from it and give the fixture ``account``."""

    async def test_a_post_is_written_and_found_under_its_key(self, account: Account) -> None:
        writer = account.writer()
        post = wanted(writer, "Le café du port est prêt")
        assert await writer.find(post) is None
        receipt = await writer.write(post)
        assert receipt.remote_id
        assert receipt.url.startswith("http")
        assert not receipt.altered
        assert await account.texts() == ["Le café du port est prêt"]
        if account.reads_back:
            assert await account.writer().find(post) == receipt

    async def test_the_same_one_is_written_once_however_often(self, account: Account) -> None:
        writer = account.writer()
        post = wanted(writer, "Une seule fois")
        receipts = [await writer.write(post), await writer.write(post), await account.writer().write(post)]
        assert len({(one.remote_id, one.version) for one in receipts}) == 1
        assert await account.texts() == ["Une seule fois"]

    async def test_two_posts_with_the_same_words_are_two(self, account: Account) -> None:
        writer = account.writer()
        first, second = (wanted(writer, "Bonjour") for _ in range(2))
        receipts = [await writer.write(first), await writer.write(second)]
        assert receipts[0].remote_id != receipts[1].remote_id
        assert await account.texts() == ["Bonjour", "Bonjour"]
        if account.reads_back:
            assert [await writer.find(first), await writer.find(second)] == receipts

    async def test_a_thread_with_a_picture_and_a_quote(self, account: Account) -> None:
        writer = account.writer()
        first = await writer.write(wanted(writer, "Un", Upload(PIXEL, "image/png", "un point transparent", 1, 1)))
        second = await writer.write(wanted(writer, "Deux", parent=first))
        await writer.write(wanted(writer, "Trois", parent=second, root=first))
        quote = wanted(writer, "Voyez", Upload(PIXEL, "image/png", "un point"), quotes=first)
        receipt = await writer.write(quote)
        assert sorted(await account.texts()) == ["Deux", "Trois", "Un", "Voyez"]
        assert await writer.write(quote) == receipt

    async def test_taking_back_what_is_not_there_is_no_error(self, account: Account) -> None:
        writer = account.writer()
        kept = await writer.write(wanted(writer, "Ceci reste"))
        gone = await writer.write(wanted(writer, "Ceci part"))
        await writer.erase(gone)
        await writer.erase(gone)
        await account.writer().erase(gone)
        assert await account.texts() == ["Ceci reste"]
        assert await account.writer().stands([kept.remote_id, gone.remote_id]) == {
            kept.remote_id: True,
            gone.remote_id: False,
        }

    async def test_an_edit_where_the_network_knows_them(self, account: Account) -> None:
        writer = account.writer()
        receipt = await writer.write(wanted(writer, "Ouvert mardi"))
        better = wanted(writer, "Ouvert mercredi")
        if not account.edits:
            with pytest.raises(WriteError) as refusal:
                await writer.edit(receipt, better)
            assert (refusal.value.code, refusal.value.final) == ("unsupported", True)
            return
        assert (await writer.edit(receipt, better)).remote_id == receipt.remote_id
        assert await account.texts() == ["Ouvert mercredi"]

    async def test_what_is_too_long_is_refused_before_it_is_sent(self, account: Account) -> None:
        writer = account.writer()
        limit = (await writer.shown("")).limit
        with pytest.raises(WriteError) as refusal:
            await writer.write(wanted(writer, "é" * (limit + 1)))
        assert (refusal.value.code, refusal.value.final, refusal.value.doubtful) == ("too-long", True, False)
        await writer.write(wanted(writer, "é" * limit))
        assert [len(text) for text in await account.texts()] == [limit]

    async def test_what_is_live_in_a_text(self, account: Account) -> None:
        shown = await account.writer().shown("Le 🫖 thé : https://port.example/thé?a=1, #théVert")
        live = [(one.kind, shown.text[one.span.start : one.span.end]) for one in shown.facets]
        assert live == [("link", "https://port.example/thé?a=1"), ("tag", "#théVert")]
        assert [one.target for one in shown.facets] == ["https://port.example/thé?a=1", "théVert"]

    async def test_a_post_answered_is_looked_up(self, account: Account) -> None:
        writer = account.writer()
        first = await writer.write(wanted(writer, "Question"))
        second = await writer.write(wanted(writer, "Réponse", parent=first))
        asked = Post(account.name, second.remote_id, Author("x"), "", 1, thread=first.remote_id)
        parent, root = await writer.resolve(asked)
        assert (parent.remote_id, parent.version) == (second.remote_id, second.version)
        assert (root.remote_id, root.version) == (first.remote_id, first.version)

    async def test_a_thousand_keys_of_one_instant_differ(self, account: Account) -> None:
        writer, at = account.writer(), now()
        assert len({writer.new_key(at) for _ in range(1_000)}) == 1_000

    async def test_the_account_says_who_it_is(self, account: Account) -> None:
        standing = await account.writer().standing()
        assert standing.author.id
        assert standing.author.handle


class FaultSuite:
    """The same fixture, with a proxy."""

    @pytest.mark.parametrize("fault", FAULTS)
    async def test_after_any_fault_a_post_is_there_once(self, account: Account, fault: str) -> None:
        assert account.proxy is not None
        await account.writer().standing()
        post = wanted(account.writer(), "Bonjour", Upload(PIXEL, "image/png", "un point"))
        account.proxy.script = ["", fault]  # the picture is handed over well, then the post goes wrong
        receipt = await publish(account, post)
        assert account.proxy.counts[fault] == 1
        await account.proxy.idle()
        assert await account.texts() == ["Bonjour"]
        assert await account.writer().stands([receipt.remote_id]) == {receipt.remote_id: True}

    @pytest.mark.parametrize("fault", FAULTS)
    async def test_after_any_fault_a_post_is_gone(self, account: Account, fault: str) -> None:
        assert account.proxy is not None
        writer = account.writer()
        kept, gone = [await writer.write(wanted(writer, text)) for text in ("Reste", "Part")]
        account.proxy.script = [fault]
        await take_back(account, gone)
        assert account.proxy.counts[fault] == 1
        await account.proxy.idle()
        assert await account.texts() == ["Reste"]
        assert await account.writer().stands([kept.remote_id]) == {kept.remote_id: True}

    async def test_many_posts_of_the_same_words_through_a_bad_network(self, account: Account) -> None:
        proxy = account.proxy
        assert proxy is not None
        proxy.rates = dict.fromkeys(FAULTS, 0.06)
        chance = random.Random(5)
        texts = [chance.choice(("Bonjour", f"Nouvelle {number}")) for number in range(25)]
        receipts = [await publish(account, wanted(account.writer(), text)) for text in texts]
        proxy.rates = {}
        await proxy.idle()
        assert sum(count for fault, count in proxy.counts.items() if fault) >= 5
        assert Counter(await account.texts()) == Counter(texts)
        assert len({one.remote_id for one in receipts}) == len(texts)

    async def test_a_cut_network_is_told_and_nothing_is_lost(self, account: Account) -> None:
        proxy = account.proxy
        assert proxy is not None
        await account.writer().standing()
        post = wanted(account.writer(), "Après la coupure")
        proxy.down = True
        with pytest.raises(WriteError) as failure:
            await account.writer().write(post)
        assert failure.value.code == "unreachable"
        assert not failure.value.final
        proxy.down = False
        await publish(account, post)
        assert await account.texts() == ["Après la coupure"]

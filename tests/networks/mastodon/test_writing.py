"""Writing on a Mastodon server, straight and through a network with faults; keys that are forgotten; being let in."""

import random
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from counterparts.fault_proxy import FaultProxy
from counterparts.mastodon import TOKEN
from counterparts.mastodon_writing import WritingMastodon
from networks.suite_writing import PIXEL, FaultSuite, WriterSuite, now, wanted
from vigie.fetch import GuardedFetch
from vigie.flows.ports.writer import Grant, Upload, Wanted, WriteError, Writer, WriteTools
from vigie.networks import writings

WRITING = writings()["mastodon"]
HOUR = 3_600_000


class OnMastodon:
    """An account on a server of our own. ``now`` can be moved, for Vigie and for the server."""

    name = "mastodon"
    edits = True
    reads_back = False

    def __init__(self, server: WritingMastodon, proxy: FaultProxy | None = None) -> None:
        self.server, self.proxy = server, proxy
        self.later = 0
        place = proxy or server
        fetch = GuardedFetch((f"127.0.0.1:{place.port}",))
        self.tools = WriteTools(fetch, self.clock, random.SystemRandom().random, seconds=0.5)
        self.grant = Grant(place.url, TOKEN)

    def clock(self) -> int:
        return now() + self.later

    def writer(self) -> Writer:
        return WRITING.writer(self.grant, lambda _: None, self.tools)

    async def texts(self) -> Sequence[str]:
        return self.server.standing

    def pass_time(self, millis: int) -> None:
        """For everybody."""
        self.later += millis
        clock = self.server.clock
        self.server.clock = lambda: clock() + timedelta(milliseconds=millis)


@pytest.fixture
async def server() -> AsyncIterator[WritingMastodon]:
    async with WritingMastodon() as running:
        yield running


@pytest.fixture
def account(server: WritingMastodon) -> OnMastodon:
    return OnMastodon(server)


class TestWriter(WriterSuite):
    """On a good network."""

    async def test_a_picture_is_waited_for(self, account: OnMastodon) -> None:
        account.server.looks = 2
        writer = account.writer()
        await writer.write(wanted(writer, "Voyez", Upload(PIXEL, "image/png", "un « point »\nici")))
        (picture,) = account.server.pictures.values()
        assert (picture.content, picture.type, picture.description) == (PIXEL, "image/png", "un « point »\nici")
        (status,) = account.server.statuses.values()
        assert status["media_attachments"][0]["id"] == picture.id

    async def test_what_it_is_written_with(self, account: OnMastodon) -> None:
        writer = account.writer()
        first = await writer.write(wanted(writer, "Un"))
        await writer.write(wanted(writer, "Deux", parent=first, quotes=first))
        one, two = sorted(account.server.statuses.values(), key=lambda status: int(status["id"]))
        assert (two["in_reply_to_id"], two["quote"]["quoted_status"]["id"]) == (one["id"], one["id"])
        assert (two["visibility"], two["language"]) == ("public", "fr")

    async def test_quotes_where_the_server_has_none(self, account: OnMastodon) -> None:
        account.server.api_version = 6
        writer = account.writer()
        first = await writer.write(wanted(writer, "Un"))
        with pytest.raises(WriteError) as refusal:
            await writer.write(wanted(writer, "Voyez", quotes=first))
        assert (refusal.value.code, refusal.value.final) == ("unsupported", True)
        assert account.server.standing == ["Un"]

    async def test_what_is_left_is_told(self, account: OnMastodon) -> None:
        writer = account.writer()
        await writer.write(wanted(writer, "Un"))
        budget = (await writer.standing()).budget
        assert (budget.left, budget.of) == (299, 300)
        assert budget.resets_at is not None
        assert budget.resets_at > now()

    async def test_a_full_budget_says_when(self, account: OnMastodon) -> None:
        account.server.left["posts"] = 0
        writer = account.writer()
        with pytest.raises(WriteError) as refusal:
            await writer.write(wanted(writer, "Un"))
        error = refusal.value
        assert (error.code, error.final, error.doubtful) == ("rate-limited", False, False)
        assert error.retry_at is not None
        assert now() + HOUR // 3 < error.retry_at < now() + HOUR

    async def test_an_answer_to_what_is_gone(self, account: OnMastodon) -> None:
        writer = account.writer()
        gone = await writer.write(wanted(writer, "Je pars"))
        await writer.erase(gone)
        with pytest.raises(WriteError) as refusal:
            await writer.write(wanted(writer, "À qui ?", parent=gone))
        assert (refusal.value.code, refusal.value.final) == ("gone", True)
        assert account.server.standing == []

    async def test_a_token_that_was_taken_away(self, account: OnMastodon) -> None:
        account.grant = msgspec.structs.replace(account.grant, secret="revoked")
        with pytest.raises(WriteError) as refusal:
            await account.writer().write(wanted(account.writer(), "Un"))
        assert (refusal.value.code, refusal.value.final) == ("bad-token", True)


class TestWriterThroughFaults(FaultSuite):
    """Through a proxy that spoils what is sent, before a server that does not lock keys, as those before 4.3."""

    @pytest.fixture
    async def account(self, server: WritingMastodon) -> AsyncIterator[OnMastodon]:
        server.locks = False
        async with FaultProxy("127.0.0.1", server.port, held_s=0.8) as proxy:
            yield OnMastodon(server, proxy)


async def told(writer: Writer, post: Wanted) -> tuple[bool, bool] | None:
    """What `find` says: None for certainly not there, else (doubtful, again)."""
    try:
        assert await writer.find(post) is None
    except WriteError as error:
        return error.doubtful, error.again
    return None


class TestForgottenKeys:
    """After an hour a server knows no key any more."""

    async def test_nothing_appeared_so_it_is_not_there(self, account: OnMastodon) -> None:
        await account.writer().write(wanted(account.writer(), "Hier"))
        account.pass_time(2 * HOUR)
        post = msgspec.structs.replace(wanted(account.writer(), "Aujourd'hui"), created_at=account.clock())
        account.pass_time(2 * HOUR)
        assert await told(account.writer(), post) is None
        await account.writer().write(post)
        assert account.server.standing == ["Hier", "Aujourd'hui"]

    async def test_something_appeared_so_nobody_knows_and_nothing_is_written(self, account: OnMastodon) -> None:
        post = wanted(account.writer(), "Une seule fois")
        await account.writer().write(post)
        assert await told(account.writer(), post) == (True, True)
        account.pass_time(HOUR + 1)
        assert await told(account.writer(), post) == (True, False)
        with pytest.raises(WriteError) as refusal:
            await account.writer().write(post)
        assert (refusal.value.code, refusal.value.doubtful) == ("cannot-tell", True)
        assert account.server.standing == ["Une seule fois"]

    async def test_what_others_wrote_is_not_ours(self, account: OnMastodon) -> None:
        post = wanted(account.writer(), "Jamais parti")
        await account.server.by_hand("Écrit au téléphone", "Un téléphone")
        assert await told(account.writer(), post) is None
        await account.server.by_hand("Écrit avec notre jeton", "Vigie")
        assert await told(account.writer(), post) == (True, True)

    async def test_answers_are_told_apart_by_what_they_answer(self, account: OnMastodon) -> None:
        writer = account.writer()
        first = await writer.write(wanted(writer, "Un"))
        assert await told(account.writer(), wanted(writer, "Deux", parent=first)) is None

    async def test_one_writer_knows_its_own_posts(self, account: OnMastodon) -> None:
        writer = account.writer()
        late, other = wanted(writer, "En retard"), wanted(writer, "À l'heure")
        receipt = await writer.write(other)
        assert await writer.find(other) == receipt
        assert await writer.find(late) is None

    @pytest.mark.parametrize("set_back", [-HOUR, -HOUR // 2, HOUR])
    async def test_a_clock_that_is_set_meanwhile_writes_nothing_twice(self, account: OnMastodon, set_back: int) -> None:
        post = wanted(account.writer(), "Une seule fois")
        await account.writer().write(post)
        account.pass_time(HOUR + 120_000)
        account.later += set_back
        assert await told(account.writer(), post) == (True, False)
        assert account.server.standing == ["Une seule fois"]


class TestBeingLetIn:
    """By a page of the server, or with a token."""

    @pytest.mark.parametrize("back", ["", "https://vigie.example/channels/back"])
    async def test_by_a_page(self, account: OnMastodon, back: str) -> None:
        invitation = await WRITING.invite(account.server.url, back, account.tools)
        asked = {name: values[0] for name, values in parse_qs(urlsplit(invitation.url).query).items()}
        assert asked["redirect_uri"] == back or "urn:ietf:wg:oauth:2.0:oob"
        assert (asked["state"], asked["code_challenge_method"]) == (invitation.state, "S256")
        assert len(invitation.verifier) >= 43
        assert invitation.verifier not in invitation.url
        grant, standing = await WRITING.accept(invitation, account.server.allow(invitation.url), account.tools)
        assert standing.author.handle == f"maison@{account.server.host}"
        assert (grant.account_id, grant.login) == (standing.author.id, standing.author.handle)
        writer = WRITING.writer(grant, lambda _: None, account.tools)
        await writer.write(wanted(writer, "Je peux écrire"))
        assert account.server.standing == ["Je peux écrire"]

    async def test_a_code_works_once(self, account: OnMastodon) -> None:
        invitation = await WRITING.invite(account.server.url, "", account.tools)
        code = account.server.allow(invitation.url)
        await WRITING.accept(invitation, code, account.tools)
        with pytest.raises(WriteError) as refusal:
            await WRITING.accept(invitation, code, account.tools)
        assert (refusal.value.code, refusal.value.final) == ("bad-token", True)

    async def test_with_a_token(self, account: OnMastodon) -> None:
        grant, standing = await WRITING.connect(account.server.url + "/about", "", f" {TOKEN} ", account.tools)
        assert grant.secret == TOKEN
        assert standing.author.id == account.server.me["uri"]

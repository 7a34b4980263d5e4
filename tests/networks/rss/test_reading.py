"""What a feed says becomes posts, once each."""

import pytest

from counterparts.feed import FeedServer
from counterparts.feed_follower import NOW, Follower, item, rss
from vigie.flows.ports.network import SourceDownError
from vigie.model import Author, Media, Post, SourceSpec
from vigie.model.bounds import DAY, EARLIEST
from vigie.networks.rss import NETWORK


async def test_an_entry_becomes_a_post(server: FeedServer, follower: Follower) -> None:
    server.body = rss(
        item(
            1,
            "&lt;p&gt;Le &lt;a href='https://source.example/a'&gt;café&lt;/a&gt; baisse.&lt;/p&gt;"
            "&lt;img src='https://i.example/1.png' alt='une tasse'&gt;",
            category="#café",
            author="Ana Le Goff",
        )
        + '<enclosure url="https://i.example/2.mp3" type="audio/mpeg" length="1"/>'
    )
    server.body = server.body.replace(b"</item><enclosure", b"<enclosure").replace(
        b'length="1"/>', b'length="1"/></item>'
    )
    batch = await follower.round()
    assert batch.posts == (
        Post(
            network="rss",
            remote_id="https://gazette.example/1",
            author=Author(f"{server.url}#Ana Le Goff", handle=f"127.0.0.1:{server.port}", name="Ana Le Goff"),
            text="Le café baisse.",
            created_at=1_763_539_260_000,
            url="https://gazette.example/1",
            title="Titre 1",
            langs=("fr",),
            tags=("café",),
            links=("https://source.example/a",),
            media=(Media("audio", "https://i.example/2.mp3"), Media("image", "https://i.example/1.png", "une tasse")),
        ),
    )
    assert (batch.latest, batch.events, batch.rejected) == (1_763_539_260_000, 1, ())


async def test_what_was_read_is_not_read_again(server: FeedServer, follower: Follower) -> None:
    server.body = rss(item(1), item(2))
    assert [post.title for post in (await follower.round()).posts] == ["Titre 1", "Titre 2"]
    assert (await follower.round()).posts == ()
    server.body = rss(item(4), item(3), item(2))
    assert [post.title for post in (await follower.round()).posts] == ["Titre 3", "Titre 4"]
    server.body = rss(item(1), item(2))  # back on the page
    assert (await follower.round()).posts == ()


async def test_a_changed_entry_is_an_edit(server: FeedServer, follower: Follower) -> None:
    server.body = rss(item(1))
    (first,) = (await follower.round()).posts
    server.body = rss(item(1, "Corrigé"))
    (second,) = (await follower.round()).posts
    assert (second.remote_id, second.text, second.created_at) == (first.remote_id, "Corrigé", first.created_at)
    assert second.edited_at == follower.now
    assert second.version_at > first.version_at
    assert (await follower.round()).posts == ()


async def test_atom_with_an_update(server: FeedServer, follower: Follower) -> None:
    server.body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>News</title><id>urn:x</id>
    <entry><id>tag:a.example,2025:1</id><title type="html">A &amp;amp; B</title><link href="https://a.example/1"/>
    <published>2025-11-19T08:00:00Z</published><updated>2025-11-19T09:00:00+01:00</updated>
    <content type="html">&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</content><summary>One</summary></entry>
    <entry><id>2</id><title>plain</title><updated>2025-11-19T10:00:00Z</updated>
    <content type="text">3 &lt; 4</content></entry>
    <entry><id>tag:a.example,2025:3</id><title>x</title><published>2025-11-19T08:00:00Z</published>
    <updated>2025-11-19T11:00:00Z</updated></entry></feed>"""
    one, three, two = (await follower.round()).posts
    assert (one.title, one.text, one.edited_at, one.langs) == ("A & B", "One\n\nTwo", None, ("en",))
    assert (two.text, two.created_at, two.edited_at) == ("3 < 4", 1_763_546_400_000, None)
    assert two.remote_id == server.url.replace("feed.xml", "2")  # an id without a scheme is relative to the feed
    assert three.edited_at == 1_763_550_000_000
    assert one.author == Author(server.url, handle=f"127.0.0.1:{server.port}", name="News")


@pytest.mark.parametrize("dated", [False, True])
async def test_an_unchanged_feed_costs_nothing(server: FeedServer, follower: Follower, *, dated: bool) -> None:
    server.body, server.dated = rss(item(1)), dated
    server.version = "Wed, 19 Nov 2025 08:00:00 GMT" if dated else '"v1"'
    await follower.round()
    await follower.round(2)
    assert server.statuses == [200, 304, 304]
    server.version = "Wed, 19 Nov 2025 09:00:00 GMT" if dated else 'W/"v2"'
    server.body = rss(item(2))
    assert len((await follower.round()).posts) == 1


async def test_a_feed_that_moved_for_good_is_followed_and_told(server: FeedServer, follower: Follower) -> None:
    server.body = rss(item(1, guid="1"))
    new = server.url.replace("feed.xml", "new.xml")
    server.script = [(301, {"Location": "/new.xml"})]
    batch = await follower.round()
    assert [(one.reason, one.detail) for one in batch.rejected] == [("moved", new)]
    assert len(batch.posts) == 1
    again = await follower.round()
    assert (again.posts, again.rejected) == ((), ())
    assert [path for path, _ in server.requests] == ["/feed.xml", "/new.xml", "/new.xml"]
    follower.spec = SourceSpec("f", "rss", new)  # a person wrote it into the charter
    await follower.round()
    assert server.requests[-1][0] == "/new.xml"


async def test_a_feed_that_moved_for_now_is_asked_where_it_was(server: FeedServer, follower: Follower) -> None:
    server.body = rss(item(1))
    for _ in range(2):
        server.script = [(302, {"Location": "/elsewhere.xml"})]
        assert (await follower.round()).rejected == ()
    assert [path for path, _ in server.requests] == ["/feed.xml", "/elsewhere.xml"] * 2


async def test_the_rhythm_follows_the_feed(server: FeedServer, follower: Follower) -> None:
    server.body = rss(item(0))
    for number in range(1, 6):
        await follower.round()
        server.body = rss(item(number))
    assert follower.waits == [900, 450, 300, 300]
    await follower.round()
    await follower.round(12)
    assert follower.waits[-12:][0] == 300
    assert follower.waits[-1] == 7200


async def test_what_the_feed_asks_for_is_granted(server: FeedServer) -> None:
    server.body = rss(item(1), channel="<ttl>90</ttl>")
    polite = Follower(server)
    await polite.round(2)
    assert polite.waits == [5400]
    server.body, server.headers = rss(item(1)), {"Cache-Control": "public, max-age=7200"}
    cached = Follower(server)
    await cached.round(2)
    assert cached.waits == [7200]
    fixed = Follower(server, every=120)
    await fixed.round(3)
    assert fixed.waits == [120, 120]


async def test_a_restart_does_not_ask_sooner(server: FeedServer, follower: Follower) -> None:
    server.body = rss(item(1))
    await follower.round()
    follower.now += 300_000
    await follower.round()
    assert follower.waits == [600]


@pytest.mark.parametrize(
    ("status", "headers", "code", "retry_in", "final"),
    [
        (429, {"Retry-After": "120"}, "rate-limited", 120_000, False),
        (429, {}, "rate-limited", 900_000, False),
        (503, {"Retry-After": "Wed, 19 Nov 2025 20:53:20 GMT"}, "rate-limited", None, False),
        (503, {}, "unreachable", None, False),
        (500, {}, "unreachable", None, False),
        (404, {}, "gone", None, False),
        (410, {}, "gone", None, True),
        (401, {}, "refused", None, False),
        (403, {}, "refused", None, False),
        (418, {}, "not-understood", None, False),
        (302, {"Location": "http://127.0.0.1:1/"}, "private-address", None, True),
    ],
)
async def test_a_refusal(
    server: FeedServer,
    follower: Follower,
    status: int,
    headers: dict[str, str],
    code: str,
    retry_in: int | None,
    *,
    final: bool,
) -> None:
    server.script = [(status, headers)]
    with pytest.raises(SourceDownError) as down:
        await follower.round()
    assert (down.value.code, down.value.final) == (code, final)
    if retry_in is not None:
        assert down.value.retry_at == NOW + retry_in
    if code == "rate-limited":
        assert down.value.retry_at is not None
        assert NOW <= down.value.retry_at <= NOW + DAY


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>no feed</body></html>", b"{}", b"\x00\x01\x02", b"<rss", b"x" * 100_000]
)
async def test_what_is_no_feed_is_not_understood(server: FeedServer, follower: Follower, body: bytes) -> None:
    server.body = body
    with pytest.raises(SourceDownError, match="not-understood"):
        await follower.round()


@pytest.mark.parametrize(
    ("date", "created"),
    [
        ("Mon, 01 Jan 1601 00:00:00 GMT", EARLIEST),
        ("Fri, 31 Dec 9999 23:59:59 GMT", NOW + DAY),
        ("yesterday, around tea", NOW),
        ("", NOW),
        ("Wed, 19 Nov 2025 09:30:00 +0100", 1_763_541_000_000),
        ("2025-11-19T08:30:00Z", 1_763_541_000_000),
    ],
)
async def test_dates(server: FeedServer, follower: Follower, date: str, created: int) -> None:
    server.body = rss(item(1, pubDate=date))
    (post,) = (await follower.round()).posts
    assert post.created_at == created


async def test_the_house_is_not_entered(server: FeedServer) -> None:
    follower = Follower(server)
    follower.tools = type(follower.tools)(type(follower.tools.fetch)(), follower.tools.clock)
    with pytest.raises(SourceDownError) as down:
        await follower.round()
    assert (down.value.code, down.value.final) == ("private-address", True)
    assert server.requests == []


def test_what_is_wrong_with_a_source() -> None:
    def problems(address: str, **options: object) -> list[tuple[str, str]]:
        spec = SourceSpec("f", "rss", address, options)  # type: ignore[arg-type]
        return [(option, code) for option, code, _ in NETWORK.problems(spec)]

    assert problems("https://a.example/feed", every=600) == []
    assert problems("") == [("address", "empty-address")]
    for address in ("a.example/feed", "file:///etc/passwd", "https://u:p@a.example/", "http://["):
        assert problems(address) == [("address", "bad-address")]
    assert problems("https://a.example/", every=1, tags="x") == [("every", "bad-option"), ("tags", "bad-option")]

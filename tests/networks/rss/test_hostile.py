"""Feeds that mean harm, or are merely broken."""

import contextlib
from collections import Counter

import msgspec

from counterparts.feed import FeedServer
from counterparts.feed_follower import NOW, Follower, item, rss
from counterparts.mutations import mutated
from vigie.flows.ports.fetch import Response
from vigie.model.bounds import DAY, EARLIEST, UnreadableError
from vigie.networks.rss.document import ENTRIES, read_document

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">%s]><rss version="2.0"><channel>
<title>x</title><item><guid>1</guid><title>x</title><description>&z;</description></item></channel></rss>""" % b"".join(
    b'<!ENTITY %c "%s">' % (name + 1, b"&%c;" % name * 10) for name in range(ord("a"), ord("z"))
)
FILE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]><rss version="2.0"><channel>
<title>x</title><item><guid>1</guid><title>x</title><description>[&f;]</description></item></channel></rss>"""


def answer(body: bytes) -> Response:
    """What the guarded fetch would bring."""
    return Response(200, {"content-type": "application/rss+xml"}, body, "https://gazette.example/feed")


async def test_an_article_too_long_to_be_read(server: FeedServer, follower: Follower) -> None:
    server.body = rss(item(1, "x" * 1_000_000), item(2))
    batch = await follower.round()
    assert [post.title for post in batch.posts] == ["Titre 2"]
    assert [one.reason for one in batch.rejected] == ["too-long"]
    assert (await follower.round()).rejected == ()  # told once


async def test_an_id_that_stands_twice(server: FeedServer, follower: Follower) -> None:
    server.body = rss(item(1), item(1, "autre chose"), item(2))
    batch = await follower.round()
    assert [post.text for post in batch.posts] == ["Texte 1", "Texte 2"]
    assert [one.reason for one in batch.rejected] == ["twice"]


def test_entries_without_ids_or_words() -> None:
    document = read_document(
        answer(
            rss(
                item(1, guid=""),
                item(2, guid="", link=""),
                item(3, guid="", link="", title="", description=" "),
                item(4, guid="", link="").replace("<title>", '<guid isPermaLink="false">7</guid><title>'),
            )
        ),
        "https://gazette.example/feed",
        NOW,
    )
    ids = [post.remote_id for post in document.posts]
    assert ids[0] == "https://gazette.example/1"
    assert ids[1].startswith("https://gazette.example/feed#")
    assert ids[2] == "https://gazette.example/feed#7"
    assert [one.reason for one in document.rejected] == ["wrong-shape"]


def test_entities_do_not_multiply() -> None:
    with contextlib.suppress(UnreadableError):
        for post in read_document(answer(LAUGHS), "https://gazette.example/feed", NOW).posts:
            assert len(post.text) < 1000


def test_entities_open_no_file() -> None:
    (post,) = read_document(answer(FILE), "https://gazette.example/feed", NOW).posts
    assert post.text in {"[]", "[&f;]"}


def test_not_more_entries_than_anybody_writes() -> None:
    body = rss(*(item(number, guid=f"https://gazette.example/n/{number}") for number in range(3_000)))
    assert len(read_document(answer(body), "https://gazette.example/feed", NOW).posts) == ENTRIES


def test_ten_thousand_broken_feeds() -> None:
    """No crash, and whatever comes out can be stored."""
    text = "&lt;p&gt;Café &amp;amp; crème &lt;a href='https://x.example/'&gt;ici&lt;/a&gt;&lt;/p&gt;"
    document = rss(item(1, text), item(2, text, author="Ana"), channel="<ttl>60</ttl>")
    outcome: Counter[str] = Counter()
    for spoilt in mutated(document, 2_500, seed=1):
        try:
            got = read_document(answer(spoilt), "https://gazette.example/feed", NOW)
        except UnreadableError as error:
            outcome[error.reason] += 1
            continue
        outcome["read"] += 1
        for post in got.posts:
            msgspec.json.encode(post)
            assert "\0" not in post.text + post.title + post.remote_id + post.author.name
            assert EARLIEST <= post.created_at <= NOW + DAY
            assert post.edited_at is None or EARLIEST <= post.edited_at <= NOW + DAY
        for one in got.rejected:
            assert one.reason in {"too-long", "wrong-shape", "twice"}
            assert len(one.raw) <= 2048
    assert outcome["read"] > 1_000
    assert set(outcome) <= {"read", "wrong-shape"}

"""One meaning, three streams: whatever the dialect, the same events become the same batches."""

from collections.abc import Callable
from typing import Any

import pytest

from counterparts.frames import commit_frame, error_frame, frame, iso
from networks.bluesky.made import (
    DID,
    REV,
    REV_MS,
    SEEN,
    TIME_US,
    account,
    delete,
    event,
    identity,
    record,
    repos_bytes,
    v1_bytes,
    v2_bytes,
)
from vigie.model import Author, AuthorChanged, AuthorGone, Batch, Deleted, Media
from vigie.networks.bluesky.cursor import Cursor
from vigie.networks.bluesky.firehose import decode_repos
from vigie.networks.bluesky.gathering import Decoded
from vigie.networks.bluesky.jetstream import decode_v1, decode_v2

URI = f"at://{DID}/app.bsky.feed.post/3mptbyoeyc22k"
Read = Callable[..., Decoded]


@pytest.fixture(params=["v1", "v2", "repos"])
def read(request: pytest.FixtureRequest) -> Read:
    """Reads events, given as v1 says them, through one dialect."""

    def v1(*said: dict[str, Any], seen: int = SEEN) -> Decoded:
        return decode_v1(v1_bytes(*said), seen)

    def v2(*said: dict[str, Any], seen: int = SEEN) -> Decoded:
        return decode_v2(v2_bytes(*said), seen)

    def repos(*said: dict[str, Any], seen: int = SEEN) -> Decoded:
        return decode_repos(repos_bytes(*said), seen)

    return {"v1": v1, "v2": v2, "repos": repos}[request.param]


def only(decoded: Decoded) -> Batch:
    (batch,) = decoded.batches
    return batch


def test_a_post(read: Read) -> None:
    batch = only(read(event(said=record("Café du port ☕", langs=["fr-CA", "FR", "x-klingon"]))))
    (post,) = batch.posts
    assert (post.network, post.remote_id, post.author) == ("bluesky", URI, Author(DID))
    assert (post.text, post.langs, post.created_at) == ("Café du port ☕", ("fr",), 1_783_175_886_240)
    assert post.url == f"https://bsky.app/profile/{DID}/post/3mptbyoeyc22k"
    assert (post.reply_to, post.thread, post.edited_at) == ("", URI, None)
    assert (batch.events, batch.latest, batch.rejected) == (1, TIME_US // 1000, ())


def test_a_reply_names_what_it_answers_and_its_thread(read: Read) -> None:
    parent, root = f"at://{DID}/app.bsky.feed.post/3kparent", f"at://{DID}/app.bsky.feed.post/3kroot"
    above = {"parent": {"uri": parent, "cid": "x"}, "root": {"uri": root, "cid": "x"}}
    (post,) = only(read(event(said=record(reply=above)))).posts
    assert (post.reply_to, post.thread) == (parent, root)


def test_a_reply_to_what_is_no_post_is_kept_without_it(read: Read) -> None:
    above = {"parent": {"uri": "https://evil.test", "cid": "x"}, "root": {"uri": "at://x/y\x00", "cid": "x"}}
    (post,) = only(read(event(said=record(reply=above)))).posts
    assert (post.reply_to, post.thread) == ("", URI)


def test_facets_become_links_mentions_and_tags(read: Read) -> None:
    features = [
        {"$type": "app.bsky.richtext.facet#link", "uri": "https://exemple.fr/a"},
        {"$type": "app.bsky.richtext.facet#link", "uri": "javascript:alert(1)"},
        {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:other"},
        {"$type": "app.bsky.richtext.facet#tag", "tag": "café"},
    ]
    facets = [{"index": {"byteStart": 0, "byteEnd": 3}, "features": [feature]} for feature in features]
    (post,) = only(read(event(said=record(facets=facets, tags=["#port", "café"])))).posts
    assert (post.links, post.mentions, post.tags) == (("https://exemple.fr/a",), ("did:plc:other",), ("café", "port"))


def test_a_card_is_a_link(read: Read) -> None:
    card = {
        "$type": "app.bsky.embed.external",
        "external": {"uri": "https://exemple.fr/b", "title": "", "description": ""},
    }
    (post,) = only(read(event(said=record(embed=card)))).posts
    assert (post.links, post.media) == (("https://exemple.fr/b",), ())


def test_a_quote_with_pictures(read: Read) -> None:
    quoted = f"at://{DID}/app.bsky.feed.post/3kquoted"
    embed = {
        "$type": "app.bsky.embed.recordWithMedia",
        "record": {"record": {"uri": quoted, "cid": "x"}},
        "media": {"images": [{"alt": "Un sac de café", "image": {"cid": "bafkreias7oxbr6"}}, {"alt": "", "image": {}}]},
    }
    (post,) = only(read(event(said=record(embed=embed)))).posts
    assert post.quote_of == quoted
    assert post.media == (
        Media("image", f"https://cdn.bsky.app/img/feed_fullsize/plain/{DID}/bafkreias7oxbr6", "Un sac de café"),
        Media("image"),
    )


def test_a_quoted_list_is_no_quoted_post(read: Read) -> None:
    embed = {"$type": "app.bsky.embed.record", "record": {"uri": f"at://{DID}/app.bsky.graph.list/3k", "cid": "x"}}
    (post,) = only(read(event(said=record(embed=embed)))).posts
    assert post.quote_of == ""


def test_an_edit_is_a_later_version_of_the_same_post(read: Read) -> None:
    batch = only(read(event(), event(said=record("au revoir"), operation="update")))
    first, second = batch.posts
    assert first.remote_id == second.remote_id
    assert (second.text, second.edited_at, second.version_at > first.version_at) == ("au revoir", REV_MS, True)


def test_an_edit_of_a_post_dated_ahead_is_still_later(read: Read) -> None:
    ahead = record(createdAt="2026-07-05T09:00:00Z")
    first, second = only(read(event(said=ahead), event(said=ahead, operation="update"))).posts
    assert second.version_at > first.version_at


def test_a_deletion(read: Read) -> None:
    batch = only(read(event(), delete()))
    assert [post.remote_id for post in batch.posts] == [URI]
    assert batch.deleted == (Deleted("bluesky", URI, (TIME_US + 700) // 1000),)


def test_a_post_written_again_after_its_deletion_opens_a_new_batch(read: Read) -> None:
    first, second = read(delete(), event()).batches
    assert (len(first.deleted), len(first.posts), first.events) == (1, 0, 1)
    assert (len(second.deleted), len(second.posts), second.events) == (0, 1, 1)


def test_a_post_of_an_account_that_came_back_opens_a_new_batch(read: Read) -> None:
    first, second = read(account("suspended"), account(None, active=True), event()).batches
    assert (first.authors, first.events) == ((AuthorGone("bluesky", DID, TIME_US // 1000),), 2)
    assert (len(second.posts), second.events) == (1, 1)


def test_a_name_and_a_picture(read: Read) -> None:
    cid = "bafkreih6z2ab3pqgkzbmlkwyxlbhbrqxkgqzgqwqj4v5jpqzqkq6lbkqhe"
    said = {"$type": "app.bsky.actor.profile", "displayName": "Ana", "avatar": {"cid": cid}}
    wanted = {"collection": "app.bsky.actor.profile", "operation": "update"}
    batch = only(
        read(event("self", said, **wanted), event("self", operation="delete", collection=wanted["collection"]))
    )
    (change,) = batch.authors
    assert isinstance(change, AuthorChanged)
    assert change.author == Author(DID, name="Ana", avatar=f"https://cdn.bsky.app/img/avatar/plain/{DID}/{cid}")
    assert (batch.posts, batch.deleted, batch.rejected) == ((), (), ())


def test_a_new_handle(read: Read) -> None:
    batch = only(read(identity("Ana.Test"), identity(None), identity("handle.invalid")))
    assert batch.authors == (AuthorChanged("bluesky", Author(DID, "ana.test"), TIME_US // 1000),)
    assert batch.events == 3


@pytest.mark.parametrize("status", ["deleted", "takendown", "suspended"])
def test_an_account_that_is_gone(read: Read, status: str) -> None:
    assert only(read(account(status))).authors == (AuthorGone("bluesky", DID, TIME_US // 1000),)


@pytest.mark.parametrize("status", ["deactivated", "desynchronized", "throttled", None])
def test_an_account_that_may_come_back_is_not_gone(read: Read, status: str | None) -> None:
    assert only(read(account(status))).authors == ()


def test_other_collections_are_counted_and_left_alone(read: Read) -> None:
    like = {"$type": "app.bsky.feed.like", "createdAt": "x", "text": 5, "embed": "y"}
    batch = only(read(event(said=like, collection="app.bsky.feed.like"), event()))
    assert (len(batch.posts), batch.events, batch.rejected) == (1, 2, ())


@pytest.mark.parametrize(
    ("claim", "created"),
    [
        ("1601-01-01T00:00:00Z", 631_152_000_000),
        ("9999-12-31T23:59:59.999Z", REV_MS),
        ("2026-07-04T16:38:06.240+02:00", 1_783_175_886_240),
        ("2026-07-04T14:38:06.240999999Z", 1_783_175_886_240),
        ("2026-07-04T14:38:06", 1_783_175_886_000),
        ("2026-07-05T09:00:00Z", 1_783_242_000_000),
    ],
)
def test_a_claimed_date_is_brought_into_bounds(read: Read, claim: str, created: int) -> None:
    (post,) = only(read(event(said=record(createdAt=claim)))).posts
    assert post.created_at == created


@pytest.mark.parametrize("claim", ["", "hier", "2026-13-45T99:99:99Z", "+02026-07-04T14:38:06Z"])
def test_a_date_that_is_none_is_mended_and_counted(read: Read, claim: str) -> None:
    batch = only(read(event(said=record(createdAt=claim))))
    assert [post.created_at for post in batch.posts] == [REV_MS]
    assert [one.reason for one in batch.rejected] == ["bad-date"]


def test_null_characters_are_taken_out_and_counted(read: Read) -> None:
    batch = only(read(event(said=record("ca\0fé", tags=["po\0rt", "café"]))))
    assert [(post.text, post.tags) for post in batch.posts] == [("café", ("café",))]
    assert [one.reason for one in batch.rejected] == ["bad-text"]


def test_a_text_of_a_megabyte_is_refused(read: Read) -> None:
    batch = only(read(event(said=record("é" * 500_000)), event("3kother")))
    assert [post.remote_id[-7:] for post in batch.posts] == ["3kother"]
    (refused,) = batch.rejected
    assert (refused.reason, len(refused.raw)) == ("too-long", 2_048)
    assert "500000 characters" in refused.detail


def test_a_post_whose_adornment_is_broken_keeps_its_words(read: Read) -> None:
    batch = only(read(event(said=record("bonjour", embed={"images": "none"}, facets=7))))
    assert [post.text for post in batch.posts] == ["bonjour"]
    (told,) = batch.rejected
    assert told.reason == "wrong-shape"
    assert told.detail.endswith("its words are kept")


@pytest.mark.parametrize("wrong", [{"text": 5}, {"text": None}, {"createdAt": 5}, {"langs": "fr"}, {"reply": []}])
def test_a_post_without_readable_words_is_refused(read: Read, wrong: dict[str, Any]) -> None:
    batch = only(read(event(said=record() | wrong), event("3kother")))
    assert len(batch.posts) == 1
    assert [one.reason for one in batch.rejected] == ["wrong-shape"]


@pytest.mark.parametrize(("did", "rkey"), [("did:plc:a/../b", "3k"), (DID, "3k/../.."), (DID, "3k\x00"), ("ana", "3k")])
def test_names_that_are_none_are_refused(read: Read, did: str, rkey: str) -> None:
    batch = only(read(event(rkey, did=did)))
    assert (batch.posts, [one.reason for one in batch.rejected]) == ((), ["wrong-shape"])


def test_the_cursor_says_how_far_it_was_read() -> None:
    said = [event(f"3k{i}") for i in range(3)]
    assert decode_v1(v1_bytes(*said), SEEN).batches[-1].cursor == f"v1:{TIME_US + 1400}+1"
    assert decode_v1(v1_bytes(*said, step_us=0), SEEN).batches[-1].cursor == f"v1:{TIME_US}+3"
    assert decode_v2(v2_bytes(*said), SEEN).batches[-1].cursor == "v2:3"
    assert decode_repos(repos_bytes(*said), SEEN).batches[-1].cursor == "repos:3"


def test_v1_skips_what_it_read_of_the_same_microsecond() -> None:
    frames = v1_bytes(*(event(f"3k{i}") for i in range(4)), step_us=0)
    first = decode_v1(frames[:3], SEEN)
    again = Cursor("v1", first.after.position, first.after.read, skip=first.after.read)
    assert [post.remote_id[-3:] for post in decode_v1(frames, SEEN, again).batches[0].posts] == ["3k3"]


def test_v2_skips_what_it_read() -> None:
    frames = v2_bytes(*(event(f"3k{i}") for i in range(4)))
    (batch,) = decode_v2(frames, SEEN, Cursor("v2", 2)).batches
    assert [post.remote_id[-3:] for post in batch.posts] == ["3k2", "3k3"]


def test_a_start_at_a_time_skips_nothing_on_v2() -> None:
    (batch,) = decode_v2(v2_bytes(event()), SEEN, Cursor("v2", TIME_US)).batches
    assert (len(batch.posts), batch.cursor) == (1, "v2:1")


def test_what_the_server_says_of_the_line_stops_the_reading() -> None:
    info = b'{"$type":"message","payload":{"$type":"x#info","name":"OutdatedCursor","message":"from 7"}}'
    decoded = decode_v2([*v2_bytes(event()), info, *v2_bytes(event(), first=2)], SEEN)
    assert (decoded.used, decoded.batches[0].events) == (2, 1)
    assert decoded.notice is not None
    assert (decoded.notice.name, decoded.notice.message) == ("OutdatedCursor", "from 7")
    failed = decode_v2([b'{"$type":"error","error":"ConsumerTooSlow","message":"bye"}'], SEEN)
    assert failed.notice is not None
    assert failed.notice.name == "ConsumerTooSlow"


def test_the_same_of_an_event_stream() -> None:
    outdated = frame("#info", {"name": "OutdatedCursor", "message": "too far back"})
    decoded = decode_repos([outdated, *repos_bytes(event())], SEEN)
    assert (decoded.used, decoded.notice and decoded.notice.name) == (1, "OutdatedCursor")
    failed = decode_repos([error_frame("FutureCursor", "from tomorrow")], SEEN)
    assert failed.notice is not None
    assert (failed.notice.name, failed.notice.message) == ("FutureCursor", "from tomorrow")


def test_an_event_stream_may_be_narrowed_to_accounts() -> None:
    frames = repos_bytes(event("3ka"), event("3kb", did="did:plc:other"))
    (batch,) = decode_repos(frames, SEEN, dids=frozenset({"did:plc:other"})).batches
    assert ([post.author.id for post in batch.posts], batch.events) == (["did:plc:other"], 2)


def test_several_posts_of_one_commit() -> None:
    ops = [("create", f"app.bsky.feed.post/3k{i}", record(f"{i}")) for i in range(3)]
    frames = [commit_frame(1, DID, iso(TIME_US), [*ops, ("delete", "app.bsky.feed.post/3k9", None)], REV)]
    (batch,) = decode_repos(frames, SEEN).batches
    assert ([post.text for post in batch.posts], len(batch.deleted), batch.events) == (["0", "1", "2"], 1, 1)


def test_half_a_surrogate_pair_is_replaced_and_counted() -> None:
    raw = v1_bytes(event(said=record("SURROGATE")))[0].replace(b"SURROGATE", rb"a\ud83db \ud83d\ude00 \\ud83d")
    (batch,) = decode_v1([raw], SEEN).batches
    assert [post.text for post in batch.posts] == ["a\ufffdb 😀 \\ud83d"]
    assert [one.reason for one in batch.rejected] == ["bad-text"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not-json"),
        (b"not json", "not-json"),
        (b'{"did":"did:plc:a","time_us":1', "not-json"),
        (b"[]", "wrong-shape"),
        (b'{"time_us":1783175888085434}', "wrong-shape"),
        (b'{"did":5,"time_us":1783175888085434}', "wrong-shape"),
        (b'{"did":"did:plc:a","time_us":9000000000000000000}', "wrong-shape"),
        (b'{"did":"did:plc:a","time_us":-5}', "wrong-shape"),
        (b'{"a":' * 100_000, "wrong-shape"),
        (b'{"did":"\xff","time_us":1783175888085434}', "bad-text"),
        (b'{"did":"a\x00","time_us":1783175888085434}', "not-json"),
    ],
)
def test_what_is_no_event_is_refused_and_never_moves_the_cursor_far(raw: bytes, reason: str) -> None:
    good = v1_bytes(event())
    (batch,) = decode_v1([raw, *good], SEEN).batches
    assert (len(batch.posts), batch.events, batch.cursor) == (1, 2, f"v1:{TIME_US}+1")
    assert [one.reason for one in batch.rejected] == [reason]


def test_a_clock_that_is_wrong_loses_nothing(read: Read) -> None:
    """Read again at a time when our clock stands in 1970: the same posts, the same cursor."""
    sound = only(read(event(), delete("3kother")))
    early = only(read(event(), delete("3kother"), seen=5))
    assert (early.posts, early.deleted, early.cursor, early.rejected) == (sound.posts, sound.deleted, sound.cursor, ())
    assert early.latest == 5

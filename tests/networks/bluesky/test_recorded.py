"""Frames recorded from the public relay become exactly what the recorded Jetstream events become."""

import json
from pathlib import Path

from counterparts.frames import as_v2, iso
from counterparts.test_jetstream_bridge import frames
from vigie.model import Batch
from vigie.networks.bluesky.firehose import decode_repos
from vigie.networks.bluesky.gathering import Decoded
from vigie.networks.bluesky.jetstream import decode_v1, decode_v2

SEEN = 1_783_175_960_000
"""A minute after the recording."""


def content(decoded: Decoded) -> tuple[object, ...]:
    """Everything but when the relay and Jetstream each saw it."""
    (batch,) = decoded.batches
    assert batch.rejected == ()
    posts = sorted(batch.posts, key=lambda post: post.remote_id)
    authors = [(type(one).__name__, getattr(one, "author", None) or one.author_id) for one in batch.authors]
    return posts, sorted(one.remote_id for one in batch.deleted), authors


def test_the_three_dialects_agree_on_the_recording(evaluation_data: Path) -> None:
    lines = (evaluation_data / "bluesky" / "expected_v1.jsonl").read_bytes().splitlines()
    told = [json.loads(line) for line in lines]
    v2 = [json.dumps(as_v2(one, i + 1, iso(one["time_us"]))).encode() for i, one in enumerate(told)]
    expected = content(decode_v1(lines, SEEN))
    assert content(decode_repos(frames(evaluation_data), SEEN)) == expected
    assert content(decode_v2(v2, SEEN)) == expected


def test_the_recording_holds_what_its_events_say(evaluation_data: Path) -> None:
    """Against the recorded JSON itself, read by nobody of ours."""
    told = [json.loads(line) for line in (evaluation_data / "bluesky" / "expected_v1.jsonl").read_bytes().splitlines()]
    commits = [one for one in told if one["kind"] == "commit" and one["commit"]["collection"] == "app.bsky.feed.post"]
    written = {
        f"at://{one['did']}/app.bsky.feed.post/{one['commit']['rkey']}": one["commit"]["record"]
        for one in commits
        if one["commit"]["operation"] == "create"
    }
    (batch,) = decode_repos(frames(evaluation_data), SEEN).batches
    assert {post.remote_id for post in batch.posts} == set(written)
    for post in batch.posts:
        record = written[post.remote_id]
        assert post.text == record["text"]
        assert post.reply_to == record.get("reply", {}).get("parent", {}).get("uri", "")
        assert set(post.langs) == {lang.partition("-")[0] for lang in record.get("langs", ())}
    deleted = [one["commit"]["rkey"] for one in commits if one["commit"]["operation"] == "delete"]
    assert [one.remote_id.rpartition("/")[2] for one in batch.deleted] == deleted
    assert batch.events == 150


def test_one_batch_whatever_its_size(evaluation_data: Path) -> None:
    """Reading in pieces gives the same as reading at once."""
    lines = (evaluation_data / "bluesky" / "expected_v1.jsonl").read_bytes().splitlines()
    whole = decode_v1(lines, SEEN)
    pieces: list[Batch] = []
    after = decode_v1([], SEEN).after
    for start in range(0, len(lines), 7):
        decoded = decode_v1(lines[start : start + 7], SEEN, after)
        pieces += decoded.batches
        after = decoded.after
    assert [post for piece in pieces for post in piece.posts] == list(whole.batches[0].posts)
    assert sum(piece.events for piece in pieces) == whole.batches[0].events
    assert pieces[-1].cursor == whole.batches[0].cursor

"""Ten thousand spoilt documents: none stops the reading, each that cannot be read is told with its reason."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from networks.bluesky.made import DID, SEEN, account, delete, event, identity, record, repos_bytes, v1_bytes, v2_bytes
from vigie.networks.bluesky.firehose import decode_repos
from vigie.networks.bluesky.gathering import Decoded
from vigie.networks.bluesky.jetstream import decode_v1, decode_v2
from vigie.networks.bluesky.record import TEXT_LIMIT
from vigie.networks.bluesky.when import DAY, EARLIEST, LATEST

COUNT = 10_000
REASONS = {"not-json", "wrong-shape", "too-long", "bad-date", "bad-text"}
SPOILT: list[Any] = [
    *(None, True, -1, 0, 2**63, 2**200, 1e308, [], {}, [[[[]]]], ["\0"], {"$link": 5}),
    *("", "\0", "a\0b", "\u202e\u200b\u05d4\u200f", "x" * 1_000_000, "did:plc:x", "at://x", "javascript:alert(1)"),
    *("1601-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"),
]
LONE = [rb"\ud800", rb"\udfff", rb"\ud83dx", rb"\u0000", b"\x00", b"\xff\xfe", rb"\x"]


def rich() -> dict[str, Any]:
    """A post that has a bit of everything."""
    quoted = f"at://{DID}/app.bsky.feed.post/3kquoted"
    ref = {"uri": quoted, "cid": "x"}
    return event(
        said=record(
            "Un café au port, #chaud @ana https://exemple.fr ☕",
            langs=["fr"],
            tags=["port"],
            reply={"parent": ref, "root": ref},
            facets=[{"features": [{"uri": "https://exemple.fr"}, {"tag": "chaud"}, {"did": DID}]}],
            embed={
                "$type": "app.bsky.embed.recordWithMedia",
                "record": {"record": ref},
                "media": {"images": [{"alt": "un sac", "image": {"ref": {"$link": "bafkreias7oxbr6"}}}]},
            },
        )
    )


SOUND = [rich(), event(), event(operation="update"), delete(), identity(), account("deleted")]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


def spoil_shape(chance: random.Random, document: dict[str, Any]) -> dict[str, Any]:
    """Another value, or none, somewhere in a document."""
    spoilt = json.loads(json.dumps(document))
    *way, last = chance.choice(list(places(spoilt)))
    inner = spoilt
    for key in way:
        inner = inner[key]
    if chance.random() < 0.2:
        del inner[last]
    else:
        inner[last] = chance.choice(SPOILT)
    return spoilt


def spoil_bytes(chance: random.Random, frame: bytes) -> bytes:
    """Cut, doubled, flipped or with something odd in it."""
    at = chance.randrange(len(frame))
    how = chance.randrange(5)
    if how == 0:
        return frame[:at]
    if how == 1:
        return frame + frame[at:]
    if how == 2:
        return frame[:at] + bytes([chance.randrange(256)]) + frame[at + 1 :]
    if how == 3:
        return frame[:at] + chance.choice(LONE) + frame[at:]
    return frame[at:] + frame[:at]


def check(decoded: Decoded, raw: bytes) -> None:
    """A document is counted once; what was not read has a reason; what was read is within the bounds of a `Post`."""
    for batch in decoded.batches:
        for one in batch.rejected:
            assert one.reason in REASONS
            assert one.detail
            assert len(one.raw) <= 2_048
            assert raw.startswith(one.raw[:10])
        for post in batch.posts:
            assert len(post.text) <= TEXT_LIMIT
            assert EARLIEST <= post.created_at <= LATEST + DAY
            post.text.encode("utf-8")
            assert not any("\0" in text for text in (post.text, post.url, post.remote_id, *post.links, *post.tags))
            assert all(link.lower().startswith(("http://", "https://")) for link in post.links)


DIALECTS: list[tuple[str, Callable[..., list[bytes]], Callable[..., Decoded]]] = [
    ("v1", v1_bytes, decode_v1),
    ("v2", v2_bytes, decode_v2),
]


def is_json(raw: bytes) -> bool:
    """What the standard library says of it. Parts that nobody reads need not be UTF-8."""
    try:
        json.loads(raw.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return False
    return True


@pytest.mark.parametrize(("name", "written", "decode"), DIALECTS)
def test_spoilt_json(name: str, written: Callable[..., list[bytes]], decode: Callable[..., Decoded]) -> None:
    chance = random.Random(f"vigie {name}")
    refused = 0
    for _ in range(COUNT):
        raw = json.dumps(spoil_shape(chance, json.loads(written(chance.choice(SOUND))[0]))).encode()
        if chance.random() < 0.5:
            raw = spoil_bytes(chance, raw)
        decoded = decode([raw], SEEN)
        check(decoded, raw)
        told = sum(len(batch.rejected) for batch in decoded.batches)
        assert told or is_json(raw), raw
        refused += bool(told)
    assert refused > COUNT // 3


def test_spoilt_cbor() -> None:
    chance = random.Random("vigie repos")
    refused = 0
    for _ in range(COUNT):
        said = spoil_shape(chance, rich()) if chance.random() < 0.5 else chance.choice(SOUND)
        try:
            (raw,) = repos_bytes(said)
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError):
            continue  # not even a frame can be made of it
        if chance.random() < 0.7:
            raw = spoil_bytes(chance, raw)
        decoded = decode_repos([raw], SEEN)
        check(decoded, raw)
        refused += any(batch.rejected for batch in decoded.batches)
    assert refused > COUNT // 4


def test_spoilt_documents_between_sound_ones_take_nothing_with_them() -> None:
    chance = random.Random("vigie between")
    sound = v1_bytes(*(event(f"3k{i}") for i in range(500)))
    frames = [raw for one in sound for raw in (spoil_bytes(chance, one)[: chance.randrange(1, 200)], one)]
    posts = [post for batch in decode_v1(frames, SEEN).batches for post in batch.posts]
    assert [post.remote_id.rpartition("/")[2] for post in posts] == [f"3k{i}" for i in range(500)]

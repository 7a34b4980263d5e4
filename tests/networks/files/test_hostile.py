"""Ten thousand spoilt files, with the feeds of the other folder: nothing falls over, each bad entry is told."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from counterparts.mutations import mutated
from vigie.flows.ports.network import SourceDownError
from vigie.model import Author, Deleted, Media, Post
from vigie.model.activity import to_activity
from vigie.model.bounds import DAY, EARLIEST
from vigie.networks.files.jsonl import write_line

NOW = 1_763_600_000_000
POST = Post(
    "mastodon",
    "https://masto.example/1",
    Author("https://masto.example/users/ana", handle="ana@masto.example", name="Ana", followers=3),
    "Le café est « froid » ☕ https://x.example/",
    1_763_000_000_000,
    edited_at=1_763_000_100_000,
    langs=("fr",),
    tags=("café",),
    mentions=("bo@masto.example",),
    media=(Media("image", "https://masto.example/i.png", "tasse"),),
)
JSONL = b"".join(map(write_line, [POST, Deleted("mastodon", "https://masto.example/0", 1_763_000_000_000), POST]))
NOTE = to_activity(POST) | {"content": "<p>Le <b>café</b> est froid</p>", "mediaType": None}
OUTBOX = msgspec.json.encode(
    {
        "type": "OrderedCollection",
        "orderedItems": [{"type": "Create", "object": NOTE}, {"type": "Delete", "object": "x"}],
    }
)
CSV = """date;author;text;lang;followers;tags
19/11/2025 09:30;@ana;"Le café ; est ""froid"" ☕
et cher";fr;1 204;#café
2025-11-20T10:05:00Z;bo;Bof;en;;
1763541000;bo;Encore;en;;
""".encode()


@pytest.mark.parametrize(
    ("name", "document", "enough"), [("x.jsonl", JSONL, 500), ("outbox.json", OUTBOX, 300), ("x.csv", CSV, 1_000)]
)
async def test_spoilt_files(tmp_path: Path, read: Callable[..., Any], name: str, document: bytes, enough: int) -> None:
    outcome: Counter[str] = Counter()
    memory = Path("/dev/shm")
    path = (memory if memory.is_dir() else tmp_path) / f"{tmp_path.name}-{os.getpid()}-{name}"
    for spoilt in mutated(document, 2_500, seed=2):
        path.write_bytes(spoilt)
        try:
            batches = await read(path, format={"x.jsonl": "jsonl", "outbox.json": "outbox", "x.csv": "csv"}[name])
        except SourceDownError as down:
            outcome[down.code] += 1
            continue
        for batch in batches:
            outcome["posts"] += len(batch.posts)
            msgspec.json.encode(batch)
            for post in batch.posts:
                assert "\0" not in post.text
                assert EARLIEST <= post.created_at <= NOW + DAY
                assert post.author.followers is None or 0 <= post.author.followers < 2**53
            for one in batch.rejected:
                outcome[one.reason] += 1
                assert one.detail.split(":")[0].isdecimal()
                assert len(one.raw) <= 2048
    path.unlink()
    assert outcome.pop("posts") > enough
    assert set(outcome) <= {"not-json", "wrong-shape", "bad-text", "bad-date", "too-long", "not-understood"}

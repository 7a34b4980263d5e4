"""Jetstream events as the public network sends them: about a kilobyte, with facets, embeds and replies."""

import json
import random
from collections.abc import Sequence

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
START_US = 1_783_175_888_000_000


def events(texts: Sequence[str], count: int, seed: int = 1, *, per_second: int = 1500) -> list[bytes]:
    """``count`` v1 create events of posts, their texts taken in turn."""
    chance = random.Random(seed)
    authors = [_word(chance, 24) for _ in range(5000)]
    return [_event(chance, authors, texts[n % len(texts)], n, per_second) for n in range(count)]


def _event(chance: random.Random, authors: list[str], text: str, n: int, per_second: int) -> bytes:
    did = f"did:plc:{chance.choice(authors)}"
    record: dict[str, object] = {
        "$type": "app.bsky.feed.post",
        "createdAt": "2026-07-04T14:38:06.240Z",
        "langs": ["en" if chance.random() < 0.8 else "fr"],
        "text": text,
    }
    if chance.random() < 0.5:
        record["reply"] = {"parent": _ref(chance, authors), "root": _ref(chance, authors)}
    if chance.random() < 0.35:
        link = {"$link": "bafkrei" + _word(chance, 52)}
        blob = {"$type": "blob", "ref": link, "mimeType": "image/jpeg", "size": 119635}
        ratio = {"height": 1080, "width": 1920}
        record["embed"] = {
            "$type": "app.bsky.embed.images",
            "images": [{"alt": text[:80], "aspectRatio": ratio, "image": blob}],
        }
    elif chance.random() < 0.3:
        card = {
            "uri": f"https://{_word(chance, 8)}.example/{_word(chance, 30)}",
            "title": text[:60],
            "description": text,
        }
        record["embed"] = {"$type": "app.bsky.embed.external", "external": card}
        feature = {"$type": "app.bsky.richtext.facet#link", "uri": card["uri"]}
        record["facets"] = [{"features": [feature], "index": {"byteStart": 0, "byteEnd": 5}}]
    commit = {
        "rev": _word(chance, 13),
        "operation": "create",
        "collection": "app.bsky.feed.post",
        "rkey": _word(chance, 13),
        "record": record,
        "cid": "bafyrei" + _word(chance, 52),
    }
    event = {"did": did, "time_us": START_US + n * 1_000_000 // per_second, "kind": "commit", "commit": commit}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def _ref(chance: random.Random, authors: list[str]) -> dict[str, str]:
    uri = f"at://did:plc:{chance.choice(authors)}/app.bsky.feed.post/{_word(chance, 13)}"
    return {"cid": "bafyrei" + _word(chance, 52), "uri": uri}


def _word(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(LETTERS, k=length))

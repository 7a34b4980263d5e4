"""Events made by hand, as Jetstream v1 says them, and the bytes of all three streams for them."""

import json
from typing import Any

from counterparts.frames import as_v2, commit_frame, frame, iso

DID = "did:plc:wq4aajammjtxdomz3e23667t"
REV = "3mptbypluud2a"
"""2026-07-04T14:38:07.514Z."""
REV_MS = 1_783_175_887_514
TIME_US = 1_783_175_888_085_434
SEEN = TIME_US // 1000 + 250


def record(text: str = "bonjour", **more: Any) -> dict[str, Any]:
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-07-04T14:38:06.240Z", **more}


def event(rkey: str = "3mptbyoeyc22k", said: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A commit; ``more`` replaces fields of it or of the event around it."""
    commit = {"rev": REV, "operation": "create", "collection": "app.bsky.feed.post", "rkey": rkey}
    commit |= {key: more.pop(key) for key in ("rev", "operation", "collection") if key in more}
    if commit["operation"] != "delete":
        commit["record"] = record() if said is None else said
    return {"did": DID, "kind": "commit", "commit": commit, **more}


def delete(rkey: str = "3mptbyoeyc22k") -> dict[str, Any]:
    return event(rkey, operation="delete")


def identity(handle: str | None = "ana.test") -> dict[str, Any]:
    inner = {"did": DID, "seq": 7, "time": iso(TIME_US)} | ({"handle": handle} if handle is not None else {})
    return {"did": DID, "kind": "identity", "identity": inner}


def account(status: str | None, *, active: bool = False) -> dict[str, Any]:
    inner = {"did": DID, "seq": 8, "time": iso(TIME_US), "active": active} | ({"status": status} if status else {})
    return {"did": DID, "kind": "account", "account": inner}


def v1_bytes(*said: dict[str, Any], first_us: int = TIME_US, step_us: int = 700) -> list[bytes]:
    return [json.dumps({"time_us": first_us + i * step_us, **one}).encode() for i, one in enumerate(said)]


def v2_bytes(*said: dict[str, Any], first: int = 1) -> list[bytes]:
    return [json.dumps(as_v2(one, first + i, iso(TIME_US + i * 700))).encode() for i, one in enumerate(said)]


def repos_bytes(*said: dict[str, Any], first: int = 1) -> list[bytes]:
    return [_repos(one, first + i, iso(TIME_US + i * 700)) for i, one in enumerate(said)]


def _repos(one: dict[str, Any], seq: int, time: str) -> bytes:
    if one["kind"] != "commit":
        return frame(f"#{one['kind']}", one[one["kind"]] | {"seq": seq, "time": time})
    commit = one["commit"]
    op = (commit["operation"], f"{commit['collection']}/{commit['rkey']}", commit.get("record"))
    return commit_frame(seq, one["did"], time, [op], commit["rev"])

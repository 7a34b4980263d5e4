"""Frames of a Bluesky event stream: made by hand for tests, read from a recording, turned into Jetstream's JSON."""

import base64
import hashlib
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import libipld

CID_PREFIXES = (b"\x01\x71\x12\x20", b"\x01\x55\x12\x20")
CID_BYTES = 36
LEXICON = "network.bsky.jetstream.subscribeEvents"


def recorded(blob: bytes) -> Iterator[bytes]:
    """The frames of a recording: for each its length as four bytes, little-endian, then itself."""
    at = 0
    while at < len(blob):
        (length,) = struct.unpack_from("<I", blob, at)
        yield blob[at + 4 : at + 4 + length]
        at += 4 + length


def plain(value: Any) -> Any:
    """CBOR's values as JSON writes them: links as ``$link``, bytes as ``$bytes``."""
    if isinstance(value, bytes):
        if len(value) == CID_BYTES and value.startswith(CID_PREFIXES):
            return {"$link": libipld.encode_cid(value)}
        return {"$bytes": base64.b64encode(value).decode().rstrip("=")}
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value


def events(frame: bytes) -> list[dict[str, Any]]:
    """What Jetstream v1 says for one frame, without ``time_us``: one event an operation."""
    header, body = libipld.decode_dag_cbor_multi(frame)
    kind = header.get("t")
    if kind in {"#identity", "#account"}:
        return [{"did": body["did"], "kind": kind[1:], kind[1:]: body}]
    if kind != "#commit":
        return []
    blocks = libipld.decode_car(body["blocks"])[1]
    found = []
    for op in body["ops"]:
        collection, _, rkey = op["path"].partition("/")
        commit = {"rev": body["rev"], "operation": op["action"], "collection": collection, "rkey": rkey}
        if op["action"] != "delete":
            commit |= {"record": plain(blocks[op["cid"]]), "cid": libipld.encode_cid(op["cid"])}
        found.append({"did": body["repo"], "kind": "commit", "commit": commit})
    return found


def as_v2(event: dict[str, Any], seq: int, time: str) -> dict[str, Any]:
    """The same event as a message of Jetstream v2."""
    kind = event["kind"]
    inner = event["commit"] if kind == "commit" else {kind: event[kind]}
    payload = {"$type": f"{LEXICON}#{kind}", "seq": seq, "did": event["did"], "time": time, **inner}
    return {"$type": "message", "payload": payload}


def cid_of(block: bytes) -> bytes:
    return b"\x01\x71\x12\x20" + hashlib.sha256(block).digest()


def car(blocks: dict[bytes, bytes]) -> bytes:
    """A CAR file, version 1, whose first block is the root."""
    root = next(iter(blocks))
    header = _car_header(root)
    parts = [_varint(len(header)) + header]
    parts += [_varint(len(cid) + len(block)) + cid + block for cid, block in blocks.items()]
    return b"".join(parts)


def _car_header(root: bytes) -> bytes:
    link = b"\xd8\x2a" + b"\x58\x25\x00" + root
    return b"\xa2" + b"\x65roots" + b"\x81" + link + b"\x67version" + b"\x01"


def _varint(number: int) -> bytes:
    out = bytearray()
    while True:
        low, number = number & 0x7F, number >> 7
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def commit_frame(seq: int, did: str, time: str, ops: list[tuple[str, str, dict[str, Any] | None]], rev: str) -> bytes:
    """A ``#commit`` frame; ``ops`` are (action, path, record)."""
    blocks: dict[bytes, bytes] = {}
    listed = []
    for action, path, record in ops:
        cid = None
        if record is not None:
            block = libipld.encode_dag_cbor(record)
            cid = cid_of(block)
            blocks[cid] = block
        listed.append({"action": action, "path": path, "cid": cid})
    if not blocks:
        block = libipld.encode_dag_cbor({"empty": True})
        blocks[cid_of(block)] = block
    body = {"seq": seq, "repo": did, "rev": rev, "time": time, "ops": listed, "blocks": car(blocks)}
    return frame("#commit", body)


def frame(kind: str, body: dict[str, Any]) -> bytes:
    return libipld.encode_dag_cbor({"op": 1, "t": kind}) + libipld.encode_dag_cbor(body)


def error_frame(error: str, message: str) -> bytes:
    return libipld.encode_dag_cbor({"op": -1}) + libipld.encode_dag_cbor({"error": error, "message": message})


def iso(time_us: int) -> str:
    """Microseconds since 1970 as the network writes a time."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time_us)).isoformat().replace("+00:00", "Z")

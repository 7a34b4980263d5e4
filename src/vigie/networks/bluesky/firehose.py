"""A relay's or server's own event stream (`com.atproto.sync.subscribeRepos`): two CBOR values a frame, records in CAR blocks."""

from collections.abc import Sequence
from typing import Any

import libipld
import msgspec
from msgspec import Struct

from vigie.model import Millis
from vigie.networks.bluesky.cursor import Cursor
from vigie.networks.bluesky.gathering import Decoded, Gathering, Notice, why
from vigie.networks.bluesky.record import COLLECTION, Record, UnreadableError, make_post
from vigie.networks.bluesky.rescue import WORDS
from vigie.networks.bluesky.when import DAY, millis

PREFIX = COLLECTION + "/"
CREATES = frozenset({"create", "update"})


class Header(Struct, gc=False):
    op: int
    t: str = ""


class Op(Struct, gc=False):
    action: str
    path: str
    cid: bytes | None = None


class Event(Struct, gc=False):
    """The fields of `#commit`, `#identity`, `#account` and `#info` that are read, and those of an error frame."""

    seq: int = 0
    time: str = ""
    repo: str = ""
    did: str = ""
    rev: str = ""
    ops: tuple[Op, ...] = ()
    blocks: bytes = b""
    handle: str | None = None
    active: bool = True
    status: str | None = None
    name: str = ""
    error: str = ""
    message: str | None = None


def decode_repos(
    frames: Sequence[bytes], seen: Millis, after: Cursor = Cursor("repos"), dids: frozenset[str] = frozenset()
) -> Decoded:
    """Frames as batches; stops at an error or a notice of the server. ``dids`` narrows to these accounts.

    Raises nothing for what the frames hold: what cannot be read is in the batches' ``rejected``.
    """
    gathering = Gathering(str(after))
    position, count, newest = after.position, 0, 0
    notice = None
    for frame in frames:
        try:
            kind, event = _parts(frame)
        except UnreadableError as error:
            gathering.reject(error.reason, error.detail, frame)
            count += 1
            continue
        if kind in {"error", "#info"}:
            notice = Notice(event.error or event.name, event.message or "")
            break
        at = millis(event.time)
        if at is None or not 0 < at < seen + DAY or event.seq <= 0:
            gathering.reject("wrong-shape", "seq or time: not of today", frame)
            count += 1
            continue
        position = event.seq
        newest = max(newest, at)
        if not dids or (event.repo or event.did) in dids:
            _take(gathering, kind, event, at, count, frame)
        count += 1
    return gathering.done(str(Cursor("repos", position)), newest or None, count, notice)


def _parts(frame: bytes) -> tuple[str, Event]:
    try:
        values = libipld.decode_dag_cbor_multi(frame)
    except ValueError as error:
        raise UnreadableError("wrong-shape", f"not CBOR: {error}") from None
    if len(values) != 2:  # noqa: PLR2004  # a header and a body, says the protocol
        raise UnreadableError("wrong-shape", f"{len(values)} values in a frame, expected 2")
    try:
        header = msgspec.convert(values[0], Header)
        return ("error" if header.op == -1 else header.t), msgspec.convert(values[1], Event)
    except (msgspec.ValidationError, RecursionError) as error:
        raise UnreadableError(*why(error)) from None


def _take(gathering: Gathering, kind: str, event: Event, at: Millis, count: int, frame: bytes) -> None:
    if kind == "#commit":
        _commit(gathering, event, at, count, frame)
    elif kind == "#identity":
        gathering.identity(event.did, event.handle, at)
    elif kind == "#account":
        gathering.account(event.did, event.status, at, active=event.active)


def _commit(gathering: Gathering, event: Event, at: Millis, count: int, frame: bytes) -> None:
    # most commits are likes: their blocks are not even opened
    ops = [op for op in event.ops if op.path.startswith(PREFIX)]
    if not ops:
        return
    blocks: dict[bytes, Any] = {}
    if any(op.action in CREATES for op in ops):
        try:
            blocks = libipld.decode_car(event.blocks)[1]
        except (ValueError, RecursionError) as error:
            gathering.reject("wrong-shape", f"blocks: {error}", frame)
    mends: list[tuple[str, str]] = []
    for op in ops:
        rkey = op.path.removeprefix(PREFIX)
        if op.action == "delete":
            gathering.delete(f"at://{event.repo}/{COLLECTION}/{rkey}", at)
            continue
        try:
            record = _record(blocks.get(op.cid or b""), mends)
            edited = op.action == "update"
            post = make_post(event.repo, rkey, event.rev, record, at, edited=edited, mended=mends)
        except UnreadableError as error:
            gathering.reject(error.reason, error.detail, frame)
            mends.clear()
            continue
        gathering.post(post, count)
        gathering.mended(mends, frame)


def _record(block: Any, mends: list[tuple[str, str]]) -> Record:
    if not isinstance(block, dict):
        raise UnreadableError("wrong-shape", "blocks: the record is not among them")
    try:
        return msgspec.convert(block, Record)
    except (msgspec.ValidationError, RecursionError) as error:
        reason, detail = why(error)
    try:
        record = msgspec.convert({name: block[name] for name in WORDS if name in block}, Record)
    except (msgspec.ValidationError, RecursionError) as error:
        raise UnreadableError(*why(error)) from None
    mends.append((reason, f"{detail}; its words are kept"))
    return record

"""A server's own event stream (`com.atproto.sync.subscribeRepos`): CBOR frames with records in CAR blocks."""

from collections.abc import Sequence
from typing import Any

import libipld
import msgspec
from msgspec import Struct

from vigie.model import Millis
from vigie.networks.bluesky.cursor import SEQ_LIMIT, Cursor
from vigie.networks.bluesky.gathering import Decoded, Gathering, Notice, why
from vigie.networks.bluesky.record import COLLECTION, PROFILE, Commit, Record, UnreadableError
from vigie.networks.bluesky.rescue import WORDS
from vigie.networks.bluesky.when import LATEST, millis

READ = (COLLECTION + "/", PROFILE + "/")
HEADER_AND_BODY = 2
CREATES = frozenset({"create", "update"})
NOTICES = frozenset({"error", "#info"})
START = Cursor("repos")


class Header(Struct, gc=False):
    """What a frame holds; ``op`` is -1 for an error."""

    op: int
    t: str = ""


class Op(Struct, gc=False):
    """One record of a commit."""

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
    frames: Sequence[bytes], seen: Millis, after: Cursor = START, dids: frozenset[str] = frozenset()
) -> Decoded:
    """Frames as batches; stops after an error or a notice of the server. ``dids`` narrows to these accounts.

    Raises nothing for what the frames hold: what cannot be read is in the batches' ``rejected``.
    """
    gathering = Gathering(after, seen)
    position = after.position
    count = used = newest = 0
    for frame in frames:
        used += 1
        try:
            kind, event = _parts(frame)
            if kind in NOTICES:
                notice = Notice(event.error or event.name, event.message or "")
                return gathering.done(Cursor("repos", position), newest or None, count, used, notice)
            at = millis(event.time)
            if at is None or not (0 < at < LATEST and 0 < event.seq < SEQ_LIMIT):
                raise UnreadableError("wrong-shape", "seq or time: missing, or out of bounds")  # noqa: TRY301
        except UnreadableError as error:
            gathering.reject(error.reason, error.detail, frame)
            count += 1
            continue
        position = event.seq
        newest = max(newest, at)
        if not dids or (event.repo or event.did) in dids:
            if kind == "#commit":
                _commit(gathering, event, at=at, count=count, frame=frame)
            elif kind == "#identity":
                gathering.identity(event.did, event.handle, at, frame)
            elif kind == "#account" and not event.active:
                gathering.account(event.did, event.status, at, frame)
        count += 1
    return gathering.done(Cursor("repos", position), newest or None, count, used, None)


def _parts(frame: bytes) -> tuple[str, Event]:
    try:
        values = libipld.decode_dag_cbor_multi(frame)
    except ValueError as error:
        raise UnreadableError("wrong-shape", f"not CBOR: {error}") from None
    if len(values) != HEADER_AND_BODY:
        raise UnreadableError("wrong-shape", f"{len(values)} values in a frame, expected {HEADER_AND_BODY}")
    try:
        header = msgspec.convert(values[0], Header)
        return ("error" if header.op == -1 else header.t), msgspec.convert(values[1], Event)
    except (msgspec.ValidationError, RecursionError) as error:
        raise UnreadableError(*why(error)) from None


def _commit(gathering: Gathering, event: Event, *, at: Millis, count: int, frame: bytes) -> None:
    # most commits are likes: their blocks are not even opened
    ops = [op for op in event.ops if op.path.startswith(READ)]
    blocks: dict[bytes, Any] = {}
    if any(op.action in CREATES for op in ops):
        try:
            blocks = libipld.decode_car(event.blocks)[1]
        except (ValueError, RecursionError) as error:
            gathering.reject("wrong-shape", f"blocks: {error}", frame)
    for op in ops:
        record = None
        if op.action in CREATES:
            if op.cid not in blocks:
                if blocks:
                    gathering.reject("wrong-shape", f"ops: {op.action} without its record", frame)
                continue
            record = _record(blocks[op.cid], gathering, frame)
        collection, _, key = op.path.partition("/")
        commit = Commit(event.rev, op.action, collection, key, record)
        if collection == COLLECTION:
            gathering.commit(event.repo, commit, at, count, frame)
        else:
            gathering.profile(event.repo, commit, at, frame)


def _record(block: Any, gathering: Gathering, frame: bytes) -> Record | None:
    try:
        return msgspec.convert(block, Record)
    except (msgspec.ValidationError, RecursionError) as error:
        reason, detail = why(error)
    try:
        record = msgspec.convert({name: block[name] for name in WORDS if name in block}, Record)
    except (msgspec.ValidationError, RecursionError, TypeError):
        return None
    gathering.reject(reason, f"{detail}; its words are kept", frame)
    return record

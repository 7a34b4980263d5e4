"""Jetstream's JSON, in both of its dialects, read into batches. The hot path of the network: 1,500 posts a second and more.

v1 (``/subscribe``) names an event by its microsecond, v2 (``network.bsky.jetstream.subscribeEvents``) by a sequence
number. Both cursors include the event they name, so what was read before is skipped here.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct, field

from vigie.model import Millis
from vigie.networks.bluesky.cursor import Cursor
from vigie.networks.bluesky.gathering import Decoded, Gathering, Notice
from vigie.networks.bluesky.record import COLLECTION, Record, UnreadableError, make_post
from vigie.networks.bluesky.rescue import UNDECODABLE, rescue
from vigie.networks.bluesky.when import DAY, millis

class Commit(Struct, gc=False):
    collection: str = ""
    operation: str = ""
    rkey: str = ""
    rev: str = ""
    record: Record | None = None


class Identity(Struct, gc=False):
    handle: str | None = None


class Account(Struct, gc=False):
    active: bool = True
    status: str | None = None


class EventV1(Struct, gc=False):
    did: str
    time_us: int
    kind: str = ""
    commit: Commit | None = None
    identity: Identity | None = None
    account: Account | None = None


class Payload(Commit, gc=False):
    """Commit fields lie flat; ``kind`` is the lexicon's full name of the message, its last word after ``#``."""

    kind: str = field(name="$type", default="")
    seq: int = 0
    did: str = ""
    time: str = ""
    identity: Identity | None = None
    account: Account | None = None
    name: str = ""
    message: str = ""


class FrameV2(Struct, gc=False):
    kind: str = field(name="$type", default="")
    payload: Payload | None = None
    error: str = ""
    message: str = ""


_v1, _v2 = msgspec.json.Decoder(EventV1), msgspec.json.Decoder(FrameV2)
def decode_v1(frames: Sequence[bytes], seen: Millis, after: Cursor = Cursor("v1"), skip: int = 0) -> Decoded:
    """Jetstream v1 events as batches. ``skip``: as many events of ``after``'s very microsecond were read before.

    Raises nothing for what the frames hold: what cannot be read is in the batches' ``rejected``.
    """
    gathering, mends = Gathering(str(after)), []  # type: tuple[Gathering, list[tuple[str, str]]]
    position, read, count, newest = after.position, after.read, 0, 0
    limit = (seen + DAY) * 1000
    for frame in frames:
        try:
            event = _v1.decode(frame)
        except UNDECODABLE as error:
            rescued = rescue(frame, error, EventV1, gathering)
            if rescued is None:
                count += 1
                continue
            event = rescued
        time = event.time_us
        if not 0 < time < limit:
            gathering.reject("wrong-shape", "time_us: not a time of today", frame)
            count += 1
            continue
        if time != position:
            position, read, skip = time, 1, 0
        elif skip:
            skip -= 1
            continue
        else:
            read += 1
        if time > newest:
            newest = time
        at = time // 1000
        commit = event.commit
        if commit is not None:
            if commit.collection == COLLECTION:
                _commit(gathering, event.did, commit, at, count, mends, frame)
        elif event.identity is not None:
            gathering.identity(event.did, event.identity.handle, at)
        elif event.account is not None:
            gathering.account(event.did, event.account.status, at, active=event.account.active)
        count += 1
    cursor = Cursor("v1", position, read, after.host)
    return gathering.done(str(cursor), newest // 1000 or None, count)


def decode_v2(frames: Sequence[bytes], seen: Millis, after: Cursor = Cursor("v2")) -> Decoded:
    """Jetstream v2 messages as batches; stops at an error or a notice of the server. Raises nothing for what they hold."""
    gathering, mends = Gathering(str(after)), []  # type: tuple[Gathering, list[tuple[str, str]]]
    position, count, newest = after.position, 0, 0
    notice = None
    for frame in frames:
        try:
            message = _v2.decode(frame)
        except UNDECODABLE as error:
            rescued = rescue(frame, error, FrameV2, gathering)
            if rescued is None:
                count += 1
                continue
            message = rescued
        event = message.payload
        if event is None or not event.seq:
            notice = _notice(message)
            if notice is not None:
                break
            gathering.reject("wrong-shape", "payload.seq: missing", frame)
            count += 1
            continue
        if event.seq <= position:
            continue
        time = millis(event.time)
        if time is None or not 0 < time < seen + DAY:
            gathering.reject("wrong-shape", "payload.time: not a time of today", frame)
            count += 1
            continue
        position = event.seq
        newest = max(newest, time)
        if event.collection:
            if event.collection == COLLECTION:
                _commit(gathering, event.did, event, time, count, mends, frame)
        elif event.identity is not None:
            gathering.identity(event.did, event.identity.handle, time)
        elif event.account is not None:
            gathering.account(event.did, event.account.status, time, active=event.account.active)
        count += 1
    return gathering.done(str(Cursor("v2", position)), newest or None, count, notice)


def _notice(message: FrameV2) -> Notice | None:
    if message.error:
        return Notice(message.error, message.message)
    if message.payload is not None and message.payload.name:
        return Notice(message.payload.name, message.payload.message)
    return None


def _commit(
    gathering: Gathering, did: str, commit: Commit, at: Millis, count: int, mends: list[tuple[str, str]], frame: bytes
) -> None:
    if commit.operation == "delete":
        gathering.delete(f"at://{did}/{COLLECTION}/{commit.rkey}", at)
        return
    try:
        if commit.record is None:
            raise UnreadableError("wrong-shape", "commit.record: missing")
        edited = commit.operation == "update"
        post = make_post(did, commit.rkey, commit.rev, commit.record, at, edited=edited, mended=mends)
    except UnreadableError as error:
        gathering.reject(error.reason, error.detail, frame)
        mends.clear()
        return
    gathering.post(post, count)
    if mends:
        gathering.mended(mends, frame)

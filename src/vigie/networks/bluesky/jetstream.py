"""Jetstream's JSON, in both of its dialects, read into batches: the hot path of the network.

v1 (``/subscribe``) names an event by its microsecond, v2 (``network.bsky.jetstream.subscribeEvents``) by a sequence
number. Both cursors include the event they name, so what was read before is skipped here.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct, field

from vigie.model import Millis
from vigie.networks.bluesky.cursor import SEQ_LIMIT, Cursor
from vigie.networks.bluesky.gathering import Decoded, Gathering, Notice
from vigie.networks.bluesky.record import COLLECTION, PROFILE, Commit
from vigie.networks.bluesky.rescue import UNDECODABLE, rescue
from vigie.networks.bluesky.when import LATEST, millis

OUT_OF_BOUNDS = "seq or time: missing, or out of bounds"
LATEST_US = LATEST * 1000
KINDS = frozenset({"commit", "identity", "account"})
TIME_POSITION = 10**15
"""Jetstream v2 reads a cursor from here on as microseconds since 1970."""


class Identity(Struct, gc=False):
    """An account's new name."""

    handle: str | None = None


class Account(Struct, gc=False):
    """An account's new state."""

    active: bool = True
    status: str | None = None


class EventV1(Struct, gc=False):
    """One line of v1."""

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
    """One message of v2, or its last words."""

    kind: str = field(name="$type", default="")
    payload: Payload | None = None
    error: str = ""
    message: str = ""


_v1, _v2 = msgspec.json.Decoder(EventV1), msgspec.json.Decoder(FrameV2)
START_V1, START_V2 = Cursor("v1"), Cursor("v2")


def decode_v1(frames: Sequence[bytes], seen: Millis, after: Cursor = START_V1) -> Decoded:
    """Jetstream v1 events as batches, from the first that ``after`` does not include.

    Raises nothing for what the frames hold: what cannot be read is in the batches' ``rejected``.
    """
    gathering = Gathering(after, seen)
    position, read, skip = after.position, after.read, after.skip
    count = time = 0
    for frame in frames:
        event: EventV1 | None
        try:
            event = _v1.decode(frame)
        except UNDECODABLE as error:
            event = rescue(frame, error, EventV1, gathering)
        if event is None or not 0 < event.time_us < LATEST_US:
            if event is not None:
                gathering.reject("wrong-shape", OUT_OF_BOUNDS, frame)
            count += 1
            continue
        time = event.time_us
        if time != position:
            position, read, skip = time, 1, 0
        elif skip:
            skip -= 1
            continue
        else:
            read += 1
        commit = event.commit
        if commit is None:
            _about_author(gathering, event.did, event, at=time // 1000, frame=frame)
        elif commit.collection == COLLECTION:
            gathering.commit(event.did, commit, time // 1000, count, frame)
        elif commit.collection == PROFILE:
            gathering.profile(event.did, commit, time // 1000, frame)
        count += 1
    reached = Cursor("v1", position, read, after.host, skip)
    return gathering.done(reached, time // 1000 or None, count, len(frames), None)


def decode_v2(frames: Sequence[bytes], seen: Millis, after: Cursor = START_V2) -> Decoded:
    """Jetstream v2 messages as batches; stops after an error or a notice of the server.

    Raises nothing for what the frames hold: what cannot be read is in the batches' ``rejected``.
    """
    gathering = Gathering(after, seen)
    position = after.position
    floor = position if position < TIME_POSITION else 0
    count = used = newest = 0
    for frame in frames:
        used += 1
        message: FrameV2 | None
        try:
            message = _v2.decode(frame)
        except UNDECODABLE as error:
            message = rescue(frame, error, FrameV2, gathering)
        notice = None if message is None else _notice(message)
        if notice is not None:
            return gathering.done(Cursor("v2", position), newest or None, count, used, notice)
        event = None if message is None else message.payload
        if event is not None and 0 < event.seq <= floor:
            continue
        time = None if event is None else millis(event.time)
        if event is None or time is None or not (0 < event.seq < SEQ_LIMIT and 0 < time < LATEST):
            if message is not None:
                gathering.reject("wrong-shape", OUT_OF_BOUNDS, frame)
            count += 1
            continue
        position = floor = event.seq
        newest = max(newest, time)
        if not event.collection:
            _about_author(gathering, event.did, event, at=time, frame=frame)
        elif event.collection == COLLECTION:
            gathering.commit(event.did, event, time, count, frame)
        elif event.collection == PROFILE:
            gathering.profile(event.did, event, time, frame)
        count += 1
    return gathering.done(Cursor("v2", position), newest or None, count, used, None)


def _notice(message: FrameV2) -> Notice | None:
    if message.error:
        return Notice(message.error, message.message)
    payload = message.payload
    return Notice(payload.name, payload.message) if payload is not None and payload.name and not payload.seq else None


def _about_author(gathering: Gathering, did: str, event: EventV1 | Payload, *, at: Millis, frame: bytes) -> None:
    if event.identity is not None:
        gathering.identity(did, event.identity.handle, at, frame)
    elif event.account is not None:
        if not event.account.active:
            gathering.account(did, event.account.status, at, frame)
    elif (kind := event.kind.rpartition("#")[2]) in KINDS:
        gathering.reject("wrong-shape", f"{kind}: missing", frame)

"""Puts a source's events into batches, in an order that the store may rely on."""

import re

import msgspec
from msgspec import Struct

from vigie.model import Author, AuthorChanged, AuthorGone, Batch, Deleted, Millis, Post, Rejected
from vigie.networks.bluesky.cursor import Cursor
from vigie.networks.bluesky.record import (
    COLLECTION,
    Commit,
    UnreadableError,
    is_did,
    is_post,
    make_author,
    make_post,
)

RAW_LIMIT = 2_048
GONE = frozenset({"deleted", "takendown", "suspended"})
"""Account states after which the network shows nothing of the account. A deactivated one may come back by itself."""
NO_HANDLE = frozenset({"", "handle.invalid"})
HANDLE = re.compile(r"[A-Za-z0-9.-]{1,253}")
PATH = re.compile(r"(.*) - at `\$\.?(.*)`", re.DOTALL)


class Notice(Struct, frozen=True):
    """What the server says about the line itself, as its protocol names it: ``OutdatedCursor``, ``ConsumerTooSlow``."""

    name: str
    message: str = ""


class Decoded(Struct, frozen=True):
    """Some frames as batches, usually one, and the cursor after them. ``used`` frames were read, a notice included."""

    batches: tuple[Batch, ...]
    after: Cursor
    used: int
    notice: Notice | None = None


class Gathering:
    """Batches in the making, from the cursor before the first event.

    ``seen`` is the time: no event is told to have happened later, so that a clock ahead of ours shows no odd lag.

    The store applies a batch's posts before its deletions. So a post that comes after its own or its author's deletion
    opens a new batch; the one before then keeps the starting cursor, which after a crash repeats and loses nothing.
    """

    def __init__(self, start: Cursor, seen: Millis) -> None:
        self._start, self._seen = start, seen
        self._batches: list[Batch] = []
        self._counted = 0
        self._mends: list[tuple[str, str]] = []
        self._open()

    def _open(self) -> None:
        self._posts: list[Post] = []
        self._deleted: list[Deleted] = []
        self._authors: list[AuthorChanged | AuthorGone] = []
        self._rejected: list[Rejected] = []
        self._gone: set[str] = set()

    def commit(self, did: str, commit: Commit, at: Millis, count: int, frame: bytes) -> None:
        """A post created, updated or deleted; ``count`` events were read before it, ``frame`` is where it was."""
        if commit.operation == "delete":
            self._delete(did, commit.rkey, at, frame)
            return
        mends = self._mends
        try:
            post = make_post(commit, did, at, mends)
        except UnreadableError as error:
            self.reject(error.reason, error.detail, frame)
            mends.clear()
            return
        if self._gone and (post.remote_id in self._gone or did in self._gone):
            self._close(self._start, at, count)
        self._posts.append(post)
        if mends:
            # the post is kept, and forgotten when its author deletes it: no second copy of its words
            for reason, detail in mends:
                self.reject(reason, detail, b"")
            mends.clear()

    def _delete(self, did: str, rkey: str, at: Millis, frame: bytes) -> None:
        uri = f"at://{did}/{COLLECTION}/{rkey}"
        if not is_post(uri):
            self.reject("wrong-shape", "did or rkey: not a name", frame)
            return
        self._gone.add(uri)
        self._deleted.append(Deleted("bluesky", uri, at))

    def identity(self, did: str, handle: str | None, at: Millis, frame: bytes) -> None:
        """A new handle. A notice without one only says that something may have changed: nothing to tell."""
        if not is_did(did):
            self.reject("wrong-shape", "did: not a name", frame)
        elif handle and handle not in NO_HANDLE:
            if HANDLE.fullmatch(handle):
                self._authors.append(AuthorChanged("bluesky", Author(did, handle.lower()), at))
            else:
                self.reject("wrong-shape", "identity.handle: not a name", frame)

    def profile(self, did: str, commit: Commit, at: Millis, frame: bytes) -> None:
        """A new name or picture. A profile that was emptied tells nothing."""
        if not is_did(did):
            self.reject("wrong-shape", "did: not a name", frame)
        elif commit.record is not None:
            self._authors.append(AuthorChanged("bluesky", make_author(commit, did), at))

    def account(self, did: str, status: str | None, at: Millis, frame: bytes) -> None:
        """An account that is no longer active; ``status`` says why."""
        if not is_did(did):
            self.reject("wrong-shape", "did: not a name", frame)
        elif status in GONE:
            self._gone.add(did)
            self._authors.append(AuthorGone("bluesky", did, at))

    def reject(self, reason: str, detail: str, raw: bytes) -> None:
        """Something that cannot be read, or was mended."""
        self._rejected.append(Rejected(reason, detail[:300], bytes(raw[:RAW_LIMIT])))

    def _close(self, cursor: Cursor, latest: Millis | None, events: int) -> None:
        parts = (tuple(self._posts), tuple(self._deleted), tuple(self._authors), tuple(self._rejected))
        latest = None if latest is None else min(latest, self._seen)
        self._batches.append(Batch(*parts, str(cursor), latest, events - self._counted))
        self._counted = events
        self._open()

    def done(self, after: Cursor, latest: Millis | None, events: int, used: int, notice: Notice | None) -> Decoded:
        """``latest``: when the newest event happened; ``events``: how many were read in all."""
        self._close(after, latest, events)
        return Decoded(tuple(self._batches), after, used, notice)


def why(error: Exception) -> tuple[str, str]:
    """Reason and detail of what a decoder complains about.

    >>> why(msgspec.ValidationError("Expected `str`, got `int` - at `$.commit.record.text`"))
    ('wrong-shape', 'commit.record.text: expected str, got int')
    """
    words = str(error)
    if isinstance(error, RecursionError):
        return "wrong-shape", "nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return "bad-text", f"not UTF-8: {error.reason}"
    if isinstance(error, msgspec.ValidationError):
        said = PATH.fullmatch(words)
        detail = f"{said[2]}: {said[1][:1].lower()}{said[1][1:]}" if said and said[2] else words
        return "wrong-shape", detail.replace("`", "")
    return "not-json", words

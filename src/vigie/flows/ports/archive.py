"""The archive: kept posts, their matches, counters, the rolling sample and how far each source was read."""

from collections.abc import Iterator, Sequence
from typing import Literal, Protocol, TypeAlias

from msgspec import Struct

from vigie.ledger import Entry, Seal
from vigie.model import Act, Author, Batch, Mention, Millis, Post, Sighting, SourceState


class StoreFullError(Exception):
    """The disk is full: nothing of the call was stored; it can be made again."""


class QueryVersion(Struct, frozen=True):
    """A query of the charter at one of its versions; ``number`` grows by one with each change of ``match``."""

    id: str
    number: int
    match: str


class Appended(Struct, frozen=True):
    """What one `append` changed."""

    new: int = 0
    edited: int = 0
    gone: int = 0
    repeated: int = 0


class Filter(Struct, frozen=True):
    """Which mentions. Empty fields do not narrow. Times are ``created_at``, ``since`` included, ``until`` not.

    ``text`` is what a person types in a search box: words, "phrases" and prefix*, all required, accents and case
    ignored;    no input is a syntax error.
    """

    queries: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    author: str = ""
    since: Millis | None = None
    until: Millis | None = None
    text: str = ""
    kept: tuple[str, ...] = ("match",)


class Slice(Struct, frozen=True):
    """Newest first by (created_at, id). ``next`` goes into the following call; empty at the end."""

    mentions: tuple[Mention, ...]
    next: str = ""


class Stretch(Struct, frozen=True):
    """Some of the standing posts, the latest stored first. ``before`` goes into the following call; None at the end."""

    posts: tuple[Post, ...]
    before: int | None


class Bucket(Struct, frozen=True):
    """Mentions of one query whose posts were written in [start, start + step).

    ``query`` is empty for any of the chosen queries: a post that several of them match counts there once.
    """

    query: str
    start: Millis
    count: int


class AuthorSheet(Struct, frozen=True):
    """A person as the archive knows them."""

    network: str
    author: Author
    mentions: int
    first_at: Millis
    last_at: Millis


class Change(Struct, frozen=True):
    """One line of the change feed. ``ref`` is the number or id of what changed, or empty."""

    id: int
    kind: Literal["mention", "edit", "gone", "source", "charter", "publication", "pause", "incident", "notice"]
    ref: str


Step: TypeAlias = Literal["10min", "hour", "day"]


class Archive(Protocol):
    """Every writing method is one transaction; `append` has one caller at a time (the `listen` role)."""

    # writing, by `listen`
    def append(self, source: str, batch: Batch, sightings: Sequence[Sighting], now: Millis) -> Appended:
        """Stores posts, versions, matches, per-query counters, search rows, tombstones, rejects and the cursor at once.

        ``sightings`` are those of ``batch.posts``. A post already there with the same or a later ``version_at`` is
        ``repeated`` and changes nothing, but gains matches it did not have (counted at its first matching time).
        A deletion clears text, author's name, links, media, earlier versions and search row, and leaves the tombstone
        (network, remote_id, gone_at); it also leaves the sample. A tombstone never comes back to life.
        Raises StoreFullError.
        """
        ...

    def cursor(self, source: str) -> str: ...

    def add_to_sample(self, posts: Sequence[Post], now: Millis) -> None:
        """Adds to the rolling sample: 10,000 posts no older than 24 h (by ``now`` at adding); the oldest make room."""
        ...

    def set_source(self, state: SourceState) -> None: ...

    def drop_sources(self, keep: Sequence[str]) -> None:
        """Forgets the states (not the cursors or posts) of sources that the charter no longer has."""
        ...

    def set_queries(self, queries: Sequence[tuple[str, str]], now: Millis) -> tuple[QueryVersion, ...]:
        """Records the charter's queries as (id, match); a changed ``match`` becomes the next version."""
        ...

    def set_authors(self, network: str, authors: Sequence[Author]) -> None:
        """Fills in handles, names, pictures and counts learned from the network's directory."""
        ...

    def authors_without_handle(self, network: str, limit: int = 25) -> list[str]: ...

    # reading
    def mentions(self, where: Filter, after: str = "", limit: int = 50) -> Slice: ...

    def count(self, where: Filter) -> int: ...

    def mention(self, id: int) -> Mention | None: ...

    def mention_of(self, network: str, remote_id: str) -> Mention | None: ...

    def thread(self, id: int, limit: int = 200) -> list[Mention]:
        """The kept posts of a mention's thread, itself included, oldest first."""
        ...

    def versions(self, id: int) -> list[tuple[Millis, str]]:
        """(version_at, text) of each version, oldest first; empty for a tombstone."""
        ...

    def author(self, network: str, author_id: str) -> AuthorSheet | None: ...

    def volume(self, where: Filter, step: Step) -> list[Bucket]:
        """Only non-empty buckets: each query's own, and those of any (``query == ""``) unless a single one is chosen.

        With no query chosen, ``""`` is every post that ``where`` lets through. From the counters where ``where`` has
        no text, author or kept filter, which outlive the posts; but ``""`` of several chosen queries is as old as
        their posts.
        """
        ...

    def langs(self, where: Filter) -> list[tuple[str, int]]: ...

    def standing(self, before: int | None = None, limit: int = 2_000) -> Stretch:
        """Kept posts that nobody took back and that are not our own, the latest stored first: for trying a query on all
        of them. A stretch is read in some 10 ms and holds nothing up between calls."""
        ...

    def standing_size(self) -> tuple[int, Millis | None]:
        """About how many there are (those taken back are counted), and when the oldest was written."""
        ...

    def sample(self, limit: int = 10_000) -> list[Post]: ...

    def sample_size(self) -> tuple[int, Millis | None]:
        """How many posts it holds, and when the oldest of them was added."""
        ...

    def sources(self) -> list[SourceState]: ...

    def quarantine(self, source: str, limit: int = 20) -> list[tuple[Millis, str, str, bytes]]:
        """The latest rejected events: (at, reason, detail, raw); at most 200 are kept a source."""
        ...

    def queries(self) -> list[QueryVersion]: ...

    def queries_since(self) -> dict[str, Millis]:
        """When each query first came into force, those that the charter no longer has too."""
        ...

    def query_versions(self, id: str) -> list[tuple[Millis, QueryVersion]]:
        """Every version that a query ever had, newest first, with when it first came into force."""
        ...

    def query_ids(self) -> list[str]:
        """Every query that ever was, those taken out of the charter too."""
        ...

    def kept_ids(self, network: str, since: Millis, limit: int = 200_000) -> Iterator[str]:
        """remote_ids of kept posts written since, newest first: for recognising replies to them."""
        ...

    # the change feed
    def data_version(self) -> int:
        """Differs from the last answer when another connection has committed; costs 20 µs. One thread only."""
        ...

    def last_change(self) -> int: ...

    def changes(self, after: int, limit: int = 1000) -> list[Change]: ...

    # forgetting
    def expire(self, query: str, before: Millis, act: Act) -> int:
        """Forgets posts written before, that no other query and no other reason keeps. Returns how many."""
        ...

    def expire_sample(self, before: Millis) -> int: ...

    def erase(self, handle: str, act: Act) -> int:
        """Forgets a person by handle or id on every network: posts, versions, matches, search rows, sample, quarantine,
        and their name in others' posts' author fields. Keeps the refusal (salted digest) so that they are not
        collected again. Returns how many posts went."""
        ...

    def refused(self, network: str, author_id: str, handle: str) -> bool:
        """True when this person asked to be erased."""
        ...

    def checkpoint(self) -> None:
        """Folds the write-ahead log into the database and truncates it, so that forgotten bytes are gone."""
        ...


class Acts(Protocol):
    """Reads and appends to the record of acts. Other ports' methods that write take their `Act` and append it."""

    def record(self, act: Act) -> None: ...

    def latest(self, before: int = 0, limit: int = 50) -> list[tuple[int, Act]]: ...

    def about(self, what: str, limit: int = 200) -> list[tuple[int, Act]]:
        """The last acts done to one thing (``publication:7``), the latest first."""
        ...

    def end(self) -> tuple[int, str]:
        """(number, digest) of the last entry of the chain; (0, `vigie.ledger.ORIGIN`) before the first one."""
        ...

    def entries(self, after: int = 0) -> Iterator[tuple[Entry, str]]:
        """(entry, digest as stored) from the one after ``after`` on, in order."""
        ...

    def seals(self) -> list[Seal]: ...

    def set_seal(self, sealed: Seal) -> None:
        """Keeps a seal for good. Nothing happens when its entry has one already."""
        ...

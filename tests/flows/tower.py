"""A house with a real store, an account that is watched, and short ways to let things happen on it."""

import itertools
from pathlib import Path

import msgspec

from vigie.charter import Charter, Vocabulary, parse
from vigie.flows.alarm import Watchtower
from vigie.flows.own_words import OwnWords
from vigie.model import Act, Author, Batch, Millis, Outgoing, Piece, Post, Publication, Sighting
from vigie.store import Store, open_store

NOW: Millis = 1_795_161_600_000  # Friday 20 November 2026, 08:00 UTC
MINUTE: Millis = 60_000
HOUR: Millis = 60 * MINUTE
DID = "did:plc:maison"
OURS = Author(DID, handle="maison.example")
ACCOUNTS = {("bluesky", DID): "bluesky", ("bluesky", "maison.example"): "bluesky"}
_numbers = itertools.count(1)


def charter(*tripwires: dict[str, object], **crisis: object) -> Charter:
    """A house with one channel, two people and these tripwires."""
    document = {
        "charter": 1,
        "company": {"name": "Maison", "languages": ["fr", "en"], "timezone": "Europe/Paris"},
        "channels": [{"id": "bluesky", "network": "bluesky", "account": "maison.example", "account_id": DID}],
        "queries": [
            {"id": "brand", "purpose": "essai", "match": "maison"},
            {"id": "storm", "purpose": "essai", "match": "tempête"},
        ],
        "people": [
            {"id": "maelle", "name": "Maëlle", "roles": ["owner"]},
            {"id": "yanis", "name": "Yanis", "roles": ["author"]},
        ],
        "rules": [
            {"id": "secret", "match": "secret*", "severity": "block", "why": "Non.", "bad": ["secret"], "good": ["ok"]}
        ],
        "crisis": {"on_call": ["maelle"], "contain_within": "10m", "pause_when": list(tripwires), **crisis},
    }
    text = msgspec.json.format(msgspec.json.encode(document)).decode()
    return parse(text, Vocabulary(frozenset({"bluesky"})))


HAND = {"id": "hand", "on": "unknown-hand"}


class House:
    """What the tests of the watch share."""

    def __init__(self, folder: Path) -> None:
        self.store: Store = open_store(folder / "vigie.db", role="listen")
        self.tower = tower(self.store)

    def words(self, written: Charter, *connected: str, at: Millis = NOW) -> OwnWords:
        """A watch over our own words, as a start of `listen` makes it."""
        words = OwnWords(self.tower)
        words.follow(written, ACCOUNTS, connected, at)
        return words

    def arrive(self, words: OwnWords, batch: Batch, now: Millis = NOW + MINUTE) -> list[str]:
        """A batch looked at, then stored; the reasons of the incidents that it led to."""
        found = words.look(batch, now)
        sightings = [Sighting(post, (), "own") for post in batch.posts]
        self.store.archive.append("jetstream", batch, sightings, now)
        return [one.reason for one in found]

    def publish(self, text: str = "Bonjour", key: str = "3key", *, confirmed: bool = True) -> Publication:
        """A post of Vigie's: claimed, and known to be out unless not yet ``confirmed``."""
        publications = self.store.publications
        wanted = Publication(
            id=0,
            revision=0,
            draft=1,
            version=1,
            channel="bluesky",
            network="bluesky",
            outgoing=Outgoing((Piece(text),)),
            due=NOW,
            wall="2026-11-20T09:00",
            zone="Europe/Paris",
            scheduled_by="maelle",
            scheduled_at=NOW - HOUR,
            charter="",
        )
        act = Act(NOW - HOUR, "maelle", "publication.scheduled", "publication")
        stored = publications.schedule([wanted], act)[0]
        claimed = publications.claim(stored.id, stored.revision, [key], NOW)
        assert claimed is not None
        if not confirmed:
            return claimed
        sent = (msgspec.structs.replace(claimed.sent[0], remote_id=uri(key)),)
        out = msgspec.structs.replace(claimed, state="published", sent=sent, published_at=NOW)
        return publications.settle(out)


def tower(store: Store) -> Watchtower:
    """What one keeps watch with."""
    return Watchtower(store.archive, store.publications, store.incidents, store.notices, store.signals)


def uri(key: str) -> str:
    """A post's address on Bluesky."""
    return f"at://{DID}/app.bsky.feed.post/{key}"


def own(text: str = "Bonjour", key: str = "", at: Millis = NOW + MINUTE, **more: object) -> Post:
    """A post on our account."""
    post = Post("bluesky", uri(key or f"3k{next(_numbers)}"), OURS, text, at, langs=("fr",))
    return msgspec.structs.replace(post, **more)


def batch(*posts: Post, **more: object) -> Batch:
    """Posts as a line hands them over."""
    latest = max((post.version_at for post in posts), default=NOW)
    return msgspec.structs.replace(Batch(posts=posts, events=len(posts), latest=latest), **more)


def somebody(number: int, followers: int | None = None) -> Author:
    """One of a crowd."""
    return Author(f"did:plc:p{number}", followers=followers)

"""Publications for the tests, and short ways to store them."""

from msgspec import structs

from store.making import HOUR, NOON, act
from vigie.model import Outgoing, Pause, Piece, Publication
from vigie.store import Store


def wanted(text: str = "Samedi, on ouvre.", **more: object) -> Publication:
    """One that nobody has stored yet."""
    one = Publication(
        id=0, revision=0, draft=1, version=1, channel="bsky", network="bluesky", outgoing=Outgoing((Piece(text),)),
        due=NOON, wall="2025-10-09T14:00", zone="Europe/Paris", scheduled_by="yanis", scheduled_at=NOON - HOUR,
        charter="abc",
    )  # fmt: skip
    return structs.replace(one, **more)


def schedule(store: Store, *publications: Publication) -> list[Publication]:
    """Stores some; one as `wanted` makes it when none is given."""
    return store.publications.schedule(publications or [wanted()], act("publication.scheduled"))


def claim(store: Store, one: Publication, now: int = NOON) -> Publication | None:
    """With keys after its number: ``7.0``, ``7.1``."""
    return store.publications.claim(
        one.id, one.revision, [f"{one.id}.{place}" for place in range(len(one.outgoing.pieces))], now
    )


def pause(store: Store, *channels: str, at: int = NOON, **more: object) -> Pause:
    """Puts one in force."""
    return store.publications.pause(
        structs.replace(Pause(0, channels, "maelle", "vol", at), **more), act("pause.set")
    ).pause


def publish(store: Store, one: Publication, remote_id: str = "") -> Publication:
    """Claims it and says that all of it is out."""
    taken = claim(store, one)
    assert taken is not None
    sent = tuple(
        structs.replace(piece, remote_id=remote_id or f"at://ours/{one.id}", version="cid", url="https://x")
        for piece in taken.sent
    )
    done = structs.replace(taken, state="published", sent=sent, published_at=NOON + 5)
    return store.publications.settle(done, act("publication.published"))

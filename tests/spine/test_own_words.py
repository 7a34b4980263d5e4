"""`vigie listen` as a process of its own, on a stream of events: a stranger's hand on our account, and reactions."""

import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from counterparts.jetstream import bridge
from spine.house import House, charter
from spine.test_faults import until
from vigie.model import Incident
from vigie.store import Store

DID = "did:plc:maison0000000000000000000"
WIRES = [
    {"id": "hand", "on": "unknown-hand"},
    {"id": "speed", "on": "reactions", "at_least": 3, "of": 5, "then": "alert"},
]


def house(folder: Path, address: str) -> House:
    """A house whose account is watched; the stream stands on this machine."""
    document = msgspec.json.decode(charter([{"id": "here", "network": "bluesky", "address": address}], {"q": "maison"}))
    document["channels"] = [{"id": "bluesky", "network": "bluesky", "account": "maison.example", "account_id": DID}]
    document["crisis"] = {"on_call": ["owner"], "pause_when": WIRES}
    return House(folder, msgspec.json.encode(document).decode(), (urlsplit(address).netloc,))


def soon() -> int:
    """When the stream's first event happens, in microseconds: after the connection was made, whenever that is."""
    return time.time_ns() // 1000 + 120_000_000


def said(key: str, text: str, did: str = DID, answers: str = "") -> dict[str, Any]:
    """A post that is written now, as Jetstream says it."""
    written = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    record: dict[str, Any] = {"$type": "app.bsky.feed.post", "createdAt": written, "langs": ["fr"], "text": text}
    if answers:
        above = {"uri": answers, "cid": "x"}
        record["reply"] = {"root": above, "parent": above}
    commit = {"rev": key, "operation": "create", "collection": "app.bsky.feed.post", "rkey": key, "record": record}
    return {"did": did, "kind": "commit", "commit": commit | {"cid": "x"}}


async def test_a_stranger_then_a_crash_then_replies_that_pile_up(tmp_path: Path) -> None:
    async with bridge(first_us=soon()) as jetstream:
        home = house(tmp_path, jetstream.v1)
        process = home.start("listen")
        with home.store() as store:
            try:
                await until(lambda: jetstream.connections, "a connection")
                await jetstream.say([said("3hand", "Achetez mes jetons")])
                await until(store.publications.pauses, "the suspension")
                process.kill()
                process.wait()
                process = home.start("listen")
                # it reads again what it had not stored yet, and finds the incident that it had opened
                await jetstream.say([said("3again", "Encore des jetons")])
                await until(lambda: len(_evidence(store)) == 2, "both posts as evidence")
                assert [pause.incident for pause in store.publications.pauses()] == [_only(store).id]
                assert len(store.notices.for_person("owner")) == 1
                again = f"at://{DID}/app.bsky.feed.post/3again"
                await jetstream.say([said(f"3r{n}", "Quoi ?", f"did:plc:p{n:022}", again) for n in range(6)])
                await until(lambda: "reactions" in _evidence(store), "the alarm about the replies")
            finally:
                process.kill()
                process.wait()


def _only(store: Store) -> Incident:
    """What a stranger wrote on our account is one incident."""
    (incident,) = [one for one in store.incidents.of_states(("open",)) if one.origin == "unknown-hand"]
    return incident


def _evidence(store: Store) -> list[str]:
    """The kinds of all that was frozen."""
    return [
        one.kind for incident in store.incidents.of_states(("open",)) for one in store.incidents.evidence(incident.id)
    ]

"""A house that publishes on servers of this machine, each behind a line that breaks, while its `work` is killed."""

import base64
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, structs

from counterparts.fault_proxy import FaultProxy
from counterparts.threaded import threaded
from spine.house import House, charter
from vigie.desk.publishing import recall_asked
from vigie.flows.ports.writer import Grant
from vigie.home import Home
from vigie.model import Act, Attachment, Author, Outgoing, Piece, Post, Publication
from vigie.store import Store

PATIENCE_S = 1.0
HELD_S = 1.5
"""Late things are later than `work` waits for them."""
RATES = {
    "late-answer": 0.04, "late-request": 0.04, "cut-before": 0.05, "cut-after": 0.05,
    "429": 0.05, "500-before": 0.05, "500-after": 0.05,
}  # fmt: skip
QUICK_WORK = Path(__file__).with_name("quick_work.py")
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Account(Struct, frozen=True):
    """A channel of the house: its id, the handle that the charter names, and how it is reached (before the proxy)."""

    channel: str
    network: str
    handle: str
    grant: Grant


class PublishingHouse(House):
    """A house whose channels are these accounts, all behind one line to their server."""

    def __init__(self, folder: Path, accounts: Sequence[Account], proxy: FaultProxy) -> None:
        channels = [{"id": one.channel, "network": one.network, "account": one.handle} for one in accounts]
        document = msgspec.json.decode(charter([], {}))
        document |= {"channels": channels, "crisis": {"on_call": ["owner"], "late_after": "12h"}}
        super().__init__(folder, msgspec.json.encode(document).decode(), (f"127.0.0.1:{proxy.port}",))
        self.accounts, self.proxy = list(accounts), proxy
        home = Home(self.home)
        for one in accounts:
            grant = structs.replace(one.grant, service=proxy.url)
            home.vault().put(f"channel:{one.channel}", msgspec.json.encode(grant).decode())
        self.picture = home.media().put(PICTURE)

    def start_work(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as out:
            command = [sys.executable, QUICK_WORK, str(PATIENCE_S)]
            return subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=out)

    def schedule(self, store: Store, wanted: Sequence[tuple[Account, Outgoing]], over_ms: int, seed: int) -> list[int]:
        """Numbers of publications, due at moments of the next ``over_ms``."""
        chance, now = random.Random(seed), time.time_ns() // 1_000_000
        made = [
            Publication(
                id=0,
                revision=0,
                draft=1,
                version=1,
                channel=account.channel,
                network=account.network,
                outgoing=outgoing,
                due=now + chance.randrange(over_ms),
                wall="2026-11-20T16:00",
                zone="Europe/Paris",
                scheduled_by="owner",
                scheduled_at=now,
                charter="",
            )
            for account, outgoing in wanted
        ]
        act = Act(now, "owner", "publication.scheduled", "publication")
        return [one.id for one in store.publications.schedule(made, act)]

    def recall(self, store: Store, numbers: Sequence[int]) -> None:
        """Asks for all of them to be taken back."""
        now = time.time_ns() // 1_000_000
        for number in numbers:
            one = store.publications.get(number)
            assert one is not None
            store.publications.settle(recall_asked(one, now))

    def work_and_die(self, store: Store, kills: int, seed: int, left: Any) -> int:
        """Runs `work`, kills it with -9 at random moments while it is busy, starts it again, until nothing is ``left``.
        Returns how often it was killed."""
        chance, killed = random.Random(seed), 0
        process = self.start_work()
        try:
            while left():
                if killed < kills and self._busy(store, process):
                    time.sleep(chance.random() * 1.5)
                    process.kill()
                    process.wait()
                    killed += 1
                    process = self.start_work()
                assert process.poll() is None, self.log.read_text()[-3000:]
                time.sleep(0.02)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
        return killed

    def _busy(self, store: Store, process: subprocess.Popen[bytes]) -> bool:
        """Waits until this process has begun with something."""
        before = store.acts.end()[0]
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and process.poll() is None:
            if store.acts.end()[0] > before:
                return True
            time.sleep(0.01)
        return False


@contextmanager
def line_to(host: str, port: int, rates: dict[str, float], seed: int) -> Iterator[FaultProxy]:
    """A line to a server that has these faults."""
    with threaded(FaultProxy(host, port, rates=rates, seed=seed, held_s=HELD_S)) as proxy:
        yield proxy


def posts(
    accounts: Sequence[Account], count: int, picture: str, answered: Sequence[Post]
) -> list[tuple[Account, Outgoing]]:
    """So many posts for these accounts: a tenth with one text, threads, pictures, answers."""
    made: list[tuple[Account, Outgoing]] = []
    for number in range(count):
        account = accounts[number % len(accounts)]
        text = "Bonjour à tous" if number % 10 == 0 else f"Message {number} #café https://brulerie.example/{number}"
        media = (Attachment(id=picture, alt="Un café", type="image/png"),) if number % 5 == 1 else ()
        pieces = [Piece(text, media)]
        if number % 7 == 3:
            pieces += [Piece(f"Message {number}, suite {part}") for part in range(1 + number % 3)]
        answers = answered[number % len(answered)] if answered and number % 6 == 4 else None
        made.append((account, Outgoing(tuple(pieces), "fr", answers)))
    return made


def answered_post(network: str, remote_id: str, author: str) -> Post:
    """Somebody's post as the house keeps it."""
    return Post(network, remote_id, Author(author), "Avez-vous du décaféiné ?", 0)


def unfinished(store: Store) -> bool:
    """Whether something is still to go out."""
    return bool(store.publications.of_states(("scheduled", "publishing", "unconfirmed"), 1))


def unrecalled(store: Store) -> bool:
    """Whether something is still to be taken back."""
    return any(one.recall for one in store.publications.open(2**53))

"""Forgotten is gone: after deletions, retention and an erasure, no byte of the home folder holds the words."""

import asyncio
import subprocess
import sys
from pathlib import Path

import msgspec

from spine.house import House
from spine.test_faults import event, listening, until
from vigie.app.clock import now
from vigie.charter import Vocabulary, parse
from vigie.flows.ports.archive import Filter
from vigie.flows.retain import retain
from vigie.model import Author, Post

DELETED, ERASED, EXPIRED, GARBLED = "hippocampe", "ornithorynque", "coelacanthe", "tamanoir"
DAY = 86_400_000


async def test_no_byte_is_left(tmp_path: Path) -> None:
    async with listening(tmp_path) as (jetstream, house, archive):
        erased = 3
        await jetstream.say([event(n, f"café {DELETED}{n} {'mot ' * 20}") for n in range(0, 700, 7)])
        await jetstream.say([event(700 + erased + n * 7, f"café {ERASED}{n}") for n in range(40)])
        # what no query matches lies in the sample, and what nobody can read in the quarantine
        await jetstream.say([event(1400 + n * 7, f"thé {DELETED}") for n in range(40)])
        jetstream.faults.garbage.append(f'{{"did":"did:plc:{erased:024}","text":"{GARBLED}"')
        await jetstream.say([event(2100, "café enfin")])
        await until(lambda: archive.count(Filter()) == 141, "every mention")
        await until(lambda: archive.sample_size()[0], "the sample")
        assert DELETED.encode() in house.bytes()
        assert ERASED.encode() in house.bytes()
        run(house, "backup")

        await jetstream.say([event(n, "", "delete") for n in range(0, 700, 7)])
        await jetstream.say([event(1400 + n * 7, "", "delete") for n in range(40)])
        await until(lambda: archive.count(Filter(text=f"{DELETED}*")) == 0, "the deletions")
        await until(lambda: archive.count(Filter()) <= 141, "the tombstones")
        await asyncio.to_thread(run, house, "privacy", "erase", f"did:plc:{erased:024}", "--yes")
        left = archive.mentions(Filter(kept=("match", "own", "thread", "all")), limit=500).mentions
        assert not any(ERASED in mention.post.text or DELETED in mention.post.text for mention in left)

    with house.store() as store:
        store.archive.checkpoint()
        # backups follow their own rule: an erasure makes them anew
        held = house.bytes()
        assert ERASED.encode() not in held
        assert DELETED.encode() not in held
        assert GARBLED.encode() not in held


def test_retention_leaves_no_byte(tmp_path: Path) -> None:
    house = House(tmp_path, CHARTER)
    path = tmp_path / "old.jsonl"
    old = now() - 40 * DAY
    posts = [Post("bluesky", f"at://{n}", Author("did:x"), f"café {EXPIRED}{n}", old) for n in range(50)]
    posts.append(Post("bluesky", "at://r", Author("did:x"), "café récent", now()))
    path.write_bytes(b"\n".join(map(msgspec.json.encode, posts)))
    run(house, "import", str(path))
    path.unlink()
    with house.store() as store:
        assert store.archive.count(Filter()) == 51
        assert EXPIRED.encode() in house.bytes()
        gone = retain(parse(CHARTER, Vocabulary(frozenset({"bluesky"}), lambda _: [])), store.archive, now())
        assert gone == 50
        assert store.archive.count(Filter()) == 1
        store.archive.checkpoint()
        assert EXPIRED.encode() not in house.bytes()
        assert store.check() == []


def run(house: House, *words: str) -> None:
    command = [sys.executable, "-m", "vigie", *words]
    done = subprocess.run(command, env=house.env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


CHARTER = """\
charter: 1
company: {name: Maison d'essai, languages: [fr], timezone: Europe/Paris}
why: Essayer.
queries:
  - {id: coffee, purpose: essai, match: café, keep_days: 30}
people:
  - {id: owner, name: Nous, roles: [owner]}
"""

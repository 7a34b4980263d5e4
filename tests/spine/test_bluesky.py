"""Posts written on a real Bluesky server: each that matches is stored once, each deletion is a tombstone."""

import random
from pathlib import Path

import pytest

from counterparts.pds import Account, Pds, Ref, pds
from spine.house import House, charter, until
from spine.texts import texts
from vigie.flows.ports.archive import Filter
from vigie.model import Author, Post
from vigie.query import evaluate, parse

pytestmark = pytest.mark.network_server
__all__ = ["pds"]

COUNT = 1000
QUERIES = {
    "speech": "merci OR thanks OR bonjour OR love",
    "near": "(je OR i) NEAR/4 (pas OR not)",
    "phrase": '"il y a" OR "in the"',
    "prefix": "polit* OR beaut*",
    "tag": "(a OR the OR le) AND has:hashtag",
    "reply": "is:reply AND (et OR the OR le)",
    "not": "paris AND NOT match",
    "lang": "lang:fr AND aujourd*",
}
ALL = Filter(kept=("match", "own", "thread", "all"))


class Written:
    """What was written, as the test's own account of it."""

    def __init__(self) -> None:
        self.posts: dict[str, Post] = {}
        self.gone: dict[str, str] = {}

    def put(self, account: Account, ref: Ref, text: str, lang: str, parent: str = "") -> None:
        self.posts[ref.uri] = Post(
            "bluesky", ref.uri, Author(account.did), text, 0, langs=(lang,), reply_to=parent, thread=parent
        )


def write(server: Pds, count: int, words: list[str]) -> Written:
    chance, written = random.Random(3), Written()
    accounts = [server.make_account(f"writer{n}") for n in range(5)]
    roots: list[tuple[Account, Ref]] = []
    for n in range(count):
        account, text, lang = chance.choice(accounts), words[n % len(words)], chance.choice(["fr", "en"])
        if roots and n % 8 == 0:
            _, parent = chance.choice(roots)
            ref = server.reply(account, parent, text, langs=[lang])
            written.put(account, ref, text, lang, parent.uri)
        else:
            ref = server.post(account, text, langs=[lang])
            written.put(account, ref, text, lang)
            roots.append((account, ref))
    for account, ref in chance.sample(roots, count // 20):
        text = "Merci, " + chance.choice(words)[:200]
        server.edit(account, ref, text, langs=["fr"])
        written.put(account, ref, text, "fr")
    for account, ref in chance.sample(roots, count // 10):
        server.delete(account, ref)
        written.gone[ref.uri] = written.posts.pop(ref.uri).text
    return written


def test_each_matching_post_is_stored_exactly_once(pds: Pds, tmp_path: Path) -> None:
    data = Path(__file__).resolve().parents[3] / "shared/data"
    words = texts(COUNT, data if data.is_dir() else None)
    place = f"localhost:{pds.port}"
    house = House(tmp_path, charter([{"id": "here", "network": "bluesky", "address": pds.firehose}], QUERIES), (place,))
    parsed = {id: parse(text) for id, text in QUERIES.items()}
    with house.running("listen"), house.store() as store:
        archive = store.archive
        until(lambda: [s for s in archive.sources() if s.state == "reading"] or _nudge(pds), "the source being read")
        written = write(pds, COUNT, words)
        last = pds.post(pds.make_account("closing"), "merci d’avoir attendu", langs=["fr"])
        until(lambda: archive.mention_of("bluesky", last.uri), "the last post", 120)

        stored = {}
        after = ""
        while True:
            page = archive.mentions(ALL, after, 200)
            for mention in page.mentions:
                assert mention.post.remote_id not in stored, "stored twice"
                stored[mention.post.remote_id] = mention
            after = page.next
            if not after:
                break
        for uri, post in written.posts.items():
            wanted = tuple(sorted(id for id, query in parsed.items() if evaluate(query, post)))
            if wanted:
                assert uri in stored, f"missing: {post.text!r} for {wanted}"
                assert set(wanted) <= set(stored[uri].queries)
                assert stored[uri].post.text == post.text
        matching = {uri for uri, post in written.posts.items() if any(evaluate(q, post) for q in parsed.values())}
        extra = [m for uri, m in stored.items() if uri not in matching and m.kept == "match" and m.gone_at is None]
        # an edited post may match no longer; it was a mention when it arrived
        assert all(m.version > 1 for m in extra if m.post.remote_id in written.posts)
        for uri, text in written.gone.items():
            mention = archive.mention_of("bluesky", uri)
            assert mention is None or (mention.gone_at is not None and mention.post.text == "")
            assert mention is None or text not in mention.post.text
    assert store.check() == []


def _nudge(server: Pds) -> bool:
    """A firehose says nothing until something happens: make it happen."""
    server.make_account(f"nudge{random.randrange(10**9)}")
    return False

"""`from:handle` finds posts whose network names their author by a permanent id only."""

from collections.abc import Sequence
from types import SimpleNamespace

from vigie.app.identities import ASK_AGAIN, Identities
from vigie.app.watching import Known, build_watch, named_handles
from vigie.charter import Vocabulary, parse
from vigie.judge import screen
from vigie.model import Author, Post

CHARTER = parse(
    """\
charter: 1
company: {name: Maison Bleue, languages: [fr], timezone: Europe/Paris}
why: Être utile.
channels:
  - {id: bsky, network: bluesky, account: maison.example}
queries:
  - {id: ana, purpose: suivre, match: 'café from:Ana.example'}
people:
  - {id: owner, name: Nous, roles: [owner]}
""",
    Vocabulary(frozenset({"bluesky"}), lambda _: []),
)


class Directory:
    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    async def authors(self, ids: Sequence[str]) -> list[Author]:
        self.asked.append(list(ids))
        known = {"ana.example": "did:ana", "maison.example": "did:nous"}
        return [Author(known[id], id) for id in ids if id in known]


async def test_a_handle_is_found_under_its_permanent_id() -> None:
    directory, clock = Directory(), [10 * ASK_AGAIN]
    network = SimpleNamespace(directory=lambda spec, tools: directory)
    opened = SimpleNamespace(networks={"bluesky": network}, tools=lambda spec: None)
    identities = Identities(opened, lambda: clock[0])
    handles = named_handles(CHARTER)
    assert handles == {"ana.example", "maison.example"}

    assert await identities.look_up(CHARTER, handles)
    assert not await identities.look_up(CHARTER, handles)
    assert len(directory.asked) == 1

    nothing = SimpleNamespace(kept_ids=lambda *_: iter(()))
    watch = build_watch(CHARTER, Known(nothing, (), 0), identities.of(handles))
    posts = [Post("bluesky", f"at://{id}", Author(id), "un café", 0) for id in ("did:ana", "did:bob", "did:nous")]
    assert [(s.post.author.id, s.kept) for s in screen(posts, watch)] == [("did:ana", "match"), ("did:nous", "own")]

    clock[0] += ASK_AGAIN
    await identities.look_up(CHARTER, handles)
    assert len(directory.asked) == 2

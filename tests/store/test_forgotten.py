"""Forgotten is gone: a search through every byte of the folder finds none of the words."""

import random
from pathlib import Path

import pytest
from msgspec import structs

from store.making import DAY, NOON, act, keep, post, texts
from store.suite_copies import copy_everywhere
from vigie.model import Author, AuthorGone, Deleted, Post, Rejected
from vigie.store import Store
from vigie.store.driver import FORGETS

pytestmark = pytest.mark.skipif(not FORGETS, reason="before SQLite 3.42 words stay in the index: `vigie doctor` warns")

SYLLABLES = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u")]


def word(random: random.Random) -> str:
    """A word that occurs nowhere else."""
    return "".join(random.choices(SYLLABLES, k=8))


class Crowd:
    """Posts whose words are each their own, to be looked for afterwards."""

    def __init__(self) -> None:
        self._random = random.Random(7)
        self.words: dict[str, list[str]] = {}

    def post(self, **more: object) -> Post:
        words = [word(self._random) for _ in range(9)]
        text, title, tag, link, alt = " ".join(words[:5]), words[5], words[6], words[7], words[8]
        said = post(f"le port {text} à quai", title=title, tags=(tag,), links=(f"https://{link}.example",), **more)
        said = structs.replace(said, url=f"https://{alt}.example/1")
        self.words[said.remote_id] = words
        return said


def remaining(folder: Path, words: list[str]) -> dict[str, list[str]]:
    """Which files still hold which words."""
    left: dict[str, list[str]] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            if held := [one for one in words if one.encode() in content]:
                left[str(path.relative_to(folder))] = held
    return left


def words_of(crowd: Crowd, posts: list[Post]) -> list[str]:
    return [one for said in posts for one in crowd.words[said.remote_id]]


@pytest.fixture
def crowd() -> Crowd:
    return Crowd()


def test_deleted_posts(store: Store, crowd: Crowd, tmp_path: Path) -> None:
    posts = [crowd.post(at=NOON + n) for n in range(600)]
    keep(store, *posts)
    before = [structs.replace(said, text=f"{said.text} avant", edited_at=NOON + 1000) for said in posts[::3]]
    keep(store, *before)
    store.archive.add_to_sample(posts[:300], NOON)
    store.archive.checkpoint()
    gone, staying = posts[::2], posts[1::2]
    assert remaining(tmp_path, words_of(crowd, gone[:1]))  # they are found while they are there
    for start in range(0, len(gone), 50):
        some = gone[start : start + 50]
        keep(store, deleted=tuple(Deleted("bluesky", said.remote_id, NOON) for said in some))
    store.archive.checkpoint()
    assert remaining(tmp_path, words_of(crowd, gone)) == {}
    assert len(texts(store, text="quai")) == len(staying)
    for said in staying[::50]:
        assert texts(store, text=crowd.words[said.remote_id][0])


def test_replaced_words_go_with_the_deletion(store: Store, crowd: Crowd, tmp_path: Path) -> None:
    first = crowd.post()
    second = structs.replace(crowd.post(), remote_id=first.remote_id, edited_at=NOON + 1)
    words = crowd.words[first.remote_id]
    keep(store, first)
    keep(store, second)
    keep(store, deleted=(Deleted("bluesky", first.remote_id, NOON),))
    store.archive.checkpoint()
    assert remaining(tmp_path, [*words, *second.text.split()[2:7]]) == {}


def test_retention(store: Store, crowd: Crowd, tmp_path: Path) -> None:
    old = [crowd.post(at=NOON) for _ in range(700)]
    young = [crowd.post(at=NOON + DAY) for _ in range(300)]
    keep(store, *old, *young)
    store.archive.checkpoint()
    assert store.archive.expire("brand", NOON + 1, act()) == 700
    store.archive.checkpoint()
    assert remaining(tmp_path, words_of(crowd, old)) == {}
    assert len(texts(store)) == 300


def test_the_sample_and_the_quarantine_after_their_day(store: Store, crowd: Crowd, tmp_path: Path) -> None:
    posts = [crowd.post() for _ in range(500)]
    store.archive.add_to_sample(posts, NOON)
    keep(store, rejected=(Rejected("not-json", "", b"ababababab"),), now=NOON)
    store.archive.checkpoint()
    assert store.archive.expire_sample(NOON + 1) == 500
    store.archive.checkpoint()
    assert remaining(tmp_path, [*words_of(crowd, posts), "ababababab"]) == {}


def test_an_account_that_left(store: Store, crowd: Crowd, tmp_path: Path) -> None:
    leaving = Author("did:plc:leaving", "leaving.example", "Lemuel Parting", "https://pictures/parting.jpg")
    posts = [crowd.post(author=leaving) for _ in range(100)]
    keep(store, *posts, *(crowd.post() for _ in range(100)))
    keep(store, authors=(AuthorGone("bluesky", "did:plc:leaving", NOON),))
    store.archive.checkpoint()
    assert remaining(tmp_path, [*words_of(crowd, posts), "leaving", "parting"]) == {}


def test_an_erased_person_backups_included(store: Store, crowd: Crowd, tmp_path: Path) -> None:
    who = Author("did:plc:leaving", "leaving.example", "Lemuel Parting", "https://pictures/parting.jpg")
    hers = [crowd.post(author=who) for _ in range(60)]
    others = [crowd.post(mentions=("leaving.example",), reply_to=hers[0].remote_id) for _ in range(60)]
    keep(store, *hers, *others)
    edited = structs.replace(hers[0], text="parting words", edited_at=NOON + 5)
    keep(store, edited, rejected=(Rejected("not-json", "x", b'{"handle": "leaving.example", "parting'),))
    store.archive.add_to_sample([crowd.post(author=who), crowd.post(mentions=("did:plc:leaving",))], NOON)
    charter = tmp_path / "charter.yaml"
    charter.write_text("charter: 1\n")
    old = store.backup(beside=[charter])
    assert remaining(tmp_path, ["parting"])
    assert store.archive.erase("leaving.example", act(what="person:leaving.example")) == 60
    words = [*words_of(crowd, hers), "leaving", "parting", "lemuel"]
    assert remaining(tmp_path, words) == {}
    made = sorted(path.name for path in (tmp_path / "backups").iterdir())
    assert len(made) == 3, made  # a fresh database, its charter, its manifest
    assert not Path(old.path).exists()
    assert len(texts(store)) == 60


@pytest.mark.parametrize("how", ["deleted", "left", "expired", "erased"])
def test_copies_in_drafts_publications_and_evidence(how: str, store: Store, crowd: Crowd, tmp_path: Path) -> None:
    who = Author("did:plc:leaving", "leaving.example", "Lemuel Parting", "https://pictures/parting.jpg")
    hers = [crowd.post(author=who) for _ in range(40)]
    others = [crowd.post(at=NOON + DAY) for _ in range(40)]
    keep(store, *hers, *others)
    for said in (*hers, *others):
        copy_everywhere(store, said)
    store.archive.checkpoint()
    words = [*words_of(crowd, hers), "parting", "lemuel"]
    assert remaining(tmp_path, ["parting"])
    if how == "deleted":
        keep(store, deleted=tuple(Deleted("bluesky", said.remote_id, NOON) for said in hers))
    elif how == "left":
        keep(store, authors=(AuthorGone("bluesky", "did:plc:leaving", NOON),))
    elif how == "expired":
        store.archive.expire("brand", NOON + 1, act())
    else:
        store.backup()
        store.archive.erase("leaving.example", act(what="person:leaving.example"))
        words.append("leaving")
    store.archive.checkpoint()
    assert remaining(tmp_path, words) == {}
    staying = words_of(crowd, others)
    (held,) = (found for name, found in remaining(tmp_path, staying).items() if name == "vigie.db")
    assert held == staying

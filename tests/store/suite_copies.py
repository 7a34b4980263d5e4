"""What every adapter does with other people's words outside the archive: in drafts, publications and evidence."""

import msgspec
import pytest
from msgspec import structs

from store.making import DAY, NOON, act, keep, post
from store.publishing import schedule, wanted
from store.suite_incidents import open_one
from vigie.model import Author, AuthorGone, Content, Deleted, Evidence, Outgoing, Piece, Post
from vigie.store import Store

LOU = Author("did:plc:lou", "lou.example", "Lou Ferrand")
REMOTE = "at://did:plc:lou/post/1"


def said(text: str = "Ouvert samedi ?", author: Author = LOU, remote_id: str = REMOTE, **more: object) -> Post:
    return post(text, author=author, remote_id=remote_id, **more)


def copy_everywhere(store: Store, one: Post, other: Post | None = None) -> None:
    """Into a draft with two versions, into a publication twice, and into evidence, there with another one's."""
    begun = store.drafts.begin(Content("Oui", answers=one), "yanis", NOON, act("draft.begun"))
    store.drafts.save(begun.id, 1, Content("Oui, dès neuf heures", answers=one), "maelle", NOON + DAY)
    schedule(store, wanted(outgoing=Outgoing((Piece("Oui"),), "fr", one, one)))
    facts = {"of": "at://ours/1", "replies": [one, other or said("Et dimanche ?", Author("did:plc:mia"), "at://mia/1")]}
    open_one(store)
    content = msgspec.json.encode(facts).decode()
    store.incidents.keep_evidence(Evidence(1, NOON, "replies", content, "ab" * 32))


def copies(store: Store) -> list[Post]:
    """Every copy, in the order above."""
    draft, publication = store.drafts.get(1), store.publications.get(1)
    assert draft
    assert publication
    (facts,) = store.incidents.evidence(1)
    replies = msgspec.convert(msgspec.json.decode(facts.content)["replies"], list[Post])
    kept = [*(one.content.answers for one in store.drafts.versions(1)), draft.content.answers]
    found = [*kept, publication.outgoing.answers, publication.outgoing.quotes, *replies]
    return [one for one in found if one is not None]


def empty(remote_id: str = REMOTE, at: int = NOON) -> Post:
    return Post("bluesky", remote_id, Author(""), "", at)


class CopiesSuite:
    """Kept while the archive keeps them, and no longer."""

    @pytest.mark.parametrize("kept", [True, False])
    def test_taken_back_by_their_author(self, store: Store, kept: bool) -> None:  # noqa: FBT001
        if kept:
            keep(store, said())
        copy_everywhere(store, said())
        assert copies(store)[:6] == [said()] * 5 + [copies(store)[5]]
        keep(store, deleted=(Deleted("mastodon", REMOTE, NOON), Deleted("bluesky", "at://unknown", NOON)))
        assert copies(store)[0].text
        keep(store, deleted=(Deleted("bluesky", REMOTE, NOON),))
        assert [one.text for one in copies(store)] == [""] * 6 + ["Et dimanche ?"]
        assert copies(store)[:6] == [empty()] * 6
        assert store.drafts.get(1).content.text == "Oui, dès neuf heures"

    def test_an_account_that_left(self, store: Store) -> None:
        copy_everywhere(store, said())
        keep(store, authors=(AuthorGone("bluesky", "did:plc:lou", NOON),))
        assert [one.text for one in copies(store)] == [""] * 6 + ["Et dimanche ?"]

    def test_retention(self, store: Store) -> None:
        keep(store, said(), said("autre", remote_id="at://did:plc:lou/post/2", at=NOON + DAY))
        copy_everywhere(store, said())
        stale = store.publications.get(1)
        store.archive.expire("brand", NOON + 1, act())
        assert [one.text for one in copies(store)] == [""] * 6 + ["Et dimanche ?"]
        # whoever had read them before does not bring them back
        store.publications.settle(structs.replace(stale, state="dropped"))
        store.drafts.save(1, 2, Content("Non", answers=said()), "maelle", NOON + DAY + 1)
        assert [one.text for one in copies(store)] == [""] * 6 + ["Et dimanche ?"]

    def test_an_erased_person(self, store: Store) -> None:
        to_lou = said(
            "Comme dit @lou.example", Author("did:plc:mia"), "at://mia/1", reply_to=REMOTE, thread=REMOTE,
            mentions=("did:plc:lou", "did:plc:zoe"), links=("https://bsky.app/profile/lou.example", "https://y"),
        )  # fmt: skip
        copy_everywhere(store, said(), to_lou)
        store.archive.erase("did:plc:lou", act(what="person:did:plc:lou"))
        *hers, mias = copies(store)
        (name,) = {one.remote_id for one in hers}
        assert name.startswith("gone:")  # goes out as an answer or not at all
        assert hers == [empty(name)] * 6
        assert (mias.text, mias.author.id) == ("Comme dit @lou.example", "did:plc:mia")
        assert (mias.reply_to, mias.thread, mias.mentions, mias.links) == ("", "", ("did:plc:zoe",), ("https://y",))

    def test_our_own_words_stay_ours(self, store: Store) -> None:
        ours = Content("@lou.example merci", variants={"masto": "Merci lou.example"}, answers=said())
        store.drafts.begin(ours, "yanis", NOON, act())
        store.archive.erase("lou.example", act())
        kept = store.drafts.get(1).content
        assert (kept.text, kept.variants, kept.answers.text) == (ours.text, ours.variants, "")

    def test_words_come_back_from_nowhere(self, store: Store) -> None:
        keep(store, said())
        copy_everywhere(store, said())
        stale = store.publications.get(1)
        keep(store, deleted=(Deleted("bluesky", REMOTE, NOON),))
        store.drafts.save(1, 2, Content("Oui !", answers=said()), "yanis", NOON + 2 * DAY)
        store.publications.settle(stale)
        schedule(store, wanted(outgoing=Outgoing((Piece("Oui"),), answers=said())))
        assert [one.text for one in copies(store)] == [""] * 7 + ["Et dimanche ?"]
        assert store.publications.get(2).outgoing.answers == empty()
        store.archive.erase("did:plc:mia", act())
        again = said("encore", Author("did:plc:mia", "mia.example"), "at://mia/2")
        store.drafts.begin(Content("b", answers=again), "yanis", NOON, act())
        answered = store.drafts.get(2).content.answers
        assert (answered.text, answered.author, answered.remote_id[:5]) == ("", Author(""), "gone:")

    def test_our_own_words_stay_as_evidence(self, store: Store) -> None:
        ours = said("Iphones gratuits", Author("did:plc:us"), "at://ours/9")
        keep(store, ours, queries=(), kept="own")
        keep(store, said())
        copy_everywhere(store, said(), ours)
        keep(store, deleted=(Deleted("bluesky", "at://ours/9", NOON), Deleted("bluesky", REMOTE, NOON)))
        assert copies(store)[-1] == ours
        assert copies(store)[-2].text == ""
        open_one(store, key="other")
        content = msgspec.json.encode([ours]).decode()
        store.incidents.keep_evidence(Evidence(2, NOON, "post", content, "cd" * 32))
        assert store.incidents.evidence(2)[0].content == content

    def test_the_values_beside_them_name_nobody(self, store: Store) -> None:
        open_one(store, values={"author": "lou.example", "count": 3})
        content = '{"by":"lou.example","words":"vu avec lou.example","n":[1,null,true]}'
        store.incidents.keep_evidence(Evidence(1, NOON, "note", content, "ab" * 32))
        store.archive.erase("lou.example", act())
        found = store.incidents.get(1)
        assert "lou" not in found.values["author"]
        assert found.values["count"] == 3
        facts = msgspec.json.decode(store.incidents.evidence(1)[0].content)
        assert "lou" not in facts["by"]
        assert (facts["words"], facts["n"]) == ("vu avec lou.example", [1, None, True])

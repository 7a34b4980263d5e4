"""What every adapter of the drafts does."""

import pytest
from msgspec import structs

from store.making import NOON, act
from vigie.flows.ports.drafts import SITTING, OutdatedError
from vigie.model import Approval, Attachment, Content, Decision, DraftState, Post, Raised, SavedDraft
from vigie.model import Author as Person
from vigie.store import Store

CONTENT = Content(
    "Samedi, on ouvre.",
    ("bsky", "masto"),
    {"masto": "Samedi, on ouvre l’atelier."},
    "fr",
    "meet",
    NOON,
    (Attachment(alt="Le tambour", size=12),),
    Post("bluesky", "at://1", Person("did:x"), "Quand ?", NOON),
)


def begin(store: Store, content: Content = CONTENT) -> SavedDraft:
    return store.drafts.begin(content, "yanis", NOON, act("draft.begun"))


class DraftsSuite:
    """Drafts."""

    def test_what_was_saved_comes_back(self, store: Store) -> None:
        made = begin(store)
        assert made == SavedDraft(1, 1, 1, CONTENT, "yanis", "yanis", NOON, NOON)
        assert store.drafts.get(1) == made
        assert store.drafts.get(2) is None
        assert [one.what for _, one in store.acts.latest()] == ["draft:1"]

    def test_each_channel_has_its_words(self, store: Store) -> None:
        content = begin(store).content
        assert content.on("bsky", "bluesky", "yanis").text == "Samedi, on ouvre."
        assert content.on("masto", "mastodon", "yanis").text == "Samedi, on ouvre l’atelier."

    def test_saving_again_in_one_sitting_goes_on_with_the_version(self, store: Store) -> None:
        first = begin(store)
        second = store.drafts.save(1, 1, Content("a"), "yanis", NOON + SITTING - 1)
        assert (second.revision, second.version) == (2, first.version)
        third = store.drafts.save(1, 2, Content("b"), "yanis", second.saved_at + SITTING)
        assert (third.revision, third.version) == (3, 2)
        fourth = store.drafts.save(1, 3, Content("c"), "maelle", third.saved_at + 1)
        assert (fourth.version, fourth.saved_by, fourth.author) == (3, "maelle", "yanis")
        assert [(one.version, one.content.text) for one in store.drafts.versions(1)] == [(1, "a"), (2, "b"), (3, "c")]

    def test_the_same_again_is_no_change(self, store: Store) -> None:
        made = begin(store)
        assert store.drafts.save(1, 1, CONTENT, "maelle", NOON + 1) == made

    def test_whoever_comes_second_is_told_and_loses_nothing(self, store: Store) -> None:
        begin(store)
        ours = store.drafts.save(1, 1, Content("ours"), "yanis", NOON + 1)
        with pytest.raises(OutdatedError) as outdated:
            store.drafts.save(1, 1, Content("theirs"), "maelle", NOON + 2)
        assert outdated.value.current == ours
        with pytest.raises(OutdatedError):
            store.drafts.move(1, 1, "in_review", "maelle", NOON + 2, act("draft.review-asked"))
        assert store.drafts.get(1) == ours

    def test_a_draft_that_is_not_there(self, store: Store) -> None:
        with pytest.raises(LookupError):
            store.drafts.save(7, 1, CONTENT, "yanis", NOON)

    @pytest.mark.parametrize("state", ["in_review", "changes_requested", "approved"])
    def test_one_that_is_changed_is_a_draft_again_and_a_version_of_its_own(
        self, state: DraftState, store: Store
    ) -> None:
        begin(store)
        moved = store.drafts.move(1, 1, state, "yanis", NOON + 1, act("draft.review-asked"))
        assert (moved.state, moved.revision, moved.version) == (state, 2, 1)
        saved = store.drafts.save(1, 2, Content("b"), "yanis", NOON + 2)
        assert (saved.state, saved.version) == ("draft", 2)
        assert store.drafts.save(1, 3, Content("c"), "yanis", NOON + 3).version == 2

    def test_who_moves_it_wrote_nothing(self, store: Store) -> None:
        begin(store)
        store.drafts.move(1, 1, "in_review", "maelle", NOON + 1, act("draft.review-asked"))
        store.drafts.move(1, 2, "draft", "maelle", NOON + 2, act("draft.reopened"))
        assert store.drafts.save(1, 3, Content("b"), "maelle", NOON + 3).version == 2
        assert [one.saved_by for one in store.drafts.versions(1)] == ["yanis", "maelle"]

    def test_a_version_that_somebody_answered_to_stays_as_it_is(self, store: Store) -> None:
        begin(store)
        store.publications.approve(Approval(1, 1, 1, "lead", "maelle", "approved", NOON), act("draft.approved"))
        assert store.drafts.save(1, 1, Content("b"), "yanis", NOON + 3).version == 2
        assert [one.content for one in store.drafts.versions(1)] == [CONTENT, Content("b")]

    def test_the_last_saved_first_without_those_discarded(self, store: Store) -> None:
        for number in range(3):
            begin(store, Content(str(number)))
        store.drafts.save(1, 1, Content("again"), "yanis", NOON + 5)
        store.drafts.move(2, 1, "discarded", "yanis", NOON + 6, act("draft.discarded"))
        assert [one.id for one in store.drafts.latest()] == [1, 3]
        assert [one.id for one in store.drafts.latest(("discarded",))] == [2]
        assert [one.id for one in store.drafts.latest(limit=1)] == [1]

    def test_a_finding_counts_once_a_draft(self, store: Store) -> None:
        begin(store)
        begin(store)
        one = Raised(1, "corporate", "ab12", "warn", trial=False, at=NOON)
        store.drafts.raise_findings([one])
        store.drafts.raise_findings([structs.replace(one, at=NOON + 9), structs.replace(one, draft=2, at=NOON + 9)])
        store.drafts.raise_findings([])
        assert store.drafts.raised_since(NOON) == [one, structs.replace(one, draft=2, at=NOON + 9)]
        assert store.drafts.raised_since(NOON + 10) == []

    def test_decisions(self, store: Store) -> None:
        begin(store)
        first = Decision(1, "corporate", "ab12", "dismissed", "yanis", "on parle ainsi ici", NOON, charter="abc")
        second = Decision(1, "claims", "cd34", "suppressed", "maelle", "prouvé", NOON + 1, until=NOON + 9)
        for made in (first, second):
            store.drafts.decide(made, act(f"finding.{made.verdict}"))
        assert store.drafts.decisions(1) == [first, second]
        assert store.drafts.decided_since(NOON + 1) == [second]
        assert len(store.acts.latest()) == 3

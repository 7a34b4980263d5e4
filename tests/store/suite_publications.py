"""What every adapter of the publications does: scheduling, claiming, settling, finding. Pauses have a suite beside."""

import pytest
from msgspec import structs

from store.making import DAY, HOUR, NOON, act
from store.publishing import claim, publish, schedule, wanted
from vigie.flows.ports.publications import MovedError
from vigie.model import Approval, Attachment, Author, Content, Outgoing, Piece, Post, Remark, Sent, Span
from vigie.store import Store

POST = Post("bluesky", "at://did:plc:lou/1", Author("did:plc:lou", "lou.example"), "Ouvert samedi ?", NOON)
WHOLE = Outgoing((Piece("Oui", (Attachment(alt="Le tambour", id="ab"),)), Piece("et dimanche.")), "fr", POST, POST)


class SchedulingSuite:
    """Stored, claimed, settled."""

    def test_what_was_scheduled_comes_back(self, store: Store) -> None:
        given = wanted(outgoing=WHOLE, repeat="week", code="c", detail="d", try_at=5, attempts=2)
        (made,) = schedule(store, given)
        assert made == structs.replace(given, id=1, revision=1, series=1)
        assert store.publications.get(1) == made
        assert store.publications.get(2) is None
        assert [(one.verb, one.what) for _, one in store.acts.latest()] == [("publication.scheduled", "publication:1")]
        assert [(one.kind, one.ref) for one in store.archive.changes(0)] == [("publication", "1")]

    def test_each_has_its_act(self, store: Store) -> None:
        assert schedule(store, *(wanted(str(n)) for n in range(3)))[2].id == 3
        assert [one.what for _, one in store.acts.latest()] == ["publication:3", "publication:2", "publication:1"]
        assert [one.what for _, one in store.acts.about("publication:2")] == ["publication:2"]

    def test_a_turn_of_a_series_comes_once(self, store: Store) -> None:
        (first,) = schedule(store, wanted(repeat="day"))
        turn = wanted(repeat="day", series=first.series, wall="2025-10-10T14:00", due=NOON + DAY)
        assert [one.id for one in schedule(store, turn, turn, structs.replace(turn, wall=first.wall))] == [2]
        assert schedule(store, turn) == []
        assert [one.id for one in schedule(store, wanted(), wanted())] == [3, 4]  # what is of no series may coincide
        assert len(store.acts.latest()) == 4
        with pytest.raises(ValueError, match="publication 2"):
            store.publications.settle(structs.replace(store.publications.get(2), wall=first.wall))

    def test_a_claim_gives_keys(self, store: Store) -> None:
        (one,) = schedule(store, wanted(outgoing=WHOLE))
        taken = store.publications.claim(1, 1, ["a", "b"], NOON + 3, act("publication.claimed", what=""))
        assert taken == structs.replace(
            one, revision=2, state="publishing", sent=(Sent("a"), Sent("b")), attempts=1, claimed_at=NOON + 3
        )
        assert store.publications.get(1) == taken
        assert [one.what for _, one in store.acts.latest(limit=1)] == ["publication:1"]

    def test_a_second_claim_of_the_same_one_fails(self, store: Store) -> None:
        (one,) = schedule(store)
        assert claim(store, one)
        before = store.archive.last_change(), store.acts.end()
        assert claim(store, one) is None
        assert claim(store, structs.replace(one, revision=2)) is None  # it is being sent
        assert store.publications.claim(9, 1, ["x"], NOON) is None
        assert (store.archive.last_change(), store.acts.end()) == before

    def test_an_unconfirmed_one_keeps_its_keys(self, store: Store) -> None:
        schedule(store)
        taken = claim(store, store.publications.get(1))
        doubtful = store.publications.settle(structs.replace(taken, state="unconfirmed", try_at=NOON + 9))
        again = store.publications.claim(1, doubtful.revision, ["other"], NOON + 9)
        assert (again.sent, again.attempts, again.try_at) == ((Sent("1.0"),), 2, None)

    @pytest.mark.parametrize("state", ["failed", "missed", "dropped"])
    def test_nothing_else_can_be_claimed(self, state: str, store: Store) -> None:
        one, other = schedule(store, wanted(), wanted())
        settled = store.publications.settle(structs.replace(one, state=state))
        assert claim(store, settled) is None
        assert claim(store, publish(store, other)) is None

    def test_a_key_belongs_to_one_piece(self, store: Store) -> None:
        one, other, there = schedule(store, wanted(), wanted(), wanted(network="mastodon"))
        assert store.publications.claim(one.id, 1, ["k"], NOON)
        with pytest.raises(ValueError, match="key"):
            store.publications.claim(other.id, 1, ["k"], NOON)
        assert store.publications.get(other.id) == other
        assert store.publications.claim(there.id, 1, ["k"], NOON)
        with pytest.raises(ValueError, match="2 keys"):
            store.publications.claim(other.id, 1, ["l", "m"], NOON)
        assert store.publications.by_key("bluesky", "k").id == one.id
        assert store.publications.by_key("mastodon", "k").id == there.id
        assert store.publications.by_key("bluesky", "l") is None

    def test_a_post_is_that_of_one_publication(self, store: Store) -> None:
        one, other, there = schedule(store, wanted(), wanted(), wanted(network="mastodon"))
        done = publish(store, one)
        assert store.publications.by_remote("bluesky", "at://ours/1") == done
        assert store.publications.by_remote("bluesky", "") is None
        with pytest.raises(ValueError, match="remote_id"):
            publish(store, other, "at://ours/1")
        assert store.publications.get(other.id).state == "publishing"
        assert publish(store, there, "at://ours/1").state == "published"

    def test_whoever_settles_second_is_told(self, store: Store) -> None:
        (one,) = schedule(store)
        moved = store.publications.settle(structs.replace(one, due=NOON + HOUR), act("publication.moved"))
        assert moved.revision == 2
        acts = store.acts.end()
        with pytest.raises(MovedError) as refused:
            store.publications.settle(structs.replace(one, state="dropped"), act("publication.dropped"))
        assert refused.value.current == moved == store.publications.get(1)
        assert store.acts.end() == acts
        with pytest.raises(LookupError):
            store.publications.settle(structs.replace(one, id=9))

    def test_keys_are_never_given_back(self, store: Store) -> None:
        schedule(store)
        taken = claim(store, store.publications.get(1))
        with pytest.raises(ValueError, match="keys"):
            store.publications.settle(structs.replace(taken, state="failed", sent=()))


class FindingSuite:
    """Looked up."""

    def test_by_draft_and_by_time(self, store: Store) -> None:
        late, soon, other = schedule(
            store, wanted(due=NOON + HOUR), wanted(draft=2), wanted(channel="masto", network="mastodon", due=NOON + 1)
        )
        assert store.publications.of_draft(1) == [other, late]
        assert store.publications.between(NOON, NOON + HOUR) == [soon, other]
        assert store.publications.between(NOON, NOON + DAY, ["bsky"]) == [soon, late]

    def test_by_state(self, store: Store) -> None:
        schedule(store, wanted(due=NOON + 5), wanted(due=NOON + 1), wanted(due=NOON + 3))
        store.publications.settle(structs.replace(store.publications.get(2), state="dropped"))
        assert [one.id for one in store.publications.of_states(("scheduled", "dropped"))] == [2, 3, 1]
        assert [one.id for one in store.publications.of_states(("scheduled", "dropped"), limit=1)] == [2]
        assert [one.id for one in store.publications.of_states(("dropped",))] == [2]

    def test_what_is_due(self, store: Store) -> None:
        schedule(
            store, wanted(due=NOON + 1), wanted(due=NOON), wanted(due=NOON - 1, try_at=NOON + 1),
            wanted(due=NOON - 2, try_at=NOON),
        )  # fmt: skip
        claim(store, store.publications.get(2))
        assert [one.id for one in store.publications.due(NOON)] == [4]
        assert [one.id for one in store.publications.due(NOON + 1)] == [4, 3, 1]
        assert [one.id for one in store.publications.due(NOON + 1, limit=2)] == [4, 3]

    def test_what_is_open(self, store: Store) -> None:
        schedule(store, *(wanted(due=NOON + n) for n in range(5)))
        claim(store, store.publications.get(1))
        for id, changes in (
            (2, {"state": "unconfirmed", "try_at": NOON}),
            (3, {"state": "failed", "recall": "asked", "try_at": NOON - 9}),
            (4, {"state": "failed", "recall": "recalled"}),
        ):
            one = claim(store, store.publications.get(id))
            store.publications.settle(structs.replace(one, **changes))
        assert [one.id for one in store.publications.open(NOON)] == [3, 1, 2]
        assert [one.id for one in store.publications.open(NOON - 1)] == [3, 1]


class ApprovalSuite:
    """What people answered."""

    def test_they_come_back_in_order(self, store: Store) -> None:
        store.drafts.begin(Content("a"), "yanis", NOON, act())
        first = Approval(
            1, 1, 2, "lead", "maelle", "changes-requested", NOON, (Remark("plus court", Span(0, 3), "bsky"),), "abc"
        )
        second = Approval(1, 2, 4, "lead", "maelle", "approved", NOON + 1)
        for given in (first, second):
            store.publications.approve(given, act(f"draft.{given.opinion}", what="draft:1"))
        assert store.publications.approvals(1) == [first, second]
        assert store.publications.approvals(2) == []
        verbs = [one.verb for _, one in store.acts.about("draft:1", limit=2)]
        assert verbs == ["draft.approved", "draft.changes-requested"]

"""Every pair of states, every move: what is in the table happens, and nothing else does."""

from collections.abc import Callable
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from desk.made import NOW, histories, publication, sent
from vigie.desk.publishing import (
    MOVES,
    RECALLS,
    MoveError,
    dropped,
    given_up,
    in_doubt,
    missed,
    partly_out,
    piece_gone,
    recall_asked,
    recall_failed,
    recall_in_doubt,
    recalling,
    rescheduled,
    sent_one,
    standing,
    try_again,
)
from vigie.model import Publication, PublicationState, RecallState

STATES = get_args(PublicationState)
RECALL_STATES = get_args(RecallState)

DEEDS: dict[str, Callable[[Publication], Publication]] = {
    "sent": lambda p: sent_one(
        p, next((n for n, s in enumerate(p.sent) if not s.remote_id), 0), "at://new", "v", "", NOW
    ),
    "doubt": lambda p: in_doubt(p, "timeout", "no answer", NOW + 1),
    "again": lambda p: try_again(p, "rate-limited", "429", NOW + 1),
    "give-up": lambda p: given_up(p, "refused", "400"),
    "miss": missed,
    "reschedule": lambda p: rescheduled(p, NOW + 2, "2026-03-28T14:00"),
    "drop": dropped,
}
"""Every move but the claim, which the store makes."""

RECALL_DEEDS: dict[str, Callable[[Publication], Publication]] = {
    "ask": lambda p: recall_asked(p, NOW),
    "begin": recalling,
    "gone": lambda p: piece_gone(p, 0, NOW),
    "doubt": lambda p: recall_in_doubt(p, "timeout", "", NOW + 1),
    "fail": lambda p: recall_failed(p, "refused", "403"),
}

SITUATIONS = [(1, ()), (1, sent("")), (2, sent("", "")), (2, sent("at://0", "")), (2, sent("at://0", "", gone=True))]
"""How many pieces, and what is known of them: not claimed, claimed, the first of two out, and taken back again."""


@pytest.mark.parametrize(("state", "to"), list(product(STATES, STATES)))
def test_each_pair_of_states(state: PublicationState, to: PublicationState) -> None:
    led = set()
    for move, deed in DEEDS.items():
        for pieces, known in SITUATIONS:
            try:
                after = deed(publication(state, pieces, sent=known))
            except MoveError:
                continue
            if after.state == to:
                led.add(move)
    assert led == set(MOVES[state].get(to, ())) - {"claim"}


@pytest.mark.parametrize(("state", "to"), list(product(RECALL_STATES, RECALL_STATES)))
def test_each_pair_of_states_of_taking_back(state: RecallState, to: RecallState) -> None:
    led = set()
    for move, deed in RECALL_DEEDS.items():
        # a thread of which a piece stays after the first is gone, and a single post
        for known in (sent("at://0", "at://1"), sent("at://0")):
            try:
                after = deed(publication("published", len(known), sent=known, recall=state))
            except MoveError:
                continue
            if after.recall == to and (after.recall != state or move != "gone"):
                led.add(move)
    assert led == {RECALLS[state][to]} if to in RECALLS[state] else not led


@given(
    st.sampled_from(STATES), st.sampled_from(RECALL_STATES), histories(), st.sampled_from(sorted(DEEDS | RECALL_DEEDS))
)
def test_no_move_touches_what_was_agreed(state: PublicationState, recall: RecallState, known, move: str) -> None:
    before = publication(state, max(1, len(known)), sent=known, recall=recall)
    try:
        after = (DEEDS | RECALL_DEEDS)[move](before)
    except MoveError:
        return
    agreed = ("id", "revision", "draft", "version", "channel", "outgoing", "zone", "scheduled_by", "repeat", "series")
    assert all(getattr(after, name) == getattr(before, name) for name in agreed)
    assert [one.key for one in after.sent] == [one.key for one in before.sent], "a key is never given up"
    assert not after.published_at or all(one.remote_id for one in after.sent)
    for old, new in zip(before.sent, after.sent, strict=True):
        assert new.remote_id in (old.remote_id, "at://new")
        assert not old.remote_id or new.remote_id == old.remote_id, "what is out is never forgotten"


@given(st.sampled_from(STATES), histories(), st.lists(st.sampled_from(sorted(DEEDS)), max_size=12))
def test_whatever_happens_the_state_tells_what_is_out(state: PublicationState, known, moves: list[str]) -> None:
    """From any true beginning, no sequence of moves leads to a state that lies about the network."""
    p = publication(state, max(1, len(known)), sent=known)
    if not _true(p):
        return
    for move in moves:
        try:
            p = DEEDS[move](p)
        except MoveError:
            continue
        assert _true(p)


def _true(p: Publication) -> bool:
    whole = bool(p.sent) and all(one.remote_id for one in p.sent)
    out = any(one.remote_id for one in p.sent)
    match p.state:
        case "published":
            return whole
        case "scheduled" | "missed":
            return not out
        case "dropped":
            return not standing(p) and not whole
        case _:
            return not whole


def test_a_thread_goes_out_piece_by_piece() -> None:
    p = publication("publishing", 2, sent=sent("", ""))
    p = sent_one(p, 0, "at://0", "cid0", "https://x.example/0", NOW)
    assert (p.state, p.published_at, partly_out(p)) == ("publishing", None, True)
    p = in_doubt(p, "timeout", "", NOW + 5)
    assert (p.state, p.code, p.try_at) == ("unconfirmed", "timeout", NOW + 5)
    p = try_again(p, "rate-limited", "", NOW + 9)
    assert p.state == "unconfirmed", "with a piece out it is not merely scheduled any more"
    p = sent_one(p, 1, "at://1", "cid1", "", NOW + 20)
    assert (p.state, p.published_at, p.code, p.try_at) == ("published", NOW + 20, "", None)
    assert p.sent[0].version == "cid0"


def test_the_same_news_twice_changes_nothing_and_other_news_is_refused() -> None:
    p = publication("published", sent=sent("at://0"))
    assert sent_one(p, 0, "at://0", "", "", NOW + 1) == p
    with pytest.raises(MoveError, match="another-post"):
        sent_one(p, 0, "at://other", "", "", NOW + 1)
    with pytest.raises(MoveError, match="no-key"):
        sent_one(publication(), 0, "at://0", "", "", NOW)
    gone = piece_gone(p, 0, NOW)
    assert piece_gone(gone, 0, NOW + 9) == gone
    with pytest.raises(MoveError, match="not-out"):
        piece_gone(publication("publishing", sent=sent("")), 0, NOW)


def test_what_the_network_shows_is_believed() -> None:
    late = sent_one(publication("failed", sent=sent("")), 0, "at://0", "", "", NOW)
    assert late.state == "published"
    half = sent_one(publication("dropped", 2, sent=sent("", "")), 0, "at://0", "", "", NOW)
    assert (half.state, standing(half)) == ("failed", (0,))


def test_a_failed_thread_goes_on_from_where_it_stopped_or_is_taken_back() -> None:
    failed = publication("failed", 2, sent=sent("at://0", ""), attempts=5, code="bad-token")
    again = rescheduled(failed, NOW + 60_000, "2026-03-28T13:14")
    assert (again.state, again.try_at, again.attempts, again.code) == ("unconfirmed", NOW + 60_000, 0, "")
    with pytest.raises(MoveError, match="partly-out"):
        dropped(failed)
    back = piece_gone(recalling(recall_asked(failed, NOW)), 0, NOW + 1)
    assert (back.recall, back.state) == ("recalled", "failed")
    assert dropped(back).state == "dropped"


def test_taking_back_waits_until_it_is_known_what_stands() -> None:
    for state, code in (("publishing", "in-flight"), ("unconfirmed", "in-doubt"), ("scheduled", "not-out")):
        with pytest.raises(MoveError, match=code):
            recall_asked(publication(state), NOW)
    p = recall_asked(publication("published", 2, sent=sent("at://0", "at://1")), NOW)
    assert (p.recall, p.try_at) == ("asked", NOW)
    p = piece_gone(recalling(p), 1, NOW + 1)
    assert (p.recall, standing(p)) == ("recalling", (0,))
    p = piece_gone(recall_in_doubt(p, "timeout", "", NOW + 5), 0, NOW + 9)
    assert (p.recall, p.state, p.code, p.try_at) == ("recalled", "published", "", None)
    with pytest.raises(MoveError, match="not-out"):
        recall_asked(p, NOW)


def test_a_piece_that_somebody_else_took_back_is_no_recall_of_ours() -> None:
    p = piece_gone(publication("published", sent=sent("at://0")), 0, NOW)
    assert (p.recall, p.sent[0].gone_at) == ("", NOW)


def test_why_a_move_is_refused() -> None:
    reasons = {}
    for state in STATES:
        with pytest.raises(MoveError) as caught:
            missed(structs.replace(publication(state), state=state)) if state != "scheduled" else try_again(
                publication(), "", "", NOW
            )
        reasons[state] = caught.value.code
    assert reasons == {
        "scheduled": "not-tried",
        "publishing": "in-flight",
        "unconfirmed": "in-doubt",
        "published": "already-out",
        "failed": "given-up",
        "missed": "was-missed",
        "dropped": "was-dropped",
    }

"""Publications, drafts and incidents for the desk's tests."""

from typing import Any

from hypothesis import strategies as st

from vigie.model import Approval, Incident, Opinion, Outgoing, Piece, Publication, Sent

NOW = 1_774_700_000_000


def publication(state: str = "scheduled", pieces: int = 1, **changes: Any) -> Publication:
    given: dict[str, Any] = {
        "id": 7, "revision": 3, "draft": 1, "version": 1, "channel": "bsky", "network": "bluesky",
        "outgoing": Outgoing(tuple(Piece(f"piece {n}") for n in range(pieces))), "due": NOW, "wall": "2026-03-28T13:13",
        "zone": "Europe/Paris", "scheduled_by": "ines", "scheduled_at": NOW - 1, "charter": "c", "state": state,
    }  # fmt: skip
    return Publication(**(given | changes))


def sent(*remote_ids: str, gone: bool = False) -> tuple[Sent, ...]:
    """One for each piece: claimed, and on the network where it has an identifier."""
    return tuple(Sent(f"key{n}", id, gone_at=NOW if gone and id else None) for n, id in enumerate(remote_ids))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Sent, ...]:
    """What may be known of a thread's pieces: not claimed at all, or claimed, some out, some of these gone."""
    if draw(st.booleans()):
        return ()
    known = st.tuples(st.booleans(), st.booleans())
    return tuple(
        Sent(f"key{n}", f"at://{n}" if out else "", gone_at=NOW if out and gone else None)
        for n, (out, gone) in enumerate(draw(st.lists(known, min_size=1, max_size=3)))
    )


def incident(state: str = "open", **changes: Any) -> Incident:
    given: dict[str, Any] = {
        "id": 4, "revision": 1, "origin": "unknown-hand", "reason": "reason.unknown-post", "key": "own:bluesky:1",
        "opened_at": NOW, "opened_by": "vigie", "contain_within": 600_000, "state": state,
    }  # fmt: skip
    return Incident(**(given | changes))


def said(who: str, opinion: Opinion = "approved", step: str = "relecture", **changes: Any) -> Approval:
    given: dict[str, Any] = {"draft": 1, "version": 2, "revision": 5, "at": NOW} | changes
    return Approval(step=step, who=who, opinion=opinion, **given)

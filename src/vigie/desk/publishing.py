"""How far a publication has come, and how far taking it back has: every move, and what each does to it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from msgspec import structs

from vigie.desk.moves import MoveError
from vigie.model import Millis, Publication, PublicationState, RecallState, Sent

__all__ = ["MOVES", "RECALLS", "Move", "MoveError", "RecallMove", "dropped", "given_up", "in_doubt", "missed",
           "partly_out", "piece_gone", "recall_asked", "recall_failed", "recall_in_doubt", "recalling", "rescheduled",
           "sent_one", "standing", "try_again"]  # fmt: skip

Move: TypeAlias = Literal["claim", "sent", "doubt", "again", "give-up", "miss", "reschedule", "drop"]
RecallMove: TypeAlias = Literal["ask", "begin", "gone", "doubt", "fail"]

MOVES: Mapping[PublicationState, Mapping[PublicationState, tuple[Move, ...]]] = MappingProxyType(
    {
        "scheduled": {
            "scheduled": ("reschedule",),
            "publishing": ("claim",),
            "unconfirmed": ("sent",),
            "published": ("sent",),
            "failed": ("give-up",),
            "missed": ("miss",),
            "dropped": ("drop",),
        },
        "publishing": {
            "scheduled": ("again",),
            "publishing": ("sent",),
            "unconfirmed": ("doubt", "again"),
            "published": ("sent",),
            "failed": ("give-up",),
        },
        "unconfirmed": {
            "scheduled": ("again",),
            "publishing": ("claim",),
            "unconfirmed": ("sent", "doubt", "again"),
            "published": ("sent",),
            "failed": ("give-up",),
        },
        "failed": {
            "scheduled": ("reschedule",),
            "unconfirmed": ("reschedule",),
            "published": ("sent",),
            "failed": ("sent",),
            "dropped": ("drop",),
        },
        "missed": {"scheduled": ("reschedule",), "dropped": ("drop",)},
        "dropped": {"published": ("sent",), "failed": ("sent",)},
        "published": {},
    }
)
"""From each state, those it may go to and by which moves. The claim is the store's: it alone sees who else claims.

What the network shows is believed whatever we thought: ``sent`` leads to ``published`` also from ``failed`` and
``dropped``, when an answer came after all.
"""

RECALLS: Mapping[RecallState, Mapping[RecallState, RecallMove]] = MappingProxyType(
    {
        "": {"asked": "ask"},
        "asked": {"recalling": "begin", "recalled": "gone", "unconfirmed": "doubt", "failed": "fail"},
        "recalling": {"recalled": "gone", "unconfirmed": "doubt", "failed": "fail"},
        "unconfirmed": {"recalling": "begin", "recalled": "gone", "unconfirmed": "doubt", "failed": "fail"},
        "failed": {"asked": "ask", "recalled": "gone"},
        "recalled": {},
    }
)
"""The same for taking back. A piece that goes while others stand changes no state, nor does one nobody asked for."""

_PARTLY: Mapping[PublicationState, PublicationState] = MappingProxyType(
    {"scheduled": "unconfirmed", "dropped": "failed"}
)
"""Where one goes of which the network shows a piece, and not all."""

_WHY: Mapping[PublicationState, str] = MappingProxyType(
    {
        "scheduled": "not-tried",
        "publishing": "in-flight",
        "unconfirmed": "in-doubt",
        "published": "already-out",
        "failed": "given-up",
        "missed": "was-missed",
        "dropped": "was-dropped",
    }
)
"""What a `MoveError` says when the state does not allow a move."""


def sent_one(p: Publication, index: int, remote_id: str, version: str, url: str, now: Millis) -> Publication:
    """One piece is on the network; with the last one, all is published. A piece that was known already changes nothing.

    Raises:
        MoveError: ``no-key``: it was never claimed; ``another-post``: the piece is out under another identifier.
    """
    if index not in range(len(p.sent)):
        raise MoveError("no-key")
    known = p.sent[index]
    if known.remote_id:
        if known.remote_id != remote_id:
            raise MoveError("another-post")
        return p
    sent = _with(p.sent, index, structs.replace(known, remote_id=remote_id, version=version, url=url))
    if all(piece.remote_id for piece in sent) and len(sent) == len(p.outgoing.pieces):
        return _moved(p, "sent", "published", sent=sent, published_at=now, code="", detail="", try_at=None)
    return _moved(p, "sent", _PARTLY.get(p.state, p.state), sent=sent)


def in_doubt(p: Publication, code: str, detail: str, try_at: Millis) -> Publication:
    """The network may have it: it is read back at ``try_at``, before anything else is done."""
    return _moved(p, "doubt", "unconfirmed", code=code, detail=detail, try_at=try_at)


def try_again(p: Publication, code: str, detail: str, try_at: Millis) -> Publication:
    """The network certainly does not have the piece that was tried: it is sent again from ``try_at`` on. With a piece
    out already it is not merely scheduled any more."""
    to: PublicationState = "unconfirmed" if partly_out(p) else "scheduled"
    return _moved(p, "again", to, code=code, detail=detail, try_at=try_at)


def given_up(p: Publication, code: str, detail: str) -> Publication:
    """It does not go out by itself any more: somebody has to decide."""
    return _moved(p, "give-up", "failed", code=code, detail=detail, try_at=None)


def missed(p: Publication) -> Publication:
    """Its time passed while nobody could send it. It is not sent late: what was right at nine may be wrong at noon."""
    return _moved(p, "miss", "missed", try_at=None)


def rescheduled(p: Publication, due: Millis, wall: str) -> Publication:
    """Goes out at another time; tries start anew. A thread of which a piece is out goes on from there."""
    if not partly_out(p):
        return _moved(p, "reschedule", "scheduled", due=due, wall=wall, attempts=0, code="", detail="", try_at=None)
    return _moved(p, "reschedule", "unconfirmed", due=due, wall=wall, attempts=0, code="", detail="", try_at=due)


def dropped(p: Publication) -> Publication:
    """Never goes out. Raises MoveError ``partly-out`` while a piece of it stands: that has to be taken back first."""
    if standing(p):
        raise MoveError("partly-out" if p.state != "published" else _WHY["published"])
    return _moved(p, "drop", "dropped", try_at=None)


def recall_asked(p: Publication, now: Millis) -> Publication:
    """Everything of it that stands on the network is to be taken back, at once. Also what is out of a failed thread.

    Raises:
        MoveError: ``not-out``: nothing stands; ``in-flight``, ``in-doubt``: nobody knows yet what stands.
    """
    if p.state in ("publishing", "unconfirmed"):
        raise MoveError(_WHY[p.state])
    if not standing(p):
        raise MoveError("not-out")
    return _recalled(p, "ask", "asked", try_at=now, code="", detail="")


def recalling(p: Publication) -> Publication:
    """The network is being asked to take it back."""
    return _recalled(p, "begin", "recalling", try_at=None)


def piece_gone(p: Publication, index: int, now: Millis) -> Publication:
    """One piece is no longer on the network, whoever took it back; with the last one, an asked recall is done."""
    if index not in range(len(p.sent)) or not p.sent[index].remote_id:
        raise MoveError("not-out")
    if p.sent[index].gone_at is not None:
        return p
    p = structs.replace(p, sent=_with(p.sent, index, structs.replace(p.sent[index], gone_at=now)))
    if p.recall and not standing(p):
        return _recalled(p, "gone", "recalled", try_at=None, code="", detail="")
    return p


def recall_in_doubt(p: Publication, code: str, detail: str, try_at: Millis) -> Publication:
    """It may stand or not: from ``try_at`` on it is read back, and asked for again."""
    return _recalled(p, "doubt", "unconfirmed", code=code, detail=detail, try_at=try_at)


def recall_failed(p: Publication, code: str, detail: str) -> Publication:
    """The network refuses for good: it stands, and somebody has to know."""
    return _recalled(p, "fail", "failed", code=code, detail=detail, try_at=None)


def partly_out(p: Publication) -> bool:
    """Whether a piece has been on the network, and it is not all published."""
    return p.state != "published" and any(piece.remote_id for piece in p.sent)


def standing(p: Publication) -> tuple[int, ...]:
    """Which of its pieces are on the network now, as far as is known."""
    return tuple(index for index, piece in enumerate(p.sent) if piece.remote_id and piece.gone_at is None)


def _with(sent: tuple[Sent, ...], index: int, piece: Sent) -> tuple[Sent, ...]:
    return (*sent[:index], piece, *sent[index + 1 :])


def _moved(p: Publication, move: Move, to: PublicationState, **changes: object) -> Publication:
    if move not in MOVES[p.state].get(to, ()):
        raise MoveError(_WHY[p.state])
    return structs.replace(p, state=to, **changes)


def _recalled(p: Publication, move: RecallMove, to: RecallState, **changes: object) -> Publication:
    if RECALLS[p.recall].get(to) != move:
        raise MoveError("not-asked" if not p.recall else f"recall-{p.recall}")
    return structs.replace(p, recall=to, **changes)

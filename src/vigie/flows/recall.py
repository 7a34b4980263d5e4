"""Take back: a publication leaves its network, last piece first; what may be gone is looked for before any retry."""

from vigie.desk.publishing import piece_gone, recall_failed, recall_in_doubt, recalling, standing
from vigie.flows.outgoing import receipt
from vigie.flows.ports.writer import WriteError, Writer
from vigie.flows.publish import Press, act_of, settle, wait
from vigie.model import Publication

PACE = 3
"""A recall is urgent: it is tried again every few seconds, for as long as it takes."""


async def recall(press: Press, p: Publication) -> Publication:
    """Takes back one for which somebody asked. A pause does not hold it up. What has become of it.

    Raises WriteError while no account is connected.
    """
    writer = press.writer(p.channel)
    doubtful = p.recall in ("recalling", "unconfirmed")  # a process ended over it, or the network did not answer
    p = await settle(press, p, recalling)
    try:
        if doubtful:
            p = await _seen_gone(press, writer, p)
        while p.recall == "recalling" and (pieces := standing(p)):
            await writer.erase(receipt(p.sent[pieces[-1]]))
            p = await _gone(press, p, pieces[-1])
    except WriteError as error:
        return await _failed(press, p, error)
    except Exception as error:  # noqa: BLE001 - whatever a network's answer makes of us, it may have been done
        return await _failed(press, p, WriteError("not-understood", repr(error), doubtful=True))
    return p


async def _seen_gone(press: Press, writer: Writer, p: Publication) -> Publication:
    """Notes the pieces that are not on the network any more."""
    pieces = standing(p)
    there = await writer.stands([p.sent[index].remote_id for index in pieces])
    for index in reversed(pieces):
        if not there.get(p.sent[index].remote_id, True):
            p = await _gone(press, p, index)
    return p


async def _gone(press: Press, p: Publication, index: int) -> Publication:
    last = standing(p) == (index,)
    act = act_of(press, p, "recalled", pieces=len(p.sent)) if last else None
    return await settle(press, p, lambda one: piece_gone(one, index, press.clock()), act)


async def _failed(press: Press, p: Publication, error: WriteError) -> Publication:
    if error.final and not error.doubtful and error.code != "bad-token":
        act = act_of(press, p, "recall-failed", code=error.code)
        return await settle(press, p, lambda one: recall_failed(one, error.code, error.detail), act)
    try_at = wait(press, error, PACE)
    return await settle(press, p, lambda one: recall_in_doubt(one, error.code, error.detail, try_at))

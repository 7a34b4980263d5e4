"""Publish: what is due goes out once, whatever breaks on the way; what may be out is read back before any other try."""

from collections.abc import Awaitable, Callable
from typing import ParamSpec, Protocol, TypeVar

from msgspec import Struct

from vigie.charter import Charter, Crisis
from vigie.desk.publishing import MoveError, given_up, in_doubt, missed, partly_out, sent_one, try_again
from vigie.desk.when import following, instant
from vigie.flows.listen import retry_after
from vigie.flows.outgoing import named, next_piece, wanted
from vigie.flows.ports.media import Media
from vigie.flows.ports.notices import Notices
from vigie.flows.ports.publications import MovedError, Publications
from vigie.flows.ports.writer import Receipt, WriteError, Writer
from vigie.flows.tell import tell
from vigie.model import Act, Millis, Notice, Publication, Urgency

T = TypeVar("T")
P = ParamSpec("P")

STILL_ARRIVING: Millis = 120_000
"""What was sent this long ago is not on its way any more: a network that does not have it now will not have it."""
LONGEST_WAIT: Millis = 15_000
CHANNEL_TROUBLE = frozenset(
    ("unreachable", "timeout", "rate-limited", "server-error", "bad-token", "not-connected", "not-understood")
)
"""Codes that would meet the channel's next publication too."""


class Aside(Protocol):
    """Runs what waits for the disk where it holds up nobody: `asyncio.to_thread`."""

    def __call__(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]: ...


class Press(Struct, frozen=True, eq=False):
    """What publishing needs.

    Attributes:
        writer: of a channel, by its id. Raises WriteError where none is connected.
        charter: the one in force; None while there is none, or none that can be read.
        chance: 0 to 1.
    """

    publications: Publications
    notices: Notices
    media: Media
    writer: Callable[[str], Writer]
    charter: Callable[[], Charter | None]
    clock: Callable[[], Millis]
    chance: Callable[[], float]
    aside: Aside


async def publish(press: Press, p: Publication) -> Publication:
    """Sends one that is due. What has become of it; unchanged when it is held or somebody moved it meanwhile.

    Raises WriteError while no account is connected: it waits for one until it is too late.
    """
    now = press.clock()
    if now > latest(press, p):
        return await _too_late(press, p)
    writer = press.writer(p.channel)
    keys = [] if p.sent else [writer.new_key(now) for _ in p.outgoing.pieces]
    claimed = await press.aside(press.publications.claim, p.id, p.revision, keys, now, act_of(press, p, "claimed"))
    if claimed is None:
        return p
    await schedule_next(press, claimed)
    return await _send(press, writer, claimed)


async def look_again(press: Press, p: Publication) -> Publication:
    """Reads the network back about one that may be out, and sends what is certainly not there.

    One that is ``publishing`` while nobody sends it was left so by a process that ended: it is in doubt too.

    Raises WriteError while no account is connected.
    """
    if p.state == "publishing":
        p = await settle(press, p, lambda now: in_doubt(now, "interrupted", "", press.clock()))
        await schedule_next(press, p)
    if p.state != "unconfirmed" or (p.code == "paused" and await press.aside(_paused, press, p)):
        return p
    writer, seen = press.writer(p.channel), True
    try:
        p = await _read_back(press, writer, p)
    except WriteError as error:
        if not error.again:
            return await _doubt(press, p, error)
        seen = False  # only writing the same one again can tell
    now = press.clock()
    if p.state != "unconfirmed":
        return p
    if seen and now > latest(press, p) and not partly_out(p):
        return await _not_there(press, p)
    if await press.aside(_paused, press, p):
        return await settle(press, p, lambda one: in_doubt(one, "paused", "", now))
    claimed = await press.aside(press.publications.claim, p.id, p.revision, [], now, act_of(press, p, "claimed"))
    return await _send(press, writer, claimed, seen=seen) if claimed else p


def latest(press: Press, p: Publication) -> Millis:
    """Until when it may begin to go out."""
    charter = press.charter()
    return p.due + (charter.crisis if charter else Crisis()).late_after


def in_trouble(p: Publication) -> bool:
    """Whether what stopped it would stop its channel's next one too."""
    if p.recall == "unconfirmed":  # one that times out says nothing of the others, and they are urgent
        return p.code in ("rate-limited", "bad-token")
    return p.state in ("scheduled", "unconfirmed") and p.code in CHANNEL_TROUBLE


async def schedule_next(press: Press, p: Publication) -> None:
    """Schedules the next turn of one that repeats: the first that is still to come. It is there already? Nothing."""
    if not p.repeat:
        return
    first = await press.aside(press.publications.get, p.series) if p.series else p
    wall, now = p.wall, press.clock()
    moment = instant(p.wall, p.zone)
    while moment.at <= max(p.due, now):
        wall = following(wall, p.repeat, first.wall if first else "")
        moment = instant(wall, p.zone)
    turn = Publication(
        id=0,
        revision=0,
        draft=p.draft,
        version=p.version,
        channel=p.channel,
        network=p.network,
        outgoing=p.outgoing,
        due=moment.at,
        wall=wall,
        zone=p.zone,
        scheduled_by=p.scheduled_by,
        scheduled_at=now,
        charter=p.charter,
        repeat=p.repeat,
        series=p.series or p.id,
    )
    act = Act(now, "vigie", "publication.scheduled", "publication", "", p.charter, {"after": p.id})
    await press.aside(press.publications.schedule, [turn], act)


async def settle(
    press: Press, p: Publication, move: Callable[[Publication], Publication], act: Act | None = None
) -> Publication:
    """Stores what has become of it, whatever somebody else changed about it meanwhile. Unchanged where its state does
    not allow the move any more."""
    while True:
        try:
            changed = move(p)
            return p if changed == p else await press.aside(press.publications.settle, changed, act)
        except MovedError as moved:
            p = moved.current
        except MoveError:
            return p


def act_of(press: Press, p: Publication, verb: str, **details: str | int) -> Act:
    """Something that Vigie itself did with it."""
    what = f"publication:{p.id}"
    return Act(press.clock(), "vigie", f"publication.{verb}", what, "", p.charter, {"channel": p.channel, **details})


def wait(press: Press, error: WriteError, tries: int) -> Millis:
    """When to look at it next: when the network says so, else sooner while the trouble is young."""
    again = press.clock() + again_after(1 if error.retry_at is not None else tries, press.chance())
    return max(error.retry_at or 0, again)


def again_after(tries: int, chance: float) -> Millis:
    """How long to wait after so many tries: a second at first, never more than a quarter of a minute, since what is
    due is due now."""
    return min(LONGEST_WAIT, round(retry_after(max(1, tries), chance) * 1000))


async def _send(press: Press, writer: Writer, p: Publication, *, seen: bool = True) -> Publication:
    """Sends a claimed one, piece by piece. Without ``seen``, an earlier try may be out and nothing but the same try,
    made again, can tell: no refusal of this one says that it is not."""
    while p.state == "publishing" and (index := next_piece(p)) is not None:
        if partly_out(p) and await press.aside(_paused, press, p):
            return await settle(press, p, lambda one: try_again(one, "paused", "", press.clock()))
        try:
            receipt = await _asked(writer.write, await wanted(writer, press.media, p, index))
        except WriteError as error:
            return await (_failed(press, p, error) if seen else _doubt(press, p, error))
        p, seen = await _arrived(press, p, index, receipt), True
    return p


async def _read_back(press: Press, writer: Writer, p: Publication) -> Publication:
    """Notes every piece that the network shows, up to the first that it does not."""
    while p.state == "unconfirmed" and (index := next_piece(p)) is not None:
        try:
            asked = await wanted(writer, press.media, p, index)
        except WriteError as error:
            if not error.final:
                raise
            asked = named(p, index)  # the post that it answers is gone: ours is still found by its key
        found = await _asked(writer.find, asked)
        if found is None:
            break
        p = await _arrived(press, p, index, found)
    return p


async def _asked(ask: Callable[..., Awaitable[T]], *what: object) -> T:
    """Whatever a network's answer makes of us, it may have done what was asked."""
    try:
        return await ask(*what)
    except WriteError:
        raise
    except Exception as error:
        raise WriteError("not-understood", repr(error), doubtful=True) from error


async def _arrived(press: Press, p: Publication, index: int, receipt: Receipt) -> Publication:
    now = press.clock()
    last = all(sent.remote_id for place, sent in enumerate(p.sent) if place != index)
    act = act_of(press, p, "published", pieces=len(p.sent), post=receipt.remote_id) if last else None
    try:
        return await settle(
            press, p, lambda one: sent_one(one, index, receipt.remote_id, receipt.version, receipt.url, now), act
        )
    except ValueError:  # the network gave one post for two keys: nothing more is sent blindly
        return await _give_up(press, p, "not-understood", f"{receipt.remote_id} is another publication's")


async def _failed(press: Press, p: Publication, error: WriteError) -> Publication:
    if error.doubtful:
        return await _doubt(press, p, error)
    if error.final and error.code != "bad-token":  # an account may be connected again in time
        return await _give_up(press, p, error.code, error.detail)
    try_at = wait(press, error, p.attempts)
    if try_at > latest(press, p) and not partly_out(p):
        return await _give_up(press, p, error.code, error.detail)
    return await settle(press, p, lambda one: try_again(one, error.code, error.detail, try_at))


async def _doubt(press: Press, p: Publication, error: WriteError) -> Publication:
    age_s = max(0, press.clock() - (p.claimed_at or p.due)) // 1000
    try_at = wait(press, error, age_s.bit_length())  # asked again when it is twice as old
    return await settle(press, p, lambda one: in_doubt(one, error.code, error.detail, try_at))


async def _not_there(press: Press, p: Publication) -> Publication:
    """The network does not have it, and it would be late: given up, once nothing of it can be on its way any more."""
    arrives_until = (p.claimed_at or p.due) + STILL_ARRIVING
    if press.clock() >= arrives_until:
        return await _give_up(press, p, p.code or "interrupted", p.detail)
    return await settle(press, p, lambda one: in_doubt(one, one.code, one.detail, arrives_until))


async def _too_late(press: Press, p: Publication) -> Publication:
    """Nobody could send it in time. Where the account was what lacked, that is said."""
    await schedule_next(press, p)
    try:
        press.writer(p.channel)
    except WriteError as error:
        return await _give_up(press, p, error.code, error.detail)
    if p.attempts:
        return await _give_up(press, p, p.code or "interrupted", p.detail)
    late = await settle(press, p, missed, act_of(press, p, "missed"))
    if late.state == "missed":
        charter = press.charter()
        await _tell(press, late, "now", *(() if charter and charter.crisis.on_call else (late.scheduled_by,)))
    return late


async def _give_up(press: Press, p: Publication, code: str, detail: str) -> Publication:
    act = act_of(press, p, "failed", code=code)
    given = await settle(press, p, lambda one: given_up(one, code, detail), act)
    if given.state == "failed":
        await _tell(press, given, "soon", given.scheduled_by)
    return given


async def _tell(press: Press, p: Publication, urgency: Urgency, *to: str) -> None:
    notice = Notice(
        id=0,
        at=press.clock(),
        kind=f"publication.{p.state}",
        urgency=urgency,
        to=to,
        values={"channel": p.channel, "code": p.code},
        path=f"/publications/{p.id}",
    )
    await press.aside(tell, press.notices, press.charter(), notice)


def _paused(press: Press, p: Publication) -> bool:
    return any(pause.covers(p.channel) for pause in press.publications.pauses())

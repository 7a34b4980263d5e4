"""Tell people: a notice becomes a line in the outbox for each way to each person; who does not answer is followed by
the next one on call."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import structs

from vigie.charter import Charter, Hours
from vigie.flows.drafts import Doing
from vigie.flows.ports.incidents import Incidents
from vigie.flows.ports.messenger import Answer, NotToldError
from vigie.flows.ports.notices import Notices
from vigie.model import Act, Delivery, Means, Millis, Notice

SECOND: Millis = 1_000
MINUTE: Millis = 60 * SECOND
HOUR: Millis = 60 * MINUTE

AGAIN_AFTER: tuple[Millis, ...] = (
    5 * SECOND,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
)
"""From one try of a webhook to the next (the schedule that the Standard Webhooks specification proposes)."""
PEOPLE_AFTER: tuple[Millis, ...] = (5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR)
"""The same for people: who is told a day late is not told."""
BY_PERSON: tuple[Means, ...] = ("page", "email", "chat")
NO_ADDRESS, NO_SERVER = "no-address", "no-server"
"""`Delivery.answer` of what was cancelled because there is nowhere to send it, or nothing to send it with."""


class NotAgainError(Exception):
    """It is not sent again: it is still on its way, or nothing was ever sent."""


def tell(notices: Notices, charter: Charter | None, notice: Notice, *, programs: bool = True) -> Notice:
    """Stores a notice for those named, or for the first who is on call, and for the webhooks of the charter unless
    ``programs`` are left out.

    What a person has no address for is cancelled when it comes to be sent.
    """
    people = notice.to or (charter.crisis.on_call[:1] if charter else ())
    deliveries = [
        Delivery(id=0, notice=0, person=person, means=means, try_at=_from(notice, person, charter))
        for person in people
        for means in BY_PERSON
    ]
    if programs and notice.step == 0 and charter:  # programs are told once, whoever else is called later
        deliveries += [
            Delivery(id=0, notice=0, person="", means="webhook", address=hook.id, try_at=notice.at)
            for hook in charter.webhooks
            if hook.about == "all" or notice.urgency == "now"
        ]
    return notices.tell(notice, deliveries)


def _from(notice: Notice, person: str, charter: Charter | None) -> Millis:
    """When somebody may be told: at once, or when their quiet hours end if it can wait."""
    known = charter.person(person) if charter else None
    if charter is None or known is None or notice.urgency == "now" or not known.quiet:
        return notice.at
    return end_of_quiet(known.quiet, notice.at, charter.company.timezone)


def end_of_quiet(quiet: Sequence[Hours], at: Millis, zone: str) -> Millis:
    """The first instant from ``at`` on that lies in none of these hours; ``at`` when they leave nothing of a day."""
    moment = datetime.fromtimestamp(at / 1000, ZoneInfo("UTC"))
    for _ in range(24 * 60):
        wall = moment.astimezone(ZoneInfo(zone))
        if not any(hours.hold(wall.hour * 60 + wall.minute) for hours in quiet):
            return max(at, int(moment.timestamp() * 1000))
        moment = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return at


def escalate(notices: Notices, incidents: Incidents, charter: Charter, now: Millis) -> list[Notice]:
    """Calls the next one on call for each incident that nobody has taken within ``crisis.escalate_after``."""
    told = []
    for incident in incidents.of_states(("open",)):
        about = notices.of_incident(incident.id)
        calls = [one for one in about if one.step or (one.urgency == "now" and not one.to)]
        if not calls:
            continue
        last = max(calls, key=lambda one: (one.step, one.id))
        following = charter.crisis.on_call[last.step + 1 : last.step + 2]
        if following and now - last.at >= charter.crisis.escalate_after:
            called = structs.replace(last, id=0, at=now, to=following, step=last.step + 1)
            told.append(tell(notices, charter, called))
    return told


def delivered(delivery: Delivery, answer: Answer, now: Millis) -> Delivery:
    """It arrived."""
    return structs.replace(
        delivery,
        state="delivered",
        attempts=delivery.attempts + 1,
        status=answer.status,
        answer=answer.text[:300],
        delivered_at=now,
    )


def not_delivered(delivery: Delivery, error: NotToldError, now: Millis) -> Delivery:
    """It did not: another try later, unless it is useless or there were enough."""
    after = AGAIN_AFTER if delivery.means == "webhook" else PEOPLE_AFTER
    tried = delivery.attempts + 1
    if error.final or tried > len(after):
        state, try_at = "failed", delivery.try_at
    else:
        state, try_at = "waiting", max(now + after[tried - 1], error.retry_at or 0)
    return structs.replace(
        delivery, state=state, attempts=tried, try_at=try_at, status=error.status, answer=error.detail
    )


def unreachable(delivery: Delivery, why: str = NO_ADDRESS) -> Delivery:
    """Nobody can be reached there."""
    return structs.replace(delivery, state="cancelled", answer=why)


def may_go_again(delivery: Delivery) -> bool:
    """Whether sending it again makes sense: what is on a page stands there already."""
    return delivery.means != "page" and delivery.state in ("delivered", "failed")


def again(delivery: Delivery, now: Millis) -> Delivery:
    """Sent once more because a person asked for it: the same message, under the same id."""
    return structs.replace(delivery, state="waiting", attempts=0, try_at=now, status=0, answer="", delivered_at=None)


def resend(notices: Notices, delivery: Delivery, by: Doing) -> Delivery:
    """Puts it back into the outbox. Raises NotAgainError."""
    if not may_go_again(delivery):
        raise NotAgainError
    wanted = again(delivery, by.now)
    to = delivery.person or delivery.address
    act = Act(
        at=by.now,
        who=by.who,
        verb="notice.resent",
        what=f"notice:{delivery.notice}",
        charter=by.charter,
        details={"delivery": delivery.id, "means": delivery.means, "to": to},
    )
    notices.settle(wanted, act)
    return wanted

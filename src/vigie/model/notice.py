"""Something that people must be told, and how telling each of them went."""

from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.model.post import Millis

Urgency: TypeAlias = Literal["now", "soon"]
"""``now`` wakes people up: it ignores quiet hours and is escalated when nobody acknowledges. ``soon`` waits."""

Means: TypeAlias = Literal["page", "email", "chat", "webhook"]
DeliveryState: TypeAlias = Literal["waiting", "delivered", "failed", "cancelled"]
"""``failed`` for good; it can be sent again by hand."""


class Notice(Struct, frozen=True, kw_only=True):
    """One thing to tell.

    Attributes:
        id: 0 before it is stored.
        kind: a code of `wording`, area ``notices`` (``incident.opened``), with the values that its sentence names.
        to: ids of people; empty for whoever is on call.
        path: page of Vigie where one acts on it: ``/incidents/4``.
        incident: what it is about; 0 for none. Acknowledging that incident ends the escalation.
        step: 0 for the first people told, 1 for those told next because nobody acknowledged, and so on.
    """

    id: int
    at: Millis
    kind: str
    urgency: Urgency
    to: tuple[str, ...] = ()
    values: dict[str, str | int | float] = {}
    path: str = ""
    incident: int = 0
    step: int = 0


class Delivery(Struct, frozen=True, kw_only=True):
    """One notice to one address.

    Attributes:
        id: 0 before it is stored; webhooks send it as ``webhook-id``, the same at each try.
        person: empty for a webhook of the house.
        address: name of the secret in the vault that holds the address; empty for the page.
        attempts: so far; ``try_at`` is when the next one is due.
        status: what the other side answered, an HTTP status or 0; ``answer`` its first 300 characters. Of a cancelled
            one ``answer`` says why, where it was not somebody who took the incident: ``no-address``,
            ``no-server`` (no mail server).
    """

    id: int
    notice: int
    person: str
    means: Means
    address: str = ""
    state: DeliveryState = "waiting"
    attempts: int = 0
    try_at: Millis = 0
    status: int = 0
    answer: str = ""
    delivered_at: Millis | None = None

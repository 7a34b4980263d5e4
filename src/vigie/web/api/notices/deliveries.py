"""What became of every message that left the house, and sending one again."""

from typing import Annotated, Any

from litestar import Request
from litestar.params import FromPath, QueryParameter
from msgspec import Meta, Struct

from vigie import model
from vigie.flows.tell import NotAgainError, resend
from vigie.model import DeliveryState, Means
from vigie.web.api.drafts.changing import not_now
from vigie.web.api.paging import Items, Limit
from vigie.web.api.problems import voice
from vigie.web.api.routes import reads, writes
from vigie.web.api.times import Instant, instant, instant_or_none
from vigie.web.house import house_of
from vigie.web.pages.composer.page import doing
from vigie.web.pages.notices.page import Which, there
from vigie.wording import Wording
from vigie.wording.alerts import Names, names, told

Asked = Request[Any, Any, Any]
State = Annotated[Which, QueryParameter(name="state", description="Deliveries in this state alone.")]


class Delivery(Struct, frozen=True):
    """One notice to one address."""

    id: Annotated[int, Meta(description="The same at each try: webhooks carry it as `webhook-id`.")]
    notice: int
    at: Instant
    kind: Annotated[str, Meta(examples=["incident.opened"])]
    says: Annotated[str, Meta(description="In the language asked for.")]
    path: Annotated[str, Meta(description="Page where one acts on it.")]
    person: Annotated[str, Meta(description="Empty for a webhook of the house.")]
    webhook: Annotated[str, Meta(description="Empty for a person.")]
    means: Means
    state: DeliveryState
    attempts: int
    next_try: Annotated[Instant | None, Meta(description="While it waits.")]
    delivered_at: Instant | None
    status: Annotated[int, Meta(description="What the other side answered; 0 for none.")]
    answer: Annotated[
        str, Meta(description="Its first 300 characters; `no-address` or `no-server` where it could not leave.")
    ]


@reads("/notices/deliveries", "handle-incidents")
def list_deliveries(request: Asked, *, wanted: State = "", limit: Limit = 50) -> Items[Delivery]:
    """List how people and programs were told.

    The latest first.
    """
    house, say = house_of(request), voice(request)
    known = names(house.charter())
    return Items(tuple(delivery_out(one, about, known, say) for one, about in house.notices.log(limit, wanted)))


@writes("POST", "/notices/deliveries/{id:int}/resend", "handle-incidents", fails=(404,))
def resend_delivery(request: Asked, id: FromPath[int]) -> Delivery:
    """Send a message again.

    The same one, under the same id: one that was delivered or that failed.
    """
    house, say = house_of(request), voice(request)
    one = there(house, id)
    try:
        waiting = resend(house.notices, one, doing(request))
    except NotAgainError as error:
        raise not_now("notices.error.not_again", request) from error
    about = house.notices.get(one.notice)
    assert about is not None  # noqa: S101 - a delivery is always of a notice
    return delivery_out(waiting, about, names(house.charter()), say)


def delivery_out(one: model.Delivery, about: model.Notice, known: Names, say: Wording) -> Delivery:
    """As the API shows it. Addresses are secrets: they stay inside."""
    return Delivery(
        id=one.id,
        notice=about.id,
        at=instant(about.at),
        kind=about.kind,
        says=told(about, known, say),
        path=about.path,
        person=one.person,
        webhook="" if one.person else one.address,
        means=one.means,
        state=one.state,
        attempts=one.attempts,
        next_try=instant(one.try_at) if one.state == "waiting" else None,
        delivered_at=instant_or_none(one.delivered_at),
        status=one.status,
        answer=one.answer,
    )

"""Where you are told, the address of your chat, and a test."""

from typing import Annotated, Any

from litestar import Request
from litestar.params import JSONBody
from msgspec import Meta, Struct

from vigie.web.api.notices.deliveries import Delivery, delivery_out
from vigie.web.api.paging import Items
from vigie.web.api.problems import Fault, RefusedError, voice
from vigie.web.api.routes import LOGGED_IN, reads, writes
from vigie.web.guard import visitor
from vigie.web.house import House, house_of
from vigie.web.pages.account import told
from vigie.web.pages.account.addresses import addresses
from vigie.wording.alerts import names

Asked = Request[Any, Any, Any]


class MyAddresses(Struct, frozen=True):
    """How you are told, besides your pages."""

    email: Annotated[str, Meta(description="Of the charter; empty for none.")]
    sends_mail: Annotated[bool, Meta(description="Whether this house has a mail server.")]
    quiet: Annotated[tuple[str, ...], Meta(description="Your quiet hours, of the charter.", examples=[["22:00-07:00"]])]
    chat: Annotated[str, Meta(description="The service; the rest of the address is a secret.", examples=["ntfy"])]


class ChatAddress(Struct, frozen=True, forbid_unknown_fields=True):
    """As [apprise](https://github.com/caronc/apprise/wiki) writes them."""

    address: Annotated[str, Meta(max_length=told.LONGEST, examples=["ntfy://ntfy.example/vigie"])]


@reads("/notices/addresses", LOGGED_IN)
def read_my_addresses(request: Asked) -> MyAddresses:
    """See where you are told."""
    return _mine(house_of(request), visitor(request).id)


@writes("PUT", "/notices/addresses/chat", "handle-incidents")
def put_my_chat(request: Asked, data: JSONBody[ChatAddress]) -> MyAddresses:
    """Set the address of your chat or phone.

    It is kept encrypted and never given back.
    """
    house, who = house_of(request), visitor(request)
    fault = told.set_chat(house, who, data.address)
    if fault:
        code = f"account.told.error.{fault}"
        raise RefusedError("invalid-body", Fault(voice(request)(code), code, pointer="#/address"))
    return _mine(house, who.id)


@writes("DELETE", "/notices/addresses/chat", LOGGED_IN)
def drop_my_chat(request: Asked) -> MyAddresses:
    """Forget the address of your chat."""
    house, who = house_of(request), visitor(request)
    told.forget_chat(house, who)
    return _mine(house, who.id)


@writes("POST", "/notices/-/test", "handle-incidents", status=201)
def send_my_test(request: Asked) -> Items[Delivery]:
    """Send yourself a test by every means that you have.

    Look at `/notices/deliveries` a moment later for what arrived.
    """
    house, say = house_of(request), voice(request)
    made = told.tell_me(house, visitor(request))
    found = [(one, about) for one, about in house.notices.log() if about.id == made.id]
    return Items(tuple(delivery_out(one, about, names(house.charter()), say) for one, about in reversed(found)))


def _mine(house: House, person: str) -> MyAddresses:
    found = addresses(house, person)
    return MyAddresses(found.email, found.mail, found.quiet, found.chat)

"""How I am told: the address of my chat, and a test to every address of mine."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect
from msgspec import Struct

from vigie.flows.tell import tell
from vigie.model import Act, Notice
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.account.addresses import TEST, chat_of, found_test
from vigie.web.pages.account.page import sheet
from vigie.web.view import done, fragment
from vigie.web.visitor import Visitor

Asked = Request[Any, Any, Any]
LONGEST = 2_000


class ChatForm(Struct):
    """An address as apprise writes them."""

    address: str = ""


@post("/account/chat", guards=[requires("handle-incidents")], status_code=200, sync_to_thread=True)
def keep_chat(
    request: Asked, data: Annotated[ChatForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Response[Any]:
    """Keeps it encrypted; it is never shown again."""
    fault = set_chat(house_of(request), visitor(request), data.address)
    if fault:
        return sheet(request, status=422, refused=f"account.told.error.{fault}")
    return done("/account", "account.done.chat")


@post("/account/chat/drop", sync_to_thread=True)
def drop_chat(request: Asked) -> Redirect:
    """Forgets it."""
    forget_chat(house_of(request), visitor(request))
    return done("/account", "account.done.chat_dropped")


@post("/account/test", guards=[requires("handle-incidents")], sync_to_thread=True)
def send_test(request: Asked) -> Redirect:
    """Tells me by every means that I have."""
    made = tell_me(house_of(request), visitor(request))
    return Redirect(f"/account?test={made.id}#told-t", status_code=303)


@get("/account/test/{id:int}", sync_to_thread=True)
def tried(request: Asked, id: FromPath[int]) -> Response[str]:
    """What arrived until now."""
    found = found_test(house_of(request), visitor(request).id, id)
    if found is None:
        raise NotFoundException
    return fragment(request, "account/_tried.html", test=found)


def set_chat(house: House, who: Visitor, address: str) -> str:
    """Keeps the address of somebody's chat. What is wrong with it, a code; empty when it is kept."""
    address = address.strip()
    fault = house.chat_fault(address) if len(address) <= LONGEST else "bad-address"
    if not fault:
        house.vault.put(chat_of(who.id), address)
        house.acts.record(_act(house, who, "chat.set", service=address.partition("://")[0]))
    return fault


def forget_chat(house: House, who: Visitor) -> None:
    """Forgets it, if there is one."""
    if house.vault.get(chat_of(who.id)):
        house.vault.drop(chat_of(who.id))
        house.acts.record(_act(house, who, "chat.dropped"))


def tell_me(house: House, who: Visitor) -> Notice:
    """A test to this person alone: the house's programs are left out of it."""
    wanted = Notice(id=0, at=house.clock(), kind=TEST, urgency="now", to=(who.id,), path="/account")
    return tell(house.notices, house.charter(), wanted, programs=False)


def _act(house: House, who: Visitor, verb: str, **details: str) -> Act:
    return Act(house.clock(), who.id, verb, f"person:{who.id}", "", house.charter_digest(), dict(details))

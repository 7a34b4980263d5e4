"""What reaches people outside the pages: e-mail, chat, signed webhooks. One file for each means."""

from collections.abc import Mapping
from functools import cached_property
from importlib import import_module

from vigie.flows.ports.fetch import Fetch, FetchError
from vigie.flows.ports.messenger import Answer, Message, Messenger
from vigie.model import Means, Millis
from vigie.notify.email import Email, MailServer
from vigie.notify.webhook import Webhook, new_secret

__all__ = ["MailServer", "chat_fault", "messengers", "new_secret"]


class _Chat:
    """`vigie.notify.chat.Chat`, loaded by name with the first message: it takes 45 MB that most houses never need."""

    @cached_property
    def _real(self) -> Messenger:
        chat: Messenger = import_module("vigie.notify.chat").Chat()
        return chat

    async def send(self, address: str, secret: str, message: Message, now: Millis) -> Answer:
        return await self._real.send(address, secret, message, now)


def chat_fault(address: str, fetch: Fetch) -> str:
    """What is wrong with somebody's chat address: ``bad-address``, ``private-address`` where it leads into the house
    to a server that the settings do not name; empty when it can be used. Nothing is sent."""
    chat = import_module("vigie.notify.chat")
    if not chat.is_address(address):
        return "bad-address"
    try:
        if server := chat.server_of(address):
            fetch.check(server)
    except FetchError as error:
        if error.code in ("bad-address", "private-address"):
            return error.code
    return ""  # also where the server cannot be found now: it may be down for a while


def messengers(mail: MailServer | None, fetch: Fetch) -> Mapping[Means, Messenger]:
    """Those that this house has: no e-mail without a server for it."""
    found: dict[Means, Messenger] = {"chat": _Chat(), "webhook": Webhook(fetch)}
    if mail is not None:
        found["email"] = Email(mail)
    return found

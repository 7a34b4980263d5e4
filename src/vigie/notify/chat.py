"""Chats and phones through apprise: Slack, Teams, Discord, Matrix, ntfy, Telegram and some hundred others."""

import asyncio

import apprise

from vigie.flows.ports.messenger import Answer, Message, NotToldError
from vigie.model import Millis

SECONDS = 15.0


def is_address(address: str) -> bool:
    """Whether apprise knows what to do with it (``slack://…``, ``ntfy://…``). Nothing is sent."""
    return apprise.Apprise.instantiate(address, suppress_exceptions=True) is not None


def server_of(address: str) -> str:
    """Where a service runs on a server that the address names: ``https://ntfy.example``. Empty for services that have
    one of their own, and for what is no address."""
    known = apprise.Apprise.instantiate(address, suppress_exceptions=True)
    if known is None or not known.host or "{host}" not in str(known.templates):
        return ""
    return f"{'https' if known.secure else 'http'}://{known.host}{f':{known.port}' if known.port else ''}"


class Chat:
    """Addresses are apprise's own, secrets among them: they live in the vault. Its requests are its own too, not those
    of the guarded fetch: whoever may set an address of theirs may make Vigie speak to it."""

    async def send(self, address: str, secret: str, message: Message, now: Millis) -> Answer:
        """See the port."""
        del secret, now
        line = apprise.Apprise(asset=apprise.AppriseAsset(app_id="Vigie", app_desc="Vigie", storage_mode="memory"))
        if not line.add(address):
            raise NotToldError("not an address that apprise knows", final=True)
        kind = apprise.NotifyType.FAILURE if message.notice.urgency == "now" else apprise.NotifyType.INFO
        words = f"{message.text}\n{message.link}" if message.link else message.text
        try:
            done = await asyncio.to_thread(
                line.notify, body=words, title=message.subject, notify_type=kind, timeout=SECONDS
            )
        except TypeError as error:  # apprise's way of saying that an address cannot be used
            raise NotToldError(str(error), final=True) from error
        if not done:
            raise NotToldError("the service did not take it")
        return Answer()

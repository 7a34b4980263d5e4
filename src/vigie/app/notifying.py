"""Delivers what people must be told, and calls the next one when nobody answers. The outbox is the database."""

import asyncio
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urlsplit

import structlog

from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.app.stopping import wait_or_stop
from vigie.charter import Charter
from vigie.flows.ports.messenger import Message, Messenger, NotToldError
from vigie.flows.tell import NO_SERVER, delivered, escalate, not_delivered, unreachable
from vigie.model import Delivery, Means, Notice
from vigie.notify import MailServer, messengers
from vigie.settings import Settings
from vigie.wording import Wording
from vigie.wording.alerts import names, told

log = structlog.get_logger()

ROUND_S = 0.5
ESCALATE_EVERY_S = 5.0
AT_ONCE = 8
"""Messages on their way at the same time."""
STANDARD_PORTS = {"tls": 465, "starttls": 587, "none": 25}


def mail_server(settings: Settings) -> MailServer | None:
    """The house's mail server from ``VIGIE_SMTP``; None without one."""
    if not settings.smtp:
        return None
    parts = urlsplit(settings.smtp)
    security = {"smtps": "tls", "smtp": "starttls", "smtp+plain": "none"}[parts.scheme]
    return MailServer(
        parts.hostname or "",
        parts.port or STANDARD_PORTS[security],
        settings.mail_from,
        security,  # type: ignore[arg-type]  # a value of the table above
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


class Notifying:
    """One running outbox. ``charter`` gives the one in force."""

    def __init__(
        self,
        opened: Opened,
        charter: Callable[[], Charter | None],
        means: Mapping[Means, Messenger] | None = None,
    ) -> None:
        self._opened, self._charter = opened, charter
        self._notices, self._incidents = opened.store.notices, opened.store.incidents
        self._means = means if means is not None else messengers(mail_server(opened.settings), opened.fetch)

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop."""
        since = ESCALATE_EVERY_S
        while not stop.is_set():
            try:
                if since >= ESCALATE_EVERY_S:
                    since = 0.0
                    await asyncio.to_thread(self._escalate)
                await self.round()
            except Exception as error:  # an outbox that nobody empties would be silence: it is tried again
                log.error("notifying-failed", exc_info=error)
            await wait_or_stop(stop, ROUND_S)
            since += ROUND_S

    def _escalate(self) -> None:
        if charter := self._charter():
            escalate(self._notices, self._incidents, charter, now())

    async def round(self) -> int:
        """Tries everything that is due once. Returns how many there were."""
        due = await asyncio.to_thread(self._notices.due, now())
        turns = asyncio.Semaphore(AT_ONCE)
        charter = self._charter()

        async def one(delivery: Delivery, notice: Notice) -> None:
            async with turns:
                settled = await self._deliver(delivery, notice, charter)
            await asyncio.to_thread(self._notices.settle, settled)

        await asyncio.gather(*(one(delivery, notice) for delivery, notice in due))
        return len(due)

    async def _deliver(self, delivery: Delivery, notice: Notice, charter: Charter | None) -> Delivery:
        messenger = self._means.get(delivery.means)
        address, secret = await asyncio.to_thread(self._address, delivery, charter)
        if not address:
            return unreachable(delivery)
        if messenger is None:
            return unreachable(delivery, NO_SERVER)
        try:
            answer = await messenger.send(address, secret, self._message(delivery, notice, charter), now())
        except NotToldError as error:
            log.warning("not-told", delivery=delivery.id, means=delivery.means, detail=error.detail)
            return not_delivered(delivery, error, now())
        except Exception as error:  # one address never stops the others; an adapter's own mistake is told in the log
            log.error("not-told", delivery=delivery.id, exc_info=error)
            return not_delivered(delivery, NotToldError(f"{type(error).__name__}: {error}"), now())
        return delivered(delivery, answer, now())

    def _address(self, delivery: Delivery, charter: Charter | None) -> tuple[str, str]:
        """(address, secret); empty where there is none."""
        vault = self._opened.vault
        match delivery.means:
            case "webhook":
                hook = next((one for one in charter.webhooks if one.id == delivery.address), None) if charter else None
                secret = vault.get(f"webhook:{hook.id}") if hook else ""
                return (hook.url, secret) if hook and secret else ("", "")  # nothing goes out unsigned
            case "chat":
                return vault.get(f"person:{delivery.person}:chat"), ""
            case "email":
                person = charter.person(delivery.person) if charter else None
                return (person.email if person else ""), ""
            case "page":
                return "", ""

    def _message(self, delivery: Delivery, notice: Notice, charter: Charter | None) -> Message:
        w = Wording(self._lang(delivery.person, charter))
        said = told(notice, names(charter), w)
        settings = self._opened.settings
        base = settings.base_url or f"http://{settings.host}:{settings.port}"
        house = charter.company.name if charter else "Vigie"
        return Message(
            f"notice-{delivery.id}", w("notices.subject", house=house, what=said), said, base + notice.path, notice
        )

    def _lang(self, person: str, charter: Charter | None) -> str:
        account = next((one for one in self._opened.store.accounts.all() if one.person == person), None)
        own = account.lang if account else ""
        return own or (charter.company.languages[0] if charter else self._opened.settings.lang)

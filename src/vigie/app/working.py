"""The role `work`: publishes what is due, and does what can wait: forgetting, names, a seal an hour, a backup a day."""

import asyncio
from collections.abc import Callable

import structlog

from vigie.app.clock import now
from vigie.app.naming import Naming
from vigie.app.notifying import Notifying
from vigie.app.opened import Opened
from vigie.app.proving import Proving
from vigie.app.publishing import Publishing, press_of
from vigie.app.pulse import PulseFile, process_id
from vigie.app.stopping import stop_event, wait_or_stop
from vigie.charter import Charter, CharterError
from vigie.flows.ledger import seal_end
from vigie.flows.ports.archive import StoreFullError
from vigie.flows.ports.pulse import Pulse
from vigie.flows.retain import retain
from vigie.home import HomeError
from vigie.model import Millis
from vigie.store import StoreError

log = structlog.get_logger()

ROUND_S = 2.0
HOUR: Millis = 3_600_000
FORGET_EVERY = HOUR
BACKUP_EVERY: Millis = 86_400_000


class Working:
    """One running `work`."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._pulse = PulseFile(opened.run_folder, "work")
        self._naming = Naming(opened)
        self._proving = Proving(opened, self._charter)
        self._publishing = Publishing(press_of(opened), opened.store.signals, opened.store.archive.data_version)
        self._notifying = Notifying(opened, self._charter)
        self._forgot_at: Millis = 0
        # a new house has nothing to copy yet: its first backup comes after an hour
        self._backed_up_at: Millis = opened.last_backup_at() or now() - BACKUP_EVERY + HOUR
        self._trouble = ("", "")

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop."""
        beside = [
            asyncio.create_task(self._publishing.run(stop), name="publishing"),
            asyncio.create_task(self._notifying.run(stop), name="notifying"),
            asyncio.create_task(self._proving.run(stop), name="proving"),
        ]
        try:
            while not stop.is_set():
                charter = self._charter()
                if charter is not None:
                    await self._naming.round(charter)
                    await asyncio.to_thread(self._on_time, charter)
                self._pulse.beat(Pulse("work", now(), process_id(), *self._worst()))
                await wait_or_stop(stop, ROUND_S)
            await asyncio.gather(*beside)
        finally:
            for task in beside:
                task.cancel()
            self._pulse.beat(Pulse("work"))

    def _worst(self) -> tuple[str, str]:
        return self._publishing.trouble if self._publishing.trouble[0] else self._trouble

    def _charter(self) -> Charter | None:
        try:
            return self._opened.charter()
        except CharterError:  # `listen` tells it
            return None

    def _on_time(self, charter: Charter) -> None:
        # a clock that was set back makes the next round come at once, never never
        if 0 <= now() - self._forgot_at < FORGET_EVERY:
            return
        self._forgot_at = now()
        self._trouble = ("", "")
        self._guarded(lambda: self._forget(charter))
        self._guarded(self._seal)
        self._guarded(self._backup)

    def _forget(self, charter: Charter) -> None:
        if gone := retain(charter, self._opened.store.archive, now()):
            log.info("forgotten", posts=gone)

    def _seal(self) -> None:
        seal_end(self._opened.store.acts, self._opened.ledger_key, now())

    def _backup(self) -> None:
        if not 0 <= now() - self._backed_up_at < BACKUP_EVERY:
            self._backed_up_at = now()
            log.info("backed-up", path=str(self._opened.backup()))

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except StoreFullError as full:
            self._trouble = ("disk-full", str(full))
        except (StoreError, HomeError, OSError) as error:
            self._trouble = ("failed", str(error))
            log.error("work-failed", exc_info=error)


async def work(opened: Opened, *, supervised: bool) -> None:
    """Runs the role until told to stop."""
    stop = stop_event(supervised=supervised)
    await Working(opened).run(stop)

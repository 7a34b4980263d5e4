"""The role `web`: the pages and the API, on one address."""

import asyncio
import contextlib
import socket
from threading import Thread

import structlog
import uvicorn

from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.app.pulse import PulseFile, process_id, pulses
from vigie.app.stopping import stop_event
from vigie.flows.ports.pulse import Pulse
from vigie.notify import chat_fault
from vigie.web.house import House
from vigie.web.live import stop_live
from vigie.web.site import create_app

log = structlog.get_logger()

SHUTDOWN_S = 2
"""Open streams are closed within this time."""


class Server(uvicorn.Server):
    """uvicorn, told to stop by our own event rather than by signals."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]  # noqa: ANN201  # uvicorn leaves it untyped
        """Signals are ours."""
        yield


def house_of(opened: Opened) -> House:
    """What the pages work with."""
    settings, store = opened.settings, opened.store
    return House(
        archive=store.archive,
        acts=store.acts,
        accounts=store.accounts,
        drafts=store.drafts,
        publications=store.publications,
        incidents=store.incidents,
        notices=store.notices,
        signals=store.signals,
        keyring=opened,
        media=opened.home.media(),
        charter_file=opened.charter_file,
        vault=opened.vault,
        clock=now,
        networks=opened.networks,
        parse_charter=opened.parse_charter,
        demo=opened.is_demo(),
        base_url=settings.base_url,
        secret=opened.home.secret("web"),
        open_tools=opened.tools,
        fetch=opened.fetch,
        pulses=lambda: pulses(opened.run_folder),
        chat_fault=lambda address: chat_fault(address, opened.fetch),
        sends_mail=bool(settings.smtp),
    )


async def serve(opened: Opened, *, supervised: bool) -> None:
    """Runs the role until told to stop."""
    stop = stop_event(supervised=supervised)
    settings = opened.settings
    house = house_of(opened)
    app = create_app(house)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=SHUTDOWN_S,
        server_header=False,
        proxy_headers=bool(settings.base_url),
    )
    server = Server(config)
    pulse = PulseFile(opened.run_folder, "web")

    async def end() -> None:
        await stop.wait()
        stop_live(app)
        server.should_exit = True

    async def beat() -> None:
        while True:
            pulse.beat(Pulse("web", now(), process_id()))
            await asyncio.sleep(1.0)

    # Compiling the charter takes a second or two: the first person who writes does not wait for it, nor does an end.
    Thread(target=house.judge, name="judge", daemon=True).start()
    tasks = [asyncio.create_task(end()), asyncio.create_task(beat())]
    try:
        await server.serve()
    finally:
        for task in tasks:
            task.cancel()
        pulse.beat(Pulse("web"))


def port_is_free(host: str, port: int) -> bool:
    """Whether the pages could be served there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True

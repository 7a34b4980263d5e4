"""How a role is told to end: SIGINT, SIGTERM, or the supervisor's end."""

import asyncio
import os
import signal
import sys


def stop_event(*, supervised: bool) -> asyncio.Event:
    """An event that is set when this process should end. With ``supervised``, also when standard input closes."""
    event = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, event.set)
    if supervised:
        loop.add_reader(sys.stdin.fileno(), _read_end, event)
    return event


def _read_end(event: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 1):
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        event.set()


async def wait_or_stop(event: asyncio.Event, seconds: float) -> bool:
    """Waits; True when told to stop meanwhile."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True

"""What the tests of Bluesky share: a real server, a Jetstream on this machine, tools as `app` hands them out."""

import time
from collections.abc import AsyncIterator, Callable

import pytest

from counterparts.jetstream import Bridge, bridge
from counterparts.pds import pds
from vigie.fetch import GuardedFetch
from vigie.flows.ports.network import Tools

__all__ = ["pds"]


def clock() -> int:
    """The time, in milliseconds."""
    return time.time_ns() // 1_000_000


@pytest.fixture
async def jetstream() -> AsyncIterator[Bridge]:
    """A Jetstream that says nothing until told to."""
    async with bridge() as running:
        yield running


@pytest.fixture
def tools() -> Callable[..., Tools]:
    """``tools(port, …)``: what `app` hands to a network; the ports on this machine that may be read."""

    def make(*ports: int) -> Tools:
        hosts = [f"{host}:{port}" for port in ports for host in ("127.0.0.1", "localhost")]
        return Tools(fetch=GuardedFetch(hosts), clock=clock)

    return make

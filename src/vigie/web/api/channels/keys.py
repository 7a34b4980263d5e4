"""Proving that a key works, and letting it go."""

import asyncio

from litestar import Response
from litestar.params import FromPath

from vigie import charter
from vigie.flows.connecting import let_go
from vigie.web.api.channels.reading import Asked, Channel, channel_out
from vigie.web.api.problems import RefusedError, voice
from vigie.web.api.routes import writes
from vigie.web.house import House, house_of
from vigie.web.pages.channels.connecting import answered, remembered
from vigie.web.pages.channels.rows import row_of
from vigie.web.pages.composer.page import doing


@writes("POST", "/channels/{id:str}/proof", "connect-accounts", fails=(404,))
def prove_channel(request: Asked, id: FromPath[str]) -> Channel:
    """Ask a network whether Vigie can publish there now.

    Nothing is published. What is wrong is in `trouble`.
    """
    house = house_of(request)
    channel = there(house, id)
    error = remembered(house, channel, asyncio.run(answered(house, channel)))
    return channel_out(row_of(house, channel), voice(request), error)


@writes("DELETE", "/channels/{id:str}/grant", "connect-accounts", status=204, fails=(404,))
def disconnect_channel(request: Asked, id: FromPath[str]) -> Response[None]:
    """Disconnect an account.

    Its key is forgotten; what is scheduled there waits. Connect it again on the page.
    """
    house = house_of(request)
    let_go(house.keyring, house.acts, there(house, id), doing(request))
    return Response(None, status_code=204)


def there(house: House, id: str) -> charter.Channel:
    """A channel of the charter. Raises RefusedError."""
    now = house.charter()
    found = now.channel(id) if now else None
    if found is None:
        raise RefusedError("not-found")
    return found

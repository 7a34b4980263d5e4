"""Hands pictures over to a server and waits until it has made them ready."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from http import HTTPStatus as Status

from vigie.flows.ports.writer import Upload, WriteError, WriteTools
from vigie.networks.mastodon.writing.entities import Media
from vigie.networks.mastodon.writing.refusals import refused
from vigie.networks.mastodon.writing.server import Body, Server

Sleep = Callable[[float], Awaitable[None]]
LOOKS, BETWEEN_S = 60, 0.5
"""How often a server is asked whether a picture is ready, and the pause between."""


async def hand_over(server: Server, tools: WriteTools, upload: Upload, sleep: Sleep = asyncio.sleep) -> str:
    """The server's id of a picture that can be shown. Raises WriteError, never doubtful: nothing is published yet."""
    body = _form(upload)
    media = await server.do("POST", "/api/v2/media", Media, body, doubtful=False)
    for _ in range(LOOKS):
        answer = await server.ask("GET", f"/api/v1/media/{media.id}", Body(), doubtful=False)
        if answer.status == Status.OK:
            return str(media.id)
        if answer.status != Status.PARTIAL_CONTENT:
            raise refused(answer, tools.clock(), doubtful=False)
        await sleep(BETWEEN_S)
    raise WriteError("timeout", f"media {media.id}")


def _form(upload: Upload) -> Body:
    """``multipart/form-data`` (RFC 7578), parted by something that the picture does not contain."""
    mark = hashlib.sha256(upload.content).hexdigest()
    name = f"picture.{upload.type.rpartition('/')[2]}"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        f"Content-Type: {upload.type}\r\n\r\n".encode(),
        upload.content,
        f'\r\n--{mark}\r\nContent-Disposition: form-data; name="description"\r\n\r\n{upload.alt}'.encode(),
        f"\r\n--{mark}--\r\n".encode(),
    ]
    return Body(b"".join(parts), f"multipart/form-data; boundary={mark}")

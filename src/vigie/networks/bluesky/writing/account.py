"""What this folder offers for writing."""

from collections.abc import Callable
from urllib.parse import urlsplit

from vigie.flows.ports.writer import Grant, Invitation, Standing, WriteError, Writer, WriteTools
from vigie.networks.bluesky.writing.session import Session
from vigie.networks.bluesky.writing.writer import BlueskyWriter

SERVICE = "https://bsky.social"
"""Where most accounts log in; it passes everything on to the server that has the account."""


class BlueskyWriting:
    """Implements `vigie.flows.ports.writer.Writing`."""

    name = "bluesky"
    keeps_edits = False

    def writer(self, grant: Grant, keep: Callable[[Grant], None], tools: WriteTools) -> Writer:
        return BlueskyWriter(Session(grant, keep, tools), tools)

    async def connect(self, service: str, login: str, secret: str, tools: WriteTools) -> tuple[Grant, Standing]:
        """See the port. ``login``: handle, DID or e-mail; ``secret``: an app password."""
        given = Grant(_origin(service), secret.strip(), login.strip().removeprefix("@"))
        session = Session(given, lambda _: None, tools)
        await session.log_in()
        standing = await BlueskyWriter(session, tools).standing()
        return session.grant, standing

    async def invite(self, service: str, returns_to: str, tools: WriteTools) -> Invitation:
        """Never: an app password is made in the network's own settings."""
        del returns_to, tools
        raise WriteError("unsupported", service, final=True)

    async def accept(self, invitation: Invitation, code: str, tools: WriteTools) -> tuple[Grant, Standing]:
        """Never, as `invite`."""
        del code, tools
        raise WriteError("unsupported", invitation.service, final=True)


def _origin(service: str) -> str:
    """The server's origin from what a person writes.

    >>> _origin(""), _origin("pds.port.example/"), _origin("http://127.0.0.1:3000")
    ('https://bsky.social', 'https://pds.port.example', 'http://127.0.0.1:3000')
    """
    service = service.strip()
    if not service:
        return SERVICE
    split = urlsplit(service if "://" in service else f"https://{service}")
    return f"{split.scheme}://{split.netloc.lower()}"


WRITING = BlueskyWriting()

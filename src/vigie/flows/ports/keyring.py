"""The keys with which the house writes: one for each channel that is connected, and the networks they open."""

from typing import Protocol

from vigie.charter import Channel
from vigie.flows.ports.writer import Grant, WriteTools, Writing


class Keyring(Protocol):
    """What `app` holds. No method asks a network."""

    def writing(self, channel: Channel) -> Writing | None:
        """The network that a channel writes on; None where Vigie only reads."""
        ...

    def grant(self, channel: str) -> Grant | None:
        """How a channel's account is reached; None while none is connected."""
        ...

    def keep_grant(self, channel: str, grant: Grant | None) -> None:
        """Keeps it encrypted, or forgets it."""
        ...

    def write_tools(self) -> WriteTools: ...

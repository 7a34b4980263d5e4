"""Reaching somebody outside the pages: one adapter for each means."""

from typing import Protocol

from msgspec import Struct

from vigie.model import Millis, Notice


class Message(Struct, frozen=True):
    """What is said, in the language of the person told.

    Attributes:
        id: the same at each try, so that who receives it twice can tell (``notice-7``).
        link: page of Vigie where one acts on it.
        notice: the facts, for programs.
    """

    id: str
    subject: str
    text: str
    link: str
    notice: Notice


class Answer(Struct, frozen=True):
    """It was taken: an HTTP status or 0, and the first 300 characters of what was said."""

    status: int = 0
    text: str = ""


class NotToldError(Exception):
    """It was not taken. ``status`` as in `Answer`; ``final``: trying again is useless until a person changes something.
    ``retry_at``: the other side asks not to be tried before."""

    def __init__(self, detail: str, *, status: int = 0, final: bool = False, retry_at: Millis | None = None) -> None:
        super().__init__(detail)
        self.detail, self.status, self.final, self.retry_at = detail[:300], status, final, retry_at


class Messenger(Protocol):
    """One means. At least once: who is told of a broken line tries again, and the message may have arrived."""

    async def send(self, address: str, secret: str, message: Message, now: Millis) -> Answer:
        """``secret`` signs what webhooks carry; other means have none. Raises NotToldError."""
        ...

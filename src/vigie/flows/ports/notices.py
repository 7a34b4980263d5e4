"""What people must be told: an outbox with a line for each address, in the database."""

from collections.abc import Sequence
from typing import Protocol

from vigie.model import Act, Delivery, Millis, Notice


class Notices(Protocol):
    """Each writing method is one durable transaction, and a line on the change feed (``notice``)."""

    def tell(self, notice: Notice, deliveries: Sequence[Delivery]) -> Notice:
        """Stores a new notice (``id`` 0) with its deliveries. What is for the page is delivered with that."""
        ...

    def due(self, now: Millis, limit: int = 50) -> list[tuple[Delivery, Notice]]:
        """Waiting deliveries whose ``try_at`` has come."""
        ...

    def settle(self, delivery: Delivery, act: Act | None = None) -> None:
        """Stores how it went; with the act of whoever wants it sent again."""
        ...

    def get(self, id: int) -> Notice | None: ...

    def of_incident(self, incident: int) -> list[Notice]: ...

    def for_person(self, person: str, limit: int = 50) -> list[tuple[Notice, Delivery]]:
        """What reached somebody's page, the latest first."""
        ...

    def log(self, limit: int = 200, state: str = "") -> list[tuple[Delivery, Notice]]:
        """The latest first."""
        ...

    def delivery(self, id: int) -> Delivery | None: ...

    def cancel(self, incident: int) -> None:
        """Deliveries still waiting about an incident are not made any more: somebody has taken it."""
        ...

    def read(self, person: str, upto: int) -> None:
        """Somebody has seen the notices on their page up to this number."""
        ...

    def unread(self, person: str) -> int: ...

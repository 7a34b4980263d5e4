"""Taking back what was just dropped from the charter: its text of before, held by this process."""

from collections import OrderedDict
from threading import Lock

from msgspec import Struct

from vigie.flows.rewrite import Rewritten

HELD = 32
"""The last changes of all people together; older ones are in the folder ``charter.d``."""


class Undo(Struct, frozen=True):
    """A change that can be taken back. ``token`` names it in the page's form."""

    id: str
    done: Rewritten

    @property
    def token(self) -> str:
        """The charter's digest after the change."""
        return self.done.digest


class Shelf:
    """Changes by their token, the oldest leaving first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[str, Undo] = OrderedDict()

    def hold(self, undo: Undo) -> str:
        """Keeps a change and returns its token."""
        with self._lock:
            self._held[undo.token] = undo
            while len(self._held) > HELD:
                self._held.popitem(last=False)
        return undo.token

    def get(self, token: str) -> Undo | None:
        """The change, if it is still held."""
        with self._lock:
            return self._held.get(token)


UNDO = Shelf()

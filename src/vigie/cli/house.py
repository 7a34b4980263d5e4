"""Opens the home folder for a command, and ends the command with a sentence when it cannot be used."""

from collections.abc import Iterator
from contextlib import contextmanager

from vigie.app.opened import Opened, opened
from vigie.cli.speak import fail
from vigie.flows.ports.archive import StoreFullError
from vigie.home import HomeError
from vigie.settings import Settings
from vigie.store import StoreError
from vigie.wording import Wording


@contextmanager
def house(chosen: Settings, role: str = "cli") -> Iterator[Opened]:
    """`opened`, with the store's and the folder's own errors said in words."""
    w = Wording(chosen.lang)
    try:
        with opened(chosen, role) as vigie:
            yield vigie
    except StoreFullError:
        fail(w("store.error.full"))
    except StoreError as error:
        fail(w(f"store.error.{error.code}", detail=error.detail))
    except HomeError as error:
        fail(w(f"store.home.{error.code}", detail=error.detail))

"""Opens the home folder for a command, and ends the command with a sentence when it cannot be used."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from vigie.cli.speak import fail
from vigie.flows.ports.archive import StoreFullError
from vigie.home import HomeError
from vigie.settings import Settings
from vigie.wording import Wording

if TYPE_CHECKING:
    from vigie.app.opened import Opened


@contextmanager
def house(chosen: Settings, role: str = "cli") -> Iterator["Opened"]:
    """`opened`, with the store's and the folder's own errors said in words."""
    w = Wording(chosen.lang)
    # they bring SQLAlchemy and every network, half a second that a call which opens nothing does not have
    store, app = import_module("vigie.store"), import_module("vigie.app.opened")
    try:
        with app.opened(chosen, role) as vigie:
            yield vigie
    except StoreFullError:
        fail(w("store.error.full"))
    except store.StoreError as error:
        fail(w(f"store.error.{error.code}", detail=error.detail))
    except HomeError as error:
        fail(w(f"store.home.{error.code}", detail=error.detail))

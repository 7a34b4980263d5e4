"""Posts, accounts and acts on SQLite. `open_store` is the way in."""

from vigie.flows.ports.archive import StoreFullError
from vigie.store.backup import Backup
from vigie.store.errors import StoreError
from vigie.store.store import Store, open_store

__all__ = ["Backup", "Store", "StoreError", "StoreFullError", "open_store"]

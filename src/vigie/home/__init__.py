"""The home folder: the key, the charter and its earlier versions, the encrypted tokens, the backups."""

from vigie.home.errors import HomeError
from vigie.home.folder import Home

__all__ = ["Home", "HomeError"]

"""Which SQLite we speak to: `pysqlite3` where it is installed, the interpreter's own otherwise."""

from typing import Any

try:
    from pysqlite3 import dbapi2 as sqlite
except ImportError:  # no wheel for this machine
    from sqlite3 import dbapi2 as sqlite

SQLITE: Any = sqlite
VERSION: tuple[int, int, int] = sqlite.sqlite_version_info

FORGETTING_VERSION = (3, 42, 0)
"""From here on the search index takes deleted words out of its pages (FTS5 option ``secure-delete``)."""

FORGETS = VERSION >= FORGETTING_VERSION

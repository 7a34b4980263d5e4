"""Names that a person chooses: ids of queries, sources and people, as the charter takes them."""

import re

from vigie.web.api.problems import Fault, RefusedError
from vigie.wording import Wording

_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_TAKEN_BY_PAGES = frozenset({"new"})


def check_id(id: str, say: Wording) -> None:
    """Raises RefusedError for a new id that the charter or the pages could not take."""
    if not _ID.fullmatch(id) or id in _TAKEN_BY_PAGES:
        raise RefusedError("invalid-parameter", Fault(say("api.invalid.id"), "api.invalid.id", parameter="id"))

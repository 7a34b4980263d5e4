"""Remembers what a server calls the posts it showed: it says by its own id alone what was answered or deleted."""

from collections import OrderedDict

from vigie.model.loose import host_of, path_of

LIMIT = 20_000
"""Posts remembered a server, about 5 MB: a day of a middling server's public timeline."""


class Names:
    """Names of one server's posts, the latest used ones."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._known: OrderedDict[str, tuple[str, str]] = OrderedDict()
        self._keys: dict[str, str] = {}

    def remember(self, key: str, uri: str, thread: str = "") -> None:
        """``key`` is the server's id of a post, ``uri`` its name everywhere, ``thread`` its thread's first post."""
        self._known[key] = (uri, thread or uri)
        self._known.move_to_end(key)
        self._keys[uri] = key
        if len(self._known) > LIMIT:
            _, (oldest, _) = self._known.popitem(last=False)
            self._keys.pop(oldest, None)

    def uri(self, key: str) -> str:
        """Empty when nobody remembers."""
        return self._known.get(key, ("", ""))[0]

    def key(self, uri: str) -> str:
        """Empty when nobody remembers."""
        return self._keys.get(uri, "")

    def parent(self, key: str) -> tuple[str, str]:
        """(reply_to, thread) of an answer to a post. An unknown one is named by its page on this server."""
        known = self._known.get(key)
        return known or (f"{self._server}/statuses/{key}", "")


def own_key(uri: str, server: str) -> str:
    """The server's own posts show their id at the end of their URI; empty for those of other servers.

    >>> own_key("https://port.example/ap/users/7/statuses/117", "https://port.example")
    '117'
    """
    last = path_of(uri).rstrip("/").rpartition("/")[2]
    return last if last.isdecimal() and host_of(uri) == host_of(server) else ""

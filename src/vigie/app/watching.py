"""Builds what `listen` looks for from the charter: compiled queries, our own accounts, threads already kept."""

from collections.abc import Iterable, Mapping

from vigie.app.asked import Asked
from vigie.charter import Charter
from vigie.flows.ports.archive import Archive
from vigie.judge import Watch
from vigie.model import Millis
from vigie.query import Query, accounts, parse, with_aliases

REMEMBER_DAYS = 30
"""Replies to posts older than this are kept only when they match by themselves."""


def named_handles(charter: Charter) -> set[str]:
    """Handles that the charter's queries and channels name, whose lasting ids some networks alone send."""
    return {name for query in _read(charter).values() for name in accounts(query)} | {
        channel.account for channel in charter.channels if channel.account and not channel.account_id
    }


def build_watch(charter: Charter, known: "Known", ids: Mapping[str, set[str]], asked: Asked | None = None) -> Watch:
    """What `screen` needs. ``ids`` are the lasting ids of `named_handles`, ``asked`` what was asked so far."""
    asked = asked or Asked()
    asked.follow({id: with_aliases(query, ids) for id, query in _read(charter).items()})
    own = frozenset(own_accounts(charter, ids))
    return Watch(asked.matcher, own, known, keep_all=charter.listening.keep == "all")


def own_accounts(charter: Charter, ids: Mapping[str, set[str]]) -> dict[tuple[str, str], str]:
    """Our accounts, as (network, id or handle in lower case), and the channel of each."""
    return {
        (channel.network, name.lower().lstrip("@")): channel.id
        for channel in charter.channels
        for name in (channel.account, channel.account_id, *ids.get(channel.account, ()))
        if name
    }


class _Reader:
    """Reads the queries of a charter, but for those that stood so in the last one that it read."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, int], Query] = {}

    def __call__(self, charter: Charter) -> dict[str, Query]:
        named = {query.id: query.match for query in charter.queries}
        names = hash(tuple(named.items()))
        read: dict[tuple[str, int], Query] = {}
        for match in named.values():
            key = (match, names if "{" in match else 0)  # what a name stands for may have changed
            read[key] = self._last.get(key) or parse(match, named)
        self._last = read
        return {id: read[match, names if "{" in match else 0] for id, match in named.items()}


_read = _Reader()


class Known:
    """remote_ids of kept posts of the last days, so that replies to them are recognised. At most 200,000."""

    LIMIT = 200_000

    def __init__(self, archive: Archive, networks: Iterable[str], now: Millis) -> None:
        since = now - REMEMBER_DAYS * 86_400_000
        recent = [id for network in networks for id in archive.kept_ids(network, since, self.LIMIT)]
        # a dict keeps the order of arrival, so that the oldest can make room
        self._ids = dict.fromkeys(reversed(recent))

    def __contains__(self, remote_id: object) -> bool:
        return remote_id in self._ids

    def add(self, remote_ids: Iterable[str]) -> None:
        """Remembers more of them."""
        self._ids.update(dict.fromkeys(remote_ids))
        while len(self._ids) > self.LIMIT:
            del self._ids[next(iter(self._ids))]

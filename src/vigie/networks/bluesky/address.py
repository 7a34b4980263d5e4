"""What a Bluesky source's address and options mean."""

import re
from urllib.parse import urlencode, urlsplit

from msgspec import Struct

from vigie.model import SourceSpec
from vigie.networks.bluesky.cursor import NOW, OLDEST, Cursor, Dialect
from vigie.networks.bluesky.record import COLLECTION, PROFILE, is_did

PUBLIC = tuple(
    f"wss://{host}.bsky.network/subscribe"
    for host in ("jetstream2.us-east", "jetstream1.us-west", "jetstream1.us-east", "jetstream2.us-west")
)
"""The four hosts that Bluesky offers to everyone without a key (README of bluesky-social/jetstream)."""
APPVIEW = "https://public.api.bsky.app"

FRAME_LIMIT = 8_000_000
"""Bytes; the protocol allows 5 MB a frame. Jetstream is asked to leave longer ones out, so that none stops the line."""
DIDS_LIMIT = 100
"""Accounts in one address; more would make it too long for some servers."""
REWIND_US = 5_000_000
"""How far back to start on another host: their clocks and lags differ (README of bluesky-social/jetstream)."""

V2_PATH = "/xrpc/network.bsky.jetstream.subscribeEvents"
REPOS_PATH = "/xrpc/com.atproto.sync.subscribeRepos"
PATHS: dict[str, Dialect] = {"/subscribe": "v1", V2_PATH: "v2", REPOS_PATH: "repos"}
OPTIONS = frozenset({"dids", "appview"})
HOST = re.compile(r"[a-z0-9.-]+(?::\d{1,5})?|\[[0-9a-f:]+\](?::\d{1,5})?", re.IGNORECASE)


class Place(Struct, frozen=True):
    """Where to read: one dialect, one address or more that say the same."""

    dialect: Dialect
    addresses: tuple[str, ...]
    dids: tuple[str, ...] = ()

    @property
    def public(self) -> bool:
        """One of several: always busy, so silence means that it is down."""
        return len(self.addresses) > 1

    def host(self, index: int) -> str:
        """The host of an address, as the cursor names it; empty when there is only one."""
        return urlsplit(self.addresses[index]).netloc if self.public else ""

    def url(self, index: int, cursor: Cursor) -> str:
        """The address to connect to, from a cursor on."""
        many = "wantedDids" if self.dialect == "v1" else "dids"
        asked: list[tuple[str, str]] = []
        if self.dialect != "repos":
            wanted = "wantedCollections" if self.dialect == "v1" else "collections"
            asked += [(wanted, COLLECTION), (wanted, PROFILE)]
            asked.append(("maxMessageSizeBytes", str(FRAME_LIMIT // 2)))
            asked += [(many, did) for did in self.dids]
        position = _position(cursor, other_host=cursor.host != self.host(index))
        if position is not None:
            asked.append(("cursor", str(position)))
        return self.addresses[index] + (f"?{urlencode(asked)}" if asked else "")


def _position(cursor: Cursor, *, other_host: bool) -> int | None:
    if cursor.position == NOW:
        return None
    if cursor.position == OLDEST:
        # a relay counts from 1; Jetstream v2 reads 10**15 and more as a time, and starts with the oldest it has
        return 0 if cursor.dialect == "repos" else 10**15
    if cursor.dialect == "v1" and other_host:
        return max(1, cursor.position - REWIND_US)
    return cursor.position


def place(spec: SourceSpec) -> Place:
    """Where a source reads.

    Raises:
        ValueError: the address or the accounts are not understood; ``problems`` says why.
    """
    dids = spec.options.get("dids", ())
    accounts = dids if isinstance(dids, tuple | list) else (str(dids),)
    if not spec.address:
        return Place("v1", PUBLIC, tuple(accounts))
    parts = urlsplit(spec.address.strip())
    dialect = PATHS.get(parts.path.rstrip("/"))
    if parts.scheme not in {"ws", "wss"} or not HOST.fullmatch(parts.netloc) or dialect is None or parts.query:
        raise ValueError(spec.address)
    return Place(dialect, (f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}",), tuple(accounts))


def problems(spec: SourceSpec) -> list[tuple[str, str, str]]:
    """What is wrong with a source: (option, code, detail)."""
    found = [
        (name, "bad-option", f"{name}, not one of {', '.join(sorted(OPTIONS))}")
        for name in sorted(spec.options.keys() - OPTIONS)
    ]
    try:
        accounts = place(spec).dids
    except ValueError:
        found.append(("address", "bad-stream-address", spec.address))
        accounts = ()
    wrong = [did for did in accounts if not is_did(did)]
    if wrong:
        found.append(("dids", "bad-did", wrong[0]))
    if len(accounts) > DIDS_LIMIT:
        found.append(("dids", "too-many-dids", str(len(accounts))))
    appview = spec.options.get("appview", APPVIEW)
    if not (isinstance(appview, str) and appview.startswith(("https://", "http://"))):
        found.append(("appview", "bad-address", str(appview)))
    return found

"""What the pages work with: the ports, the charter in force and the settings, handed in by `app`."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any

from litestar.connection import ASGIConnection
from msgspec import Struct, field

from vigie.charter import Charter, CharterError, Problem
from vigie.flows.ports.accounts import Accounts
from vigie.flows.ports.archive import Acts, Archive
from vigie.flows.ports.charter_file import CharterFile
from vigie.flows.ports.drafts import Drafts
from vigie.flows.ports.fetch import Fetch
from vigie.flows.ports.incidents import Incidents
from vigie.flows.ports.keyring import Keyring
from vigie.flows.ports.media import Media
from vigie.flows.ports.network import Clock, Network, Tools
from vigie.flows.ports.notices import Notices
from vigie.flows.ports.publications import Publications
from vigie.flows.ports.pulse import Pulse
from vigie.flows.ports.signals import Signals
from vigie.flows.ports.vault import Vault
from vigie.model import SourceSpec
from vigie.web.judging import Judge, Judging
from vigie.web.tried_links import TriedLinks


class CharterReading:
    """The last reading of the charter's file. A broken file does not take the house down: the last good one stays."""

    def __init__(self) -> None:
        self.digest = ""
        self.charter: Charter | None = None
        self.error: CharterError | None = None
        self.lock = Lock()


def has_scheme(address: str) -> str:
    """The least that is asked of a chat's address."""
    return "" if "://" in address else "bad-address"


class House(Struct, frozen=True, eq=False):
    """Everything a page may use.

    Attributes:
        parse_charter: raises CharterError.
        base_url: how people reach Vigie, ``http://127.0.0.1:8420``; links and the Host check follow it.
        secret: 32 bytes of the home folder, for signing what browsers send back.
        poll_ms: how often the change feed is looked at.
        pulses: how the roles of this Vigie are; empty where they are not supervised.
        chat_fault: what is wrong with somebody's chat address: ``bad-address``, ``private-address``; empty for nothing.
        sends_mail: whether this house has a mail server.
    """

    archive: Archive
    acts: Acts
    accounts: Accounts
    drafts: Drafts
    publications: Publications
    incidents: Incidents
    notices: Notices
    signals: Signals
    keyring: Keyring
    media: Media
    charter_file: CharterFile
    vault: Vault
    clock: Clock
    networks: Mapping[str, Network]
    parse_charter: Callable[[str], Charter]
    open_tools: Callable[[SourceSpec], Tools]
    fetch: Fetch
    secret: bytes
    demo: bool = False
    base_url: str = ""
    poll_ms: int = 50
    pulses: Callable[[], Sequence[Pulse]] = tuple
    chat_fault: Callable[[str], str] = has_scheme
    sends_mail: bool = True
    reading: CharterReading = field(default_factory=CharterReading)
    judging: Judging = field(default_factory=Judging)
    links: TriedLinks = field(default_factory=TriedLinks)

    def charter(self) -> Charter | None:
        """The charter in force, parsed again when the file's digest has changed; None before the first one."""
        return self._read().charter

    def judge(self) -> Judge:
        """The charter in force as drafts are held against it."""
        return self.judging.of(self.charter())

    def charter_digest(self) -> str:
        """Digest of the file as it is now, for acts; empty before the first charter."""
        return self._read().digest

    def charter_error(self) -> CharterError | None:
        """Why the file cannot be read now, if so; `charter` then is the last one that could."""
        return self._read().error

    def _read(self) -> CharterReading:
        reading = self.reading
        with reading.lock:
            try:
                text, digest = self.charter_file.read()
            except Exception as error:  # noqa: BLE001 - not UTF-8, not readable: adapters have their own errors
                reading.digest = ""
                code, detail = getattr(error, "code", "unusable"), str(getattr(error, "detail", error))
                reading.error = CharterError((Problem(1, 1, "", f"store.home.{code}", {"detail": detail}),))
                return reading
            if digest != reading.digest:
                reading.digest = digest
                try:
                    reading.charter, reading.error = (self.parse_charter(text) if text else None), None
                except CharterError as error:
                    reading.error = error
        return reading


def house_of(connection: ASGIConnection[Any, Any, Any, Any]) -> House:
    """The house that serves this request."""
    house: House = connection.app.state.house
    return house

"""An opened Vigie: the home folder, the store and the networks, put together from the settings."""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from vigie.app.clock import now
from vigie.app.vocabulary import vocabulary
from vigie.charter import Channel, Charter, CharterError, parse
from vigie.fetch import GuardedFetch
from vigie.flows.ports.charter_file import CharterFile
from vigie.flows.ports.network import Network, Tools
from vigie.flows.ports.vault import Vault
from vigie.flows.ports.writer import Grant, WriteError, Writer, WriteTools, Writing
from vigie.home import Home
from vigie.model import Act, Millis, SourceSpec
from vigie.networks import networks, writings
from vigie.settings import Settings
from vigie.store import Store, open_store

BACKUPS = 7
"""Kept while no charter says how many."""
ANSWERS_WITHIN_S = 20.0


class Opened:
    """What the roles and the commands work with.

    ``answers_within_s``: after so many seconds, a network that was asked to write is in doubt.
    """

    def __init__(self, settings: Settings, home: Home, store: Store) -> None:
        self.settings, self.home, self.store = settings, home, store
        self.networks: Mapping[str, Network] = networks()
        self.writings: Mapping[str, Writing] = writings()
        self.charter_file: CharterFile = home.charter_file(store.acts)
        self.vault: Vault = home.vault()
        self.fetch = GuardedFetch(allow_private=settings.allow_private)
        self._vocabulary = vocabulary()
        self._read: tuple[str, Charter | None] = ("", None)
        self.answers_within_s = ANSWERS_WITHIN_S
        self._writers: dict[str, tuple[tuple[str, ...], Writer]] = {}

    @property
    def run_folder(self) -> Path:
        """Where the roles leave their signs of life."""
        return self.home.path / "run"

    def parse_charter(self, text: str) -> Charter:
        """Raises CharterError."""
        return parse(text, self._vocabulary)

    def charter(self) -> Charter | None:
        """The charter in force, or None before the first one. Raises CharterError."""
        text, digest = self.charter_file.read()
        if digest != self._read[0]:  # a thousand queries take half a second to parse: once a change is enough
            self._read = (digest, self.parse_charter(text) if text else None)
        return self._read[1]

    def is_demo(self) -> bool:
        """Whether what is read is the demo world."""
        try:
            charter = self.charter()
        except CharterError:
            return False
        return charter is not None and any(spec.network == "demo" for spec in charter.listening.sources)

    def tools(self, spec: SourceSpec) -> Tools:
        """What a network needs to read this source."""
        return Tools(self.fetch, now, self.token(spec), str(self.run_folder))

    def token(self, spec: SourceSpec) -> str:
        """The house's token for a source; empty when it has none."""
        return self.vault.get(f"source:{spec.id}")

    def write_tools(self, folder: str | None = None) -> WriteTools:
        """What a network needs to write; ``folder`` other than the one where it keeps files of its own."""
        kept = str(self.run_folder) if folder is None else folder
        return WriteTools(self.fetch, now, random.SystemRandom().random, self.answers_within_s, kept)

    def grant(self, channel: str) -> Grant | None:
        """How a channel's account is reached; None while none is connected."""
        kept = self.vault.get(f"channel:{channel}")
        return msgspec.json.decode(kept, type=Grant) if kept else None

    def keep_grant(self, channel: str, grant: Grant | None) -> None:
        """Keeps it encrypted, or forgets it."""
        if grant is None:
            self.vault.drop(f"channel:{channel}")
        else:
            self.vault.put(f"channel:{channel}", msgspec.json.encode(grant).decode())

    def writing(self, channel: Channel) -> Writing | None:
        """The network that a channel writes on; None where Vigie only reads. The demo's never leave the house."""
        return self.writings.get("demo" if self.is_demo() else channel.network)

    def writer(self, channel: str) -> Writer:
        """Writes as a channel of the charter, with the account that is connected now.

        Raises WriteError: ``not-connected``, or ``unsupported`` by a network that Vigie only reads.
        """
        known, grant = self._channel(channel), self.grant(channel)
        if known is None or grant is None:
            raise WriteError("not-connected", channel)
        writing = self.writing(known)
        if writing is None:
            raise WriteError("unsupported", known.network, final=True)
        key = (writing.name, grant.service, grant.login, grant.secret)
        before = self._writers.get(channel)
        if before is None or before[0] != key:
            writer = writing.writer(grant, lambda changed: self.keep_grant(channel, changed), self.write_tools())
            self._writers[channel] = before = (key, writer)
        return before[1]

    def _channel(self, id: str) -> Channel | None:
        charter = self.charter()
        return charter.channel(id) if charter else None

    def backup(self, to: Path | None = None) -> Path:
        """Copies everything into a new folder under ``to`` (the home's ``backups/`` when None), verified."""
        try:
            charter = self.charter()
        except CharterError:
            charter = None
        return self.home.backup(self.store, to, charter.retention.backups if charter else BACKUPS)

    def last_backup_at(self) -> Millis:
        """When the newest backup was made; 0 when there is none."""
        made = [path.stat().st_mtime for path in self.store.backups.glob("vigie-*.db")]
        return int(max(made, default=0.0) * 1000)

    @property
    def ledger_key(self) -> bytes:
        """What seals the ledger: an Ed25519 private key, of the home folder's own."""
        return self.home.secret("ledger")

    def erase(self, handle: str, act: Act) -> int:
        """Forgets a person everywhere, backups included. Returns how many posts went."""
        return self.store.archive.erase(handle, act)


@contextmanager
def opened(settings: Settings, role: str) -> Iterator[Opened]:
    """Opens the home folder, brings its database up to date, and closes both at the end."""
    home = Home(settings.home)
    store = open_store(home.path / "vigie.db", role=role)
    try:
        yield Opened(settings, home, store)
    finally:
        store.close()

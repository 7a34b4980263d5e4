"""An opened Vigie: the home folder, the store and the networks, put together from the settings."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from vigie.app.clock import now
from vigie.app.vocabulary import vocabulary
from vigie.charter import Charter, CharterError, parse
from vigie.fetch import GuardedFetch
from vigie.flows.ports.charter_file import CharterFile
from vigie.flows.ports.network import Network, Tools
from vigie.flows.ports.vault import Vault
from vigie.home import Home
from vigie.model import Act, Millis, SourceSpec
from vigie.networks import networks
from vigie.settings import Settings
from vigie.store import Store, open_store

BACKUPS = 7
"""Kept while no charter says how many."""


class Opened:
    """What the roles and the commands work with."""

    def __init__(self, settings: Settings, home: Home, store: Store) -> None:
        self.settings, self.home, self.store = settings, home, store
        self.networks: Mapping[str, Network] = networks()
        self.charter_file: CharterFile = home.charter_file(store.acts)
        self.vault: Vault = home.vault()
        self.fetch = GuardedFetch(allow_private=settings.allow_private)
        self._vocabulary = vocabulary()
        self._read: tuple[str, Charter | None] = ("", None)

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
        return Tools(self.fetch, now, self.token(spec))

    def token(self, spec: SourceSpec) -> str:
        """The house's token for a source; empty when it has none."""
        return self.vault.get(f"source:{spec.id}")

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

"""``charter.yaml``, which a person may also edit by hand at any moment."""

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

from msgspec import structs

from vigie.flows.ports.archive import Acts
from vigie.flows.ports.charter_file import CharterMovedError
from vigie.home.errors import HomeError, told
from vigie.home.writing import holding, put_in_place, write_beside
from vigie.model import Act, Millis

KEPT_VERSIONS = 200
"""Earlier texts kept in ``charter.d``; the record of acts names every version for good."""

_HEX = re.compile("[0-9a-f]{64}")


class HomeCharterFile:
    """The port `vigie.flows.ports.charter_file.CharterFile`."""

    def __init__(self, path: Path, versions: Path, lock: Path, acts: Acts) -> None:
        self._path, self._versions, self._lock, self._acts = path, versions, lock, acts

    def read(self) -> tuple[str, str]:
        """(text, digest); ("", "") when there is none yet. Raises HomeError ``charter-not-utf8``."""
        content = self._content()
        if content is None:
            return "", ""
        try:
            return content.decode("utf-8-sig"), _digest(content)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise HomeError("charter-not-utf8", f"{self._path}:{line}") from error

    def write(self, text: str, over: str, act: Act) -> str:
        """Replaces the text whose digest is ``over``, keeps the old one in ``charter.d/``, records the act.

        The new text is safe on the disk before its act is recorded, and shown only after: no change is without its
        act. The act's details gain ``charter``, the new digest. The same text again changes nothing.

        Raises CharterMovedError, HomeError, and what recording raises.
        """
        content = text.encode()
        digest = _digest(content)
        with told(self._path), holding(self._lock):
            old = self._content()
            if over != ("" if old is None else _digest(old)):
                raise CharterMovedError(over)
            if over == digest:
                return digest
            if old is not None:
                self._keep(old, over, act.at)
            target = self._path.resolve()  # a charter under version control may be a link
            partial = write_beside(target, content)
            try:
                self._acts.record(structs.replace(act, details={**act.details, "charter": digest}))
            except BaseException:
                partial.unlink()
                raise
            put_in_place(partial, target)
        return digest

    def earlier(self, digest: str) -> str:
        """The text that once had this digest, among those kept in ``charter.d``; empty when it is not there."""
        with told(self._versions):
            for kept in self._versions.glob(f"*-{digest[:12]}.yaml") if _HEX.fullmatch(digest) else ():
                content = kept.read_bytes()
                if _digest(content) == digest:
                    return content.decode("utf-8-sig", errors="replace")
        return ""

    def _content(self) -> bytes | None:
        try:
            with told(self._path):
                return self._path.read_bytes()
        except HomeError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return None
            raise

    def _keep(self, old: bytes, digest: str, at: Millis) -> None:
        when = datetime.fromtimestamp(at // 1000, UTC)
        kept = self._versions / f"{when:%Y%m%d-%H%M%S}-{digest[:12]}.yaml"
        put_in_place(write_beside(kept, old), kept)
        for surplus in sorted(self._versions.glob("*.yaml"))[:-KEPT_VERSIONS]:
            surplus.unlink()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

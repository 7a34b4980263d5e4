"""Configuration: a handful of ``VIGIE_*`` environment variables, read once and strictly. The rest is in the charter."""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct


class SettingsError(Exception):
    """A variable is unknown or its value cannot be read.

    ``code`` is of `wording` (area ``cli``): ``unknown-setting`` or ``bad-setting``; ``values`` fill its sentence.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code}: {values}")
        self.code, self.values = code, values


class Settings(Struct, frozen=True):
    """Where Vigie lives and listens.

    Attributes:
        home: ``VIGIE_HOME``, the folder with everything that Vigie keeps.
        host: ``VIGIE_HOST``, the address that the pages are served on.
        port: ``VIGIE_PORT``.
        base_url: ``VIGIE_BASE_URL``, how people reach the pages when a proxy stands before them.
        allow_private: ``VIGIE_ALLOW_PRIVATE``, ``host:port, …`` of the house's own network that sources may read.
        lang: ``VIGIE_LANG``, what the commands speak: ``fr`` or ``en``; from ``LANG`` when unset.
        log: ``VIGIE_LOG``: ``text`` or ``json``.
        smtp: ``VIGIE_SMTP``, the server that takes our e-mail: ``smtps://user:password@host`` (TLS), ``smtp://…``
            (STARTTLS) or ``smtp+plain://host`` (a relay on the same machine); characters such as ``@`` in a password
            are written ``%40``. Without it nobody is told by e-mail.
        mail_from: ``VIGIE_MAIL_FROM``, whom our e-mail is from.
    """

    home: Path = Path("vigie-home")
    host: str = "127.0.0.1"
    port: int = 8420
    base_url: str = ""
    allow_private: tuple[str, ...] = ()
    lang: str = "en"
    log: str = "text"
    smtp: str = ""
    mail_from: str = ""


NAMES = {
    "VIGIE_HOME": "home",
    "VIGIE_HOST": "host",
    "VIGIE_PORT": "port",
    "VIGIE_BASE_URL": "base_url",
    "VIGIE_ALLOW_PRIVATE": "allow_private",
    "VIGIE_LANG": "lang",
    "VIGIE_LOG": "log",
    "VIGIE_SMTP": "smtp",
    "VIGIE_MAIL_FROM": "mail_from",
}
LAST_PORT = 65_535
MAIL_SERVER = re.compile(r"(?:smtps|smtp|smtp\+plain)://(?:[^\s/@]+@)?[A-Za-z0-9.\-\[\]:]+/?")
CHOICES = {"VIGIE_LANG": ("fr", "en"), "VIGIE_LOG": ("text", "json")}


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Reads the environment.

    Raises:
        SettingsError: a ``VIGIE_*`` variable is unknown, or a value is none of those allowed.

    >>> read_settings({"VIGIE_PORT": "9000", "LANG": "fr_FR.UTF-8"}).port
    9000
    """
    values: dict[str, object] = {}
    for name, raw in environ.items():
        if not name.startswith("VIGIE_"):
            continue
        field = NAMES.get(name)
        if field is None:
            close = difflib.get_close_matches(name, NAMES, n=1)
            raise SettingsError("unknown-setting", name=name, close=close[0] if close else "VIGIE_HOME")
        values[field] = _value(name, raw)
    if "lang" not in values:
        values["lang"] = "fr" if environ.get("LC_ALL", environ.get("LANG", "")).lower().startswith("fr") else "en"
    if values.get("smtp") and not values.get("mail_from"):
        raise SettingsError("bad-setting", name="VIGIE_MAIL_FROM", value="", expected="vigie@brulerie.example")
    return Settings(**values)  # type: ignore[arg-type]


def _value(name: str, raw: str) -> object:
    allowed = CHOICES.get(name)
    if allowed and raw not in allowed:
        raise SettingsError("bad-setting", name=name, value=raw, expected=", ".join(allowed))
    match name:
        case "VIGIE_PORT":
            if not raw.isdecimal() or not 0 <= int(raw) <= LAST_PORT:
                raise SettingsError("bad-setting", name=name, value=raw, expected=f"0 … {LAST_PORT}")
            return int(raw)
        case "VIGIE_HOME":
            return Path(raw).expanduser()
        case "VIGIE_ALLOW_PRIVATE":
            return tuple(part.strip() for part in raw.split(",") if part.strip())
        case "VIGIE_SMTP" if not MAIL_SERVER.fullmatch(raw):
            hidden = re.sub(r"//.*@", "//…@", raw)  # a password is not said again
            raise SettingsError("bad-setting", name=name, value=hidden, expected="smtps://user:password@host:465")
        case "VIGIE_MAIL_FROM" if "@" not in raw:
            raise SettingsError("bad-setting", name=name, value=raw, expected="vigie@brulerie.example")
        case _:
            return raw

"""What a server says to somebody who writes, as far as Vigie reads it."""

from msgspec import Struct

from vigie.networks.mastodon.entities import Account

QUOTES_SINCE = 7
"""Version of Mastodon's interface from which on posts can be quoted (4.5)."""


class Application(Struct, frozen=True):
    """What a post was written with."""

    name: str = ""


class Own(Struct, frozen=True):
    """A post of ours. ``id`` is the server's own name for it, ``uri`` everybody's."""

    id: str | int
    uri: str
    created_at: str
    url: str | None = ""
    in_reply_to_id: str | int | None = None
    application: Application | None = None


class Me(Account):
    """The account whose token it is."""

    id: str | int = ""


class Media(Struct, frozen=True):
    """A picture that was handed over."""

    id: str | int


class Found(Struct, frozen=True):
    """What a search found."""

    statuses: tuple[Own, ...] = ()
    accounts: tuple[Account, ...] = ()


class _Statuses(Struct, frozen=True):
    max_characters: int = 0
    max_media_attachments: int = 0


class _Attachments(Struct, frozen=True):
    supported_mime_types: tuple[str, ...] = ()
    image_size_limit: int = 0


class _Configuration(Struct, frozen=True):
    statuses: _Statuses = _Statuses()
    media_attachments: _Attachments = _Attachments()


class Rules(Struct, frozen=True):
    """What a server takes; 0 or empty where it does not say."""

    domain: str = ""
    configuration: _Configuration = _Configuration()
    api_versions: dict[str, int] = {}

    @property
    def quotes(self) -> bool:
        """Whether posts can be quoted."""
        return self.api_versions.get("mastodon", 0) >= QUOTES_SINCE


class Registered(Struct, frozen=True):
    """An application that a server has taken down."""

    client_id: str
    client_secret: str


class Token(Struct, frozen=True):
    """What a code was exchanged for."""

    access_token: str

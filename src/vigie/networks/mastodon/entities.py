"""What a server sends, as far as Vigie reads it. Servers of other makes leave fields away or send numbers as ids."""

from msgspec import Struct, field


class Account(Struct):
    """Who wrote it. ``acct`` has no host for an account of the server asked."""

    acct: str
    url: str | None = ""
    uri: str | None = ""
    display_name: str | None = ""
    avatar_static: str | None = ""
    followers_count: int | None = None
    following_count: int | None = None
    statuses_count: int | None = None
    created_at: str | None = None


class Mention(Struct):
    """An account addressed in the text."""

    acct: str = ""


class Tag(Struct):
    """A hashtag without ``#``."""

    name: str = ""


class Attachment(Struct):
    """A picture, film or sound. ``url`` is None while the server is still fetching it."""

    type: str = "unknown"
    url: str | None = ""
    remote_url: str | None = ""
    description: str | None = ""


class Choice(Struct):
    """What a poll lets people choose."""

    title: str = ""


class Poll(Struct):
    """A question with its choices."""

    options: list[Choice] = []


class Card(Struct):
    """The preview of the first link."""

    url: str | None = ""


class Quoted(Struct):
    """The post that another one quotes."""

    uri: str = ""


class Quote(Struct):
    """A quote; ``quoted_status`` is empty while its author has not allowed it."""

    quoted_status: Quoted | None = None


class Status(Struct):
    """A post. ``id`` is the asked server's own name for it, ``uri`` everybody's."""

    id: str | int
    uri: str
    created_at: str
    account: Account
    content: str | None = ""
    url: str | None = ""
    edited_at: str | None = None
    spoiler_text: str | None = ""
    visibility: str = "public"
    language: str | None = ""
    in_reply_to_id: str | int | None = None
    reblog: "Status | None" = None
    quote: Quote | None = None
    mentions: list[Mention] = []
    tags: list[Tag] = []
    media_attachments: list[Attachment] = []
    poll: Poll | None = None
    card: Card | None = None

    @property
    def key(self) -> str:
        """The id as text."""
        return str(self.id)


class Notification(Struct):
    """Something that concerns the account whose token is used."""

    id: str | int
    type: str = ""
    status: Status | None = None


class Context(Struct):
    """The posts above and below one."""

    ancestors: list[Status] = []
    descendants: list[Status] = []


class Liked(Struct):
    """A post's counts."""

    count: int = field(name="favourites_count", default=0)


class Found(Struct):
    """What a search found."""

    accounts: list[Account] = []
    statuses: list[Status] = []


class _Urls(Struct, frozen=True):
    streaming: str | None = ""
    streaming_api: str | None = ""


class _Configuration(Struct, frozen=True):
    urls: _Urls = _Urls()


class Instance(Struct):
    """What a server says of itself, in the second version of the interface or in the first."""

    domain: str = ""
    uri: str = ""
    configuration: _Configuration = _Configuration()
    urls: _Urls | None = None

    @property
    def streaming(self) -> str:
        """Where its stream is, empty when it does not say."""
        first = self.urls.streaming_api if self.urls else ""
        return self.configuration.urls.streaming or first or ""


class Event(Struct):
    """One message of the stream. ``payload`` is JSON in a string, or an id."""

    event: str = ""
    payload: str | None = ""
    stream: list[str] = []
    error: str = ""

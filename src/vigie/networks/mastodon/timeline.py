"""The timelines that a source reads, by the names that the stream gives them."""

from collections.abc import Iterable

from msgspec import Struct

from vigie.model import SourceSpec

PAGE = 40
"""The most that servers give at once."""
MENTIONS = "user:notification"


class Timeline(Struct, frozen=True):
    """One timeline: its name, where to ask for it and how to subscribe to it."""

    name: str
    path: str
    params: dict[str, str] = {}
    stream: str = ""
    tag: str = ""

    @property
    def subscription(self) -> dict[str, str]:
        """What to send to the stream."""
        return {"type": "subscribe", "stream": self.stream or self.name} | ({"tag": self.tag} if self.tag else {})


def timelines(spec: SourceSpec) -> list[Timeline]:
    """What a source of the charter reads; the public timeline where it says nothing."""
    options = spec.options
    tags = tags_of(options.get("tags"))
    found = []
    if options.get("public", not (tags or options.get("local") or options.get("notifications"))):
        found.append(Timeline("public", "/api/v1/timelines/public"))
    if options.get("local"):
        found.append(Timeline("public:local", "/api/v1/timelines/public", {"local": "true"}))
    found += [
        Timeline(f"hashtag:{tag.lower()}", f"/api/v1/timelines/tag/{tag}", stream="hashtag", tag=tag) for tag in tags
    ]
    if options.get("notifications"):
        found.append(Timeline(MENTIONS, "/api/v1/notifications", {"types[]": "mention"}))
    return found


def tags_of(value: object) -> list[str]:
    """Hashtags as people write them, without ``#``."""
    given: Iterable[object] = value if isinstance(value, tuple | list) else () if value is None else (value,)
    return list(dict.fromkeys(filter(None, (str(tag).strip().removeprefix("#") for tag in given))))


def named(stream: list[str]) -> str:
    """The name of the timeline that a message of the stream belongs to.

    >>> named(["hashtag", "Café"]), named(["user", "notification"])
    ('hashtag:café', 'user:notification')
    """
    return ":".join(stream).lower()

"""A mention as the log shows it, ready for the template: words chosen, times written, strangers' text made safe."""

from collections.abc import Iterable, Mapping

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct

from vigie.flows.mentions import Row
from vigie.model import Author, Millis
from vigie.web.said import SHORT, marked, printable
from vigie.wording import Wording
from vigie.wording.figures import moment, short_day

_NAME = 80  # characters of a name in a row
_SEPARATOR = "\x1e"


class Tag(Struct, frozen=True):
    """A query that a mention matches, as it is called."""

    id: str
    label: str


class Shown(Struct, frozen=True):
    """One row. ``gone`` is the sentence that stands where the words were; empty for a mention that is there."""

    id: int
    ms: Millis
    at: str
    day: str
    time: str
    network: str
    name: str
    handle: str
    title: str
    text: Markup
    queries: tuple[Tag, ...]
    ours: bool
    edited: bool
    gone: str


class Place(Struct, frozen=True):
    """Who reads, where and when: the language, the house's clock, the present moment, what queries are called."""

    w: Wording
    tz: str
    now: Millis
    names: Mapping[str, str] = {}

    def label(self, query: str) -> str:
        """What people call a query; its id as written where they call it nothing else, or where it is gone.

        >>> Place(Wording("fr"), "Europe/Paris", 0, {"tempete": "Tempête"}).label("tempete")
        'Tempête'
        """
        return self.names.get(query, query)


def shown(row: Row, place: Place, limit: int = SHORT) -> Shown:
    """Chooses what a row says."""
    mention, w = row.mention, place.w
    post = mention.post
    then, today = moment(post.created_at, place.tz), moment(place.now, place.tz)
    gone = ""
    if mention.gone_at is not None:
        gone = w("listening.gone", when=w.when(mention.gone_at, place.tz, place.now))
    return Shown(
        id=mention.id,
        ms=post.created_at,
        at=moment(post.created_at, "UTC").isoformat(timespec="seconds"),
        day="" if then.date() == today.date() else short_day(post.created_at, place.tz, w.lang),
        time=w.gutter(post.created_at, place.tz),
        network=post.network,
        name=name_of(post.author, w) if not gone else w("listening.gone.author"),
        handle=handle_of(post.author) if not gone else "",
        title=printable(post.title[:limit]),
        text=marked(post.text, row.marks, limit),
        queries=tuple(Tag(query, place.label(query)) for query in mention.queries),
        ours=mention.kept == "own",
        edited=mention.version > 1,
        gone=gone,
    )


def name_of(author: Author, w: Wording) -> str:
    """What to call somebody: their name, else their handle, else that it is not known yet."""
    return printable((author.name or author.handle)[:_NAME]).strip() or w("listening.unknown_author")


def handle_of(author: Author) -> str:
    """``@handle`` where it adds something to the name."""
    handle = printable(author.handle[:_NAME]).strip()
    return f"@{handle}" if handle and author.name.strip() else ""


def drawn(env: Environment, rows: Iterable[Row], place: Place) -> list[str]:
    """The HTML of each row, for pages that are already open. One rendering for all of them: `_SEPARATOR` cannot occur
    in a row, since strangers' control characters are replaced."""
    context = {"w": place.w, "tz": place.tz, "now": place.now, "search": "", "separator": _SEPARATOR}
    items = [shown(row, place) for row in rows]
    return env.get_template("listening/_rows.html").render(rows=items, **context).split(_SEPARATOR)[: len(items)]

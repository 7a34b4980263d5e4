"""What the page of Listening shows, put together for its templates."""

from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request
from msgspec import Struct

from vigie.charter import Charter
from vigie.flows import mentions
from vigie.flows.mentions import Listing, Opened
from vigie.flows.ports.archive import Filter
from vigie.flows.volume import WEEK, WINDOWS, Volume, Volumes, volumes
from vigie.model import Author, Mention
from vigie.web.guard import visitor
from vigie.web.house import House, house_of
from vigie.web.pages.listening.choice import Choice, choice_of
from vigie.web.pages.listening.hearing import hearing
from vigie.web.pages.listening.rows import Place, handle_of, name_of, shown
from vigie.web.pages.listening.sentence import aloud, headline, over_chart
from vigie.web.pages.listening.watching import place_of, watched_by
from vigie.web.said import LONG, marked, safe_link

_POINTS = 28  # of a sparkline
_LANGS = 8  # in the menu
_VERSION = 4000  # characters of an earlier version
_LINKS = 10  # of a post, shown beside it


class QueryLine(Struct, frozen=True):
    """One query in the table under the chart."""

    id: str
    label: str
    purpose: str
    points: list[int]
    total: int
    expected: int | None
    since: int | None


def listening_page(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """The context of ``listening/page.html``; ``change`` is how far the page has seen the change feed."""
    house, choice, place = house_of(request), choice_of(request.query_params), place_of(request)
    archive, charter = house.archive, house.charter()
    change = archive.last_change()
    where = choice.where(place.now)
    after = request.query_params.get("after", "")
    found = mentions.listing(archive, where, watched_by(house), after)
    # a search in full text may have to count much: the chart does that by itself, after the page
    counted = None if choice.text else volumes(archive, where, choice.window, place.now, ZoneInfo(place.tz))
    hears = hearing(archive.sources(), place.now)
    latest = found.rows[0].mention.post.created_at if found.rows and not after else None
    return {
        "choice": choice,
        "search": choice.search(),
        "change": change,
        "after": after,
        "rows": [shown(row, place) for row in found.rows],
        "next": found.next,
        "headline": headline(choice, counted, latest, hears, place),
        "hears": hears,
        "hears_text": hears.sentence(place.w, place.tz, place.now),
        "chart_heading": over_chart(counted.together if counted else None, choice.window, place),
        "chart_aloud": aloud(counted.together, place) if counted else "",
        "volume": counted.together if counted else None,
        "lines": _lines(charter, counted, choice) if counted else [],
        "queries": [(query.id, query.label) for query in charter.queries] if charter else [],
        "networks": _networks(house, charter, found, choice),
        "langs": _langs(house, charter, choice, place),
        "periods": list(WINDOWS),
        "label": place.label,
        "may_edit": visitor(request).may("edit-queries"),
        "empty": _empty(house, choice, place) if not found.rows else {},
        "opened": None,
    }


def opened_pane(request: Request[Any, Any, Any], number: int) -> dict[str, Any] | None:
    """The context of ``listening/_pane.html``; None when there is no such mention."""
    house, choice, place = house_of(request), choice_of(request.query_params), place_of(request)
    found = mentions.opened(house.archive, number, watched_by(house))
    if found is None:
        return None
    post = found.row.mention.post
    return {
        "choice": choice,
        "search": choice.search(),
        "opened": found,
        "turns": [shown(row, place, LONG) for row in found.thread],
        "here": shown(found.row, place, LONG),
        "versions": [(at, marked(text, (), _VERSION)) for at, text in found.versions],
        "link": safe_link(post.url),
        "links": [link for link in map(safe_link, post.links[:_LINKS]) if link],
        "media": [one for one in post.media[:_LINKS] if one.alt],
        "who": name_of(post.author, place.w),
        "handle": handle_of(post.author),
        "followers": _followers(found, place),
        "label": place.label,
        "may_edit": visitor(request).may("edit-queries"),
    }


def _lines(charter: Charter | None, counted: Volumes, choice: Choice) -> list[QueryLine]:
    """Each query's own volume, unless a single one is looked at."""
    if charter is None or len(charter.queries) < 2 or len(choice.queries) == 1:  # noqa: PLR2004 - nothing to compare
        return []
    chosen = [query for query in charter.queries if not choice.queries or query.id in choice.queries]
    lines = []
    for query in chosen:
        volume = counted.each.get(query.id)
        if volume is not None and (volume.total or volume.expected):
            points = _points(volume)
            lines.append(
                QueryLine(query.id, query.label, query.purpose, points, volume.total, volume.expected, volume.since)
            )
    if len(lines) < 2:  # noqa: PLR2004 - the chart says it already
        return []
    return sorted(lines, key=lambda line: (line.since is None, -line.total))


def _points(volume: Volume) -> list[int]:
    """A sparkline's values: bars put together where there are many."""
    size = max(1, -(-len(volume.bars) // _POINTS))
    counts = [bar.count for bar in volume.bars]
    return [sum(counts[at : at + size]) for at in range(0, len(counts), size)]


def _networks(house: House, charter: Charter | None, found: Listing, choice: Choice) -> list[str]:
    """What the network menu offers: what we read, what is on the page, what is chosen."""
    read = {source.network for source in charter.listening.sources} if charter else set()
    ours = {channel.network for channel in charter.channels} if charter else set()
    on_page = {row.mention.post.network for row in found.rows}
    known = {*house.networks, *on_page}
    return sorted(((read | ours) & known | on_page | set(choice.networks)) - {"demo", "files"})


def _langs(house: House, charter: Charter | None, choice: Choice, place: Place) -> list[str]:
    """What the language menu offers: the house's own, those of the last week's mentions, what is chosen."""
    recent = Filter(queries=choice.queries, since=place.now - WEEK)
    heard = [lang for lang, _ in house.archive.langs(recent) if lang][:_LANGS]
    ours = charter.company.languages if charter else ()
    return list(dict.fromkeys((*ours, *heard, *choice.langs)))


def _empty(house: House, choice: Choice, place: Place) -> dict[str, Any]:
    """What is true when nothing is shown: how much there is without the filters, and the last one."""
    everything = choice.but(networks=(), langs=(), period="", text="", author="").where(place.now)
    last = house.archive.mentions(everything, "", 1).mentions
    return {"total": house.archive.count(everything), "last": _written(last[0]) if last else None}


def _written(mention: Mention) -> int:
    return mention.post.created_at


def _followers(found: Opened, place: Place) -> str:
    """Followers as a range only: the order of magnitude is all that the number is good for."""
    author: Author = found.author.author if found.author else found.row.mention.post.author
    n = author.followers
    if n is None:
        return ""
    if n < 100:  # noqa: PLR2004 - below, the magnitude itself says nothing
        return place.w("listening.followers.few")
    low = 10 ** (len(str(n)) - 1)
    low, high = (low, 5 * low) if n < 5 * low else (5 * low, 10 * low)
    return place.w("listening.followers", range=place.w.range(low, high))

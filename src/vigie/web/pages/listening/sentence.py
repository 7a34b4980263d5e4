"""The page's title: one sentence about now; and the line above the chart."""

from collections.abc import Sequence

from vigie.flows.volume import Volume, Volumes, Window
from vigie.model import Millis
from vigie.web.pages.listening.choice import Choice
from vigie.web.pages.listening.hearing import Hearing
from vigie.web.pages.listening.rows import Place
from vigie.web.said import printable

_RECENT = {"6h", "24h"}  # windows in which a surge that is over is still news


def headline(choice: Choice, volumes: Volumes | None, latest: Millis | None, hears: Hearing, place: Place) -> str:
    """What matters most: that we are deaf, that something is unusual, how much there is, when there was something.

    ``volumes`` is None for a search in full text, ``latest`` where nothing passes the filters."""
    w, tz, now = place.w, place.tz, place.now
    if hears.s == "stop":
        return hears.sentence(w, tz, now)
    if volumes is None:
        found = "nothing_found" if latest is None else "found"
        return w(f"listening.headline.{found}", text=printable(choice.text))
    total = volumes.together
    surges = volumes.above or (volumes.were_above if choice.window.name in _RECENT else ())
    if surges:
        runs = [(one, run) for one in surges if (run := volumes.each[one].run) is not None]
        return surging([(one, run.start, run.end if run.over else None) for one, run in runs], place)
    if total.total:
        period = w(f"listening.over.{total.window.name}")
        usual = total.usual is not None and total.usual.low <= total.total <= total.usual.high
        return w.count(f"listening.headline.{'usual' if usual else 'total'}", total.total, period=period)
    if latest is not None:
        return w(f"listening.headline.{'quiet' if choice.plain else 'quiet_filtered'}", when=w.when(latest, tz, now))
    return w("listening.headline.nothing" if choice.plain else "listening.headline.nothing_filtered")


def surging(surges: Sequence[tuple[str, Millis, Millis | None]], place: Place) -> str:
    """``« Marque » dépasse l’habitude depuis 22 h 00.``, or from when to when it did.

    ``surges``: (query, since when, until when or None while it lasts), all of one kind; the first three are named.
    """
    w, tz, now = place.w, place.tz, place.now
    first = surges[:3]
    names = w.list([w("listening.query", query=place.label(query)) for query, _, _ in first])
    since = w.when(min(since for _, since, _ in first), tz, now)
    ends = [until for _, _, until in first if until is not None]
    if ends:
        until = w.when(max(ends), tz, now)
        return w.count("listening.headline.was_above", len(first), queries=names, since=since, until=until)
    return w.count("listening.headline.above", len(first), queries=names, since=since)


def over_chart(volume: Volume | None, window: Window, place: Place) -> str:
    """``231 mentions en 6 heures, 37 attendues``; before they are counted, the period alone; without a usual level the
    title has said the number already, except for a search."""
    w = place.w
    if volume is None or (volume.expected is None and volume.unusual == "young"):
        return w(f"charts.last.{window.name}")
    period = w(f"listening.over.{window.name}")
    said = w.count("charts.total", volume.total, period=period) if volume.total else w("charts.none", period=period)
    if volume.expected is None:
        return said
    return w("charts.of_expected", total=said, expected=w.count("charts.expected", volume.expected))


def aloud(volume: Volume, place: Place) -> str:
    """The chart for those who do not see it: the highest bar, and since when things are unusual."""
    w, tz, now = place.w, place.tz, place.now
    highest = max(volume.bars, key=lambda bar: bar.count)
    if not highest.count:
        return w("charts.aloud.empty")
    said = w.count("charts.aloud.highest", highest.count, when=w.when(highest.start, tz, now))
    if volume.run is not None:
        since, until = w.when(volume.run.start, tz, now), w.when(volume.run.end, tz, now)
        said += " " + w("charts.aloud.was_above" if volume.run.over else "charts.aloud.above", since=since, until=until)
    if volume.unusual == "young":
        said += " " + w("charts.aloud.young")
    return said

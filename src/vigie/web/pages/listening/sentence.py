"""The page's title: one sentence about now; and the line above the chart."""

from vigie.flows.volume import Volume, Volumes, Window
from vigie.model import Millis
from vigie.web.pages.listening.choice import Choice
from vigie.web.pages.listening.hearing import Hearing
from vigie.web.pages.listening.rows import Place, label
from vigie.web.pages.listening.said import printable


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
    if volumes.above:
        names = [w("listening.query", query=label(one)) for one in volumes.above[:3]]
        since = min(since for one in volumes.above[:3] if (since := volumes.each[one].since) is not None)
        return w.count("listening.headline.above", len(names), queries=w.list(names), since=w.when(since, tz, now))
    if total.total:
        period = w(f"listening.over.{total.window.name}")
        usual = total.expected is not None and _as_usual(total)
        return w.count(f"listening.headline.{'usual' if usual else 'total'}", total.total, period=period)
    if latest is not None:
        return w(f"listening.headline.{'quiet' if choice.plain else 'quiet_filtered'}", when=w.when(latest, tz, now))
    return w("listening.headline.nothing" if choice.plain else "listening.headline.nothing_filtered")


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
    if volume.since is not None:
        said += " " + w("charts.aloud.above", since=w.when(volume.since, tz, now))
    if volume.unusual == "young":
        said += " " + w("charts.aloud.young")
    return said


def _as_usual(volume: Volume) -> bool:
    low = sum(bar.usual.low for bar in volume.bars if bar.usual)
    high = sum(bar.usual.high for bar in volume.bars if bar.usual)
    return low <= volume.total <= high

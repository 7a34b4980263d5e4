"""The page's title: one sentence about now; and the line above the chart."""

from vigie.flows.volume import Volume, Volumes
from vigie.model import Millis
from vigie.web.pages.listening.choice import Choice
from vigie.web.pages.listening.hearing import Hearing
from vigie.web.pages.listening.rows import Place, label


def headline(choice: Choice, volumes: Volumes, latest: Millis | None, hears: Hearing, place: Place) -> str:
    """What matters most: that we are deaf, that something is unusual, how much there is, when there was something."""
    w, tz, now = place.w, place.tz, place.now
    total = volumes.together
    if hears.s == "stop":
        return hears.sentence(w, tz, now)
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


def over_chart(volume: Volume, place: Place) -> str:
    """``231 mentions en 6 heures, 37 attendues``; without a usual level, the title has said the number already."""
    w = place.w
    if volume.expected is None:
        return w(f"charts.last.{volume.window.name}")
    said = w.count("charts.total", volume.total, period=w(f"listening.over.{volume.window.name}"))
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

"""Charts as Vega-Lite specifications: plain dictionaries, drawn in the browser with the page's own colours.

What is expected is a grey band, what happened is ink, what is unusual magenta, the present hour buff. Colours are the
stylesheet's variables, so one drawing serves both themes.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from math import ceil, log10
from pathlib import Path
from typing import Any, TypeAlias

from vigie.flows.volume import Bar, Volume
from vigie.model import Millis
from vigie.wording import Wording
from vigie.wording.figures import moment, short_day

Spec: TypeAlias = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
THEME: Spec = json.loads((Path(__file__).parent / "static" / "vega-theme.json").read_text("utf-8"))

VOLUME_HEIGHT = 100
TIDE_HEIGHT = 88
"""Pixels of the plot alone; the stylesheet reserves the room of the whole (``.chart__plot``)."""

Mark: TypeAlias = tuple[Millis, str]
"""A moment, and the words for it."""

_MINUTE: Millis = 60_000
_MOST_POINTS = 400
"""Of a line: more than that nobody sees."""

_GAP = 0.12
"""Share of a bar's width that separates it from the next one."""


def volume_chart(volume: Volume, w: Wording, tz: str) -> Spec:
    """Bars over time, with the band of what is usual behind them and what is above it in magenta."""
    bars = volume.bars
    top = nice_top(max([bar.count for bar in bars] + [bar.usual.high for bar in bars if bar.usual], default=0))
    x = _x(len(bars), _ticks(volume, w, tz))
    y = {"scale": {"domain": [0, top]}, "axis": {"values": [0, top / 2, top], "title": None, "format": "d"}}
    drawn = [
        {"x": i + _GAP / 2, "x2": i + 1 - _GAP / 2, "n": bar.count, "kind": _kind(bar, last=i == len(bars) - 1)}
        for i, bar in enumerate(bars)
    ]
    layers: list[Spec] = []
    if volume.run is not None:
        starts = [bar.start for bar in bars]
        end = starts.index(volume.in_run[-1].start) + 1 if volume.run.over else len(bars)
        layers += _surge(starts.index(volume.run.start), end, top)
    layers += _band(bars, _step_points(bars))
    layers.append(
        {
            "data": {"values": drawn},
            "mark": {"type": "rect"},
            "encoding": {
                "x": _by("x") | x,
                "x2": {"field": "x2"},
                "y": _by("n") | y,
                "y2": {"datum": 0},
                "color": _colours({"usual": "var(--c-1)", "above": "var(--mark)", "now": "var(--c-1)"}),
                "opacity": {"condition": {"test": "datum.kind === 'now'", "value": 0.55}, "value": 1},
            },
        }
    )
    return _whole(layers, VOLUME_HEIGHT)


def tide_chart(day: Volume, now: Millis, w: Wording, tz: str) -> Spec:
    """The day from midnight to midnight: a line of what has come, hour by hour, through the band of a usual day."""
    bars = day.bars
    past = [(i, bar) for i, bar in enumerate(bars) if bar.start <= now]
    top = nice_top(max([bar.count for bar in bars] + [bar.usual.high for bar in bars if bar.usual], default=0))
    here, present = past[-1]
    done = max(0.15, (now - present.start) / (present.end - present.start))
    line = [{"x": i + 0.5, "n": bar.count} for i, bar in past[:-1]]
    line.append({"x": here + done / 2 if here else done, "n": present.count})
    x = _x(len(bars), [(i, _hour(bars[i].start, w, tz)) for i in range(0, len(bars), 3)])
    y = {"scale": {"domain": [0, top]}}
    layers: list[Spec] = [
        _box(here, here + 1, top, "var(--buff)", opacity=0.75),
        *_band(bars, [(i + 0.5, bar) for i, bar in enumerate(bars)], smooth=True),
        {
            "data": {"values": line},
            "mark": {"type": "line", "interpolate": "monotone", "color": "var(--c-1)"},
            "encoding": {
                "x": _by("x") | x,
                "y": _by("n") | y,
            },
        },
        {
            "data": {"values": line[-1:]},
            "mark": {"type": "point", "filled": True, "size": 36, "opacity": 1, "color": "var(--c-1)"},
            "encoding": {"x": _by("x"), "y": _by("n")},
        },
    ]
    for layer in layers:
        layer["encoding"]["y"]["axis"] = None  # on each: Vega-Lite cannot merge "none" with "as usual"
    return _whole(layers, TIDE_HEIGHT)


def spread_chart(
    times: Sequence[Millis], span: tuple[Millis, Millis], marks: Sequence[Mark], w: Wording, tz: str
) -> Spec:
    """How many there have been since ``span`` began: a line that only climbs, with what was done about it on rules."""
    begin, end = span
    length = max(1, ceil((end - begin) / _MINUTE))
    top = nice_top(1.2 * len(times))  # words stand above the line
    climbed = [(0.0, 0), *((max(0, at - begin) / _MINUTE, n) for n, at in enumerate(sorted(times), 1))]
    shown = [*climbed[:: ceil(len(climbed) / _MOST_POINTS)], (length, len(times))]
    y = {"scale": {"domain": [0, top]}, "axis": {"values": [0, top / 2, top], "title": None, "format": "d"}}
    line: Spec = {
        "data": {"values": [{"x": place, "n": n} for place, n in shown]},
        "mark": {"type": "line", "interpolate": "step-after", "color": "var(--c-1)"},
        "encoding": {"x": _by("x") | _x(length, _clock_ticks(begin, end, w, tz)), "y": _by("n") | y},
    }
    rules = [layer for at, words in marks for layer in _marked((at - begin) / _MINUTE, words, length, top)]
    return _whole([line, *rules], VOLUME_HEIGHT)


def _marked(place: float, words: str, length: int, top: float) -> list[Spec]:
    """A dashed rule with its words beside it, on the side where there is room."""
    place = min(max(0.0, place), length)
    early = place < length / 2
    label = {"type": "text", "text": words, "baseline": "top", "color": "var(--ink-2)"}
    side = {"align": "left", "dx": 4} if early else {"align": "right", "dx": -4}
    x = _at(place)
    nothing: Spec = {"data": {"values": [{}]}}
    rule = {"type": "rule", "color": "var(--ink-2)", "strokeDash": [3, 3]}
    return [
        nothing | {"mark": rule, "encoding": {"x": x, "y": _at(0), "y2": {"datum": top}}},
        nothing | {"mark": label | side, "encoding": {"x": x, "y": _at(top)}},
    ]


def _clock_ticks(begin: Millis, end: Millis, w: Wording, tz: str) -> list[tuple[int, str]]:
    """Round moments of the house's clock, at most seven, in minutes from ``begin``."""
    minutes = (end - begin) // _MINUTE
    step = next((one for one in (1, 5, 10, 15, 30, 60, 180, 360, 720) if minutes <= 6 * one), 1440)
    shift = int((moment(begin, tz).utcoffset() or timedelta()).total_seconds()) // 60
    first = -((begin // _MINUTE + shift) % -step)
    day = step == 1440  # noqa: PLR2004 - minutes
    return [
        (at, short_day(begin + at * _MINUTE, tz, w.lang) if day else w.gutter(begin + at * _MINUTE, tz))
        for at in range(first, minutes + 1, step)
    ]


def nice_top(most: float) -> int:
    """A round even number at or above the highest value, so that half of it is a whole number too.

    >>> nice_top(0), nice_top(3), nice_top(97), nice_top(231)
    (4, 4, 100, 240)
    """
    if most <= 4:  # noqa: PLR2004 - the smallest axis: 0, 2, 4
        return 4
    unit: int = 10 ** int(log10(most))
    for share in (1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10):
        top = ceil(share * unit)
        if top >= most and top % 2 == 0:
            return top
    return 20 * unit


def _kind(bar: Bar, *, last: bool) -> str:
    if bar.above:
        return "above"
    return "now" if last else "usual"


def _ticks(volume: Volume, w: Wording, tz: str) -> list[tuple[int, str]]:
    """Where the axis speaks: full hours, every third hour, midnights, or days."""
    ticks: list[tuple[int, str]] = []
    for index, bar in enumerate(volume.bars):
        at = moment(bar.start, tz)
        day = short_day(bar.start, tz, w.lang)
        hour = _hour(bar.start, w, tz)
        match volume.window.name:
            case "6h" if at.minute == 0:
                ticks.append((index, hour))
            case "24h" if at.hour % 3 == 0:
                ticks.append((index, hour if at.hour else day))
            case "7d" if at.hour == 0:
                ticks.append((index, day))
            case "30d" if (len(volume.bars) - 1 - index) % 5 == 0:
                ticks.append((index, day))
            case "90d" if (len(volume.bars) - 1 - index) % 14 == 0:
                ticks.append((index, day))
            case _:
                pass
    return ticks


def _hour(ms: Millis, w: Wording, tz: str) -> str:
    """``9 h``, ``09:00``."""
    hour = moment(ms, tz).hour
    return w("charts.hour", hour=str(hour) if w.lang == "fr" else f"{hour:02}")


def _x(length: int, ticks: Sequence[tuple[int, str]]) -> Spec:
    """Positions are counted in bars: the house's clock is not the browser's, so words come ready made."""
    words = json.dumps([text for _, text in ticks])
    places = json.dumps([place for place, _ in ticks])
    return {
        "scale": {"domain": [0, length], "nice": False},
        "axis": {
            "title": None,
            "values": [place for place, _ in ticks],
            "labelExpr": f"{words}[indexof({places}, datum.value)]",
            "labelOverlap": "greedy",
            "labelFlush": True,
        },
    }


def _step_points(bars: Sequence[Bar]) -> list[tuple[float, Bar]]:
    """The band follows the bars' edges."""
    points: list[tuple[float, Bar]] = []
    for index, bar in enumerate(bars):
        points += [(index, bar), (index + 1, bar)]
    return points


def _band(bars: Sequence[Bar], points: Sequence[tuple[float, Bar]], *, smooth: bool = False) -> list[Spec]:
    if not any(bar.usual for bar in bars):
        return []
    values = [{"x": x, "lo": bar.usual.low, "hi": bar.usual.high} for x, bar in points if bar.usual]
    return [
        {
            "data": {"values": values},
            "mark": {"type": "area", "color": "var(--c-band)", "interpolate": "monotone" if smooth else "linear"},
            "encoding": {
                "x": _by("x"),
                "y": _by("lo"),
                "y2": {"field": "hi"},
            },
        }
    ]


def _surge(start: float, end: float, top: float) -> list[Spec]:
    """A magenta ground that begins on a rule."""
    rule: Spec = {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": "var(--mark)", "strokeWidth": 1.5},
        "encoding": {"x": _at(start), "y": _at(0), "y2": {"datum": top}},
    }
    return [_box(start, end, top, "var(--mark-wash)"), rule]


def _box(left: float, right: float, top: float, colour: str, opacity: float = 1) -> Spec:
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rect", "color": colour, "opacity": opacity},
        "encoding": {"x": _at(left), "x2": {"datum": right}, "y": _at(0), "y2": {"datum": top}},
    }


def _at(value: float) -> Spec:
    return {"datum": value, "type": "quantitative", "title": None}


def _by(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "title": None}


def _colours(by_kind: dict[str, str]) -> Spec:
    return {
        "field": "kind",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(by_kind), "range": list(by_kind.values())},
    }


def _whole(layers: list[Spec], height: int) -> Spec:
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": layers,
        "config": THEME,
    }

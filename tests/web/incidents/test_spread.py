"""The chart of an incident: a line that only climbs, round moments under it, what was done on rules."""

import json

import pytest

from vigie.web.charts import spread_chart
from vigie.wording import Wording
from web.served import NOON

MINUTE = 60_000
W, TZ = Wording("fr"), "Europe/Paris"


def ticks(begin: int, minutes: int, tz: str = TZ) -> list[str]:
    spec = spread_chart([begin + MINUTE], (begin, begin + minutes * MINUTE), [], W, tz)
    axis = spec["layer"][0]["encoding"]["x"]["axis"]
    words = json.loads(axis["labelExpr"].partition("]")[0] + "]")
    assert len(words) == len(axis["values"])
    assert all(0 <= at <= minutes for at in axis["values"])
    return words


@pytest.mark.parametrize(
    ("minutes", "wanted"),
    [
        (5, ["17h42", "17h43", "17h44", "17h45", "17h46", "17h47"]),
        (50, ["17h50", "18h00", "18h10", "18h20", "18h30"]),
        (240, ["18h00", "19h00", "20h00", "21h00"]),
        (1000, ["18h00", "21h00", "00h00", "03h00", "06h00", "09h00"]),
    ],
)
def test_moments_are_round_on_the_houses_clock(minutes, wanted):
    assert ticks(NOON, minutes) == wanted


def test_they_are_round_where_the_clock_is_half_an_hour_off():
    assert ticks(NOON, 240, "Asia/Kolkata") == ["23h00", "00h00", "01h00", "02h00"]


def test_a_long_one_counts_in_days():
    assert ticks(NOON, 5 * 1440) == ["13 nov.", "14 nov.", "15 nov.", "16 nov.", "17 nov."]


def test_the_line_climbs_to_all_of_them_and_says_what_was_done():
    times = [NOON + n * MINUTE for n in (9, 2, 5)]
    marks = [(NOON + 4 * MINUTE, "suspendu"), (NOON + 8 * MINUTE, "contenu")]
    line, *rules = spread_chart(times, (NOON, NOON + 10 * MINUTE), marks, W, TZ)["layer"]
    assert [(one["x"], one["n"]) for one in line["data"]["values"]] == [(0, 0), (2, 1), (5, 2), (9, 3), (10, 3)]
    assert [one["mark"]["text"] for one in rules if one["mark"]["type"] == "text"] == ["suspendu", "contenu"]


def test_a_storm_is_drawn_with_few_points():
    times = [NOON + n * 100 for n in range(20_000)]
    line = spread_chart(times, (NOON, NOON + 40 * MINUTE), [], W, TZ)["layer"][0]
    assert len(line["data"]["values"]) < 500
    assert line["data"]["values"][-1]["n"] == 20_000

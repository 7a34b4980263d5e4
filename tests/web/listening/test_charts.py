"""Charts are valid Vega-Lite, speak the page's language and keep to the house's clock."""

import json
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import altair as alt
import jsonschema
import pytest

from flows.counted import Counted
from vigie.flows.ports.archive import Filter
from vigie.flows.volume import DAY, HOUR, MINUTE, WEEK, WINDOWS, day, volumes
from vigie.store import open_store
from vigie.web.charts import nice_top, tide_chart, volume_chart
from vigie.wording import Wording
from web.listening.talk import lay, post, weeks

NOW = 1_794_501_720_000  # Thursday 12 November 2026, 17:42 in Paris
PARIS = ZoneInfo("Europe/Paris")


@cache
def validator():
    """Altair carries Vega-Lite's own schema; the one place where that is looked up."""
    path = Path(alt.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json"
    return jsonschema.Draft7Validator(json.loads(path.read_text("utf-8")))


@pytest.fixture(scope="module", params=["new", "grown"])
def archive(request, tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("charts") / "vigie.db", role="web")
    if request.param == "grown":
        lay(store.archive, weeks(NOW), NOW)
    else:
        lay(store.archive, [(post(1, "café", NOW - HOUR), ("marque",))], NOW)
    yield store.archive
    store.close()


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", WINDOWS)
def test_volumes_are_valid(archive, name, lang):
    found = volumes(archive, Filter(), WINDOWS[name], NOW, PARIS).together
    spec = volume_chart(found, Wording(lang), "Europe/Paris")
    validator().validate(spec)
    drawn = spec["layer"][-1]["data"]["values"]
    assert [bar["n"] for bar in drawn] == [bar.count for bar in found.bars]
    assert max(bar["n"] for bar in drawn) <= spec["layer"][-1]["encoding"]["y"]["scale"]["domain"][1]


@pytest.mark.parametrize("now", [NOW, NOW - NOW % DAY - HOUR, NOW - NOW % DAY - HOUR + 1, NOW - NOW % DAY - HOUR - 1])
def test_tides_are_valid_at_any_hour(archive, now):
    found = day(archive, Filter(), now, PARIS).together
    spec = tide_chart(found, now, Wording("fr"), "Europe/Paris")
    validator().validate(spec)
    line = spec["layer"][-2]["data"]["values"]
    assert line[-1]["n"] == next(bar.count for bar in found.bars if bar.start <= now < bar.end)


def test_axes_are_on_the_houses_clock():
    found = volumes(Counted([]), Filter(), WINDOWS["6h"], NOW, PARIS).together
    french = volume_chart(found, Wording("fr"), "Europe/Paris")["layer"][-1]["encoding"]["x"]["axis"]
    assert "17\\u00a0h" in french["labelExpr"]
    assert "12\\u00a0h" in french["labelExpr"]
    away = volumes(Counted([]), Filter(), WINDOWS["6h"], NOW, ZoneInfo("Asia/Kolkata")).together
    english = volume_chart(away, Wording("en"), "Asia/Kolkata")["layer"][-1]["encoding"]["x"]["axis"]
    assert '"22:00"' in english["labelExpr"]


def test_a_surge_begins_on_a_rule():
    posts = [("brand", NOW - week * WEEK) for week in range(1, 6)]
    posts += [("brand", NOW - 5 * MINUTE + k) for k in range(40)]
    found = volumes(Counted(posts), Filter(), WINDOWS["6h"], NOW, PARIS).together
    layers = volume_chart(found, Wording("fr"), "Europe/Paris")["layer"]
    marks = [layer["mark"] for layer in layers]
    assert {"var(--mark-wash)", "var(--mark)"} <= {mark.get("color") for mark in marks}
    assert [bar["kind"] for bar in layers[-1]["data"]["values"]][-2] == "above"


@pytest.mark.parametrize(
    ("most", "top"), [(0, 4), (4, 4), (5, 6), (11, 12), (97, 100), (101, 120), (231, 240), (99_999, 100_000)]
)
def test_axes_end_on_even_numbers(most, top):
    assert nice_top(most) == top

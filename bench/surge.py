"""How well surges and tripwires call: real brands, scored as the Numenta Anomaly Benchmark does, and the demo world.

The scorer follows the benchmark's definition (Lavin and Ahmad, "Evaluating Real-time Anomaly Detection Algorithms",
2015, section III; profile "standard": a hit 1, a false alarm 0.11, a miss 1). The first of a window's alerts counts,
the earlier the more; the first 15 % of a series (at most 750 steps) are not scored. The score from which somebody is
told is chosen on the other nine series for each. Skipped without the evaluation data beside the checkout.
"""

import csv
import json
import statistics
import time
from collections.abc import Iterator
from datetime import datetime
from math import exp
from pathlib import Path

from demo_watch import DAY, LEARNING, START, watched
from msgspec import Struct

from vigie.signals.surge import Surge

DATA = Path(__file__).parents[1] / "../shared/data/surge"
MISS, FALSE_ALARM = 1.0, 0.11
PROBATION, MOST_PROBATION = 0.15, 750
THRESHOLDS = [1.0 + 0.04 * step for step in range(45)]
A_WEEK = 7 * 288
MONTHS = (11, 12, 13)
"""Seeds of the months in which nothing goes wrong."""


class Series(Struct, frozen=True):
    """Five-minute counts of one brand, and its windows as (first, last) index."""

    name: str
    counts: list[int]
    windows: list[tuple[int, int]]
    cut: int

    @property
    def probation(self) -> int:
        """Steps that are not scored."""
        return min(int(PROBATION * len(self.counts)), MOST_PROBATION)


class Score(Struct, frozen=True):
    """Of one series at one threshold."""

    total: float
    hits: int
    alerts: int


def main() -> None:
    """Prints the figures."""
    if DATA.is_dir():
        brands = [*series()]
        print_brands(brands)
    print_demo()


def print_brands(brands: list[Series]) -> None:
    """Leave one series out, then the cost of an update."""
    tables = [[scored(brand, threshold) for threshold in THRESHOLDS] for brand in brands]
    chosen = [choose([table for other, table in enumerate(tables) if other != left]) for left in range(len(brands))]
    scores = [table[best] for table, best in zip(tables, chosen, strict=True)]
    windows = sum(len(brand.windows) for brand in brands)
    cut = sum(brand.cut for brand in brands)
    weeks = sum((len(brand.counts) - brand.probation) / A_WEEK for brand in brands)
    total = sum(score.total for score in scores)
    print("surge_nab", f"{100 * (total + windows) / (2 * windows):.1f}", "points")
    whole = windows - cut  # a window whose middle, where the label stands, lies beyond the end shows nothing to find
    print("surge_nab_whole_windows", f"{100 * (total + cut + whole) / (2 * whole):.1f}", "points")
    print("surge_windows_found", sum(score.hits for score in scores), f"of_{windows}")
    print("surge_alerts_per_week", f"{sum(score.alerts for score in scores) / weeks:.2f}", "alerts")
    print("surge_threshold", f"{statistics.median(THRESHOLDS[best] for best in chosen):.2f}", "score")
    print("surge_update_us", f"{cost(brands):.1f}", "us")


def series() -> Iterator[Series]:
    """The brands, in alphabetical order."""
    labels = json.loads((DATA / "windows.json").read_text("utf-8"))
    for path in sorted(DATA.glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            rows = [
                (datetime.fromisoformat(row["timestamp"]), int(float(row["value"]))) for row in csv.DictReader(file)
            ]
        times = [at for at, _ in rows]
        windows, cut = [], 0
        for begin, end in labels[path.name]:
            first, last = (datetime.fromisoformat(text[:19]) for text in (begin, end))
            inside = [index for index, at in enumerate(times) if first <= at <= last]
            windows.append((inside[0], inside[-1]))
            cut += first + (last - first) / 2 > times[-1]
        yield Series(path.stem, [count for _, count in rows], windows, cut)


def alerts(counts: list[int], threshold: float) -> list[int]:
    """Steps at which somebody would be told."""
    surge, found = Surge(), []
    for step, count in enumerate(counts):
        reading = surge.update(count)
        if reading.score >= threshold and reading.fresh:
            surge.tell(reading.score)
            found.append(step)
    return found


def scored(brand: Series, threshold: float) -> Score:
    """The benchmark's score, not normalised."""
    told = [step for step in alerts(brand.counts, threshold) if step >= brand.probation]
    total, hit = 0.0, set()
    for step in told:
        window = next((one for one in brand.windows if one[0] <= step <= one[1]), None)
        if window is None:
            total += FALSE_ALARM * after(step, [one for one in brand.windows if one[1] < step])
        elif window not in hit:
            hit.add(window)
            first, last = window
            total += sigmoid(-(last - step + 1) / (last - first + 1)) / sigmoid(-1)
    return Score(total - MISS * (len(brand.windows) - len(hit)), len(hit), len(told))


def after(step: int, windows: list[tuple[int, int]]) -> float:
    """A false alarm soon after a window costs less."""
    if not windows:
        return -1.0
    first, last = windows[-1]
    return sigmoid((step - last) / (last - first))


def sigmoid(position: float) -> float:
    """The benchmark's scaled sigmoid: 0.99 at a window's start, 0 at its end, then towards -1."""
    return -1.0 if position > 3 else 2 / (1 + exp(5 * position)) - 1


def choose(tables: list[list[Score]]) -> int:
    """The threshold that is best on these series."""
    return max(range(len(THRESHOLDS)), key=lambda at: sum(table[at].total for table in tables))


def cost(brands: list[Series]) -> float:
    """Microseconds an update, the median over the brands, with a whole past."""
    found = []
    for brand in brands:
        surge = Surge()
        for count in brand.counts[:4000]:
            surge.update(count)
        began = time.perf_counter()
        for count in brand.counts[4000:]:
            surge.update(count)
        found.append((time.perf_counter() - began) / len(brand.counts[4000:]) * 1e6)
    return statistics.median(found)


def print_demo() -> None:
    """The story with its slip, attack and crisis; then quiet months."""
    end = START + 24 * DAY
    called = watched(START, end, crisis_at=end - DAY)
    stories = ("slip", "attack", "storm")
    caught = {story: min((one.late for one in called if one.story == story), default=-1) for story in stories}
    print("tripwire_caught", sum(late >= 0 for late in caught.values()), f"of_{len(stories)}")
    for story, late in caught.items():
        print(f"tripwire_{story}_after_s", late // 1000, "s")
    false = [one for one in called if not one.story]
    watched_for = end - START - LEARNING
    for seed in MONTHS:
        false += watched(START, START + LEARNING + 30 * DAY, seed)
        watched_for += 30 * DAY
    days = watched_for // DAY
    print("tripwire_false_per_month", f"{30 * len(false) / days:.2f}", f"alarms_in_{days}_days")


if __name__ == "__main__":
    main()

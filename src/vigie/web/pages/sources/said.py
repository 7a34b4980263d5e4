"""How a source is, in sentences."""

from collections.abc import Sequence

from vigie.flows.sources import Row
from vigie.model import Millis, SourceState
from vigie.wording import Wording

SECOND: Millis = 1000
"""Less behind than this is not worth a word."""


def headline(rows: Sequence[Row], w: Wording, now: Millis, tz: str) -> str:
    """One sentence about how the sources are now: the worst first."""
    if not rows:
        return w("sources_page.headline.none")
    down = [row for row in rows if row.health == "down"]
    if len(down) == 1:
        return w("sources_page.headline.down", name=down[0].spec.id, when=_since(down[0], w, now, tz))
    if down:
        return w(
            "sources_page.headline.downs",
            names=w.list([w("sources_page.quoted", name=row.spec.id) for row in down[:4]]),
        )
    slow = max((row for row in rows if row.health == "slow"), key=lambda row: row.lag or 0, default=None)
    if slow is not None:
        return w("sources_page.headline.slow", name=slow.spec.id, lag=w.duration(slow.lag or 0))
    if all(row.health == "waiting" for row in rows):
        return w("sources_page.headline.waiting")
    lag = max((row.lag or 0 for row in rows), default=0)
    return (
        w("sources_page.headline.well_lag", lag=w.duration(lag)) if lag >= SECOND else w("sources_page.headline.well")
    )


def one_line(row: Row, w: Wording, now: Millis, tz: str) -> str:
    """One sentence about one source."""
    id = row.spec.id
    match row.health:
        case "down":
            return w("sources_page.headline.down", name=id, when=_since(row, w, now, tz))
        case "slow":
            return w("sources_page.headline.slow", name=id, lag=w.duration(row.lag or 0))
        case "waiting":
            return w("sources_page.one.waiting", name=id)
        case "ended":
            return w("sources_page.one.ended", name=id)
        case _ if row.lag is None or row.lag < SECOND:
            return w("sources_page.one.well", name=id)
        case _:
            return w("sources_page.one.lag", name=id, lag=w.duration(row.lag))


def facts(row: Row, w: Wording, now: Millis, tz: str) -> list[str]:
    """The figures of a row that say something."""
    state = row.state
    if state.state == "waiting":
        return []
    said = [w("sources_page.fact.lag", lag=w.duration(row.lag))] if row.lag is not None and row.lag >= SECOND else []
    if state.rate:
        slow = state.rate < 1
        said.append(w("sources_page.fact.rate_slow") if slow else w("sources_page.fact.rate", n=pace(state.rate)))
    last = state.last_post_at
    said.append(w("sources_page.fact.last", when=w.when(last, tz, now)) if last else w("sources_page.fact.no_post"))
    if state.kept:
        said.append(w.count("sources_page.fact.kept", state.kept))
    return said


def pace(rate: float) -> float | int:
    """Events a second as one says them: a decimal only below a hundred."""
    return round(rate, 1) if rate < 100 else round(rate)  # noqa: PLR2004 - from then on it says nothing


def trouble(state: SourceState, w: Wording) -> str:
    """What happened, what is safe, what to do; the network's own words only where nobody knows the code."""
    id = f"sources.error.{state.error}"
    if w.has(id):
        return w(id, detail=state.error_detail)
    if state.error_detail:
        return w("sources_page.error.unknown", detail=state.error_detail)
    return w("sources_page.error.no_words")


def reject_sentence(reason: str, w: Wording) -> str:
    """Why events could not be read."""
    id = f"sources.rejected.{reason}"
    return w(id) if w.has(id) else reason


def _since(row: Row, w: Wording, now: Millis, tz: str) -> str:
    return w.when(row.state.error_at or row.state.since or now, tz, now)

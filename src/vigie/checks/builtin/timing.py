"""The wrong moment: a quiet hour, a holiday, a day of mourning, an incident, or one post too many."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib import import_module

from vigie.charter import Channel, Charter
from vigie.charter.conditions import local_time
from vigie.checks.check import Options
from vigie.checks.excerpt import beginning
from vigie.checks.reading import Reading
from vigie.model import Finding, Severity

_EVERYWHERE = "all"
_NAMED = 3
"""Counted posts that are told, with the first words of each."""
_SHOWN = 40
_PERIOD: Mapping[str, Callable[[datetime], tuple[int, ...]]] = {
    "day": lambda at: (at.year, at.month, at.day),
    "week": lambda at: at.isocalendar()[:2],
    "month": lambda at: (at.year, at.month),
}


def look(reading: Reading, _options: Options) -> Iterator[Finding]:
    """What is wrong with the planned moment, or with now when none is planned. Answers to people are held back by quiet
    hours alone."""
    charter, facts = reading.charter, reading.facts
    if facts.incidents and not reading.is_reply:
        yield from _incident(reading)
    if charter is None or (reading.draft.when is None and not facts.now):
        return
    channel = reading.channel
    moment = reading.moment
    if channel and channel.quiet and any(one.hold(moment.hour * 60 + moment.minute) for one in channel.quiet):
        yield _found("quiet", time=f"{moment:%H:%M}", hours=_hours(channel))
    if reading.is_reply:
        return
    yield from _day(moment.date(), charter)
    if channel and facts.recent:
        yield from _cadence(channel, reading)


def _incident(reading: Reading) -> Iterator[Finding]:
    """Something is wrong here: only what is about it goes out. Something is wrong elsewhere: nothing sells or jokes."""
    found = {hit.pattern.id for hit in reading.hits("timing")}
    if "about" in found:
        return
    here = _EVERYWHERE in reading.facts.incidents or reading.draft.channel in reading.facts.incidents
    if here:
        yield _found("incident_here", severity="block")
    elif "light" in found or reading.hits("overselling"):
        yield _found("incident", channels=", ".join(reading.facts.incidents))


def _day(day: date, charter: Charter) -> Iterator[Finding]:
    calendar = charter.calendar
    for one in calendar.mourning:
        if one.day == day or (one.every_year and (one.day.month, one.day.day) == (day.month, day.day)):
            yield (
                _found("mourning", severity="block", why=one.why)
                if one.why
                else _found("mourning_day", severity="block")
            )
    if calendar.on_holidays == "never" and charter.company.country:
        name = holidays(charter.company.country, day.year, charter.company.languages[0]).get(day)
        if name:
            yield _found("holiday", name=name)


def _cadence(channel: Channel, reading: Reading) -> Iterator[Finding]:
    rate = channel.cadence.at_most if channel.cadence else None
    if rate is None:
        return
    period = _PERIOD[rate.per]
    now = period(reading.moment)
    timezone = reading.charter.company.timezone if reading.charter else "UTC"
    counted = [
        post
        for post in reading.facts.recent
        if not post.reply_to and period(local_time(post.created_at, timezone)) == now
    ]
    if len(counted) >= rate.count:
        code = f"too_many_{rate.per}"
        yield _found(code, most=rate.count, posts=" · ".join(beginning(one.text, _SHOWN) for one in counted[:_NAMED]))


def _hours(channel: Channel) -> str:
    return ", ".join(f"{h.start // 60:02}:{h.start % 60:02}-{h.end // 60:02}:{h.end % 60:02}" for h in channel.quiet)


@cache
def holidays(country: str, year: int, language: str) -> Mapping[date, str]:
    """The public holidays of a country or region (``FR``, ``CA-QC``), with their names in a language where there are
    any, else in English; none for a place that nobody knows."""
    # read when a charter asks for it: a tenth of a second that a cold `vigie check` does not have
    known = import_module("holidays")
    land, _, region = country.partition("-")
    try:
        return dict(known.country_holidays(land, subdiv=region or _MOST_LIVE.get(land), years=year, language=language))
    except (NotImplementedError, KeyError):
        return {}


_MOST_LIVE = {"GB": "ENG"}
"""The region taken for a country whose holidays are its regions' own, where the charter names none."""


def _found(what: str, *, severity: Severity = "warn", **values: str | int) -> Finding:
    return Finding("timing", severity, f"checks.timing.{what}", part="when", values=values)

"""The planned moment: quiet hours, holidays, mourning, incidents, cadence; on the company's clock."""

from typing import Any

import pytest

from checks.score import said_of
from vigie.checks.builtin.timing import holidays

PARIS = "Europe/Paris"


def codes(**example: Any) -> list[str]:
    found = said_of({"text": "Le marché ouvre à 8 h.", "timezone": PARIS, **example}, "timing", "fr")
    return [one.code.removeprefix("checks.timing.") for one in found]


@pytest.mark.parametrize(
    ("when", "quiet"),
    [
        ("2026-10-13T21:59:00+02:00", False),
        ("2026-10-13T22:00:00+02:00", True),
        ("2026-10-14T06:59:00+02:00", True),
        ("2026-10-14T07:00:00+02:00", False),
        ("2026-10-13T20:30:00+00:00", True),  # 22:30 in Paris
        ("2026-03-29T05:30:00+00:00", False),  # 7:30 in Paris: the clocks went forward that night
        ("2026-10-25T05:30:00+00:00", True),  # 6:30 in Paris: they went back
    ],
)
def test_quiet_hours_go_over_midnight_on_the_companys_clock(when: str, *, quiet: bool) -> None:
    assert codes(when=when, channel={"quiet": ["22:00-07:00"]}) == (["quiet"] if quiet else [])


def test_quiet_hours_hold_back_answers_too() -> None:
    late = {"when": "2026-10-13T23:00:00+02:00", "replying_to": "Ouvert ?"}
    assert codes(**late, channel={"quiet": ["22:00-07:00"]}) == ["quiet"]


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("FR", "2026-07-14", "Fête nationale"),
        ("GB", "2026-08-31", "Late Summer Bank Holiday"),
        ("CA-QC", "2026-06-24", "Fête nationale du Québec"),
        ("GB", "2026-07-14", ""),
        ("ZZ", "2026-07-14", ""),
    ],
)
def test_holidays_are_those_of_the_country_or_region(country: str, day: str, name: str) -> None:
    found = said_of(
        {
            "text": "Bonjour",
            "timezone": PARIS,
            "when": f"{day}T10:00:00+02:00",
            "charter": {"holidays": country, "on_holidays": "never"},
        },
        "timing",
        "fr",
    )
    assert [one.values["name"] for one in found] == ([name] if name else [])
    assert codes(when=f"{day}T10:00:00+02:00", charter={"holidays": country, "on_holidays": "allowed"}) == []


def test_holidays_have_the_names_of_the_house_s_language() -> None:
    assert set(holidays("FR", 2026, "fr").values()) >= {"Lundi de Pâques"}
    assert set(holidays("FR", 2026, "en").values()) >= {"Easter Monday"}


def test_a_day_of_mourning_stops_a_post_and_no_answer() -> None:
    day: dict[str, Any] = {
        "when": "2026-11-13T10:00:00+01:00",
        "charter": {"mourning": [{"day": "2026-11-13", "why": "attentats"}]},
    }
    assert codes(**day) == ["mourning"]
    assert codes(**day, replying_to="Ouvert ?") == []
    assert codes(**day | {"when": "2027-11-13T10:00:00+01:00"}) == []


@pytest.mark.parametrize(
    ("text", "incidents", "expected"),
    [
        ("Le marché ouvre à 8 h.", ["here"], ["incident_here"]),
        ("Le marché ouvre à 8 h.", ["all"], ["incident_here"]),
        ("Le marché ouvre à 8 h.", ["elsewhere"], []),
        ("Petit quiz du vendredi 🎉", ["elsewhere"], ["incident"]),
        ("La panne est finie, toutes nos excuses.", ["here"], []),
    ],
)
def test_an_incident_stops_all_but_what_is_about_it(text: str, incidents: list[str], expected: list[str]) -> None:
    assert codes(text=text, incidents=incidents, channel={"purpose": "marché"}) == expected
    assert codes(text=text, incidents=incidents, channel={"purpose": "marché"}, replying_to="Et alors ?") == []


def posts(*days: str, reply: bool = False) -> list[dict[str, Any]]:
    return [{"text": f"Message du {day}", "at": f"{day}T09:00:00+02:00", "reply": reply} for day in days]


@pytest.mark.parametrize(
    ("most", "recent", "expected"),
    [
        ("1/day", posts("2026-09-25"), ["too_many_day"]),
        ("1/day", posts("2026-09-24"), []),
        ("2/week", posts("2026-09-21", "2026-09-24"), ["too_many_week"]),
        ("2/week", posts("2026-09-20", "2026-09-24"), []),  # the 20th is a Sunday
        ("2/week", posts("2026-09-26", "2026-09-24"), ["too_many_week"]),  # the 26th is planned
        ("2/month", posts("2026-09-01", "2026-09-02"), ["too_many_month"]),
        ("1/day", posts("2026-09-25", reply=True), []),
    ],
)
def test_the_cadence_counts_posts_of_the_same_day_week_or_month(
    most: str, recent: list[dict[str, Any]], expected: list[str]
) -> None:
    assert codes(when="2026-09-25T12:00:00+02:00", channel={"at_most": most}, recent=recent) == expected


def test_the_counted_posts_are_named() -> None:
    example = {
        "text": "Bonjour",
        "timezone": PARIS,
        "when": "2026-09-25T12:00:00+02:00",
        "channel": {"at_most": "1/day"},
        "recent": posts("2026-09-25"),
    }
    (found,) = said_of(example, "timing", "fr")
    assert found.values == {"most": 1, "posts": "Message du 2026-09-25"}

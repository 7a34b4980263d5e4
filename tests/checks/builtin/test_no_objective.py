"""A post serves an objective of the charter, on a channel that serves it, while it lasts."""

from typing import Any

import pytest

from checks.score import said_of

CHARTER = {"objectives": [{"id": "informer"}, {"id": "recruter"}, {"id": "noel", "until": "2026-12-24T23:59:00+01:00"}]}


def codes(objective: str, **more: Any) -> list[str]:
    example = {
        "text": "Bonjour",
        "objective": objective,
        "charter": CHARTER,
        "channel": {"objectives": ["informer", "noel"]},
        "now": "2026-11-18T10:00:00+01:00",
        **more,
    }
    return [one.code.removeprefix("checks.no-objective.") for one in said_of(example, "no-objective", "fr")]


@pytest.mark.parametrize(
    ("objective", "expected"),
    [
        ("", ["none"]),
        ("informe", ["misspelt"]),
        ("voyager", ["unknown"]),
        ("recruter", ["elsewhere"]),
        ("informer", []),
        ("noel", []),
    ],
)
def test_objectives(objective: str, expected: list[str]) -> None:
    assert codes(objective) == expected


def test_the_planned_day_counts() -> None:
    assert codes("noel", when="2026-12-24T20:00:00+01:00") == []
    assert codes("noel", when="2026-12-25T00:30:00+01:00") == ["ended"]
    assert codes("noel", now="2026-12-26T10:00:00+01:00") == ["ended"]


def test_answers_need_none_nor_does_a_house_without_any() -> None:
    assert codes("", replying_to="Ouvert ?") == []
    assert codes("", charter={}) == []
    assert codes("recruter", channel={"objectives": []}) == []

"""How far an incident has come, every pair of states; and what the reflex sheets ask for."""

from collections.abc import Callable
from itertools import product
from typing import get_args

import pytest

from desk.made import NOW, incident
from vigie.charter import Crisis, ReflexSheet, Step
from vigie.desk.incidents import acknowledged, assigned, contained, learned, may_move, reopened, resolved, tasks
from vigie.desk.moves import MoveError
from vigie.model import Incident, IncidentState

STATES = get_args(IncidentState)
DEEDS: dict[str, Callable[[Incident], Incident]] = {
    "acknowledge": lambda i: acknowledged(i, "maelle", NOW + 1),
    "contain": lambda i: contained(i, "maelle", NOW + 2),
    "resolve": lambda i: resolved(i, NOW + 3),
    "learn": lambda i: learned(i, "Two people hold the key.", "no-late-posts", NOW + 4),
    "reopen": lambda i: reopened(i, "maelle"),
}
ALLOWED = {
    ("open", "acknowledged"): {"acknowledge"},
    ("open", "contained"): {"contain"},
    ("acknowledged", "contained"): {"contain"},
    ("acknowledged", "resolved"): {"resolve"},
    ("contained", "resolved"): {"resolve"},
    ("resolved", "learned"): {"learn"},
    ("resolved", "acknowledged"): {"reopen"},
}


@pytest.mark.parametrize(("state", "to"), list(product(STATES, STATES)))
def test_each_pair_of_states(state: IncidentState, to: IncidentState) -> None:
    led = set()
    for name, deed in DEEDS.items():
        try:
            after = deed(incident(state))
        except MoveError as refused:
            assert refused.code == state  # noqa: PT017 - most of the pairs are refused
            continue
        if after.state == to:
            led.add(name)
    assert led == ALLOWED.get((state, to), set())
    assert may_move(state, to) == ((state, to) in ALLOWED)


def test_from_the_alarm_to_what_was_learned() -> None:
    i = acknowledged(incident(), "maelle", NOW + 1)
    assert (i.owner, i.acknowledged_at) == ("maelle", NOW + 1)
    i = assigned(i, "ines")
    assert (i.owner, i.state) == ("ines", "acknowledged")
    i = learned(resolved(contained(i, "maelle", NOW + 2), NOW + 3), " Two people hold the key. ", "", NOW + 4)
    assert (i.owner, i.contained_at, i.resolved_at, i.learned_at) == ("ines", NOW + 2, NOW + 3, NOW + 4)
    assert (i.learned, i.revision, i.ended) == ("Two people hold the key.", 1, True)
    with pytest.raises(MoveError, match="learned"):
        assigned(i, "maelle")


def test_who_contains_at_once_has_acknowledged() -> None:
    i = contained(incident(), "ines", NOW + 9)
    assert (i.owner, i.acknowledged_at, i.contained_at) == ("ines", NOW + 9, NOW + 9)
    assert contained(incident("acknowledged", owner="odile", acknowledged_at=NOW + 1), "ines", NOW + 9).owner == "odile"


def test_assigning_is_not_acknowledging_and_never_to_nobody() -> None:
    assert assigned(incident(), "ines").state == "open"
    assert acknowledged(assigned(incident(), "ines"), "maelle", NOW).owner == "ines"
    with pytest.raises(MoveError, match="nobody"):
        assigned(incident(), "")


def test_learning_takes_words_and_reopening_takes_back_what_was_over() -> None:
    with pytest.raises(MoveError, match="no-words"):
        learned(incident("resolved"), " \n", "", NOW)
    i = reopened(incident("resolved", acknowledged_at=NOW, contained_at=NOW, resolved_at=NOW), "odile")
    assert (i.state, i.owner, i.acknowledged_at, i.contained_at, i.resolved_at) == (
        "acknowledged", "odile", NOW, None, None,
    )  # fmt: skip


def test_tasks_of_the_playbook() -> None:
    any_day = ReflexSheet("first", (Step({"fr": "Lire", "en": "Read"}, owner="maelle", within=300_000),))
    taken = ReflexSheet("taken", (Step({"": "Change the password"}, tell="Everybody"),), on=("unknown-hand",))
    other = ReflexSheet("other", (Step({"": "Count"}),), on=("surge", "tripwire"))
    made = tasks(Crisis(playbook=(any_day, taken, other)), incident(), "fr")
    assert [(one.title, one.owner, one.due, one.told) for one in made] == [
        ("Lire", "maelle", NOW + 300_000, ""),
        ("Change the password", "", None, "Everybody"),
    ]
    assert {(one.id, one.incident, one.done_at) for one in made} == {(0, 4, None)}
    assert tasks(Crisis(), incident()) == ()

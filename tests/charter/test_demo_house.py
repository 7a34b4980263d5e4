"""The demo house's own charter: it can be lived by."""

import pytest

from charter.example import VOCABULARY
from vigie.charter import parse
from vigie.desk.approving import standing
from vigie.desk.incidents import tasks
from vigie.judge.review import policy, review
from vigie.model import Draft, Facts, Incident
from vigie.query import PlainMatcher
from vigie.world import charter

HOUSE = parse(charter(), VOCABULARY)
NOW = 1_795_000_000_000


@pytest.fixture(scope="module")
def by():
    return policy(HOUSE, PlainMatcher)


def test_nothing_is_to_be_said_of_it() -> None:
    assert HOUSE.notes == ()
    assert parse(charter(["fr"]), VOCABULARY).notes == ()


@pytest.mark.parametrize("author", [person.id for person in HOUSE.people if person.roles != ("reader",)])
def test_whoever_writes_there_is_somebody_to_approve(author: str) -> None:
    roles = {person.id: person.roles for person in HOUSE.people}
    stood = standing(HOUSE.approvals, (), 1, 1, frozenset((author,)), roles, NOW)
    assert [one.step for one in stood.missing] == [one.id for one in HOUSE.approvals]
    assert all(one.who and author not in one.who for one in stood.missing)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("answer", HOUSE.crisis.answers, ids=lambda answer: answer.id)
def test_prepared_answers_may_go_out_on_the_worst_day(answer, lang: str, by) -> None:
    for channel in HOUSE.channels:
        draft = Draft(answer.text[lang], channel.network, channel.id, lang, author="maelle")
        (found,) = review([(draft, Facts(now=NOW, roles=HOUSE.roles("maelle"), incidents=("all",)))], by)
        assert [one.code or one.rule for one in found if one.stops] == []


def test_an_incident_brings_its_tasks() -> None:
    made = Incident(
        id=1, revision=1, origin="unknown-hand", reason="r", key="k", opened_at=NOW, opened_by="vigie", contain_within=1
    )  # fmt: skip
    titles = [task.title for task in tasks(HOUSE.crisis, made, "fr")]
    assert titles[0] == "Lire ce qui a été publié et où"
    assert "Changer le mot de passe du compte et fermer les autres sessions" in titles

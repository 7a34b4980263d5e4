"""Slots, approvals and the crisis section: what they may say, and every mistake with its place and a hint."""

from typing import get_args

import pytest

from charter.example import VOCABULARY, WHOLE
from vigie.charter import (
    CharterError,
    Crisis,
    Hook,
    Hours,
    PreparedAnswer,
    ReflexSheet,
    Signing,
    Slot,
    Step,
    Trigger,
    Tripwire,
    parse,
)
from vigie.charter.forms import NotThisForm, slot
from vigie.charter.guarding import DAY, MINUTE
from vigie.wording import Wording

HEAD = """\
charter: 1
company: {name: A, languages: [fr], timezone: Europe/Paris}
queries: [{id: brand, purpose: p, match: moka}]
channels: [{id: bsky, network: bluesky, account: a.example, quiet: ['22:00-07:00']}]
people:
- {id: odile, name: O, roles: [owner, approver]}
- {id: yanis, name: Y, roles: [author]}
- {id: soizic, name: S}
"""
HOUR = 60 * MINUTE


def only(rest: str) -> tuple[str, int, int, str]:
    with pytest.raises(CharterError) as caught:
        parse(HEAD + rest, VOCABULARY)
    (found,) = caught.value.problems
    for lang in ("fr", "en"):
        assert Wording(lang)(found.code, **found.values) != found.code
    return found.code.removeprefix("charter.error."), found.line, found.column, found.hint


def notes(rest: str) -> list[tuple[str, int, str]]:
    found = parse(HEAD + rest, VOCABULARY).notes
    for note in found:
        for lang in ("fr", "en"):
            assert "{" not in Wording(lang)(note.code, **note.values)
    return [(note.code.removeprefix("charter.note."), note.line, note.path) for note in found]


def test_all_of_it_is_read() -> None:
    charter = parse(WHOLE, VOCABULARY)
    channel, person = charter.channel("bsky"), charter.person("maelle")
    assert channel
    assert person
    assert channel.slots == (Slot(1, 690), Slot(None, 540))
    assert person.quiet == (Hours(1200, 450), Hours(720, 780))
    assert charter.approvals == (
        Signing(
            "read-over",
            ("approver", "odile"),
            "in-order",
            ("bsky",),
            ("bluesky", "photos"),
            ("fr",),
            "warn",
            "only",
            2 * DAY,
        ),
        Signing("house"),
    )
    crisis = charter.crisis
    assert crisis.pause_when == (
        Tripwire("stranger", "unknown-hand"),
        Tripwire("replies", "reply-ratio", 4.0, 12, 6 * HOUR, channels=("bsky",), then="alert"),
        Tripwire("words", "crisis-words", 2.5, query="brand"),
        Tripwire("quoted", "quotes", followers=5_000),
    )
    assert (crisis.on_call, crisis.contain_within) == (("odile",), 20 * MINUTE)
    assert (crisis.escalate_after, crisis.late_after) == (3 * MINUTE, HOUR)
    told = Step({"fr": "Prévenir la boutique", "en": "Tell the shop"}, "odile", 30 * MINUTE, "Soizic")
    assert crisis.playbook == (
        ReflexSheet("first", (Step({"": "Lire ce qui est sorti"}), told)),
        ReflexSheet("taken", (Step({"": "Changer le mot de passe"}),), ("unknown-hand", "person")),
    )
    assert crisis.answers == (
        PreparedAnswer("checking", {"fr": "On vérifie.", "en": "We are checking."}, "On vérifie"),
    )


def test_programs_that_are_told() -> None:
    assert parse(WHOLE, VOCABULARY).webhooks == (Hook("desk", "https://hooks.brulerie.example/vigie", "all"),)


def test_a_charter_that_says_nothing_of_it() -> None:
    charter = parse(HEAD, VOCABULARY)
    assert (charter.approvals, charter.crisis) == ((), Crisis())
    assert parse(HEAD + "crisis: {}\napprovals: []\n", VOCABULARY).crisis == Crisis()


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("mardi 11:30", "tue 11:30"),
        ("mar. 11h30", "tue 11:30"),
        ("Mercredi 9h", "wed 09:00"),
        ("Tuesday 11:30", "tue 11:30"),
        ("11:30 tue", "tue 11:30"),
        ("Sam 18.05", "sat 18:05"),
        ("dimanche à 8h", "sun 08:00"),
        ("every day 9:00", "09:00"),
        ("fri 2pm", "fri 14:00"),
        ("12 am", "00:00"),
        ("11h30", "11:30"),
        ("tue 24:00", ""),
        ("tue 11:60", ""),
        ("tues-wed 9:00", ""),
        ("noon", ""),
        ("", ""),
        ("tue", ""),
    ],
)
def test_a_slot_nearly_right_says_what_it_was_meant_to_be(written: str, hint: str) -> None:
    with pytest.raises(NotThisForm) as caught:
        slot(written)
    assert caught.value.hint == hint
    assert not hint or slot(hint)


@pytest.mark.parametrize("written", ["mon 0:00", "sun 23:59", "9:05", "09:05"])
def test_slots(written: str) -> None:
    assert slot(written).minute in (0, 1439, 545)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("approvals: [{id: a, by: [aprover]}]\n", ("unknown-person", 9, 26, "approver")),
        ("approvals: [{id: a, by: [odil]}]\n", ("unknown-person", 9, 26, "odile")),
        ("approvals: [{id: a, by: [odile, yanis]}]\n", ("may-not-approve", 9, 33, "")),
        ("approvals: [{id: a, by: [author]}]\n", ("may-not-approve", 9, 26, "approver")),
        ("approvals: [{id: a, by: []}]\n", ("empty-list", 9, 25, "")),
        ("approvals: [{id: a, need: al}]\n", ("not-one-of", 9, 27, "all")),
        ("approvals: [{id: a, severity: ''}]\n", ("not-one-of", 9, 31, "")),
        ("approvals: [{id: a, channels: [bsk]}]\n", ("unknown-channel", 9, 32, "bsky")),
        ("approvals: [{id: a, networks: [bluski]}]\n", ("unknown-network", 9, 32, "bluesky")),
        ("approvals: [{id: a, expires: 2 days}]\n", ("bad-duration", 9, 30, "")),
        ("approvals: [{id: a}, {id: a}]\n", ("repeated-id", 9, 27, "")),
        ("approvals: [{by: [approver]}]\n", ("missing-key", 9, 13, "")),
        ("crisis: {on_call: [odile, nobody]}\n", ("unknown-person", 9, 27, "")),
        ("crisis: {on_call: [soizic]}\n", ("may-not-handle", 9, 20, "")),
        ("crisis: {pause_when: [{id: w, on: surge}]}\n", ("wire-without-query", 9, 35, "")),
        ("crisis: {pause_when: [{id: w, on: surge, query: brnd}]}\n", ("unknown-named-query", 9, 49, "brand")),
        ("crisis: {pause_when: [{id: w, on: reply-rato}]}\n", ("not-one-of", 9, 35, "reply-ratio")),
        ("crisis: {pause_when: [{id: w, on: quotes, at_least: 0}]}\n", ("out-of-range", 9, 53, "")),
        ("crisis: {pause_when: [{id: w, on: quotes, at_least: many}]}\n", ("wants-decimal", 9, 53, "")),
        ("crisis: {pause_when: [{id: w, on: quotes, channels: [masto]}]}\n", ("unknown-channel", 9, 54, "")),
        ("crisis: {pause_when: [{id: w, on: quotes}, {id: w, on: quotes}]}\n", ("repeated-id", 9, 49, "")),
        ("crisis: {pause_when: [{id: w, on: quotes, then: stop}]}\n", ("not-one-of", 9, 49, "")),
        ("crisis: {playbook: [{id: s, steps: []}]}\n", ("empty-list", 9, 36, "")),
        ("crisis: {playbook: [{id: s, steps: [{do: a, owner: odil}]}]}\n", ("unknown-person", 9, 52, "odile")),
        ("crisis: {playbook: [{id: s, steps: [{owner: odile}]}]}\n", ("missing-key", 9, 37, "")),
        ("crisis: {playbook: [{id: s, on: [fire], steps: [{do: a}]}]}\n", ("not-one-of", 9, 34, "")),
        ("crisis: {answers: [{id: a, text: [x]}]}\n", ("wants-text-or-mapping", 9, 34, "")),
        ("crisis: {answers: [{id: a}]}\n", ("missing-key", 9, 20, "")),
        ("crisis: {contain_in: 10m}\n", ("unknown-key", 9, 10, "contain_within")),
        ("crisis: [a]\n", ("wants-mapping", 9, 9, "")),
        ("approvals: {id: a}\n", ("wants-list", 9, 12, "")),
        ("crisis: {on_call: odile}\n", ("wants-list", 9, 19, "")),
        ("webhooks: [{id: a, url: hooks.example}]\n", ("bad-web-address", 9, 25, "https://hooks.example")),
        (
            "webhooks: [{id: a, url: 'https://h.example'}, {id: a, url: 'https://h.example'}]\n",
            ("repeated-id", 9, 52, ""),
        ),
    ],
)
def test_each_mistake_has_its_place(rest: str, expected: tuple[str, int, int, str]) -> None:
    assert only(rest) == expected


def test_what_is_worth_knowing() -> None:
    quiet_slot = HEAD.replace("quiet: ['22:00-07:00']", "quiet: ['22:00-07:00'], slots: [tue 11:30, 6:30]")
    (note,) = parse(quiet_slot, VOCABULARY).notes
    assert (note.code, note.path, note.values) == (
        "charter.note.slot-in-quiet",
        "channels.bsky.slots[2]",
        {"time": "06:30"},
    )
    assert notes("crisis: {pause_when: [{id: w, on: quotes}]}\n") == [("nobody-on-call", 9, "crisis")]
    assert notes("approvals: [{id: a, by: [approver]}]\n") == []
    alone = (
        HEAD.replace(", roles: [owner, approver]", ", roles: [owner]")
        + "approvals: [{id: a}, {id: b, by: [approver]}]\n"
    )
    assert [(n.code, n.path) for n in parse(alone, VOCABULARY).notes] == [
        ("charter.note.nobody-has-role", "approvals.a"),
        ("charter.note.nobody-has-role", "approvals.b.by[1]"),
    ]


@pytest.mark.parametrize("on", get_args(Trigger))
def test_every_trigger_can_be_written(on: str) -> None:
    charter = parse(
        HEAD + f"crisis: {{on_call: [odile], pause_when: [{{id: w, on: {on}, query: brand}}]}}\n", VOCABULARY
    )
    assert (charter.crisis.pause_when[0].on, charter.notes) == (on, ())

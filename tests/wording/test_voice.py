"""Sentences, figures, dates and typography in both languages."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.wording import LANGS, Wording
from vigie.wording.catalogue import catalogue
from vigie.wording.typography import french

PARIS = "Europe/Paris"
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    return int(datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp() * 1000)


NOW = at(2026, 11, 12, 21, 47)


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Qui ? Vous ; lui : « elle » !", "Qui\u202f? Vous\u202f; lui\u00a0: «\u00a0elle\u00a0»\u202f!"),
        ("12 403 sur 1 000 000", "12\u202f403 sur 1\u202f000\u202f000"),
        ("40 % de 5 kg en 3 h 05 min", "40\u202f% de 5\u00a0kg en 3\u00a0h\u00a005\u00a0min"),
        ("{n} % de {size} Mo, {days} j", "{n}\u202f% de {size}\u00a0Mo, {days}\u00a0j"),
        ("L'heure d'été", "L’heure d’été"),
        ("10,60 € pour 2 ans", "10,60\u00a0€ pour 2\u00a0ans"),
        ("à 7 heures, 3 joueurs", "à 7 heures, 3 joueurs"),
        ("https://exemple.fr:8420/x?y=1", "https://exemple.fr:8420/x?y=1"),
    ],
)
def test_french_typography(plain, set_):
    assert french(plain) == set_


def test_typography_done_twice_changes_nothing():
    for text in catalogue("fr").single.values():
        assert french(text) == text


@given(st.text("aà1 2h:;!?%€«»'{}n", max_size=40))
def test_typography_is_idempotent_on_anything(text):
    once = french(text)
    assert french(once) == once


@pytest.mark.parametrize(
    ("ms", "fr", "en"),
    [
        (0, "0 s", "0 s"),
        (2_940, "2 s", "2 s"),
        (42_900, "42 s", "42 s"),
        (25 * MINUTE, "25 min", "25 min"),
        (72 * MINUTE, "1 h 12", "1 h 12 min"),
        (4 * HOUR, "4 h", "4 h"),
        (3 * DAY + 4 * HOUR, "3 j 4 h", "3 d 4 h"),
        (26 * DAY + 4 * HOUR, "26 j", "26 d"),
    ],
)
def test_durations(ms, fr, en):
    assert Wording("fr").duration(ms).replace("\u00a0", " ") == fr
    assert Wording("en").duration(ms).replace("\u00a0", " ") == en


def test_the_clock_on_the_wall():
    fr, en = Wording("fr"), Wording("en")
    assert (fr.time(NOW, PARIS), fr.gutter(NOW, PARIS)) == ("22\u00a0h\u00a047", "22h47")
    assert (en.time(NOW, PARIS), en.gutter(NOW, PARIS)) == ("22:47", "22:47")
    assert (fr.day(NOW, PARIS), en.day(NOW, PARIS)) == ("jeudi 12 novembre", "Thursday 12 November")
    assert fr.date(at(2026, 5, 1), PARIS) == "1ᵉʳ mai 2026"
    assert en.date(at(2026, 5, 1), PARIS) == "1 May 2026"


def test_an_instant_as_one_says_it():
    fr, en = Wording("fr"), Wording("en")
    said = [fr.when(NOW - gone, PARIS, NOW).replace("\u00a0", " ") for gone in (0, DAY, 30 * DAY, 400 * DAY)]
    assert said == ["22 h 47", "hier à 22 h 47", "le 13 oct. à 23 h 47", "le 8 octobre 2025"]
    assert en.when(NOW - DAY, PARIS, NOW) == "yesterday at 22:47"


def test_yesterday_across_the_change_of_hour():
    """On 25 October 2026 Paris has 25 hours."""
    monday = at(2026, 10, 26, 0, 30)
    assert Wording("en").when(at(2026, 10, 24, 22, 30), PARIS, monday) == "yesterday at 00:30"
    assert Wording("en").when(at(2026, 10, 24, 21, 30), PARIS, monday) == "on 24 Oct at 23:30"


def test_numbers():
    assert Wording("fr").number(12_403) == "12\u202f403"
    assert Wording("en").number(12_403) == "12,403"
    assert (Wording("fr").number(2.0), Wording("fr").number(2.14), Wording("en").number(-0.5)) == ("2", "2,1", "-0.5")


def test_counting():
    fr, en = Wording("fr"), Wording("en")
    assert [fr.count("account.days", n) for n in (0, 1, 2)] == ["un jour", "un jour", "2 jours"]
    assert [en.count("account.days", n) for n in (0, 1, 1200)] == ["0 days", "one day", "1,200 days"]


def test_values_are_escaped_in_markup_and_left_alone_in_text():
    w = Wording("en")
    assert str(w.html("shell.keys.go", page="<script>")) == "Go to: &lt;script&gt;"
    assert w("shell.keys.go", page="<b>") == "Go to: <b>"


def test_lists_and_parts():
    w = Wording("fr")
    assert [w.list(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a et b", "a, b et c"]
    assert w.part(38, 41) == "38 sur 41"


def test_an_unknown_message_or_language_is_no_catastrophe():
    assert Wording("de").lang == "en"
    assert Wording("fr")("nowhere.at.all") == "nowhere.at.all"
    assert all(Wording(lang).has("shell.skip") for lang in LANGS)

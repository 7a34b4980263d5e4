"""The calendar's pages and the address that other calendars read."""

import re
from datetime import UTC, date, datetime

import httpx
import pytest

from vigie.web.pages.calendar.days import shown
from vigie.web.pages.calendar.ics import Entry, fold, written
from web.api.conftest import program as program  # noqa: PLC0414 - a fixture of the API's tests

DAY = 86_400_000


def slips(page: str, day: str) -> list[str]:
    """Titles on one day."""
    (found,) = re.findall(rf'<li class="day[^>]*data-day="{day}"[^>]*>(.*?)</ul></li>', page, re.DOTALL)
    return re.findall(r'<span class="slip__t said">([^<]*)</span>', found)


def unfolded(text: str) -> list[dict[str, str]]:
    """The events of a file, as a reader of RFC 5545 takes them."""
    lines = text.replace("\r\n ", "").split("\r\n")
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if (name, value) == ("BEGIN", "VEVENT"):
            events.append({})
        elif events:
            events[-1].setdefault(name, value)
    return events


def test_a_month_shows_what_goes_out_when(ways, client):
    ways.planned("Le marché de Noël approche.", "2026-11-20T09:30")
    ways.planned("Bonjour du port.", "2026-11-16T09:30", "week")
    ways.begin("Un brouillon pour plus tard.", when=ways.house.clock() + 6 * DAY)
    page = client.get("/calendar").text
    assert slips(page, "2026-11-20") == ["Le marché de Noël approche"]
    assert slips(page, "2026-11-16") == slips(page, "2026-11-30") == ["Bonjour du port"]
    assert slips(page, "2026-11-18") == ["Un brouillon pour plus tard"]
    assert "Deuil\u00a0: naufrage de la Marie-Jeanne" in page
    assert "4 publications sont prévues en novembre." in page  # a weekly one has three turns there
    assert client.get("/calendar?channel=masto").text.count("slip__t") == 0
    later = client.get("/calendar?at=2026-12-05").text
    assert slips(later, "2026-12-28") == ["Bonjour du port"]
    assert "4 publications sont prévues en décembre." in later
    assert "Aucune publication n’est prévue en octobre." in client.get("/calendar?at=2026-10-05").text
    week = client.get("/calendar?by=week&at=2026-11-20").text
    assert len(re.findall(r'data-day="', week)) == 7
    assert client.get("/calendar?at=never").status_code == 200


def test_a_day_is_that_of_the_house_not_of_the_server(ways, client):
    ways.planned("Il est tard.", "2026-11-13T00:30")  # still the 12th in UTC
    assert slips(client.get("/calendar").text, "2026-11-13") == ["Il est tard"]


@pytest.mark.parametrize("view", ["month", "week"])
def test_going_back_and_forth_misses_no_day(view):
    at, seen = date(2026, 1, 31), set()
    for _ in range(14 if view == "month" else 60):
        found = shown(view, at)
        seen.update(found.days)
        assert shown(view, found.after).days[-1] > found.days[-1]
        assert found.before < found.days[-1]
        at = found.after
    assert len(seen) == (max(seen) - min(seen)).days + 1


def test_a_calendar_elsewhere_reads_its_own_secret_address(ways, site, client):
    one = ways.planned("Bonjour ; le port, à dix heures.\nVenez.", "2026-11-20T09:30", "week")
    client.post("/calendar/feed")
    found = re.search(r'id="feed-address">([^<]+)<', client.get("/calendar").text)
    assert found
    outsider = httpx.get(found[1])
    assert outsider.headers["content-type"].startswith("text/calendar")
    first, second, *_ = unfolded(outsider.text)
    due = datetime.fromtimestamp(one.due / 1000, UTC)
    assert (first["DTSTART"], first["STATUS"]) == (f"{due:%Y%m%dT%H%M%SZ}", "CONFIRMED")
    assert first["SUMMARY"] == "Bluesky\u00a0: Bonjour \\; le port\\, à dix heures (Programmée)"
    assert first["DESCRIPTION"] == "Bonjour \\; le port\\, à dix heures.\\nVenez."
    assert (second["DTSTART"], second["STATUS"]) == ("20261127T083000Z", "TENTATIVE")
    assert all(len(line.encode()) <= 75 for line in outsider.text.split("\r\n"))

    # whoever does not know the secret, and everybody once it is changed, learns nothing
    guessed = found[1][:-5] + ("1" if found[1][-5] == "0" else "0") + ".ics"
    for address in (guessed, found[1].replace("maelle", "yanis"), found[1].removesuffix(".ics")):
        assert httpx.get(address).status_code == 404
    client.post("/calendar/feed/drop")
    assert httpx.get(found[1]).status_code == 404
    verbs = [act.verb for _, act in site.house.acts.about("account:maelle")]
    assert {"feed.made", "feed.dropped"} <= set(verbs)


def test_who_has_left_reads_nothing_any_more(ways, site, program):
    address = program("yanis").post("/calendar/feed").json()["address"]
    assert httpx.get(address).status_code == 200
    charter = site.house.charter_file.read()[0]
    site.write_charter(re.sub(r"  - \{id: yanis.*\n", "", charter))
    assert httpx.get(address).status_code == 404
    assert program("ines").get("/calendar/feed").json() == {"address": ""}


def test_lines_are_folded_between_characters():
    for text in ("é" * 200, "👩🏽\u200d🍳" * 60, "x" * 75, ""):
        lines = list(fold(text))
        assert "".join(line[1:] if n else line for n, line in enumerate(lines)) == text
        assert all(len(line.encode()) <= 75 for line in lines)
    hostile = "END:VEVENT\r\nBEGIN:VEVENT\nX-A:1\x00\ud800"
    (event,) = unfolded(written("Nous", [Entry("1@x", 1, 0, hostile, hostile, "http://x/1", "CONFIRMED")], 0))
    assert event["SUMMARY"] == "END:VEVENT\\nBEGIN:VEVENT\\nX-A:1"

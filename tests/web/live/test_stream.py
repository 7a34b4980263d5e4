"""The live stream over HTTP: what is told, to whom, from where on, and how it ends."""

import threading
from contextlib import closing

import pytest

from vigie.flows.ports.archive import Filter
from vigie.web import live
from web.listening.talk import take_back
from web.live.reading import events, next_of


def test_it_is_closed_to_strangers(site):
    with site.visit() as client:
        assert client.get("/live").status_code in {303, 401}


def test_a_mention_is_told_as_its_row(site, client):
    with client.stream("GET", "/live") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        stream = events(answer)
        next_of(stream, "here")
        site.hear("La Brûlerie du Port a rouvert")
        told = next_of(stream, "mentions").data
    (row,) = told["new"]
    assert (row["queries"], row["network"], row["langs"]) == (["brand"], "bluesky", ["fr"])
    assert "<mark>Brûlerie du Port</mark>" in row["html"]
    assert row["html"].lstrip().startswith("<li")
    assert (told["changed"], told["more"]) == ([], 0)


def test_each_language_hears_its_own(site):
    with (
        closing(site.log_in()) as french,
        closing(site.log_in("ines", headers={"accept-language": "en"})) as english,
        french.stream("GET", "/live") as one,
        english.stream("GET", "/live") as two,
    ):
        streams = [events(one), events(two)]
        for stream in streams:
            next_of(stream, "here")
        (gone,) = site.hear("La Brûlerie du Port a rouvert")
        for stream in streams:
            next_of(stream, "mentions")
        take_back(site.house.archive, gone, site.clock())
        texts = [next_of(stream, "mentions").data["changed"][0]["html"] for stream in streams]
    assert "Retiré par son auteur" in texts[0]
    assert "Taken back by its author" in texts[1]
    assert "rouvert" not in "".join(texts)


def test_who_comes_back_hears_what_was_missed_once(site, client):
    site.hear("avant : la Brûlerie du Port")
    seen = site.house.archive.last_change()
    site.hear("un : la Brûlerie du Port", "deux : la Brûlerie du Port")
    with client.stream("GET", "/live", headers={"last-event-id": str(seen)}) as answer:
        stream = events(answer)
        missed = next_of(stream, "mentions").data["new"]
        here = next_of(stream, "here")
        site.hear("trois : la Brûlerie du Port")
        after = next_of(stream, "mentions")
    assert [row["html"].count("un : ") + 2 * row["html"].count("deux : ") for row in missed] == [1, 2]
    assert here.id == site.house.archive.last_change() - 1
    assert "trois : " in after.data["new"][0]["html"]
    assert after.id == here.id + 1


@pytest.mark.parametrize("since", ["1", "999999999999"])
def test_who_was_away_too_long_loads_again(site, client, since, monkeypatch):
    monkeypatch.setattr(live, "MISSED_AT_MOST", 2)
    site.hear(*(f"{n} : la Brûlerie du Port" for n in range(9)))
    with client.stream("GET", f"/live?since={since}") as answer:
        assert next_of(events(answer), "reload", "mentions").name == "reload"


def test_what_comes_at_once_is_told_together(site, client):
    with client.stream("GET", "/live") as answer:
        stream = events(answer)
        next_of(stream, "here")
        for n in range(40):
            site.hear(f"{n} : la Brûlerie du Port")
        told: list[int] = []
        updates = 0
        while len(told) < 40:
            told += [row["id"] for row in next_of(stream, "mentions").data["new"]]
            updates += 1
    assert sorted(set(told)) == sorted(told)
    assert updates < 40


def test_a_flood_is_counted_rather_than_drawn(site, client):
    with client.stream("GET", "/live") as answer:
        stream = events(answer)
        next_of(stream, "here")
        site.hear(*(f"{n} : la Brûlerie du Port" for n in range(120)))
        told = next_of(stream, "mentions").data
    assert (len(told["new"]), told["more"]) == (live.DRAWN_AT_MOST, 120 - live.DRAWN_AT_MOST)


def test_posts_that_no_query_wants_are_not_told(site, client):
    with client.stream("GET", "/live") as answer:
        stream = events(answer)
        next_of(stream, "here")
        site.hear("Un mot de la maison", queries=())
        site.hear("La Brûlerie du Port a rouvert")
        told = [next_of(stream, "mentions").data["new"]]
        if not told[0]:
            told.append(next_of(stream, "mentions").data["new"])
    assert [len(new) for new in told if new] == [1]


def test_sources_are_told_with_their_sentence(site, client):
    with client.stream("GET", "/live") as answer:
        stream = events(answer)
        next_of(stream, "here")
        for state in site.house.archive.sources():
            site.house.archive.set_source(type(state)(state.id, state.network, state="retrying", error="unreachable"))
        told = next_of(stream, "source").data
        while told["s"] != "stop":
            site.house.archive.set_source(site.house.archive.sources()[0])
            told = next_of(stream, "source").data
    assert told["text"] == "La veille ne reçoit rien\u202f: aucune source ne répond.".replace("\u202f", "\u00a0")
    assert {one["state"] for one in told["sources"]} == {"retrying"}


def test_a_closed_session_ends_its_stream(site, client, monkeypatch):
    monkeypatch.setattr(live, "BEAT_S", 0.05)
    with closing(site.log_in()) as other, other.stream("GET", "/live") as answer:
        stream = events(answer)
        next_of(stream, "beat")
        digests = [one.digest for one in site.house.accounts.sessions("maelle")]
        act = site.house.acts.latest(limit=1)[0][1]
        site.house.accounts.close_sessions(digests, act)
        assert [event.name for event in stream if event.name != "beat"] == []


def test_nobody_listening_nobody_reading(site, client):
    with client.stream("GET", "/live") as answer:
        next_of(events(answer), "here")
        assert any(thread.name == "live" for thread in threading.enumerate())
    for thread in threading.enumerate():
        if thread.name == "live":
            thread.join(timeout=30)
            assert not thread.is_alive()
    site.hear("La Brûlerie du Port a rouvert")
    assert site.house.archive.count(Filter()) == 1

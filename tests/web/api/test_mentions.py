"""Mentions, volume and Today through the API."""

from urllib.parse import urlsplit

import httpx
import pytest

from web.api.conftest import Program, problem
from web.served import Site


def test_a_list_comes_in_pages_newest_first(site: Site, api: httpx.Client) -> None:
    site.hear(*(f"la Brûlerie du Port, {n}" for n in range(7)))
    seen, address = [], "/mentions?limit=3"
    while address:
        answer = api.get(address)
        assert answer.status_code == 200
        seen += [one["post"]["text"] for one in answer.json()["items"]]
        link = answer.links.get("next", {}).get("url", "")
        assert bool(link) == bool(answer.json()["next"])
        address = f"/mentions?{urlsplit(link).query}" if link else ""
    assert seen == [f"la Brûlerie du Port, {n}" for n in reversed(range(7))]


def test_a_mention_has_its_marks_and_times_in_utc(site: Site, api: httpx.Client) -> None:
    site.hear("Ah, la Brûlerie du Port")
    (one,) = api.get("/mentions").json()["items"]
    (mark,) = one["marks"]
    assert one["post"]["text"][mark["start"] : mark["end"]] == "Brûlerie du Port"
    assert one["seen_at"] == "2026-11-12T16:42:00Z"
    assert "avatar" not in one["post"]["author"]


def test_filters_are_those_of_listening(site: Site, api: httpx.Client) -> None:
    site.hear("la Brûlerie du Port ferme", "Brûlerie du Port, merci")
    site.hear("colis perdu", queries=("delivery",), langs=("en",), network="mastodon")
    site.hear("notre mot", queries=())
    counted = {
        query: api.get(f"/mentions/count?{query}").json()["count"]
        for query in (
            "",
            "query=brand",
            "query=brand&query=delivery",
            "lang=en",
            "network=mastodon",
            "author=@lou1.example",
            "q=ferm*",
            "since=2026-11-12T17:42:00%2B01:00",
            "until=2026-11-12T16:42:00Z",
            "kept=own",
        )
    }
    assert list(counted.values()) == [3, 2, 3, 1, 1, 1, 1, 0, 3, 1]
    languages = api.get("/mentions/languages").json()["items"]
    assert languages == [{"lang": "fr", "count": 2}, {"lang": "en", "count": 1}]


def test_one_mention_is_opened_with_what_surrounds_it(site: Site, api: httpx.Client) -> None:
    site.hear("la Brûlerie du Port")
    found = api.get("/mentions/1").json()
    assert [one["id"] for one in found["thread"]] == [1]
    assert found["author"]["mentions"] == 1
    assert found["why"][0]["query"] == "brand"
    assert found["why"][0]["words"] == ["Brûlerie du Port"]
    problem(api.get("/mentions/99"), 404, "not-found")
    problem(api.get(f"/mentions/{2**70}"), 404, "not-found")


@pytest.mark.parametrize(
    ("address", "parameter", "code"),
    [
        ("/mentions?limit=0", "limit", "small"),
        ("/mentions?limit=201", "limit", "large"),
        ("/mentions?limit=lots", "limit", "type"),
        ("/mentions?after=17-x", "after", "cursor"),
        ("/mentions?after=x", "after", "cursor"),
        ("/mentions?since=2026-11-12", "since", "instant"),
        ("/mentions?until=2026-11-12T16:42:00", "until", "instant"),
        ("/mentions?kept=forever", "kept", "choice"),
        ("/mentions?langs=fr", "langs", "parameter"),
        ("/volume?window=1y", "window", "choice"),
        ("/acts?after=-1", "after", "cursor"),
        ("/stream?since=x", "since", "cursor"),
        (f"/mentions?q={'x' * 201}", "q", "long"),
    ],
)
def test_a_parameter_that_does_not_fit_is_named(api: httpx.Client, address: str, parameter: str, code: str) -> None:
    (fault,) = problem(api.get(address), 400, "invalid-parameter")["errors"]
    assert fault["parameter"] == parameter
    assert fault["code"] == f"api.invalid.{code}"
    assert "api." not in fault["detail"]


def test_a_misspelt_parameter_gets_a_suggestion(api: httpx.Client) -> None:
    (fault,) = problem(api.get("/mentions?langs=fr"), 400, "invalid-parameter")["errors"]
    assert fault["suggestion"] == "lang"
    assert "query, network, lang" in fault["hint"]


def test_what_may_be_chosen_is_said(program: Program) -> None:
    (fault,) = program(lang="fr").get("/mentions?kept=x").json()["errors"]
    assert fault["detail"] == "L’une de ces valeurs est attendue\xa0: match, own, thread, all."


def test_volume_and_today_say_what_their_pages_show(site: Site, api: httpx.Client) -> None:
    site.hear("la Brûlerie du Port", "Brûlerie du Port encore")
    volume = api.get("/volume?window=24h&query=brand").json()
    assert volume["together"]["total"] == 2
    assert len(volume["together"]["bars"]) == 24
    assert volume["each"][0]["query"] == "brand"
    today = api.get("/today").json()
    assert today["calm"]
    assert today["lately"][0]["today"] == 2
    assert [one["id"] for one in today["lately"][0]["mentions"]] == [2, 1]


def test_a_house_without_a_charter_has_no_today(site: Site, api: httpx.Client) -> None:
    site.write_charter("")
    problem(api.get("/today"), 409, "no-charter")

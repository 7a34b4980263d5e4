"""Why a query finds a post or does not, through the API."""

import httpx
import pytest

from web.api.conftest import problem
from web.served import Site

APART = "La grève continue : treize mots plus loin on lit enfin que la compagnie aérienne bien connue Air France"


def explained(api: httpx.Client, **question: object) -> dict:
    answer = api.post("/queries/-/explain", json=question)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_fewest_conditions_that_were_missed(api: httpx.Client) -> None:
    said = explained(api, match='grève NEAR/8 "Air France"', text=APART)
    assert not said["matches"]
    (missed,) = said["missed"]
    assert (missed["code"], missed["values"]["distance"], missed["excluded"]) == ("why.miss.far", 14, False)
    assert [APART[one["start"] : one["end"]] for one in missed["places"]["text"]] == ["grève", "Air France"]
    assert [(one["depth"], one["clause"]) for one in said["conditions"]] == [
        (0, 'grève NEAR/8 "Air France"'),
        (1, "grève"),
        (1, '"Air France"'),
    ]


def test_a_mention_and_a_query_of_the_house(site: Site, api: httpx.Client) -> None:
    site.hear("La Brûlerie du Port", url="https://bsky.example/p/1")
    for post in ({"mention": 1}, {"post": "https://bsky.example/p/1"}, {"post": "at://did:plc:1/1"}):
        said = explained(api, id="brand", **post)
        assert said["matches"]
        assert said["missed"] == []
        assert said["marks"] == [{"start": 3, "end": 19}]


def test_sentences_come_in_the_language_asked_for(api: httpx.Client) -> None:
    api.headers["accept-language"] = "fr"
    assert "n’est pas dans le message" in explained(api, match="bateau", text="le port")["missed"][0]["detail"]


@pytest.mark.parametrize(
    "question",
    [
        {"text": "a"},
        {"id": "brand", "match": "a", "text": "a"},
        {"id": "brand"},
        {"id": "brand", "text": "a", "mention": 1},
        {"id": "brand", "text": "a", "colour": "red"},
    ],
)
def test_one_query_and_one_post(api: httpx.Client, question: dict[str, object]) -> None:
    problem(api.post("/queries/-/explain", json=question), 422, "invalid-body")


def test_what_is_not_there(api: httpx.Client) -> None:
    problem(api.post("/queries/-/explain", json={"id": "nobody", "text": "a"}), 404, "not-found")
    problem(api.post("/queries/-/explain", json={"id": "brand", "mention": 99}), 404, "not-found")
    problem(api.post("/queries/-/explain", json={"match": '"a', "text": "a"}), 422, "invalid-query")

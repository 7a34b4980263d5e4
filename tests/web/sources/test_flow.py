"""How a source is, in one word, and what the charter says of it."""

import pytest

from vigie.flows import sources as flow
from vigie.model import SourceSpec, SourceState

NOW = 10_000_000_000


def state(**fields: object) -> SourceState:
    return SourceState(**({"id": "s", "network": "bluesky", "state": "reading"} | fields))


@pytest.mark.parametrize(
    ("given", "health", "lag"),
    [
        (state(latest=NOW - 4_000), "well", 4_000),
        (state(latest=NOW + 60_000), "well", 0),
        (state(latest=NOW - 180_000), "slow", 180_000),
        (state(latest=NOW - 7 * 86_400_000), "well", None),  # a quiet feed is not late
        (state(latest=None), "well", None),
        (state(state="waiting"), "waiting", None),
        (state(state="retrying", error="dropped", latest=NOW), "down", None),
        (state(state="stopped", error="bad-token"), "down", None),
        (state(state="stopped"), "ended", None),
    ],
)
def test_one_word_for_how_a_source_is(given: SourceState, health: str, lag: int | None):
    assert flow.health(given, NOW) == health
    assert flow.lag(given, NOW) == lag


def test_the_board_follows_the_charter(site):
    house = site.house
    house.archive.set_source(SourceState("gone", "rss", state="reading"))
    rows = flow.board(house.charter(), house.archive.sources(), house.networks, ["source:presse"], site.clock())
    assert [(row.spec.id, row.health, row.has_token) for row in rows] == [
        ("bluesky", "well", False),
        ("presse", "well", True),
    ]


def put(site, spec: SourceSpec, *, new: bool, token: str = ""):
    house = site.house
    return flow.put(
        house.charter_file, house.vault, spec, new=new, token=token,
        parse_charter=house.parse_charter, who="maelle", now=site.clock(),
    )  # fmt: skip


def test_adding_to_a_charter_that_names_no_source_keeps_the_public_one(site):
    text = site.house.charter_file.read()[0]
    site.write_charter(text[: text.index("listening:")])
    put(site, SourceSpec("presse", "rss", "https://presse.example/feed.xml"), new=True)
    assert [spec.id for spec in site.house.charter().listening.sources] == ["bluesky", "presse"]


def test_a_token_goes_into_the_vault_and_not_into_the_file_or_the_acts(site):
    put(site, SourceSpec("masto", "mastodon", "mastodon.example", {"tags": ("café",)}), new=True, token="s3cret")
    assert site.house.vault.get("source:masto") == "s3cret"
    assert "s3cret" not in site.house.charter_file.read()[0]
    assert "s3cret" not in repr(site.house.acts.latest())
    assert flow.specified(site.house.charter(), "masto").options == {"tags": ("café",)}
    put(site, SourceSpec("masto", "mastodon", "mastodon.example"), new=False)
    assert site.house.vault.get("source:masto") == "s3cret"
    assert flow.specified(site.house.charter(), "masto").options == {}


def test_a_removed_source_keeps_its_token_for_the_undo_and_no_longer(site):
    house = site.house
    for id in ("one", "two"):
        put(site, SourceSpec(id, "mastodon", "mastodon.example"), new=True, token=f"of {id}")
    asked = {"parse_charter": house.parse_charter, "who": "maelle", "now": 1}
    flow.remove(house.charter_file, house.vault, "one", **asked)
    assert house.vault.get("source:one") == "of one"
    flow.remove(house.charter_file, house.vault, "two", **asked)
    assert house.vault.names() == ["source:two"]
    put(site, SourceSpec("two", "mastodon", "elsewhere.example"), new=True)
    assert house.vault.get("source:two") == ""


def test_ids_are_taken_or_gone(site):
    with pytest.raises(flow.SourceTakenError):
        put(site, SourceSpec("presse", "rss", "https://x.example"), new=True)
    with pytest.raises(flow.SourceGoneError):
        put(site, SourceSpec("nobody", "rss", "https://x.example"), new=False)
    assert flow.free_id(site.house.charter(), "presse") == "presse-2"

"""How accounts stand: proved, told once, and told again when it is another trouble."""

from pathlib import Path

import pytest

from flows.sending import NOON, Sending
from vigie.app.first_run import prepare
from vigie.app.opened import opened
from vigie.app.proving import PROVE_EVERY, Proving
from vigie.flows.ports.writer import Budget, Grant, Standing, WriteError
from vigie.flows.standing import DAY, Watched, fails, known, stands, works
from vigie.model import Author
from vigie.settings import read_settings
from vigie.store import open_store


@pytest.fixture
def house(tmp_path: Path):
    store = open_store(tmp_path / "vigie.db", role="work")
    yield Sending(tmp_path, store)
    store.close()


def test_a_lost_access_is_told_once_until_it_works_again(house: Sending):
    watched = Watched(house.store.signals, house.store.notices)
    lost = WriteError("bad-token", "revoked", final=True)
    for _ in range(3):
        assert fails(watched, house.charter, "bsky", lost, NOON).code == "bad-token"
    assert house.told() == ("channel.bad-token", "now", {"maelle"})
    works(watched, "bsky")
    assert known(house.store.signals, "bsky").code == ""
    fails(watched, house.charter, "bsky", lost, NOON)
    assert house.notices() == ["channel.bad-token"] * 2


def test_a_network_that_is_down_is_nobodys_duty(house: Sending):
    watched = Watched(house.store.signals, house.store.notices)
    fails(watched, house.charter, "bsky", WriteError("unreachable", ""), NOON)
    assert house.notices() == []


def test_an_end_that_comes_near_is_told_once_for_each_end(house: Sending):
    watched = Watched(house.store.signals, house.store.notices)

    def proved(ends: int, now: int) -> None:
        stands(watched, house.charter, "bsky", Standing(Author("1", "b"), Budget(10, 300), ends), now)

    proved(NOON + 30 * DAY, NOON)
    assert house.notices() == []
    for day in range(24, 30):
        proved(NOON + 30 * DAY, NOON + day * DAY)
    assert house.notices() == ["channel.expires"]
    proved(NOON + 60 * DAY, NOON + 30 * DAY)
    proved(NOON + 60 * DAY, NOON + 55 * DAY)
    assert house.notices() == ["channel.expires"] * 2
    assert known(house.store.signals, "bsky").budget == Budget(10, 300)


async def test_connected_accounts_are_proved_each_hour_and_no_others(tmp_path: Path):
    at = [NOON]
    with opened(read_settings({"VIGIE_HOME": str(tmp_path / "home")}), "work") as vigie:
        prepare(vigie, demo=True)
        vigie.keep_grant("mastodon", None)
        proving = Proving(vigie, vigie.charter, lambda: at[0])
        await proving.round()
        signals = vigie.store.signals
        assert (known(signals, "bluesky").at, known(signals, "mastodon").at) == (NOON, 0)
        at[0] += PROVE_EVERY - 1
        await proving.round()
        assert known(signals, "bluesky").at == NOON
        at[0] += 1
        vigie.keep_grant("bluesky", Grant("demo", "", "brulerie.example"))
        await proving.round()
        assert known(signals, "bluesky").at == NOON + PROVE_EVERY
        assert known(signals, "bluesky").account == "brulerie.example"

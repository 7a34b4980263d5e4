"""An opened Vigie writes with the accounts that are connected now."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.sending import CHARTER
from vigie.app.first_run import prepare
from vigie.app.opened import Opened, opened
from vigie.flows.ports.writer import Grant, WriteError
from vigie.settings import read_settings

GRANT = Grant("https://pds.example", "app-password", "brulerie.example")


@pytest.fixture
def vigie(tmp_path: Path) -> Iterator[Opened]:
    with opened(read_settings({"VIGIE_HOME": str(tmp_path / "home")}), "cli") as one:
        yield one


def test_a_channel_writes_once_it_is_connected_and_not_after_it_was_let_go(vigie: Opened):
    (vigie.home.path / "charter.yaml").write_text(CHARTER, "utf-8")
    with pytest.raises(WriteError, match="not-connected"):
        vigie.writer("bsky")
    vigie.keep_grant("bsky", GRANT)
    assert vigie.grant("bsky") == GRANT
    first = vigie.writer("bsky")
    assert vigie.writer("bsky") is first
    vigie.keep_grant("bsky", Grant("https://pds.example", "another", "brulerie.example"))
    assert vigie.writer("bsky") is not first
    vigie.keep_grant("bsky", None)
    with pytest.raises(WriteError, match="not-connected"):
        vigie.writer("bsky")


def test_the_secret_is_in_no_file_of_the_home_folder(vigie: Opened):
    vigie.keep_grant("bsky", GRANT)
    kept = b"".join(path.read_bytes() for path in vigie.home.path.rglob("*") if path.is_file())
    assert b"app-password" not in kept


def test_the_house_of_the_demo_writes_from_its_first_start_and_nothing_leaves_it(vigie: Opened):
    prepare(vigie, demo=True)
    charter = vigie.charter()
    assert charter is not None
    for channel in charter.channels:
        writing = vigie.writing(channel)
        assert writing is not None
        assert writing.name == "demo"
        vigie.writer(channel.id)

"""Networks are found by looking into the room, and by what other packages bring."""

import sys
from pathlib import Path

import pytest

from vigie.networks import networks


@pytest.fixture
def fresh() -> object:
    """The search is made again, before and after."""
    networks.cache_clear()
    yield
    networks.cache_clear()


def test_bluesky_is_found() -> None:
    found = networks()
    assert found["bluesky"].name == "bluesky"
    assert list(found) == sorted(found)
    assert all(network.name == name for name, network in found.items())


def install(folder: Path, name: str) -> None:
    """A package as an installer leaves it: a module, and metadata that names its network."""
    (folder / "pigeon.py").write_text(
        f"class Pigeon:\n    name = {name!r}\n    needs_token = False\n\n\nNETWORK = Pigeon()\n", encoding="utf-8"
    )
    metadata = folder / "pigeon-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: pigeon\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text("[vigie.networks]\npigeon = pigeon:NETWORK\n", encoding="utf-8")


def test_another_package_brings_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: object) -> None:
    install(tmp_path, "pigeon")
    monkeypatch.syspath_prepend(tmp_path)
    assert networks()["pigeon"].name == "pigeon"
    sys.modules.pop("pigeon")


def test_two_of_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: object) -> None:
    install(tmp_path, "bluesky")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ValueError, match="two networks are named bluesky"):
        networks()
    sys.modules.pop("pigeon")

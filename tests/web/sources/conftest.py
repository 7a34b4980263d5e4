"""A site whose networks are the real ones; nothing is read, they only judge what a person writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vigie.networks.bluesky import NETWORK as BLUESKY
from vigie.networks.mastodon import NETWORK as MASTODON
from vigie.networks.rss import NETWORK as RSS
from web.served import MovableClock, Site, serving


@pytest.fixture
def site(tmp_path: Path, clock: MovableClock) -> Iterator[Site]:
    networks = {network.name: network for network in (BLUESKY, MASTODON, RSS)}
    with serving(tmp_path / "home", networks=networks, clock=clock) as site:
        yield site

"""A feed on a server of our own."""

from collections.abc import Iterator

import pytest

from counterparts.feed import FeedServer, serve_feed
from counterparts.feed_follower import Follower


@pytest.fixture
def server() -> Iterator[FeedServer]:
    """A server with a feed."""
    yield from serve_feed()


@pytest.fixture
def follower(server: FeedServer) -> Follower:
    """Somebody who follows it."""
    return Follower(server)

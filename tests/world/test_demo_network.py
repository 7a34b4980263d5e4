"""The demo as a network: history first, then life; a restart goes on; the crisis comes once."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from vigie.charter import Vocabulary, parse
from vigie.checks import built_in
from vigie.flows.ports.fetch import Response
from vigie.flows.ports.network import Network, SourceDownError, Tools
from vigie.model import Batch, Millis, SourceSpec
from vigie.networks.demo import NETWORK
from vigie.networks.demo.options import Options, read
from vigie.world import charter
from world.telling import DAY, MINUTE, NOW

HOUR: Millis = 60 * MINUTE


class Hand:
    """A clock moved by hand."""

    def __init__(self, now: Millis) -> None:
        self.now = now

    def __call__(self) -> Millis:
        return self.now


class NoFetch:
    """The demo asks nobody for anything."""

    async def __call__(self, url: str, **asked: object) -> Response:
        raise AssertionError(url)

    def check(self, url: str) -> None:
        raise AssertionError(url)


def tools(clock: Hand) -> Tools:
    return Tools(fetch=NoFetch(), clock=clock)  # type: ignore[arg-type]


async def told_until(batches: AsyncIterator[Batch], until: Millis) -> list[Batch]:
    """Batches up to the one that reaches an instant."""
    taken: list[Batch] = []
    async for batch in batches:
        taken.append(batch)
        if (batch.latest or 0) >= until:
            return taken
    raise AssertionError("the demo ended")


def keys(batches: list[Batch]) -> list[tuple[str, Millis]]:
    return [(post.remote_id, post.version_at) for batch in batches for post in batch.posts] + [
        (gone.remote_id, gone.at) for batch in batches for gone in batch.deleted
    ]


async def test_history_comes_first_and_fast() -> None:
    clock = Hand(NOW)
    spec = SourceSpec("demo", "demo", options={"days": 3})
    async with aclosing(NETWORK.open(spec, tools(clock)).read("")) as batches:
        first = await told_until(batches, NOW - 5 * MINUTE)
    assert all(0 < batch.events <= 1_000 and batch.events == len(batch.posts) + len(batch.deleted) for batch in first)
    assert sum(batch.events for batch in first) > 3_000
    assert len(first) < 15
    oldest = min(post.created_at for batch in first for post in batch.posts)
    assert NOW - 3 * DAY <= oldest < NOW - 3 * DAY + HOUR
    assert max(batch.latest or 0 for batch in first) <= NOW


async def test_then_it_lives_and_the_crisis_comes_two_minutes_after_the_first_start() -> None:
    clock = Hand(NOW)
    spec = SourceSpec("demo", "demo", options={"days": 1})
    async with aclosing(NETWORK.open(spec, tools(clock)).read("")) as batches:
        await told_until(batches, NOW - 10 * MINUTE)
        seen: list[Batch] = []
        while clock.now < NOW + 15 * MINUTE:
            clock.now += MINUTE
            batch = await asyncio.wait_for(anext(batches), 20)
            assert (batch.latest or 0) <= clock.now
            seen.append(batch)
    storm = [
        post for batch in seen for post in batch.posts if ":storm:" in post.remote_id and "tempête" in post.text.lower()
    ]
    assert min(post.created_at for post in storm) == NOW + 2 * MINUTE
    assert len(storm) > 100


async def test_a_restart_goes_on_without_loss_or_doubling() -> None:
    spec = SourceSpec("demo", "demo", options={"days": 2, "rate": 40})
    clock = Hand(NOW + 20 * MINUTE)
    begun = f"1:{NOW}:{NOW - 2 * DAY}"
    async with aclosing(NETWORK.open(spec, tools(clock)).read(begun)) as batches:
        whole = keys(await told_until(batches, NOW + 19 * MINUTE))
    pieces: list[Batch] = []
    cursor = begun
    while not pieces or (pieces[-1].latest or 0) < NOW + 19 * MINUTE:
        async with aclosing(NETWORK.open(spec, tools(clock)).read(cursor)) as batches:
            async for batch in batches:
                pieces.append(batch)
                cursor = batch.cursor
                break
    assert sorted(keys(pieces)) == sorted(whole)
    assert len(set(whole)) == len(whole)


async def test_it_shows_that_it_is_alive_in_quiet_minutes() -> None:
    clock = Hand(NOW)
    spec = SourceSpec("demo", "demo", options={"days": 0, "rate": 1, "crisis_after": "never"})
    async with aclosing(NETWORK.open(spec, tools(clock)).read("")) as batches:
        pending = asyncio.ensure_future(anext(batches))
        await asyncio.sleep(0)
        while not pending.done():
            clock.now += 16_000
            await asyncio.wait({pending}, timeout=0.3)
        batch = pending.result()
    assert batch.cursor.startswith(f"1:{NOW}:")


@pytest.mark.parametrize("cursor", ["x", "1:2", "1:a:b", "2:1:1", "1:-5:3"])
async def test_a_strange_cursor_is_said(cursor: str) -> None:
    with pytest.raises(SourceDownError) as caught:
        async for _ in NETWORK.open(SourceSpec("demo", "demo"), tools(Hand(NOW))).read(cursor):
            pass
    assert caught.value.code == "not-understood"


def test_options() -> None:
    def wrong(**options: str | int | bool) -> list[tuple[str, str]]:
        return [(name, code) for name, code, _ in NETWORK.problems(SourceSpec("d", "demo", options=options))]

    assert wrong(crisis_after="90s", crisis_minutes=5, days=3, rate=200, seed=1) == []
    assert wrong(crisis_after="never") == []
    assert wrong(crisis_after="soon", days=True, rate=0, speed=2) == [
        ("crisis_after", "bad-option"),
        ("days", "bad-option"),
        ("rate", "bad-option"),
        ("speed", "unknown-option"),
    ]
    with pytest.raises(SourceDownError):
        NETWORK.open(SourceSpec("d", "demo", options={"days": 99}), tools(Hand(NOW)))


def test_it_is_a_network_that_the_demo_charter_names() -> None:
    network: Network = NETWORK
    checks = {check.id: check.options for check in built_in()}
    vocabulary = Vocabulary(frozenset({network.name, "bluesky", "mastodon"}), network.problems, checks)
    (spec,) = parse(charter(), vocabulary).listening.sources
    assert spec.network == network.name
    assert network.directory(spec, tools(Hand(NOW))) is None
    assert not network.needs_token


def test_the_options_shown_in_the_explanation_are_good_ones() -> None:
    page = (Path(__file__).parents[2] / "docs/explanation/demo-world.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (spec,) = parse(example, Vocabulary(frozenset({"demo"}), NETWORK.problems)).listening.sources
    assert read(spec) == Options()
    assert all(f"| `{name}` |" in page for name in spec.options)

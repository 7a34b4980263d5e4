"""What the demo's charter catches of what goes wrong in its world, told in two short pieces."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[2] / "bench"
MINUTE, DAY = 60_000, 86_400_000


@pytest.fixture(scope="module")
def demo() -> ModuleType:
    sys.path.insert(0, str(BENCH))
    try:
        import demo_watch  # noqa: PLC0415  # beside the product, not in it
    finally:
        sys.path.remove(str(BENCH))
    return demo_watch


def test_the_post_from_the_wrong_account_is_told_within_its_minute(demo: ModuleType) -> None:
    since, crisis = demo.START + DAY // 4, demo.START + 9 * DAY + DAY // 2
    called = demo.watched(since, since + DAY // 2, crisis_at=crisis, learning=0)
    assert ("unknown-post", "slip") in {(one.reason, one.story) for one in called}
    assert {one.story for one in called} == {"slip"}
    assert min(one.late for one in called) <= MINUTE


def test_the_promotion_in_the_storm_is_told_by_what_it_draws(demo: ModuleType) -> None:
    crisis = demo.START + DAY // 2
    called = demo.watched(crisis - DAY // 12, crisis + DAY // 24, crisis_at=crisis, learning=0)
    assert ("reply-ratio", "storm") in {(one.reason, one.story) for one in called}
    assert {one.story for one in called} == {"storm"}

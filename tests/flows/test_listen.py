from vigie.flows.listen import FILL_EVERY, FILL_SHARE, KEEP_EVERY, SAMPLE_SIZE, Sampler, retry_after
from vigie.model import Author, Post


def posts(count: int) -> list[Post]:
    return [Post("bluesky", str(n), Author("did:x"), "", 0) for n in range(count)]


def test_an_empty_sample_fills_quickly_but_not_with_one_batch() -> None:
    sampler = Sampler(0)
    sampler.choose(posts(1000), 0)
    assert len(sampler.choose(posts(200), 1000)) == 1000 // FILL_EVERY
    assert len(sampler.choose(posts(1000), 1001)) == 1000 // FILL_SHARE


def test_a_full_sample_spans_a_day() -> None:
    sampler, now, taken = Sampler(SAMPLE_SIZE), 0, 0
    for _ in range(3600):
        now += 1000
        taken += len(sampler.choose(posts(50), now))
    assert abs(taken - 3_600_000 / KEEP_EVERY) <= 1


def test_chosen_posts_are_spread_over_the_batch() -> None:
    sampler = Sampler(0)
    sampler.choose(posts(1), 0)
    chosen = [int(p.remote_id) for p in sampler.choose(posts(100), 10 * FILL_EVERY)]
    assert chosen == list(range(0, 100, 10))


def test_a_clock_that_jumps_neither_floods_nor_stops_the_sample() -> None:
    sampler = Sampler(SAMPLE_SIZE)
    sampler.choose(posts(10), 10_000_000)
    assert len(sampler.choose(posts(1000), 0)) <= 1
    assert len(sampler.choose(posts(1000), 90_000_000)) <= 1
    assert sampler.choose(posts(1000), 90_000_000 + KEEP_EVERY)


def test_waits_double_up_to_a_minute_half_by_chance() -> None:
    assert [retry_after(n, 1.0) for n in (1, 2, 3, 7, 100)] == [1.0, 2.0, 4.0, 60.0, 60.0]
    assert retry_after(3, 0.0) == 2.0

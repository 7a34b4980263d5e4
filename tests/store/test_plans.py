"""No question about mentions reads a whole table: checked on SQLite's own plans."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec import structs
from sqlalchemy import event

from store.making import NOON, act, keep, post
from store.publishing import claim, pause, schedule, wanted
from vigie.flows.ports.archive import Filter
from vigie.model import AuthorGone, Content, Deleted
from vigie.store import Store
from vigie.store.archive import choosing


@pytest.fixture
def plans(store: Store) -> Iterator[Callable[[Callable[[], Any]], list[str]]]:
    """Gives the steps of SQLite's plans for everything that a call asks."""
    keep(store, *(post(f"mot {n}", at=NOON + n, reply_to=f"at://post/{n % 7}") for n in range(300)))
    steps: list[str] = []

    def explain(connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:  # noqa: FBT001
        if statement.startswith(("PRAGMA", "BEGIN", "COMMIT", "EXPLAIN")):
            return
        one = parameters[0] if many else parameters
        plan = connection.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", one)
        steps.extend(row[3] for row in plan)

    for engine in (store._database._readers, store._database._writers):
        event.listen(engine, "before_cursor_execute", explain)

    def ask(call: Callable[[], Any]) -> list[str]:
        steps.clear()
        call()
        return list(steps)

    yield ask
    for engine in (store._database._readers, store._database._writers):
        event.remove(engine, "before_cursor_execute", explain)


SMALL = (
    "json_each",
    "merged",
    "anon_",
    "hits",
    "SCAN (",
    "CONSTANT ROW",
    "VIRTUAL TABLE",
    "counted",
    "volume_1",
    "every",
    "sqlite_sequence",
    "few",
)
"""What a plan may read through: lists handed in, pages already cut, the search index's own answers."""


def whole_tables(steps: list[str]) -> list[str]:
    """Steps that read all of a table or of an index."""
    return [step for step in steps if step.startswith("SCAN") and not any(small in step for small in SMALL)]


PAGES = {
    "all": Filter(),
    "query": Filter(queries=("brand",)),
    "queries": Filter(queries=("brand", "harbour"), langs=("fr",), networks=("bluesky",)),
    "author": Filter(author="odile.example"),
    "author's matches": Filter(author="odile.example", queries=("brand",)),
    "every reason": Filter(kept=()),
    "search": Filter(text="mot"),
    "search in a query": Filter(text="mot", queries=("brand",)),
    "period": Filter(since=NOON, until=NOON + 100),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("few", [0, 2_000])
def test_lists_walk_an_index(
    name: str, few: int, store: Store, plans: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "FEW_HITS", few)
    after = store.archive.mentions(PAGES[name], limit=5).next
    steps = plans(lambda: store.archive.mentions(PAGES[name], after, limit=5))
    assert whole_tables(steps) == []
    if few and PAGES[name].text:  # from the search index to the posts, not the other way round
        assert not [step for step in steps if "post_by" in step], steps
    sorts = [step for step in steps if "TEMP B-TREE FOR ORDER BY" in step]
    assert len(sorts) <= 1, steps  # the merge of pages already cut, or few hits
    assert whole_tables(plans(lambda: store.archive.volume(PAGES[name], "hour"))) == []
    assert whole_tables(plans(lambda: store.archive.count(PAGES[name]))) == []


def test_single_things_are_looked_up(store: Store, plans: Callable[..., list[str]]) -> None:
    one = store.archive.mention(1)
    assert one is not None
    archive = store.archive
    for call in (
        lambda: archive.mention(1),
        lambda: archive.mention_of("bluesky", one.post.remote_id),
        lambda: archive.thread(1),
        lambda: archive.versions(1),
        lambda: archive.author("bluesky", "did:plc:odile"),
        lambda: archive.authors_without_handle("bluesky"),
        lambda: archive.changes(5),
        archive.last_change,
        lambda: list(archive.kept_ids("bluesky", NOON)),
        lambda: archive.standing(200),
        lambda: archive.quarantine("jetstream"),
        lambda: archive.cursor("jetstream"),
        lambda: store.acts.latest(before=50),
        lambda: store.accounts.sessions("odile"),
        lambda: store.accounts.failures("login:odile", 5),
    ):
        assert whole_tables(plans(call)) == []


def test_storing_looks_up_only_what_it_stores(store: Store, plans: Callable[..., list[str]]) -> None:
    again = post("encore")
    for call in (
        lambda: keep(store, again, post(reply_to="at://post/1"), deleted=(Deleted("bluesky", "at://unknown", 1),)),
        lambda: keep(store, again, deleted=(Deleted("bluesky", again.remote_id, 1),)),
        lambda: keep(store, authors=(AuthorGone("bluesky", "did:nobody", 1),)),
        lambda: store.archive.add_to_sample([post()], NOON),
    ):
        assert [step for step in whole_tables(plans(call)) if "sample" not in step] == []


LAST_ACT = "SCAN act"
"""From its end, one row: what the next act follows."""


def test_the_queue_is_looked_up(store: Store, plans: Callable[..., list[str]]) -> None:
    schedule(store, *(wanted(str(n), due=NOON + n) for n in range(20)), wanted(repeat="day"))
    taken = claim(store, store.publications.get(1))
    store.publications.settle(structs.replace(taken, sent=(structs.replace(taken.sent[0], remote_id="at://ours/1"),)))
    pause(store, "masto")
    store.drafts.begin(Content("a", answers=post()), "yanis", NOON, act())
    queue = store.publications
    turn = wanted(repeat="day", series=21, wall="2025-10-10T14:00")
    for call in (
        lambda: queue.get(1),
        lambda: queue.of_draft(1),
        lambda: queue.between(NOON, NOON + 5, ["bsky"]),
        lambda: queue.of_states(("scheduled", "publishing")),
        lambda: queue.due(NOON + 9),
        lambda: queue.open(NOON + 9),
        lambda: queue.by_key("bluesky", "1.0"),
        lambda: queue.by_remote("bluesky", "at://ours/1"),
        lambda: claim(store, queue.get(2)),
        lambda: schedule(store, turn),
        queue.pauses,
        lambda: queue.approvals(1),
        lambda: keep(store, deleted=(Deleted("bluesky", "at://unknown", 1),)),
        lambda: keep(store, authors=(AuthorGone("bluesky", "did:nobody", 1),)),
        lambda: store.incidents.of_key("own:x"),
        lambda: store.incidents.timeline(1),
        lambda: store.incidents.tasks(1),
        lambda: store.incidents.evidence(1),
        lambda: store.notices.due(NOON),
        lambda: store.notices.of_incident(1),
        lambda: store.notices.for_person("maelle"),
        lambda: store.notices.unread("maelle"),
        lambda: store.notices.cancel(1),
    ):
        assert [step for step in whole_tables(plans(call)) if step != LAST_ACT] == []
    assert LAST_ACT not in plans(lambda: store.acts.about("publication:1"))

"""What every archive answers: lists, counts, volumes, threads, sources, queries, the sample."""

import pytest
from msgspec import structs

from store.making import DAY, HOUR, NOON, found, keep, post, texts
from vigie.flows.ports.archive import Bucket, Filter, Stretch
from vigie.model import (
    Author,
    Deleted,
    Mention,
    Rejected,
    SourceState,
)
from vigie.store import Store


class SourceSuite:
    """Sources, queries, sample."""

    def test_states_come_back_with_totals_that_the_batches_stored(self, store: Store) -> None:
        state = SourceState(
            "jetstream", "bluesky", "wss://x", "retrying", NOON, NOON - 5, None, 1.5, 7, 3, 1,
            "unreachable", "no route", NOON, NOON + 9, {"not-json": 2},
        )  # fmt: skip
        store.archive.set_source(state)
        assert store.archive.sources() == [state]
        keep(store, post(at=NOON + 4), events=50, latest=NOON + 5)
        (now,) = store.archive.sources()
        assert (now.events, now.posts, now.kept, now.latest, now.last_post_at) == (50, 3, 1, NOON + 5, NOON + 4)
        store.archive.set_source(structs.replace(state, id="feed", state="waiting", error=""))
        keep(store, source="feed", cursor="7", rejected=(Rejected("wrong-shape", "", b""),))
        store.archive.drop_sources(["jetstream"])
        assert [one.id for one in store.archive.sources()] == ["jetstream"]
        assert store.archive.cursor("feed") == "7"
        assert store.archive.quarantine("feed") == []
        kinds = [(one.kind, one.ref) for one in store.archive.changes(0)]
        assert kinds == [("source", "jetstream"), ("mention", "1"), ("source", "feed"), ("source", "feed")]

    def test_a_changed_query_is_its_next_version(self, store: Store) -> None:
        first = store.archive.set_queries([("brand", "café"), ("harbour", "port")], NOON)
        assert [(one.id, one.number, one.match) for one in first] == [("brand", 1, "café"), ("harbour", 1, "port")]
        assert store.archive.set_queries([("brand", "café"), ("harbour", "port")], NOON) == first
        assert store.archive.last_change() == 1
        (changed,) = store.archive.set_queries([("brand", "café OR thé")], NOON + 1)
        assert store.archive.queries_since() == {"brand": NOON, "harbour": NOON}
        assert (changed.number, changed.match) == (2, "café OR thé")
        assert store.archive.queries() == [changed]
        back = store.archive.set_queries([("harbour", "port"), ("brand", "café")], NOON + 2)
        assert [(one.id, one.number) for one in back] == [("harbour", 1), ("brand", 3)]
        assert {one.kind for one in store.archive.changes(0)} == {"charter"}

    def test_the_sample_rolls(self, store: Store) -> None:
        assert store.archive.sample_size() == (0, None)
        store.archive.add_to_sample([post(f"n {n}") for n in range(9_990)], NOON)
        fresh = [post(f"m {n}") for n in range(30)]
        store.archive.add_to_sample(fresh, NOON + HOUR)
        assert store.archive.sample_size() == (10_000, NOON)
        assert store.archive.sample(30) == fresh[::-1]
        store.archive.add_to_sample([structs.replace(fresh[0], text="corrigé")], NOON + HOUR)
        assert store.archive.sample_size() == (10_000, NOON)
        store.archive.add_to_sample([post()], NOON + DAY + 1)
        assert store.archive.sample_size() == (31, NOON + HOUR)
        assert store.archive.expire_sample(NOON + 2 * HOUR) == 30
        assert store.archive.sample_size() == (1, NOON + DAY + 1)

    def test_kept_ids_newest_first(self, store: Store) -> None:
        posts = [post(at=NOON + n) for n in range(6)]
        for one, kept in zip(posts, ("match", "own", "thread", "all", "match", "own"), strict=True):
            keep(store, one, kept=kept, queries=("brand",) if kept == "match" else ())  # type: ignore[arg-type]
        keep(store, deleted=(Deleted("bluesky", posts[4].remote_id, NOON),))
        wanted = [posts[n].remote_id for n in (5, 2, 1)]
        assert list(store.archive.kept_ids("bluesky", NOON + 1)) == wanted
        assert list(store.archive.kept_ids("bluesky", NOON + 1, limit=2)) == wanted[:2]
        assert list(store.archive.kept_ids("mastodon", 0)) == []


class ReadSuite:
    """Lists, counts, volumes, threads."""

    def test_all_that_stands_is_read_back_once_the_latest_stored_first(self, store: Store) -> None:
        assert store.archive.standing() == Stretch((), None)
        assert store.archive.standing_size() == (0, None)
        posts = [
            post(
                f"n {n}", at=NOON - n, title="Titre", url="https://x.example", edited_at=NOON + n, tags=("port",),
                links=("https://y.example",), mentions=("lou.example",), quote_of="at://q", reply_to="at://r",
            )
            for n in range(7)
        ]  # fmt: skip
        keep(store, *posts[:3])
        keep(store, *posts[3:5], kept="thread", queries=())
        keep(store, *posts[5:], kept="all", queries=())
        keep(store, post("le nôtre"), kept="own")
        keep(store, gone := post("repris"))
        keep(store, deleted=(Deleted("bluesky", gone.remote_id, NOON),))
        found, before = [], None
        for _ in range(3):
            stretch = store.archive.standing(before, limit=3)
            found += stretch.posts
            before = stretch.before
        assert found == posts[::-1]
        assert before is None
        assert store.archive.standing(limit=7).before is not None  # whoever asks again learns that it was all
        assert store.archive.standing_size() == (8, NOON - 6)  # the one taken back is counted: an index says so at once

    def test_pages_give_each_mention_once_newest_first(self, store: Store) -> None:
        for n in range(23):
            keep(store, post(f"n {n}", at=NOON + n // 5), queries=("a", "b") if n % 2 else ("a",))
        for where in (Filter(), Filter(queries=("a", "b")), Filter(text="n"), Filter(author="odile.example")):
            seen: list[Mention] = []
            after = ""
            while True:
                page = store.archive.mentions(where, after, 5)
                seen.extend(page.mentions)
                if not (after := page.next):
                    break
            assert [(one.post.created_at, one.id) for one in seen] == sorted(
                ((one.post.created_at, one.id) for one in seen), reverse=True
            )
            assert len({one.id for one in seen}) == 23 == store.archive.count(where)

    def test_a_page_that_was_never_given(self, store: Store) -> None:
        for after in ("x", "12", "12-x", "'; drop"):
            with pytest.raises(ValueError):  # noqa: PT011 - whatever its words
                store.archive.mentions(Filter(), after)

    def test_filters_narrow_together(self, store: Store) -> None:
        ana = Author("did:ana", "ana.example")
        keep(store, post("thé vert", at=NOON, langs=("en",), author=ana), queries=("a",))
        keep(store, post("thé noir", at=NOON + 1, langs=()), queries=("a", "b"))
        keep(store, post("café noir", at=NOON + 2, network="mastodon"), queries=("b",))
        keep(store, post("fil", at=NOON + 3), queries=(), kept="thread")
        assert texts(store) == ["café noir", "thé noir", "thé vert"]
        assert texts(store, queries=("a",)) == ["thé noir", "thé vert"]
        assert texts(store, queries=("a", "b", "unknown")) == ["café noir", "thé noir", "thé vert"]
        assert texts(store, queries=("a",), langs=("en",)) == ["thé vert"]
        assert texts(store, langs=("", "en")) == ["thé noir", "thé vert"]
        assert texts(store, networks=("mastodon",)) == ["café noir"]
        assert texts(store, author="did:ana") == texts(store, author="@ANA.example") == ["thé vert"]
        assert texts(store, author="nobody") == []
        assert texts(store, author="did:ana", queries=("b",)) == []
        assert texts(store, since=NOON + 1, until=NOON + 2) == ["thé noir"]
        assert texts(store, text="noir", queries=("b",), networks=("mastodon",)) == ["café noir"]
        assert texts(store, text="thé", author="ana.example") == ["thé vert"]
        assert texts(store, kept=("thread",)) == ["fil"]
        assert len(texts(store, kept=())) == 4
        assert store.archive.count(Filter(queries=("a", "b"))) == 3
        assert store.archive.langs(Filter(kept=())) == [("fr", 2), ("", 1), ("en", 1)]
        assert store.archive.langs(Filter(author="nobody")) == []

    def test_any_number_of_queries(self, store: Store) -> None:
        keep(store, post("a"), queries=("q7",))
        keep(store, post("b"), queries=("other",))
        many = tuple(f"q{n}" for n in range(1_000))
        assert texts(store, queries=many) == texts(store, queries=many, text="a") == ["a"]
        assert store.archive.count(Filter(queries=many)) == 1
        assert [one.query for one in store.archive.volume(Filter(queries=many), "day")] == ["", "q7"]

    def test_search_ignores_accents_and_case(self, store: Store) -> None:
        keep(store, post("La GRÈVE des éboueurs à l'Île-Tudy", tags=("Finistère",), title="Télégramme"))
        for typed in (
            "greve",
            "Grève",
            "grÉv*",
            '"greve des eboueurs"',
            "l'ile",
            "tudy finistere",
            "telegramme",
            "île-tudy",
        ):
            assert len(texts(store, text=typed)) == 1, typed
        for typed in ("grev", '"des greve"', "greve -", "☕", '""', "tudy absent", "***"):
            assert len(texts(store, text=typed)) == (1 if typed == "greve -" else 0), typed
        assert len(texts(store, text="  ")) == 1

    def test_volume_counts_by_when_posts_were_written(self, store: Store) -> None:
        keep(store, post(at=NOON), post(at=NOON + 599_999), post(at=NOON + 600_000, langs=("en",)))
        keep(store, post(at=NOON + DAY, network="mastodon"), queries=("a", "brand"))
        volume = store.archive.volume
        assert volume(Filter(queries=("brand",)), "10min") == [
            Bucket("brand", NOON, 2),
            Bucket("brand", NOON + 600_000, 1),
            Bucket("brand", NOON + DAY, 1),
        ]
        assert volume(Filter(), "hour") == [
            Bucket("", NOON, 3),
            Bucket("", NOON + DAY, 1),
            Bucket("a", NOON + DAY, 1),
            Bucket("brand", NOON, 3),
            Bucket("brand", NOON + DAY, 1),
        ]
        midnight = NOON - NOON % DAY
        assert volume(Filter(langs=("fr",)), "day")[3:] == [
            Bucket("brand", midnight, 2),
            Bucket("brand", midnight + DAY, 1),
        ]
        assert volume(Filter(networks=("mastodon",)), "day") == [
            Bucket("", midnight + DAY, 1),
            Bucket("a", midnight + DAY, 1),
            Bucket("brand", midnight + DAY, 1),
        ]
        hour = Filter(since=NOON + 5, until=NOON + 7)
        assert volume(hour, "hour") == [Bucket("", NOON, 3), Bucket("brand", NOON, 3)]
        assert volume(Filter(until=NOON), "hour") == []

    def test_volume_of_posts_agrees_with_the_counters(self, store: Store) -> None:
        for n in range(40):
            keep(store, post("mot", at=NOON + n * 400_000), queries=("a", "b") if n % 3 else ("a",))
        for step in ("10min", "hour", "day"):
            for where in (
                Filter(),
                Filter(queries=("b",)),
                Filter(queries=("a", "b")),
                Filter(since=NOON + HOUR, until=NOON + 2 * HOUR),
            ):
                searched = structs.replace(where, text="mot")
                assert store.archive.volume(searched, step) == store.archive.volume(where, step)  # type: ignore[arg-type]

    @pytest.mark.parametrize("text", ["", "mot"])
    def test_a_post_that_several_queries_match_counts_once_among_all(self, store: Store, text: str) -> None:
        keep(store, post("mot"), post("mot", langs=("en",)), queries=("a", "b"))
        keep(store, post("mot"), queries=("a",))
        keep(store, post("mot"), queries=("c",))
        keep(store, post("mot"), queries=("a",), kept="own")
        keep(store, post("mot"), queries=(), kept="thread")

        def counts(**where: tuple[str, ...]) -> dict[str, int]:
            found = store.archive.volume(Filter(text=text, **where), "hour")  # type: ignore[arg-type]
            return {bucket.query: bucket.count for bucket in found}

        assert counts() == {"": 4, "a": 3, "b": 2, "c": 1}
        assert counts(queries=("a", "b")) == {"": 3, "a": 3, "b": 2}
        assert counts(queries=("b", "c"), langs=("fr",)) == {"": 2, "b": 1, "c": 1}
        assert counts(queries=("b",)) == {"b": 2}
        assert counts(queries=("b", "nothing")) == {"": 2, "b": 2}

    def test_volume_of_posts_without_a_query(self, store: Store) -> None:
        keep(store, post(at=NOON), queries=(), kept="all")
        assert store.archive.volume(Filter(kept=("all",)), "hour") == [Bucket("", NOON, 1)]

    def test_a_thread_is_found_from_each_of_its_posts(self, store: Store) -> None:
        root = post("racine", at=NOON)
        answer = post("réponse", at=NOON + 1, reply_to=root.remote_id, thread=root.remote_id)
        deeper = post("suite", at=NOON + 2, reply_to=answer.remote_id, thread=root.remote_id)
        unsaid = post("sans fil", at=NOON + 3, reply_to=deeper.remote_id)
        other = post("ailleurs", at=NOON + 4)
        keep(store, deeper, unsaid, root, answer, other)
        for mention in found(store):
            if mention.post.text != "ailleurs":
                around = [one.post.text for one in store.archive.thread(mention.id)]
                assert around == ["racine", "réponse", "suite", "sans fil"]
        assert [one.post.text for one in store.archive.thread(found(store)[0].id)] == ["ailleurs"]
        assert store.archive.thread(10_000) == []
        assert len(store.archive.thread(1, limit=2)) == 2

    def test_the_feed_tells_what_happened_in_order(self, store: Store) -> None:
        assert store.archive.last_change() == 0
        one = post()
        keep(store, one)
        keep(store, structs.replace(one, text="corrigé", edited_at=NOON + 1))
        keep(store, deleted=(Deleted("bluesky", one.remote_id, NOON),))
        changes = store.archive.changes(0)
        assert [(change.kind, change.ref) for change in changes] == [("mention", "1"), ("edit", "1"), ("gone", "1")]
        assert store.archive.changes(changes[1].id) == changes[2:]
        assert store.archive.changes(0, limit=1) == changes[:1]
        assert store.archive.last_change() == changes[-1].id

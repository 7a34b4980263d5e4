"""What every adapter of the archive, the acts and the accounts must do. Each class asks for a `store` fixture."""

import itertools
from collections.abc import Iterable

import pytest
from msgspec import structs

from vigie.flows.ports.accounts import Account, LoginTakenError, Session, Token
from vigie.flows.ports.archive import Appended, Bucket, Filter
from vigie.model import (
    Act,
    Author,
    AuthorChanged,
    AuthorGone,
    Batch,
    Deleted,
    Kept,
    Media,
    Mention,
    Post,
    Rejected,
    Sighting,
    SourceState,
)
from vigie.store import Store

NOON = 1_760_011_200_000  # 2025-10-09T12:00:00Z
HOUR = 3_600_000
DAY = 24 * HOUR
_numbers = itertools.count(1)


def post(text: str = "Un café au port", at: int = NOON, **more: object) -> Post:
    """A post of its own name unless it is given one."""
    number = next(_numbers)
    author = more.pop("author", None) or Author("did:plc:odile", handle="odile.example", name="Odile")
    said = Post("bluesky", f"at://post/{number}", author, text, at, langs=("fr",))  # type: ignore[arg-type]
    return structs.replace(said, **more)


def act(verb: str = "person.erased", at: int = NOON, **more: object) -> Act:
    """Something that Odile did."""
    return structs.replace(Act(at, "odile", verb, "query:brand"), **more)


def keep(
    store: Store,
    *posts: Post,
    queries: Iterable[str] = ("brand",),
    kept: Kept = "match",
    source: str = "jetstream",
    now: int = NOON + 1000,
    **more: object,
) -> Appended:
    """Appends a batch whose posts are all worth keeping."""
    batch = structs.replace(Batch(posts=posts, events=len(posts)), **more)
    return store.archive.append(source, batch, [Sighting(one, tuple(sorted(queries)), kept) for one in posts], now)


def found(store: Store, **where: object) -> list[Mention]:
    """All mentions of a filter."""
    return list(store.archive.mentions(Filter(**where), limit=1000).mentions)  # type: ignore[arg-type]


def texts(store: Store, **where: object) -> list[str]:
    """Their texts."""
    return [mention.post.text for mention in found(store, **where)]


class AppendSuite:
    """The chapter for `listen`."""

    def test_a_post_comes_back_as_it_was(self, store: Store) -> None:
        full = post(
            author=Author("did:1", "ana.example", "Ana", "https://a/b.png", 10, 0, 7, NOON - DAY, True, "FR"),
            text="Grève au café ☕ \u202eRTL \x00 fin",
            edited_at=None,
            url="https://there/1",
            title="Titre",
            langs=("fr", "br"),
            reply_to="at://post/0",
            thread="at://post/00",
            repost_of="at://post/passed",
            quote_of="at://post/quoted",
            mentions=("did:2", "bob.example"),
            tags=("Café", "brûlerie"),
            links=("https://x.example/?q=é",),
            media=(Media("image", "https://i/1.jpg", "un bol"), Media("video")),
        )
        assert keep(store, full, queries=("b", "a")) == Appended(new=1)
        (mention,) = found(store)
        assert mention.post == full
        assert (mention.queries, mention.kept, mention.version, mention.gone_at) == (("a", "b"), "match", 1, None)
        assert mention.seen_at == NOON + 1000
        assert store.archive.mention(mention.id) == mention
        assert store.archive.mention_of("bluesky", full.remote_id) == mention
        assert store.archive.mention(mention.id + 1) is None
        assert store.archive.mention_of("mastodon", full.remote_id) is None

    def test_the_cursor_moves_with_the_posts(self, store: Store) -> None:
        assert store.archive.cursor("jetstream") == ""
        keep(store, post(), cursor="c1")
        keep(store, cursor="c2")
        assert store.archive.cursor("jetstream") == "c2"
        keep(store, cursor="")  # a source that cannot say where it is takes nothing back
        assert store.archive.cursor("jetstream") == "c2"
        assert store.archive.cursor("other") == ""

    def test_the_same_batch_twice_changes_nothing(self, store: Store) -> None:
        posts = [post(at=NOON + n) for n in range(3)]
        keep(store, *posts)
        before = found(store), store.archive.volume(Filter(), "hour"), store.archive.last_change()
        assert keep(store, *posts, now=NOON + 5000) == Appended(repeated=3)
        assert (found(store), store.archive.volume(Filter(), "hour"), store.archive.last_change()) == before

    def test_the_same_post_twice_in_a_batch_is_one(self, store: Store) -> None:
        one = post("premier")
        later = structs.replace(one, text="second", edited_at=NOON + 10)
        assert keep(store, one, one, later) == Appended(new=1, edited=1, repeated=1)
        (mention,) = found(store)
        assert (mention.post.text, mention.version) == ("second", 2)
        assert store.archive.versions(mention.id) == [(NOON, "premier"), (NOON + 10, "second")]

    def test_a_repeated_post_gains_the_matches_that_it_did_not_have(self, store: Store) -> None:
        one = post()
        keep(store, one, queries=("brand",))
        assert keep(store, one, queries=("brand", "harbour")) == Appended(repeated=1)
        assert found(store)[0].queries == ("brand", "harbour")
        assert store.archive.volume(Filter(), "day") == [
            Bucket("brand", NOON - NOON % DAY, 1),
            Bucket("harbour", NOON - NOON % DAY, 1),
        ]

    def test_a_thread_post_that_matches_later_becomes_a_mention(self, store: Store) -> None:
        one = post()
        keep(store, one, queries=(), kept="thread")
        assert found(store) == []
        keep(store, one)
        assert [mention.kept for mention in found(store)] == ["match"]
        assert store.archive.volume(Filter(), "day")[0].count == 1

    def test_own_posts_stay_own_and_are_no_mentions(self, store: Store) -> None:
        one = post()
        keep(store, one, kept="own")
        keep(store, one, kept="match")
        assert found(store) == []
        assert [mention.queries for mention in found(store, kept=("own",))] == [("brand",)]
        assert store.archive.volume(Filter(), "day") == []
        assert store.archive.volume(Filter(kept=("own",)), "day") == [Bucket("brand", NOON - NOON % DAY, 1)]

    def test_an_edit_replaces_the_text_everywhere(self, store: Store) -> None:
        one = post("la grève", title="avant", tags=("port",))
        keep(store, one)
        later = structs.replace(one, text="la trêve", title="après", tags=("quai",), langs=("en",), edited_at=NOON + 50)
        assert keep(store, later) == Appended(edited=1)
        assert texts(store, text="trêve après quai") == ["la trêve"]
        assert texts(store, text="grève") == texts(store, text="avant") == texts(store, text="port") == []
        assert texts(store, langs=("fr",)) == ["la trêve"]  # counted under the first version's language, for good
        assert found(store)[0].post == later

    def test_an_older_version_changes_nothing(self, store: Store) -> None:
        one = post("neuf", edited_at=NOON + 50)
        keep(store, one)
        assert keep(store, structs.replace(one, text="vieux", edited_at=NOON + 20)) == Appended(repeated=1)
        assert texts(store) == ["neuf"]

    def test_an_edit_of_a_kept_post_counts_even_when_it_matches_no_more(self, store: Store) -> None:
        one = post("la grève")
        keep(store, one)
        edited = structs.replace(one, text="autre chose", edited_at=NOON + 50)
        unknown = post("jamais gardé", edited_at=NOON)
        batch = Batch(posts=(edited, unknown), events=2)
        assert store.archive.append("jetstream", batch, [], NOON) == Appended(edited=1)
        assert texts(store) == ["autre chose"]
        assert found(store)[0].queries == ("brand",)

    def test_a_deletion_leaves_a_tombstone_without_words(self, store: Store) -> None:
        one = post("la grève", url="https://there", title="titre", links=("https://l",), media=(Media("image", "u", "a"),))
        later = structs.replace(one, text="la trêve", edited_at=NOON + 50)
        keep(store, one, later)
        gone = Deleted("bluesky", one.remote_id, NOON + 99)
        assert keep(store, deleted=(gone, Deleted("bluesky", "at://unknown", 1))) == Appended(gone=1)
        (mention,) = found(store)
        blank = Post("bluesky", one.remote_id, Author(""), "", NOON)
        assert (mention.post, mention.gone_at, mention.queries) == (blank, NOON + 99, ("brand",))
        assert store.archive.versions(mention.id) == []
        assert texts(store, text="trêve") == texts(store, text="grève") == []
        assert store.archive.author("bluesky", one.author.id) is None
        assert store.archive.volume(Filter(), "day")[0].count == 1

    def test_a_tombstone_never_comes_back_to_life(self, store: Store) -> None:
        one = post("la grève")
        keep(store, one, deleted=(Deleted("bluesky", one.remote_id, NOON + 99),))
        assert found(store)[0].gone_at == NOON + 99
        again = structs.replace(one, edited_at=NOON + 200)
        assert keep(store, again, queries=("harbour",)) == Appended(repeated=1)
        assert keep(store, deleted=(Deleted("bluesky", one.remote_id, NOON + 300),)) == Appended()
        (mention,) = found(store)
        assert (mention.post.text, mention.gone_at, mention.queries) == ("", NOON + 99, ("brand",))

    def test_who_passed_on_a_deleted_post_repeats_it_no_more(self, store: Store) -> None:
        one = post("la grève")
        passed_on = post("la grève", author=Author("did:2"), repost_of=one.remote_id)
        keep(store, one, passed_on)
        assert keep(store, deleted=(Deleted("bluesky", one.remote_id, NOON),)) == Appended(gone=2)
        assert texts(store) == ["", ""]

    def test_a_deleted_post_leaves_the_sample(self, store: Store) -> None:
        one, other = post(), post()
        store.archive.add_to_sample([one, other], NOON)
        keep(store, deleted=(Deleted("bluesky", one.remote_id, NOON),))
        assert store.archive.sample() == [other]

    def test_all_posts_of_an_author_who_is_gone_go(self, store: Store) -> None:
        ana = Author("did:ana", "ana.example")
        keep(store, post(author=ana), post(author=ana), post())
        store.archive.add_to_sample([post(author=ana)], NOON)
        assert keep(store, authors=(AuthorGone("bluesky", "did:ana", NOON + 1),)) == Appended(gone=2)
        assert sorted(mention.gone_at or 0 for mention in found(store)) == [0, NOON + 1, NOON + 1]
        assert store.archive.sample() == []
        assert store.archive.author("bluesky", "did:ana") is None

    def test_an_author_changes_name_on_all_their_posts(self, store: Store) -> None:
        keep(store, post(author=Author("did:ana", "ana.example", "Ana", followers=5)))
        change = AuthorChanged("bluesky", Author("did:ana", "anne.example"), NOON)
        keep(store, authors=(change, AuthorChanged("bluesky", Author("did:nobody", "x"), NOON)))
        assert found(store)[0].post.author == Author("did:ana", "anne.example", "Ana", followers=5)
        assert len(found(store, author="@Anne.Example")) == 1
        assert found(store, author="ana.example") == []
        assert store.archive.author("bluesky", "did:nobody") is None

    def test_a_post_brings_its_author_up_to_date(self, store: Store) -> None:
        keep(store, post(author=Author("did:ana")))
        assert store.archive.authors_without_handle("bluesky") == ["did:ana"]
        keep(store, post(author=Author("did:ana", "ana.example", verified=True)))
        store.archive.set_authors("bluesky", [Author("did:ana", name="Ana", followers=3), Author("did:x", "x")])
        sheet = store.archive.author("bluesky", "did:ana")
        assert sheet is not None
        assert sheet.author == Author("did:ana", "ana.example", "Ana", followers=3)
        assert (sheet.mentions, sheet.first_at, sheet.last_at) == (2, NOON, NOON)
        assert store.archive.authors_without_handle("bluesky") == []

    def test_what_nobody_could_read_is_counted_and_kept_for_a_while(self, store: Store) -> None:
        store.archive.set_source(SourceState("jetstream", "bluesky", state="reading"))
        rejected = tuple(Rejected("not-json", f"line {n}", b"{" * 3000) for n in range(150))
        keep(store, rejected=rejected, events=150)
        keep(store, rejected=(*rejected, Rejected("bad-date", "createdAt", b"\xff\x00")), events=151, now=NOON + 9)
        (state,) = store.archive.sources()
        assert state.rejected == {"not-json": 300, "bad-date": 1}
        assert (state.events, state.posts) == (301, 0)
        latest = store.archive.quarantine("jetstream", 2)
        assert latest[0] == (NOON + 9, "bad-date", "createdAt", b"\xff\x00")
        assert len(latest[1][3]) == 2048
        assert len(store.archive.quarantine("jetstream", 1000)) == 200
        assert store.archive.quarantine("other") == []

    def test_hostile_strings_are_mended_not_fatal(self, store: Store) -> None:
        broken = post("moitié \ud800 de paire", author=Author("did:\udfff", name="\ud83d", followers=10**30))
        assert keep(store, broken, cursor="after") == Appended(new=1)
        assert texts(store, text="moitié paire") == ["moitié ? de paire"]
        assert store.archive.cursor("jetstream") == "after"
        store.archive.add_to_sample([broken], NOON)
        assert store.archive.sample()[0].text == "moitié ? de paire"

    def test_a_long_text_is_kept_whole(self, store: Store) -> None:
        keep(store, post("mot " * 250_000 + "aiguille"))
        assert len(texts(store, text="aiguille")[0]) == 1_000_008


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

    def test_search_ignores_accents_and_case(self, store: Store) -> None:
        keep(store, post("La GRÈVE des éboueurs à l'Île-Tudy", tags=("Finistère",), title="Télégramme"))
        for typed in ("greve", "Grève", "grÉv*", '"greve des eboueurs"', "l'ile", "tudy finistere", "telegramme", "île-tudy"):
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
            Bucket("a", NOON + DAY, 1),
            Bucket("brand", NOON, 3),
            Bucket("brand", NOON + DAY, 1),
        ]
        midnight = NOON - NOON % DAY
        assert volume(Filter(langs=("fr",)), "day")[1:] == [
            Bucket("brand", midnight, 2),
            Bucket("brand", midnight + DAY, 1),
        ]
        assert volume(Filter(networks=("mastodon",)), "day") == [
            Bucket("a", midnight + DAY, 1),
            Bucket("brand", midnight + DAY, 1),
        ]
        assert volume(Filter(since=NOON + 5, until=NOON + 7), "hour") == [Bucket("brand", NOON, 3)]
        assert volume(Filter(until=NOON), "hour") == []

    def test_volume_of_posts_agrees_with_the_counters(self, store: Store) -> None:
        for n in range(40):
            keep(store, post("mot", at=NOON + n * 400_000), queries=("a", "b") if n % 3 else ("a",))
        for step in ("10min", "hour", "day"):
            for where in (Filter(), Filter(queries=("b",)), Filter(since=NOON + HOUR, until=NOON + 2 * HOUR)):
                searched = structs.replace(where, text="mot")
                assert store.archive.volume(searched, step) == store.archive.volume(where, step)  # type: ignore[arg-type]

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


class ForgetSuite:
    """Retention, erasure, refusal. That no byte is left is tested beside, on the files."""

    def test_retention_forgets_what_nothing_else_keeps(self, store: Store) -> None:
        both = post("deux", at=NOON)
        keep(store, post("vieux", at=NOON), post("jeune", at=NOON + DAY), queries=("brand",))
        keep(store, both, queries=("brand", "harbour"))
        own = post("à nous", at=NOON)
        keep(store, own, kept="own")
        expired = act("query.expired", details={"days": 30})
        assert store.archive.expire("brand", NOON + HOUR, expired) == 1
        assert texts(store) == ["jeune", "deux"]
        assert texts(store, queries=("brand",)) == ["jeune"]
        assert texts(store, kept=("own",)) == ["à nous"]
        assert store.archive.mention(1) is None
        assert sum(one.count for one in store.archive.volume(Filter(queries=("brand",)), "day")) == 3
        assert store.archive.expire("harbour", NOON + HOUR, expired) == 1
        assert texts(store) == ["jeune"]
        assert store.archive.expire("harbour", NOON + HOUR, expired) == 0
        assert [one for _, one in store.acts.latest()] == [expired, expired]

    def test_retention_of_what_no_query_keeps(self, store: Store) -> None:
        for kept in ("thread", "all", "own"):
            keep(store, post(kept, at=NOON), queries=(), kept=kept)  # type: ignore[arg-type]
        assert store.archive.expire("", NOON + 1, act()) == 2
        assert texts(store, kept=()) == ["own"]

    def test_retention_of_many(self, store: Store) -> None:
        posts = [post(at=NOON + n) for n in range(1_234)]
        keep(store, *posts, queries=("brand", "other"))
        assert store.archive.expire("brand", NOON + 1_200, act()) == 0
        assert store.archive.expire("other", NOON + 1_200, act()) == 1_200
        assert store.archive.count(Filter()) == 34

    def test_a_person_is_erased_wherever_they_are(self, store: Store) -> None:
        ana = Author("did:plc:ana", "ana.example", "Ana")
        hers = post("à elle", author=ana)
        reply = post("réponse à @quelquun", reply_to=hers.remote_id, thread=hers.remote_id, mentions=("did:plc:ana", "did:x"))
        namesake = post("autre", author=Author("did:plc:anabelle", "ana.example.org", "Ana B"))
        keep(store, hers, post("aussi", author=ana, network="mastodon"), reply, namesake)
        tomb = post(author=ana, remote_id="at://did:plc:ana/post/9")
        keep(store, tomb, deleted=(Deleted("bluesky", tomb.remote_id, NOON),))
        passed_on = post("à elle", repost_of="at://did:plc:ana/post/7")
        keep(store, passed_on, rejected=(Rejected("not-json", "", b'{"did":"did:plc:ana"'), Rejected("x", "", b"{}")))
        store.archive.add_to_sample([post(author=ana), post(mentions=("ana.example",)), post()], NOON)
        assert store.archive.erase("@Ana.Example", act(what="person:ana.example", why="ana.example asks")) == 4
        assert sorted(texts(store)) == ["autre", "réponse à @quelquun"]
        (left,) = (one.post for one in found(store) if one.post.text != "autre")
        assert left.mentions == ("did:x",)
        assert store.archive.author("bluesky", "did:plc:ana") is None
        assert store.archive.author("bluesky", "did:plc:anabelle") is not None
        assert len(store.archive.sample()) == 1
        assert [raw for *_, raw in store.archive.quarantine("jetstream")] == [b"{}"]
        assert sum(one.count for one in store.archive.volume(Filter(), "day")) == 2
        (_, recorded), *_ = store.acts.latest()
        assert "ana" not in recorded.what + recorded.why
        assert recorded.what.startswith("person:")

    def test_an_erased_person_is_not_collected_again(self, store: Store) -> None:
        ana = Author("did:plc:ana", "ana.example")
        assert not store.archive.refused("bluesky", "did:plc:ana", "ana.example")
        keep(store, post(author=ana))
        store.archive.erase("ana.example", act())
        assert store.archive.refused("bluesky", "did:plc:ana", "")
        assert store.archive.refused("bluesky", "", "@ANA.example")
        assert store.archive.refused("mastodon", "did:plc:ana", "renamed.example")
        assert not store.archive.refused("bluesky", "did:plc:other", "other.example")
        assert not store.archive.refused("bluesky", "", "")
        assert keep(store, post(author=ana), cursor="on") == Appended()
        store.archive.add_to_sample([post(author=ana)], NOON)
        assert (texts(store), store.archive.sample(), store.archive.cursor("jetstream")) == ([], [], "on")

    def test_somebody_unknown_can_be_refused_beforehand(self, store: Store) -> None:
        assert store.archive.erase("zoe@social.example", act()) == 0
        assert store.archive.refused("mastodon", "https://social.example/users/zoe", "zoe@social.example")

    def test_a_thread_stays_together_when_its_first_author_is_erased(self, store: Store) -> None:
        root = post("racine", author=Author("did:plc:ana"), remote_id="at://did:plc:ana/1")
        answers = [
            post(f"r{n}", at=NOON + n, reply_to=root.remote_id, thread=root.remote_id, links=("https://x/@ana", "https://y"))
            for n in range(2)
        ]
        keep(store, root, *answers)
        store.archive.erase("did:plc:ana", act())
        (_, first) = found(store)
        assert [one.post.text for one in store.archive.thread(first.id)] == ["r0", "r1"]
        assert (first.post.reply_to, first.post.thread) == ("", "")


class ActsSuite:
    """The record of acts."""

    def test_acts_come_back_latest_first(self, store: Store) -> None:
        acts = [act(at=NOON + n, details={"n": n, "s": "é", "b": True, "none": None}, why="parce que") for n in range(5)]
        for one in acts:
            store.acts.record(one)
        latest = store.acts.latest(limit=3)
        assert [one for _, one in latest] == acts[:1:-1]
        assert [one for _, one in store.acts.latest(before=latest[-1][0])] == acts[1::-1]

    def test_a_new_charter_is_told_to_the_pages(self, store: Store) -> None:
        store.acts.record(act("query.changed"))
        assert store.archive.changes(0) == []
        store.acts.record(act("query.changed", details={"charter": "abc"}))
        assert [change.kind for change in store.archive.changes(0)] == ["charter"]


class AccountsSuite:
    """Logins."""

    def test_accounts(self, store: Store) -> None:
        accounts = store.accounts
        odile = Account("odile", "odile", "$argon2id$", "TOTP", True, False, NOON, "fr", "dark", "compact")
        maelle = Account("maelle", "maelle", "$argon2id$")
        accounts.add(odile, act("account.added"))
        accounts.add(maelle, act("account.added"))
        assert accounts.all() == [maelle, odile]
        assert accounts.get("odile") == odile
        assert accounts.get("nobody") is None
        with pytest.raises(LoginTakenError):
            accounts.add(odile, act("account.added"))
        accounts.change(structs.replace(odile, lang="en"), None)
        assert accounts.get("odile") == structs.replace(odile, lang="en")
        with pytest.raises(LookupError):
            accounts.change(Account("nobody", "", ""), act())
        assert [one.verb for _, one in store.acts.latest()] == ["account.added", "account.added"]

    def test_a_disabled_account_loses_sessions_and_tokens(self, store: Store) -> None:
        accounts = store.accounts
        odile = Account("odile", "odile", "hash")
        accounts.add(odile, act())
        session = Session("d1", "odile", NOON, NOON, "127.0.0.1", "Firefox")
        token = Token("t1", "d2", "odile", "script", "read", NOON, None, NOON + DAY)
        accounts.open_session(session, act())
        accounts.open_session(structs.replace(session, digest="d3", seen_at=NOON + 1), act())
        accounts.add_token(token, act())
        assert accounts.session("d1") == session
        assert [one.digest for one in accounts.sessions("odile")] == ["d3", "d1"]
        assert accounts.token("d2") == token
        assert accounts.tokens("odile") == [token]
        accounts.touch_session("d1", NOON + 5)
        accounts.touch_token("t1", NOON + 6)
        assert accounts.sessions("odile")[0] == structs.replace(session, seen_at=NOON + 5)
        assert accounts.tokens("odile") == [structs.replace(token, used_at=NOON + 6)]
        accounts.close_sessions(["d3", "unknown"], act())
        assert accounts.session("d3") is None
        accounts.change(structs.replace(odile, disabled=True), act("account.disabled"))
        assert accounts.session("d1") is accounts.token("d2") is None
        for opening in (lambda: accounts.open_session(session, act()), lambda: accounts.add_token(token, act())):
            with pytest.raises(LookupError):
                opening()

    def test_tokens_are_dropped(self, store: Store) -> None:
        store.accounts.add(Account("odile", "odile", "hash"), act())
        store.accounts.add_token(Token("t1", "d2", "odile", "script", "write", NOON), act())
        store.accounts.drop_token("t1", act("token.dropped"))
        assert store.accounts.tokens("odile") == []

    def test_failures_are_counted_by_key(self, store: Store) -> None:
        accounts = store.accounts
        for n in range(5):
            accounts.add_failure("login:odile", NOON + n)
        accounts.add_failure("address:1.2.3.4", NOON)
        assert accounts.failures("login:odile", NOON + 2) == 3
        accounts.clear_failures("login:odile")
        assert accounts.failures("login:odile", 0) == 0
        accounts.add_failure("login:x", NOON + 2 * DAY)
        assert accounts.failures("address:1.2.3.4", 0) == 0  # addresses are not kept longer than they serve

    def test_an_answer_is_given_again(self, store: Store) -> None:
        remember = store.accounts.remember_answer
        assert remember("key", "request", b"answer", NOON) is None
        assert remember("key", "request", b"other", NOON + 1) == b"answer"
        with pytest.raises(ValueError, match="key-reused"):
            remember("key", "another request", b"x", NOON + 2)
        assert remember("key", "another request", b"x", NOON + DAY + 1) is None

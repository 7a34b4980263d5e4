"""What every archive does with the batches that `listen` hands it. Classes ask for a `store` fixture."""

from msgspec import structs

from store.making import DAY, NOON, found, keep, post, texts
from vigie.flows.ports.archive import Appended, Bucket, Filter
from vigie.model import Author, AuthorChanged, AuthorGone, Batch, Deleted, Media, Post, Rejected, SourceState
from vigie.store import Store


class AppendSuite:
    """The chapter for `listen`."""

    def test_a_post_comes_back_as_it_was(self, store: Store) -> None:
        full = post(
            author=Author(
                "did:1", "ana.example", "Ana", "https://a/b.png", 10, 0, 7, NOON - DAY, verified=True, country="FR"
            ),
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
        assert keep(store, one, queries=("town", "town")) == Appended(repeated=1)
        assert found(store)[0].queries == ("brand", "harbour", "town")
        midnight = NOON - NOON % DAY
        assert store.archive.volume(Filter(), "day") == [
            Bucket(query, midnight, 1) for query in ("", "brand", "harbour", "town")
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
        own = store.archive.volume(Filter(kept=("own",)), "day")
        assert own == [Bucket(query, NOON - NOON % DAY, 1) for query in ("", "brand")]

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
        one = post(
            "la grève", url="https://there", title="titre", links=("https://l",), media=(Media("image", "u", "a"),)
        )
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

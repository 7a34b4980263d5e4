"""What every archive forgets: retention, erasure, refusal. That no byte is left is tested beside, on the files."""

from store.making import DAY, HOUR, NOON, act, found, keep, post, texts
from vigie.flows.ports.archive import Appended, Filter
from vigie.model import Author, Deleted, Rejected
from vigie.store import Store


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
        assert sum(one.count for one in store.archive.volume(Filter(), "day") if not one.query) == 3
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
        reply = post(
            "réponse à @quelquun", reply_to=hers.remote_id, thread=hers.remote_id, mentions=("did:plc:ana", "did:x")
        )
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
        assert sum(one.count for one in store.archive.volume(Filter(), "day") if not one.query) == 2
        (_, recorded), *_ = store.acts.latest()
        assert "ana" not in recorded.what + recorded.why
        assert recorded.what.startswith("person:")

    def test_an_erasure_takes_back_what_was_counted(self, store: Store) -> None:
        ana = Author("did:plc:ana", "ana.example")
        keep(store, post(author=ana), post(author=ana, langs=("en",)), post(), queries=("brand", "harbour"))
        keep(store, post(author=ana), queries=("brand",))
        keep(store, post(author=ana), queries=("brand",), kept="own")
        store.archive.expire("harbour", NOON - DAY, act())
        store.archive.erase("ana.example", act())
        counted = {one.query: one.count for one in store.archive.volume(Filter(), "day")}
        assert counted == {"": 1, "brand": 1, "harbour": 1}

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
            post(
                f"r{n}",
                at=NOON + n,
                reply_to=root.remote_id,
                thread=root.remote_id,
                links=("https://x/@ana", "https://y"),
            )
            for n in range(2)
        ]
        keep(store, root, *answers)
        store.archive.erase("did:plc:ana", act())
        (_, first) = found(store)
        assert [one.post.text for one in store.archive.thread(first.id)] == ["r0", "r1"]
        assert (first.post.reply_to, first.post.thread) == ("", "")

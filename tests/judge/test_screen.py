from collections.abc import Sequence

from msgspec import structs

from vigie.judge import Watch, screen
from vigie.model import Author, Post


class Words:
    """A matcher for one word a query, to judge without the listening language."""

    def __init__(self, **queries: str) -> None:
        self._queries = queries

    def match(self, posts: Sequence[Post]) -> list[tuple[int, tuple[str, ...]]]:
        hits = [
            (i, tuple(sorted(q for q, word in self._queries.items() if word in p.text))) for i, p in enumerate(posts)
        ]
        return [(i, queries) for i, queries in hits if queries]


def post(id: str, text: str = "", *, by: str = "did:x", handle: str = "", reply_to: str = "", thread: str = "") -> Post:
    return Post("bluesky", id, Author(by, handle), text, 0, reply_to=reply_to, thread=thread)


def kept(posts: list[Post], watch: Watch) -> list[tuple[str, tuple[str, ...], str]]:
    return [(s.post.remote_id, s.queries, s.kept) for s in screen(posts, watch)]


def test_only_what_matches_is_kept() -> None:
    watch = Watch(Words(coffee="café", sea="mer"))
    assert kept([post("1", "café en mer"), post("2", "thé")], watch) == [("1", ("coffee", "sea"), "match")]


def test_own_posts_are_kept_by_id_or_handle_whatever_they_say() -> None:
    watch = Watch(Words(coffee="café"), own=frozenset({("bluesky", "did:us"), ("bluesky", "us.example")}))
    assert kept([post("1", by="did:us"), post("2", "café", handle="Us.Example")], watch) == [
        ("1", (), "own"),
        ("2", ("coffee",), "own"),
    ]


def test_our_handle_on_another_network_is_not_us() -> None:
    watch = Watch(Words(), own=frozenset({("mastodon", "us.example")}))
    assert kept([post("1", handle="us.example")], watch) == []


def test_replies_to_kept_posts_are_kept() -> None:
    watch = Watch(Words(), known={"root"})
    assert kept([post("1", reply_to="root"), post("2", thread="root"), post("3", reply_to="other")], watch) == [
        ("1", (), "thread"),
        ("2", (), "thread"),
    ]


def test_quotes_of_kept_posts_are_kept() -> None:
    quotes = [structs.replace(post("1"), quote_of="root"), structs.replace(post("2"), quote_of="other")]
    assert kept(quotes, Watch(Words(), known={"root"})) == [("1", (), "thread")]


def test_a_reply_in_the_same_batch_is_kept_too() -> None:
    watch = Watch(Words(coffee="café"))
    found = kept([post("1", "café"), post("2", reply_to="1"), post("3", reply_to="2")], watch)
    assert [id for id, _, _ in found] == ["1", "2", "3"]


def test_everything_is_kept_when_the_charter_says_so() -> None:
    assert kept([post("1")], Watch(Words(), keep_all=True)) == [("1", (), "all")]

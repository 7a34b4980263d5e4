"""ActivityStreams 2.0, both ways."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.model import Author, Deleted, Media, Post
from vigie.model.activity import from_activity, to_activity
from vigie.model.actor import read_author, write_author
from vigie.model.bounds import DAY, EARLIEST, UnreadableError, believable, mended
from vigie.text.html import read_html

SEEN = 1_763_600_000_000


def plain(html: str) -> tuple[str, tuple[str, ...]]:
    """What the adapters hand in."""
    read = read_html(html)
    return read.text, read.links


def read(activity: dict[str, Any], **options: Any) -> Post | Deleted:
    """Reads an activity as the adapters do."""
    return from_activity(activity, seen=SEEN, plain=plain, **options)


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
named = words.filter(bool)
instants = st.integers(EARLIEST, SEEN)
counts = st.none() | st.integers(0, 10**9)
accounts = named.filter(lambda name: not name.startswith("@"))
addresses = st.builds("https://{}.example/{}".format, st.sampled_from("abc"), st.integers(0, 999))
authors = st.builds(
    Author,
    id=st.sampled_from(["did:plc:abc", "https://a.example/ap/users/1", "urn:x"]),
    handle=accounts.filter(lambda name: not name.startswith("acct:")) | st.just(""),
    name=words,
    avatar=addresses | st.just(""),
    followers=counts,
    following=counts,
    posts=counts,
    created_at=st.none() | instants,
    verified=st.booleans(),
    country=st.sampled_from(["", "FR"]),
)
media = st.builds(Media, st.sampled_from(["image", "video", "audio", "file"]), addresses | st.just(""), words)


def several(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few of them, none twice."""
    return st.lists(one, max_size=3, unique=True).map(tuple)


posts = st.builds(
    Post,
    network=st.sampled_from(["mastodon", "rss", "bluesky"]),
    remote_id=addresses | st.just("at://did:plc:abc/app.bsky.feed.post/1"),
    author=authors,
    text=words,
    created_at=instants,
    edited_at=st.none() | instants,
    url=addresses | st.just(""),
    title=words,
    langs=several(st.sampled_from(["fr", "en", "br"])),
    reply_to=addresses | st.just(""),
    thread=addresses | st.just(""),
    repost_of=addresses | st.just(""),
    quote_of=addresses | st.just(""),
    mentions=several(accounts | addresses),
    tags=several(named.filter(lambda tag: not tag.startswith("#"))),
    links=several(addresses),
    media=st.lists(media, max_size=3).map(tuple),
)


@given(posts)
def test_a_post_comes_back_as_it_was(post: Post) -> None:
    sent = json.loads(json.dumps(to_activity(post)))
    assert read(sent) == post


@given(posts)
def test_what_wraps_a_post_takes_nothing_away(post: Post) -> None:
    if not post.repost_of:
        sent = {"type": "Create", "actor": "https://a.example/other", "object": to_activity(post)}
        assert read(sent) == post


@given(authors)
def test_an_author_comes_back(author: Author) -> None:
    assert read_author(json.loads(json.dumps(write_author(author)))) == author


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(posts, st.data())
def test_any_value_anywhere_is_read_or_refused(post: Post, data: st.DataObject) -> None:
    sent = {"type": "Create", "object": to_activity(post)}
    target = data.draw(st.sampled_from([sent, sent["object"], sent["object"].get("attributedTo", sent)]))
    target[data.draw(st.sampled_from(sorted(target)))] = data.draw(json_values)
    try:
        got = read(sent)
    except UnreadableError as error:
        rejected = error.rejected(b"x" * 5000)
        assert rejected.reason in {"wrong-shape", "bad-date", "too-long"}
        assert len(rejected.raw) == 2048
    else:
        msgspec.json.encode(got)
        assert isinstance(got, Deleted) or EARLIEST <= got.created_at <= SEEN + DAY


NOTE: dict[str, Any] = {
    "id": "https://masto.example/users/ana/statuses/1",
    "type": "Note",
    "summary": "café",
    "inReplyTo": "https://other.example/notes/9",
    "published": "2025-11-19T08:30:00Z",
    "url": "https://masto.example/@ana/1",
    "attributedTo": "https://masto.example/users/ana",
    "conversation": "tag:masto.example,2025-11-19:objectId=1:objectType=Conversation",
    "content": '<p>Bonjour <a href="https://brulerie.example/@moulin" class="u-url mention">@<span>moulin</span></a>, '
    '<a href="https://masto.example/tags/cafe" class="mention hashtag" rel="tag">#<span>cafe</span></a> '
    '<a href="https://presse.example/a">lu ici</a></p><p>À demain</p>',
    "contentMap": {"fr-CA": "<p>Bonjour</p>"},
    "attachment": [
        {"type": "Document", "mediaType": "image/png", "url": "https://masto.example/m.png", "name": "une tasse"},
        {"type": "Document", "mediaType": "video/mp4", "url": "https://masto.example/m.mp4", "name": None},
    ],
    "tag": [
        {"type": "Mention", "href": "https://brulerie.example/users/moulin", "name": "@moulin@brulerie.example"},
        {"type": "Hashtag", "href": "https://masto.example/tags/cafe", "name": "#cafe"},
        {"type": "Emoji", "id": "https://masto.example/e/1", "name": ":tasse:"},
    ],
    "replies": {"type": "Collection"},
}


def test_a_note_as_servers_write_it() -> None:
    assert read({"type": "Create", "actor": "https://masto.example/users/ana", "object": NOTE}) == Post(
        network="mastodon",
        remote_id="https://masto.example/users/ana/statuses/1",
        author=Author("https://masto.example/users/ana", handle="ana@masto.example"),
        text="Bonjour @moulin, #cafe lu ici\n\nÀ demain",
        created_at=1_763_541_000_000,
        url="https://masto.example/@ana/1",
        title="café",
        langs=("fr",),
        reply_to="https://other.example/notes/9",
        mentions=("moulin@brulerie.example",),
        tags=("cafe",),
        links=("https://presse.example/a",),
        media=(
            Media("image", "https://masto.example/m.png", "une tasse"),
            Media("video", "https://masto.example/m.mp4"),
        ),
    )


def test_the_author_of_an_archive_is_known_from_beside_it() -> None:
    ana = Author("https://masto.example/users/ana", handle="ana@masto.example", name="Ana")
    got = read(NOTE, author=ana)
    assert isinstance(got, Post)
    assert got.author == ana


def test_an_edit_says_when() -> None:
    for edit, at in [({"updated": "2025-11-19T09:00:00Z"}, 1_763_542_800_000), ({}, SEEN)]:
        got = read({"type": "Update", "object": NOTE | edit})
        assert isinstance(got, Post)
        assert got.edited_at == at


@pytest.mark.parametrize(
    ("activity", "gone"),
    [
        ({"type": "Delete", "object": "https://a.example/1"}, Deleted("mastodon", "https://a.example/1", SEEN)),
        (
            {"type": "Delete", "object": {"id": "https://a.example/1"}, "published": "2025-11-19T09:00:00Z"},
            Deleted("mastodon", "https://a.example/1", 1_763_542_800_000),
        ),
        (
            {"type": "Tombstone", "id": "https://a.example/1", "deleted": "2025-11-19T09:00:00Z"},
            Deleted("mastodon", "https://a.example/1", 1_763_542_800_000),
        ),
    ],
)
def test_what_was_taken_back(activity: dict[str, Any], gone: Deleted) -> None:
    assert read(activity) == gone


def test_a_post_passed_on() -> None:
    got = read(
        {
            "type": "Announce",
            "id": "https://masto.example/users/ana/statuses/2/activity",
            "actor": "https://masto.example/@ana",
            "published": "2025-11-19T09:00:00Z",
            "object": "https://other.example/notes/9",
        }
    )
    assert isinstance(got, Post)
    assert (got.repost_of, got.text, got.author.handle) == ("https://other.example/notes/9", "", "ana@masto.example")


def test_a_poll_says_its_choices() -> None:
    got = read(
        NOTE | {"type": "Question", "content": "<p>Lequel ?</p>", "oneOf": [{"name": "Moka"}, {"name": "Sidamo"}]}
    )
    assert isinstance(got, Post)
    assert got.text == "Lequel ?\nMoka\nSidamo"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "Like"}, "wrong-shape"),
        ({"type": None}, "wrong-shape"),
        ({"id": None}, "wrong-shape"),
        ({"id": "x" * 5000}, "wrong-shape"),
        ({"content": 5}, "wrong-shape"),
        ({"attributedTo": None}, "wrong-shape"),
        ({"published": "yesterday"}, "bad-date"),
        ({"published": None}, "bad-date"),
        ({"published": 12}, "bad-date"),
        ({"content": "x" * 2_000_000}, "too-long"),
        ({"content": "é" * 200_000}, "too-long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(NOTE | change)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("1601-01-01T00:00:00Z", EARLIEST),
        ("9999-12-31T23:59:59Z", SEEN + DAY),
        ("0001-01-01T00:00:00+14:00", EARLIEST),
        ("2025-11-19T09:30:00+01:00", 1_763_541_000_000),
        ("2025-11-19T08:30:00", 1_763_541_000_000),
        ("20251119T083000Z", 1_763_541_000_000),
    ],
)
def test_dates_are_brought_into_what_is_believable(written: str, at: int) -> None:
    got = read(NOTE | {"published": written})
    assert isinstance(got, Post)
    assert got.created_at == at


@given(st.text(st.characters()))
def test_mended_text_can_be_stored(text: str) -> None:
    fine = mended(text)
    fine.encode()
    assert "\0" not in fine
    assert mended(fine) == fine


@given(st.integers())
def test_any_date_becomes_believable(at: int) -> None:
    assert EARLIEST <= believable(at, SEEN) <= SEEN + DAY

"""The post that an address means, and none that only looks like it."""

import pytest

from vigie.flows.why import is_address, names, pasted
from vigie.model import Author, Post

BLUESKY = Post(
    "bluesky",
    "at://did:plc:abc/app.bsky.feed.post/3l6oveex3ii2l",
    Author("did:plc:abc"),
    "",
    0,
    url="https://bsky.example/profile/did:plc:abc/post/3l6oveex3ii2l",
)
PRESS = Post("rss", "tag:1", Author("a"), "", 0, url="https://presse.example/2026/port-en-greve/commentaires")


@pytest.mark.parametrize(
    ("address", "post", "same"),
    [
        (BLUESKY.remote_id, BLUESKY, True),
        (BLUESKY.url, BLUESKY, True),
        ("https://www.bsky.example/profile/lou.example/post/3l6oveex3ii2l?ref=x#top", BLUESKY, True),
        ("https://bsky.example/profile/lou.example/post/3l6oveex3ii2m", BLUESKY, False),
        ("https://elsewhere.example/profile/lou.example/post/3l6oveex3ii2l", BLUESKY, False),
        ("https://bsky.example/x/lou.example/post/3l6oveex3ii2l", BLUESKY, False),
        ("https://presse.example/2026/port-en-greve/commentaires/", PRESS, True),
        ("https://presse.example/2026/port-en-paix/commentaires", PRESS, False),
        ("tag:1", PRESS, True),
        ("https://[", PRESS, False),
        ("https://", pasted("a"), False),
    ],
)
def test_an_address_and_a_post(address: str, post: Post, same: bool) -> None:  # noqa: FBT001
    assert names(address, post) == same


def test_words_are_no_address() -> None:
    assert is_address("at://did:plc:abc/app.bsky.feed.post/3l6")
    assert not is_address("https://masto.example is down")
    assert not is_address("")

"""Links, hashtags, mentions and emoji, and what only looks like them."""

import pytest

from vigie.model import Span
from vigie.text.signs import emoji, hashtags, links, mentions


def said(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[one.start : one.end] for one in spans]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Voir https://a.example/b?c=d#e, puis (http://b.example/).",
            ["https://a.example/b?c=d#e", "http://b.example/"],
        ),
        ("« https://a.example »", ["https://a.example"]),
        ("HTTPS://A.EXAMPLE!", ["HTTPS://A.EXAMPLE"]),
        ("ftp://a.example https:// a.example", []),
    ],
)
def test_links(text: str, found: list[str]) -> None:
    assert said(text, links(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#Café et #bonne_année, #2026 ＃moka", ["#Café", "#bonne_année", "＃moka"]),
        ("a#b https://a.example/#c &#39; ##d #1er", ["#1er"]),
    ],
)
def test_hashtags(text: str, found: list[str]) -> None:
    assert said(text, hashtags(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@ines, @ines.example. (@yanis@port.example)", ["@ines", "@ines.example", "@yanis@port.example"]),
        ("ines@port.example a@b @ 18 h https://a.example/@b @", []),
        ("@été @a-b", ["@été", "@a-b"]),
    ],
)
def test_mentions(text: str, found: list[str]) -> None:
    assert said(text, mentions(text)) == found


@pytest.mark.parametrize(
    ("text", "count"),
    [("☕☕", 2), ("👩🏽\u200d🍳", 1), ("🇫🇷🇬🇧", 2), ("3\ufe0f\u20e3", 1), ("❤️", 1),
     ("🏴\U000e0067\U000e0062\U000e007f", 1),
     ("© ™ 3 # é «»…", 0), ("©️", 1), ("👨‍👩‍👧‍👦", 1), ("", 0)],
)  # fmt: skip
def test_emoji_count_as_readers_count_them(text: str, count: int) -> None:
    assert len(emoji(text)) == count

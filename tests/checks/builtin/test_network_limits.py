"""What networks refuse, at the limit and one beyond."""

from typing import Any

import pytest

from checks.score import said_of
from vigie.checks.builtin import network_limits
from vigie.checks.length import beyond, graphemes, length
from vigie.checks.reading import Reading
from vigie.model import Draft, Facts

FAMILY = "👩\u200d👩\u200d👧\u200d👦"
IMAGE = {"kind": "image", "alt": "Un pain rond", "type": "image/jpeg", "bytes": 420_000}
VIDEO = {"kind": "video", "alt": "Une main pétrit", "type": "video/mp4", "bytes": 9_000_000}


def codes(text: str = "Bonjour", network: str = "bluesky", **more: Any) -> list[str]:
    found = said_of({"text": text, "network": network, **more}, "network-limits", "fr")
    return [one.code.removeprefix("checks.network-limits.") for one in found]


@pytest.mark.parametrize(
    ("text", "network", "expected"),
    [
        ("é" * 300, "bluesky", []),
        ("e\u0301" * 300, "bluesky", []),
        ("e\u0301" * 301, "bluesky", ["too_long"]),
        (FAMILY * 100, "bluesky", []),
        (FAMILY * 150, "bluesky", ["too_heavy_text"]),  # 3,750 bytes
        ("a" * 500, "mastodon", []),
        ("a" * 501, "mastodon", ["too_long"]),
        ("a" * 476 + " https://a.example/" + "b" * 400, "mastodon", []),  # any link is 23
        ("a" * 477 + " https://a.example/" + "b" * 400, "mastodon", ["too_long"]),
        ("a" * 479 + " http://a.example/b", "mastodon", ["too_long"]),  # even a short one
        ("a" * 494 + " @ines@port.example", "mastodon", []),  # and a server counts nothing
        (" \n\t", "mastodon", ["empty"]),
        ("", "", ["empty"]),
        ("a" * 9_000, "", []),
    ],
)
def test_texts(text: str, network: str, expected: list[str]) -> None:
    assert codes(text, network) == expected


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        ([IMAGE] * 4, []),
        ([IMAGE] * 5, ["too_many_images"]),
        ([VIDEO], []),
        ([VIDEO, VIDEO], ["too_many_videos"]),
        ([VIDEO, IMAGE], ["mixed"]),
        ([IMAGE | {"bytes": 12_400_000}], ["too_heavy"]),
        ([IMAGE | {"type": "image/tiff"}], ["refused_type"]),
        ([IMAGE | {"alt": "a" * 2_001}], ["long_alt"]),
        ([IMAGE | {"alt": "a" * 2_000}], []),
        ([{"kind": "image", "alt": "seulement décrite"}], []),
    ],
)
def test_media(media: list[dict[str, Any]], expected: list[str]) -> None:
    assert codes(media=media) == expected
    assert codes("", media=media) == expected


def test_the_part_that_does_not_fit_is_marked() -> None:
    text = "a" * 299 + FAMILY + "fin"
    (found,) = said_of({"text": text, "network": "bluesky"}, "network-limits", "fr")
    assert text[found.spans[0].start :] == "fin"
    assert found.values == {"length": 303, "most": 300, "over": 3}


def test_a_server_may_allow_more() -> None:
    reading = Reading(Draft("a" * 5_000, network="mastodon"), Facts())
    assert list(network_limits.look(reading, network_limits.Options(characters=5_000))) == []


def test_length_and_graphemes_agree_with_each_other() -> None:
    text = f"Café {FAMILY} 🇫🇷 https://a.example/b @ines@port.example"
    assert length(text, "bluesky") == graphemes(text)
    assert length(text, "mastodon") == len("Café x x ") + 23 + len(" @ines")
    assert text[beyond(text, 9, "mastodon").start :].startswith("https://")

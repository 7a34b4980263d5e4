"""Names that pass for others."""

import pytest

from vigie.checks.alike import mimicked, one_off


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("brulerie", False),
        ("brulerrie", True),
        ("brulrie", True),
        ("brulorie", True),
        ("burlerie", True),
        ("brulerier", True),
        ("xbrulerie", True),
        ("burlreie", False),
        ("bruleriess", False),
        ("", False),
    ],
)
def test_one_letter_off(name: str, *, alike: bool) -> None:
    assert one_off(name, "brulerie") is alike
    assert one_off("brulerie", name) is alike


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("port.example", ""),
        ("shop.port.example", ""),
        ("port.com", ""),  # four letters are anybody's
        ("p0rt.example", "port.example"),
        ("port.example.evil.com", "port.example"),
        ("museum.co.uk", ""),
        ("tidemuseum.co.uk", "tidemuseum.example"),
        ("my-tidemuseum.net", "tidemuseum.example"),
        ("tidemuseum.netlify.app", "tidemuseum.example"),
        ("tidernuseum.example", "tidemuseum.example"),
    ],
)
def test_hosts(host: str, known: str) -> None:
    assert mimicked(host, ("port.example", "tidemuseum.example")) == known

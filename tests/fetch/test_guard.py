"""Which addresses the guard lets through."""

import contextlib
import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.fetch import Guard
from vigie.fetch.guard import is_public
from vigie.flows.ports.fetch import FetchError

INSIDE = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.255"),
    *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1"),
    *("198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "100::1", "2001::1"),
    *("2001:db8::1", "2002:7f00:1::", "fc00::1", "fd12::1", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1"),
]
OUTSIDE = [
    "1.1.1.1",
    "8.8.8.8",
    "100.128.0.1",
    "172.32.0.1",
    "193.0.0.1",
    "::ffff:1.1.1.1",
    "2606:4700:4700::1111",
    "2a00::1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_inside(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_outside(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_mapped_addresses_are_judged_as_what_they_hold(address: ipaddress.IPv4Address) -> None:
    assert is_public(ipaddress.IPv6Address(f"::ffff:{address}")) == is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "http://localhost./",
        "http://LOCALHOST/",
        "ws://127.0.0.1:1/",
        "http://169.254.169.254/latest/meta-data",
        "http://0/",
        "http://①②⑦.0.0.1/",
    ],
)
def test_the_house_is_refused_however_it_is_written(url: str) -> None:
    with pytest.raises(FetchError) as refused:
        Guard().check(url)
    assert refused.value.code == "private-address"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "file:///etc/passwd",
        "gopher://example.org/",
        "http://",
        "http:///x",
        "http://user:secret@example.org/",
        "http://user@example.org/",
        "http://example.org:99999/",
        "http://example.org:x/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "//example.org/",
        "http://" + "a" * 300 + "é.example/",
    ],
)
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(FetchError) as refused:
        Guard().check(url)
    assert refused.value.code == "bad-address"


def test_the_setting_opens_one_port_of_one_host() -> None:
    guard = Guard(("127.0.0.1:2800", "LocalHost:2801", "[::1]:2802"))
    guard.check("http://127.0.0.1:2800/x")
    guard.check("ws://localhost:2801")
    guard.check("http://[::1]:2802")
    for url in ("http://127.0.0.1:2801/", "http://localhost:2800/", "http://127.0.0.2:2800/", "http://[::1]:2801/"):
        with pytest.raises(FetchError, match="private-address"):
            guard.check(url)


@given(st.text())
def test_no_text_breaks_the_reading_of_an_address(text: str) -> None:
    for url in (text, f"http://{text}", f"http://{text}.localhost/"):
        with contextlib.suppress(FetchError):
            scheme, host, port = Guard().parts(url)
            assert scheme in {"http", "https", "ws", "wss"}
            assert host.isascii()
            assert 0 <= port < 65_536

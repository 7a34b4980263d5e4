"""Spoils documents in the ways in which documents get spoilt, the same ways for the same seed."""

import random
from collections.abc import Callable, Iterator

NASTY = (
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",  # half a surrogate pair
    b"\\ud800",
    b"&#xD800;",
    b"\\u0000",
    b"&#0;",
    "\u202eABC\u202c".encode(),  # right to left
    "\u200b\u200d\ufeff".encode(),  # no width
    "\u0645\u0631\u062d\u0628\u0627".encode(),
    b"1601-01-01T00:00:00Z",
    b"9999-12-31T23:59:59Z",
    b"Mon, 01 Jan 1601 00:00:00 GMT",
    b"Fri, 31 Dec 9999 23:59:59 GMT",
    b"-99999999999999999999",
    b"1e999",
    b"null",
    b"[]",
    b"{}",
    b'"',
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;",
    b"\r",
    b",",
    b";",
)


def mutated(document: bytes, count: int, seed: int, long: int = 1_000_000) -> Iterator[bytes]:
    """``count`` spoilt copies of a document; one in a hundred holds a text of ``long`` characters."""
    chance = random.Random(seed)
    ways: tuple[Callable[[bytes, random.Random], bytes], ...] = (
        _cut,
        _insert,
        _replace,
        _double,
        _drop,
        _swap,
        _retype,
    )
    for number in range(count):
        spoilt = document
        if number % 100 == 99:
            at = chance.randrange(len(spoilt))
            spoilt = spoilt[:at] + b"x" * long + spoilt[at:]
        for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
            spoilt = chance.choice(ways)(spoilt, chance) or document
        yield spoilt


def _cut(document: bytes, chance: random.Random) -> bytes:
    return document[: chance.randrange(len(document))]


def _insert(document: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(document))
    return document[:at] + chance.choice(NASTY) + document[at:]


def _replace(document: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(document))
    return document[:at] + chance.choice(NASTY) + document[at + chance.randrange(1, 20) :]


def _double(document: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(document))
    end = min(len(document), start + chance.randrange(1, 400))
    return document[:end] + document[start:end] + document[end:]


def _drop(document: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(document))
    return document[:start] + document[start + chance.randrange(1, 60) :]


def _swap(document: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(document))
    return document[:at] + bytes([chance.randrange(256)]) + document[at + 1 :]


def _retype(document: bytes, chance: random.Random) -> bytes:
    """A value of another type, where JSON has one."""
    at = document.find(b":", chance.randrange(len(document)))
    end = min((e for e in (document.find(b",", at), document.find(b"}", at)) if e > 0), default=-1)
    if at < 0 or end < 0:
        return _swap(document, chance)
    return (
        document[: at + 1]
        + chance.choice((b"null", b"5", b"-1", b"[]", b"{}", b'"x"', b"true", b"1e400"))
        + document[end:]
    )

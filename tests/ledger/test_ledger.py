"""The chain: nothing can be changed, taken out, moved or cut off without being found, at the right place."""

import json
from collections.abc import Callable
from random import Random

import msgspec
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.ledger import ORIGIN, Checkpoint, Entry, canonical, digest, link, seal, verify
from vigie.model import Act

SECRET, OTHER = bytes(range(32)), bytes(range(1, 33))
Lines = list[bytes]


def export(count: int, every: int = 50, secret: bytes = SECRET) -> Lines:
    """A ledger of so many acts, sealed each ``every`` entries and at its end."""
    lines: Lines = []
    prev = ORIGIN
    for number in range(1, count + 1):
        act = Act(1_700_000_000_000 + number, "maelle", "query.changed", f"query:{number}", "é", details={"n": number})
        entry = link(act, number, prev)
        prev = digest(entry)
        lines.append(msgspec.json.encode({"entry": entry, "digest": prev}))
        if number % every == 0 or number == count:
            sealed = seal(Checkpoint(n=number, digest=prev, at=act.at), secret)
            lines.append(msgspec.json.encode({"seal": sealed}))
    return lines


def test_an_untouched_ledger_holds() -> None:
    verdict = verify(export(320))
    assert verdict.holds
    assert (verdict.entries, verdict.seals, verdict.sealed) == (320, 7, 320)


def entry_lines(lines: Lines) -> list[int]:
    return [at for at, line in enumerate(lines) if b'"entry"' in line]


def edit(lines: Lines, draw: Random) -> int:
    """Changes one value of one entry."""
    at = draw.choice(entry_lines(lines))
    read = json.loads(lines[at])
    name = draw.choice(["at", "who", "verb", "what", "why", "charter", "prev", "details"])
    old = read["entry"][name]
    read["entry"][name] = {**old, "n": -1} if name == "details" else old + 1 if name == "at" else "x" + old
    lines[at] = json.dumps(read).encode()
    return int(read["entry"]["n"])


def take_out(lines: Lines, draw: Random) -> int:
    at = draw.choice(entry_lines(lines))
    return int(json.loads(lines.pop(at))["entry"]["n"])


def move(lines: Lines, draw: Random) -> int:
    """Swaps an entry with a later one: the first that is out of its place is found."""
    one, other = sorted(draw.sample(entry_lines(lines), 2))
    found = int(json.loads(lines[one])["entry"]["n"])
    lines[one], lines[other] = lines[other], lines[one]
    return found


def cut(lines: Lines, draw: Random) -> int:
    """Cuts the end off, up to the last seal left or not."""
    at = draw.choice(entry_lines(lines))
    number = int(json.loads(lines[at])["entry"]["n"])
    last = lines[-1]
    del lines[at:]
    lines.append(last)
    return number


def repeat(lines: Lines, draw: Random) -> int:
    at = draw.choice(entry_lines(lines))
    lines.insert(at + 1, lines[at])
    return int(json.loads(lines[at])["entry"]["n"])


def garble(lines: Lines, draw: Random) -> int:
    at = draw.choice(entry_lines(lines))
    number = int(json.loads(lines[at])["entry"]["n"])
    lines[at] = lines[at][: draw.randrange(1, len(lines[at]) - 1)]
    return number


@pytest.mark.parametrize("tamper", [edit, take_out, move, cut, repeat, garble])
def test_each_of_many_random_tamperings_is_found_at_the_right_entry(tamper: Callable[[Lines, Random], int]) -> None:
    whole = export(120)
    for number in range(170):  # six kinds: more than a thousand in all
        lines = list(whole)
        touched = tamper(lines, Random(number))
        faults = verify(lines).faults
        assert faults, number
        assert faults[0].entry == touched, (number, faults)


def rewritten(lines: Lines, from_number: int) -> Lines:
    """Changes an entry and makes every later digest anew, as somebody with the database but without the key could."""
    made: Lines = []
    prev = ORIGIN
    for line in lines:
        read = json.loads(line)
        if "entry" in read:
            if read["entry"]["n"] == from_number:
                read["entry"]["who"] = "somebody"
            read["entry"]["prev"] = prev
            prev = digest(msgspec.convert(read["entry"], Entry))
            read["digest"] = prev
        made.append(json.dumps(read).encode())
    return made


def test_a_chain_made_anew_contradicts_its_first_seal_after_the_change() -> None:
    (fault, *_) = verify(rewritten(export(200), 70)).faults
    assert (fault.kind, fault.entry) == ("rewritten", 100)


def test_a_seal_of_another_key_is_a_stranger_to_who_knows_ours() -> None:
    ours = verify(export(10)).key
    assert [fault.kind for fault in verify(export(10, secret=OTHER), ours).faults] == ["stranger"]


def test_an_export_without_its_last_seal_is_not_whole() -> None:
    assert [fault.kind for fault in verify(export(60)[:-1]).faults] == ["unsealed"]


def test_a_forged_seal_is_found() -> None:
    lines = export(60)
    read = json.loads(lines[50])
    read["seal"]["checkpoint"]["at"] += 1
    lines[50] = json.dumps(read).encode()
    assert [(fault.kind, fault.entry) for fault in verify(lines).faults] == [("forged", 50)]


PLAIN = (
    st.text(st.characters(exclude_categories=["Cs"])) | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.none()
)
KEYS = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1)


@settings(max_examples=500)
@given(st.dictionaries(KEYS, PLAIN | st.dictionaries(KEYS, PLAIN)))
def test_the_canonical_form_is_that_of_rfc_8785(value: dict[str, object]) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]

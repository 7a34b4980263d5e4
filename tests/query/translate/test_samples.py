"""Sixty queries and more of each product: what is carried over is a query, what is not is told."""

import pytest

from query.translate.pasted import EVERY, QUERIES
from vigie.query import parse, to_text
from vigie.query.translate import VENDORS, Vendor, translate

WHOLE_LOSS = {"retweets_of:dev"}
"""Nothing but a condition that nearly every post may meet."""


@pytest.mark.parametrize(("vendor", "query"), EVERY)
def test_it_is_a_query(vendor: Vendor, query: str) -> None:
    found = translate(query, vendor)
    assert found.text
    if query in WHOLE_LOSS:
        assert not found.ready
        return
    assert found.ready
    assert to_text(parse(to_text(parse(found.text)))) == to_text(parse(found.text))


@pytest.mark.parametrize(("vendor", "query"), EVERY)
def test_each_note_stands_where_it_belongs(vendor: Vendor, query: str) -> None:
    for note in translate(query, vendor).notes:
        assert 0 <= note.start < note.end <= len(query)
        if "part" in note.values:
            assert note.values["part"] == " ".join(query[note.start : note.end].split())
        assert note.effect != "same" or note.code.startswith(
            ("translate.read.", "translate.left_out.idle", "translate.lost")
        )


@pytest.mark.parametrize("vendor", VENDORS)
def test_there_are_sixty(vendor: Vendor) -> None:
    assert len(set(QUERIES[vendor])) >= 60


def test_two_readings_give_the_same() -> None:
    for vendor, query in EVERY:
        assert translate(query, vendor) == translate(query, vendor)

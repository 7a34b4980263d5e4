"""The words of a post seen at a glance are those of the document, whatever the text."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query import generate
from vigie.model import Author, Post
from vigie.query.document import Document
from vigie.query.glance import Glance
from vigie.text import TEXT_CAP

ODD = "aé #＃@$☕👍🏽🇫🇷e\u0301\u200d️咖กน\u200bœß_1²?\ud800\x00."


@given(st.text(st.sampled_from(ODD)) | st.text(), st.lists(st.text(max_size=8), max_size=2))
def test_any_text(text: str, tags: list[str]) -> None:
    post = Post("rss", "1", Author("a"), text, 0, title=text[::-1], tags=tuple(tags))
    assert Glance(post).words == Document(post).places.keys() | Glance(post).words & set("#@$")


def test_posts() -> None:
    draw = Random(1)
    for number in range(500):
        post = generate.post(draw, number)
        assert Glance(post).words - set("#@$") == Document(post).places.keys()


@pytest.mark.parametrize("unit", ["grève ", "bus ", "👍🏽 "])
def test_the_same_cut(unit: str) -> None:
    post = Post("rss", "1", Author("a"), unit * (TEXT_CAP // len(unit) + 1) + " beyond", 0)
    assert Glance(post).words == Document(post).places.keys()

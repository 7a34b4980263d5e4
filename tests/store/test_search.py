"""Nothing typed into the search box is a mistake, and what is found holds all the words."""

import doctest
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.making import keep, post, texts
from vigie.store import Store, open_store, search

TEXTS = (
    "La grève à l'Île-Tudy",
    "NEAR(a b) AND NOT OR",
    "c++ c# ☕ 100% $BREST",
    "مرحبا بالعالم",
    "東京の天気",
    "i\u0307stanbul",
)
TYPED = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="\"'*()^:+-{}[]\\ \0aé☕AND", max_size=30),
    st.lists(st.sampled_from(["NEAR(", "AND", "NOT", "text:", '"', "*", "grève", "a*", "^", "-", "\ud800", "«"])).map(
        " ".join
    ),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("search") / "vigie.db"
    opened = open_store(path, role="web")
    keep(opened, *(post(text) for text in TEXTS))
    yield opened
    opened.close()


def test_examples() -> None:
    assert doctest.testmod(search).failed == 0


@settings(max_examples=500, deadline=None)
@given(TYPED)
def test_no_input_is_a_mistake(store: Store, typed: str) -> None:
    assert set(texts(store, text=typed)) <= set(TEXTS)


@pytest.mark.parametrize("text", TEXTS)
def test_each_text_is_found_by_its_own_words(store: Store, text: str) -> None:
    assert text in texts(store, text=text)
    assert text in texts(store, text=f'"{text}"')
    assert text in texts(store, text=text.upper())


def test_a_very_long_input_is_cut(store: Store) -> None:
    assert texts(store, text="grève " * 100_000) == [TEXTS[0]]

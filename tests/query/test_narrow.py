"""Asking only the alternatives whose words are there changes no answer."""

from hypothesis import given
from hypothesis import strategies as st

from vigie.model import Author, Post
from vigie.query import PlainMatcher, parse, spans
from vigie.query.document import Document
from vigie.query.narrow import Narrowed
from vigie.query.shelf import Shelf, Texts

LEAVES = (
    "mat",
    "mar*",
    '"mat bar"',
    '"bar col"~2',
    "mat NEAR/2 (bar OR col)",
    'raw:"Mat"',
    "atleast/2(mat, bar, col)",
    "#mat",
    "mar*in",
    "@bar",
    "mat AND NOT bar",
)
WORDS = st.lists(st.sampled_from(["mat", "bar", "col", "marin", "mart", "#mat", "@bar", "Mat"]), max_size=8).map(
    " ".join
)


@st.composite
def queries(draw: st.DrawFn) -> str:
    def several(least: int) -> str:
        return " OR ".join(f"({one})" for one in draw(st.lists(st.sampled_from(LEAVES), min_size=least, max_size=9)))

    made = f"({several(1)})"
    if draw(st.booleans()):
        made += f" AND ({several(1)})"
    if draw(st.booleans()):
        made += f" AND NOT ({several(1)})"
    return made


def post(text: str) -> Post:
    return Post("x", "", Author("a"), text, 0)


@given(queries(), WORDS)
def test_the_same_places(query: str, text: str) -> None:
    read = parse(query)
    assert Narrowed({"q": read}).spans("q", Document(post(text))) == spans(read, post(text))


@given(st.lists(queries(), max_size=4), WORDS)
def test_what_was_kept_answers_the_same(asked: list[str], text: str) -> None:
    texts = {str(number): query for number, query in enumerate(asked)}
    plain = PlainMatcher({id: parse(query) for id, query in texts.items()}).match([post(text)])
    first = Shelf(code="1")
    assert first.matcher(Texts(texts)).match([post(text)]) == plain
    second = Shelf(first.fresh, code="1")
    assert second.matcher(Texts(texts)).match([post(text)]) == plain
    assert not second.fresh


def test_what_another_version_kept_is_made_anew() -> None:
    kept = Shelf(code="1")
    kept.matcher(Texts({"a": "abc"}))
    for saved, code, text in ((kept.fresh, "2", "abc"), (b"\x00nonsense", "1", "abc"), (kept.fresh, "1", "abd")):
        shelf = Shelf(saved, code)
        assert shelf.matcher(Texts({"a": text})).match([post(text)]) == [(0, ("a",))]
        assert shelf.fresh


def test_names_are_known_to_the_shelf() -> None:
    queries = Texts({"a": "{b} AND c"}, {"b": "abc"})
    assert Shelf().matcher(queries).match([post("c abc")]) == [(0, ("a",))]
    assert queries.digest() != Texts({"a": "{b} AND c"}, {"b": "abd"}).digest()


def test_a_text_is_read_once_for_all_sets_unless_it_names_another() -> None:
    assert Texts({"a": "abc OR de"})["a"] is Texts({"b": "abc OR de"})["b"]
    one, other = (Texts({"a": "{b} AND c"}, {"b": text})["a"] for text in ("abc", "abd"))
    assert one != other

"""Positions inside YAML values: each character is found where it was written, in every notation."""

from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from vigie.charter.scalars import positions
from vigie.charter.tree import grow, keyed

# Characters that mean something to YAML, and some that do not.
LETTERS = st.text(alphabet="abé🦀 \n\t'\"#:\\-{}[]&*!|>%@", max_size=40)


def _checked(text: str) -> int:
    """How many characters of the value stand in the text where they are said to; -1 when this is no such YAML."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError, IndexError):
        return -1
    if root is None or "k" not in keyed(root):
        return -1
    node = keyed(grow(text))["k"][1]
    if not isinstance(node.value, str) or not node.value:
        return -1
    places = positions(text, node)
    assert len(places) == len(node.value) + 1
    assert places == sorted(places)
    found = [text[place] == character for character, place in zip(node.value, places, strict=False)]
    # Joints of folded lines and escapes stand at what made them; all the rest is where it is said to be.
    visible = [ok or character in " \n" or text[place] == "\\" for ok, character, place
               in zip(found, node.value, places, strict=False)]  # fmt: skip
    assert all(visible), (text, node.value, places)
    return sum(found)


@given(LETTERS)
def test_plain(words: str) -> None:
    _checked("k: " + words.replace("\n", "\n  ") + "\nz: 1\n")


@given(LETTERS)
def test_single_quoted(words: str) -> None:
    _checked("k: '" + words.replace("'", "''").replace("\n", "\n  ") + "'\nz: 1\n")


@given(LETTERS)
def test_double_quoted(words: str) -> None:
    _checked('k: "' + words.replace('"', '\\"').replace("\n", "\n  ") + '" # end\nz: 1\n')


@given(LETTERS, st.sampled_from(["|", "|-", "|+", ">", ">-", "> # why"]))
def test_blocks(words: str, header: str) -> None:
    lines = "\n".join("    " + line for line in ("x" + words).split("\n"))
    assert _checked(f"k: {header}\n{lines}\nz: 1\n") != 0


def test_a_notation_that_cannot_be_followed_points_at_the_start() -> None:
    node = keyed(grow("k: abc\n"))["k"][1]
    node.value = "something else"
    assert positions("k: abc\n", node) == [3] * 15

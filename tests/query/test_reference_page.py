"""Every example of the reference page is true."""

import re
from pathlib import Path

import pytest

from vigie.model import Author, Post
from vigie.query import Matcher, PlainMatcher, QueryError, evaluate, parse

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "listening-language.md").read_text("utf-8")
NAMED = {"brand": '"brûlerie du port" OR @brulerie'}
EXAMPLES = re.findall(r"```listening\n(.*?)\n(?=[✓✗])(.*?)\n```", PAGE, re.DOTALL)
MISTAKES = re.findall(
    r"^\| `(.+?)` \| `(query\.error\.\w+)` at (\d+)–(\d+)(?:.*?suggests `(.+?)`)?", PAGE, re.MULTILINE
)
OURS = [
    query
    for row in re.findall(r"^\| (`.+?) \|", PAGE.partition("## What other products write")[2], re.MULTILINE)
    for query in re.findall(r"`([^`]+)`", row)
]


def post_of(line: str) -> Post:
    brackets, text = re.fullmatch(r"(?:\[(.*?)\] )?(.*)", line).groups()
    told = dict(re.findall(r"(\w+)=([^=]*)(?= \w+=|$)", brackets or ""))
    many = {name: (told[key],) if key in told else () for name, key in (("langs", "lang"), ("mentions", "mention"))}
    links, tags = ((told[key],) if key in told else () for key in ("link", "tags"))
    followers = int(told["followers"]) if "followers" in told else None
    author = Author("id", told.get("author", ""), followers=followers, country=told.get("country", ""))
    network = told.get("network", "bluesky")
    return Post(network, "1", author, text, 0, title=told.get("title", ""), links=links, tags=tags, **many)


@pytest.mark.parametrize(("query", "posts"), EXAMPLES)
def test_an_example(query: str, posts: str) -> None:
    read = parse(query, NAMED)
    for line in posts.split("\n"):
        expected, post = line[0] == "✓", post_of(line[2:])
        assert evaluate(read, post) is expected, line
        for matcher in (Matcher({"q": read}), PlainMatcher({"q": read})):
            assert bool(matcher.match([post])) is expected, line


@pytest.mark.parametrize(("query", "code", "start", "end", "suggestion"), MISTAKES)
def test_a_mistake(query: str, code: str, start: str, end: str, suggestion: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query, NAMED)
    (problem,) = raised.value.problems
    assert (problem.code, problem.start, problem.end) == (code, int(start), int(end))
    assert problem.suggestion == suggestion


def test_the_page_has_them() -> None:
    assert len(EXAMPLES) >= 45
    assert len(MISTAKES) >= 20
    assert len(OURS) >= 30


@pytest.mark.parametrize("query", OURS)
def test_what_stands_beside_what_others_write_is_read(query: str) -> None:
    parse(f"café\n{query}", NAMED)

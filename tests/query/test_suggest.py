"""Suggestions: what they add or drop is what the changed query adds or drops, counted by the evaluator."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query import generate
from query.test_lucene import DATA, posts
from vigie.model import Author, Post
from vigie.query import Query, QueryError, evaluate, parse
from vigie.query.function_words import FUNCTION_WORDS
from vigie.query.suggest import CERTAIN, Comparison, Suggestions, changed, suggest
from vigie.text import fold


def said(*texts: str, times: int = 1) -> list[Post]:
    return [Post("rss", str(n), Author("a"), text, 0) for n, text in enumerate(texts * times)]


def split(query: Query, read: list[Post]) -> tuple[list[Post], list[Post]]:
    matched = [evaluate(query, post) for post in read]
    return [post for post, hit in zip(read, matched, strict=True) if hit], [
        post for post, hit in zip(read, matched, strict=True) if not hit
    ]


def check_counts(query: Query, read: list[Post], found: Suggestions) -> None:
    """Each suggestion does what it says, and its examples are of those posts."""
    before = {post.remote_id for post in read if evaluate(query, post)}
    for one in (*found.widen, *found.sharpen):
        after_query = parse(changed(query, one))
        after = {post.remote_id for post in read if evaluate(after_query, post)}
        moved = after - before if one.change == "or" else before - after
        assert (after >= before) == (one.change == "or")
        assert one.posts == len(moved)
        assert {post.remote_id for post in one.examples} <= moved
        assert len(one.examples) == min(2, one.posts)
        assert one.z >= CERTAIN


def test_a_word_that_goes_with_the_query_and_stands_without_it_too_widens_it() -> None:
    matched = said("La SNCF annonce une grève des cheminots", times=40)
    others = said("Les cheminots en grève", times=9) + said("Un café au port", "La mer est calme", times=300)
    found = suggest(parse("sncf"), matched, others)
    assert [(one.term, one.change, one.posts) for one in found.widen] == [("cheminots", "or", 9), ("grève", "or", 9)]
    assert found.widen[0].examples[0].text == "Les cheminots en grève"


def test_another_sense_of_the_name_is_left_out_or_kept_alone() -> None:
    matched = said("orange pressée, vitamine", times=12) + said("ma box orange est en panne", times=30)
    found = suggest(parse("orange"), matched, said("la pluie et le beau temps", "un train en retard", times=300))
    drops = {(one.change, one.term): one.posts for one in found.sharpen}
    assert drops["not", "vitamine"] == 12
    assert drops["and", "box"] == 12
    assert ("not", "box") not in drops


def test_what_the_query_names_already_is_not_suggested() -> None:
    matched = said("La SNCF annonce des grèves, cheminots et conducteurs", times=40)
    others = said("des grèves et des grévistes cheminots", "autre chose", times=60)
    found = suggest(parse('(sncf OR conducteurs) AND grèv* AND NOT "les cheminots"'), matched, others)
    assert {one.term for one in (*found.widen, *found.sharpen)} == {"annonce"} & {one.term for one in found.sharpen}


def test_too_little_to_go_by() -> None:
    assert suggest(parse("sncf"), [], said("a b c")).widen == ()
    assert suggest(parse("sncf"), said("sncf grève", times=2), said("grève")).widen == ()
    assert suggest(parse("sncf"), said("sncf grève", times=200), []) == Suggestions((), (), 200, 0)


def test_function_words_are_folded_and_never_suggested() -> None:
    assert all(word == fold(word) for word in FUNCTION_WORDS)
    matched = said("c'est la sncf qui est là, avec vous", times=100)
    assert suggest(parse("sncf"), matched, said("un deux trois", times=100)).sharpen == ()


@pytest.mark.parametrize(
    ("text", "change", "expected"),
    [
        ("a OR b", "or", "a OR b\nOR café"),
        ("a b # note", "or", "a b # note\nOR café"),
        ("a OR b # note", "and", "(a OR b # note\n)\nAND café"),
        ("a b", "not", "a b\nNOT café"),
    ],
)
def test_taken_up_what_was_written_stays_as_written(text: str, change: str, expected: str) -> None:
    matched = said("a b café", times=30) + said("a b", times=30)
    found = suggest(parse(text), matched, said("café") + said("un port", "une mer", times=300))
    (one,) = [one for one in (*found.widen, *found.sharpen) if one.change == change]
    assert changed(parse(text), one) == expected


def test_batch_by_batch_is_the_same_as_all_at_once() -> None:
    draw = Random(5)
    read = [generate.post(draw, number) for number in range(600)]
    query = parse("grève OR café")
    matched, others = split(query, read)
    comparison = Comparison(query)
    for at in range(0, 600, 50):
        comparison.add(matched[at : at + 50], others[at : at + 50])
    assert comparison.suggestions() == suggest(query, matched, others)


def test_memory_does_not_grow_with_what_is_read() -> None:
    comparison = Comparison(parse("sncf"))
    for batch in range(30):
        text = " ".join(f"mot{batch * 10_000 + n}" for n in range(10_000))
        comparison.add(said("sncf grève"), said(text, "rien"))
    found = comparison.suggestions()
    assert not found.exact
    assert found.others == 60
    assert len(comparison._others.words) <= 200_000


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_counts_are_those_of_the_changed_query(seed: int) -> None:
    draw = Random(seed)
    try:
        query = parse(generate.query(draw))
    except QueryError:
        return
    read = [generate.post(draw, number) for number in range(150)]
    check_counts(query, read, suggest(query, *split(query, read)))


@pytest.mark.skipif(not DATA.is_dir(), reason="evaluation data is not beside the checkout")
def test_on_real_posts() -> None:
    read = posts(6_000)
    query = parse("trump")
    found = suggest(query, *split(query, read))
    check_counts(query, read, found)
    assert found.widen
    assert not {fold(one.term) for one in (*found.widen, *found.sharpen)} & FUNCTION_WORDS

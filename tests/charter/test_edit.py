"""Edits from pages: what is asked for changes, every other line stays byte for byte."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.example import VOCABULARY, WHOLE
from vigie.charter import Charter, CharterError, first_charter, parse
from vigie.charter.edit import (
    drop_person,
    drop_query,
    drop_source,
    put_person,
    put_query,
    put_source,
    set_company,
    set_roles,
)
from vigie.charter.tree import grow, items, keyed
from vigie.model import SourceSpec

HEAD = "charter: 1\ncompany: {name: A, languages: [fr], timezone: Europe/Paris}\n"


def read(text: str) -> Charter:
    return parse(text, VOCABULARY)


def changed(before: str, after: str) -> list[str]:
    """The lines that went (-) and came (+)."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [f"{line[0]} {line[1:]}" for line in lines if line[0] in "-+" and line[:3] not in ("---", "+++")]


def test_a_new_query_stands_at_the_end_in_the_list_s_manner() -> None:
    after = put_query(WHOLE, "praise", purpose="say thank you", match='"merci" AND {brand}', keep_days=30)
    assert changed(WHOLE, after) == [
        "+ ",
        "+   - id: praise",
        "+     purpose: say thank you",
        "+     match: '\"merci\" AND {brand}'",
        "+     keep_days: 30",
    ]
    assert read(after).queries[-1].match == '"merci" AND {brand}'


def test_a_changed_query_changes_its_own_line_only() -> None:
    after = put_query(WHOLE, "brand", purpose="savoir ce que l'on dit de nous", match="brulerie", keep_days=90)
    assert changed(WHOLE, after) == [
        "-     match: '\"brûlerie du port\" OR @brulerie.example'",
        "+     match: brulerie",
    ]


def test_a_query_s_name_is_written_taken_out_or_left_alone() -> None:
    query = read(WHOLE).queries[1]
    same = {"purpose": query.purpose, "match": query.match}
    named = put_query(WHOLE, query.id, **same, name="Tempête")
    assert changed(WHOLE, named) == ["+     name: Tempête"]
    assert (read(named).queries[1].label, query.label) == ("Tempête", query.id)
    assert put_query(named, query.id, **same) == named
    assert put_query(named, query.id, **same, name="  ") == WHOLE
    fresh = put_query(WHOLE, "praise", purpose="say thank you", match="merci", name="Mercis")
    assert "  - id: praise\n    name: Mercis\n    purpose: say thank you\n" in fresh


def test_putting_what_is_there_changes_nothing() -> None:
    query = read(WHOLE).queries[1]
    assert put_query(WHOLE, query.id, purpose=query.purpose, match=query.match) == WHOLE
    source = read(WHOLE).listening.sources[1]
    assert put_source(WHOLE, source) == WHOLE
    assert set_roles(WHOLE, "maelle", ("author", "approver")) == WHOLE


def test_several_lines_become_a_literal_block_and_one_line_again() -> None:
    lines = "# ours\n(café OR thé)\n  AND {brand}"
    after = put_query(WHOLE, "brand", purpose="savoir ce que l'on dit de nous", match=lines, keep_days=90)
    assert changed(WHOLE, after) == [
        "-     match: '\"brûlerie du port\" OR @brulerie.example'",
        "+     match: |",
        "+       # ours",
        "+       (café OR thé)",
        "+         AND {brand}",
    ]
    back = put_query(after, "brand", purpose="x", match='"brûlerie du port" OR @brulerie.example')
    assert changed(WHOLE, back) == [
        "-     purpose: savoir ce que l'on dit de nous",
        "+     purpose: x",
        "-     keep_days: 90",
    ]


def test_a_dropped_query_leaves_the_rest() -> None:
    after = drop_query(WHOLE, "parcels")
    assert changed(WHOLE, after) == [
        "- ",
        "-   - id: parcels",
        "-     purpose: mend late parcels",
        "-     match: |",
        "-       {brand}",
        "-       AND (colis OR livraison)",
    ]
    empty = drop_query(after, "brand").replace("on: crisis-words, query: brand", "on: quotes")
    assert read(empty).queries == ()
    assert "  # what is said of us" in empty
    assert read(put_query(empty, "new", purpose="p", match="abc")).queries[0].id == "new"


@pytest.mark.parametrize(
    "match", ["abc\n\t\nOR abd", "abc\n   \n\nOR abd", "# why\nabc", "abc\n  OR abd\u2028", "abc\n\x07OR abd"]
)
def test_odd_lines_come_back_as_they_were(match: str) -> None:
    text = put_query(WHOLE, "brand", purpose="p", match=match)
    node = keyed(items(keyed(grow(text))["queries"][1])[0])["match"][1]
    assert node.value.rstrip("\n") == match.strip()


def test_comments_on_the_changed_line_stay() -> None:
    text = HEAD + "queries:\n- id: a # short\n  purpose: p\n  match: abc   # for now\n\n# the end\n"
    block = put_query(text, "a", purpose="p", match="abc\nOR abd")
    assert "  match: |   # for now\n    abc\n    OR abd\n\n# the end\n" in block
    assert put_query(block, "a", purpose="p", match="abc") == text
    assert put_query(text, "b", purpose="p", match="abd").endswith(
        "match: abc   # for now\n- id: b\n  purpose: p\n  match: abd\n\n# the end\n"
    )


@pytest.mark.parametrize(
    "start",
    ["", "queries:\n", "queries: []\n", "queries: [] # none\n", "queries: ~\n", "queries: # none yet\n", "why: a"],
)
def test_the_first_query(start: str) -> None:
    after = put_query(HEAD + start, "a", purpose="p", match="abc\nOR abd")
    assert [query.match for query in read(after).queries] == ["abc\nOR abd"]
    assert all("queries" in line for line in changed(HEAD + start, after) if line.startswith("-"))


def test_flow_style_and_json() -> None:
    text = '{"charter": 1, "company": {"name": "A", "languages": ["fr"], "timezone": "UTC"}, "queries": []}'
    one = put_query(text, "a", purpose="p, q", match="abc\nOR abd")
    assert read(one).queries[0].match == "abc\nOR abd"
    two = put_query(one, "b", purpose="p", match='"x y"')
    assert [query.id for query in read(two).queries] == ["a", "b"]
    assert drop_query(two, "b") == one
    assert read(drop_query(two, "a")).queries[0].id == "b"
    assert read(drop_query(one, "a")).queries == ()
    assert read(put_source(text, SourceSpec("m", "mastodon", "https://m.example"))).listening.sources[1].id == "m"


def test_the_default_source_is_written_out_before_another_joins_it() -> None:
    feed = SourceSpec("press", "rss", "https://press.example/feed", {"tags": ("a", "b c"), "full": True, "most": 3})
    for start in ("", "listening:\n", "listening: {keep: all}\n", "listening:\n  keep: all # yes\n"):
        after = put_source(HEAD + start, feed)
        assert [source.id for source in read(after).listening.sources] == ["bluesky", "press"]
        assert read(after).listening.sources[1] == feed
        assert [source.id for source in read(drop_source(after, "bluesky")).listening.sources] == ["press"]
        assert read(drop_source(HEAD + start, "bluesky")).listening.sources == ()


def test_a_source_loses_the_options_it_no_longer_has() -> None:
    after = put_source(WHOLE, SourceSpec("press", "rss", "https://press.example/feed", {"full": False, "new": "x"}))
    assert changed(WHOLE, after) == [
        (
            "-     - {id: press, network: rss, address: 'https://press.example/feed', "
            "every: 15m, full: true, most: 40, tags: [a, b]}"
        ),
        "+     - {id: press, network: rss, address: 'https://press.example/feed', full: false, new: x}",
    ]


def test_people() -> None:
    after = put_person(WHOLE, "yanis", name="Yanis Belkadi", email="yanis@brulerie.example", roles=("author",))
    assert changed(WHOLE, after) == [
        "+   - id: yanis",
        "+     name: Yanis Belkadi",
        "+     email: yanis@brulerie.example",
        "+     roles: [author]",
    ]
    assert changed(WHOLE, set_roles(WHOLE, "maelle", ("publisher",))) == [
        "-     roles:",
        "-       - author",
        "-       - approver",
        "+     roles: [publisher]",
    ]
    assert "roles: [owner, publisher]}" in set_roles(WHOLE, "odile", ("owner", "publisher"))
    assert [person.id for person in read(drop_person(WHOLE, "maelle").replace("owner: maelle", "")).people] == ["odile"]


def test_company() -> None:
    after = set_company(WHOLE, name="Brûlerie: du Port", languages=("en", "fr"))
    assert changed(WHOLE, after) == [
        "- company: {name: Brûlerie du Port, languages: [fr, en], timezone: Europe/Paris,",
        "+ company: {name: 'Brûlerie: du Port', languages: [en, fr], timezone: Europe/Paris,",
    ]
    assert set_company("charter: 1\n", name="A", languages=("fr",), timezone="UTC") == (
        "charter: 1\n\ncompany:\n  name: A\n  languages: [fr]\n  timezone: UTC\n"
    )


def test_windows_line_ends_stay() -> None:
    text = WHOLE.replace("\n", "\r\n")
    after = put_query(text, "brand", purpose="p", match="abc\nOR abd")
    assert "\n" not in after.replace("\r\n", "")
    assert read(after).queries[0].match.split() == ["abc", "OR", "abd"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda: drop_query(WHOLE, "gone"),
        lambda: drop_source(WHOLE, "gone"),
        lambda: set_roles(WHOLE, "gone", ("owner",)),
        lambda: drop_person(HEAD, "gone"),
    ],
)
def test_what_is_not_there(edit: object) -> None:
    with pytest.raises(CharterError) as caught:
        edit()  # type: ignore[operator]
    assert caught.value.problems[0].code == "charter.error.not-there"


def test_what_stands_behind_an_alias_is_left_to_a_person() -> None:
    text = HEAD + "queries:\n- &a {id: a, purpose: &p to know, match: abc}\n- {id: b, purpose: *p, match: abd}\n"
    with pytest.raises(CharterError) as caught:
        put_query(text, "b", purpose="other", match="abd")
    assert caught.value.problems[0].code == "charter.error.edit-by-hand"
    assert "match: xyz}" in put_query(text, "b", purpose="to know", match="xyz")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_first_charter_is_good_and_can_be_carried_on(lang: str) -> None:
    text = first_charter(
        name="Chez: Léa",
        listen_for='"chez léa" OR #ChezLéa',
        languages=(lang,),
        timezone="Europe/Paris",
        owner_id="lea",
        owner_name="Léa Ferrand",
    )
    charter = read(text)
    assert charter.company.name == "Chez: Léa"
    assert charter.queries[0].match == '"chez léa" OR #ChezLéa'
    assert charter.roles("lea") == ("owner",)
    assert charter.notes == ()
    more = put_source(put_query(text, "b", purpose="p", match="abc"), SourceSpec("f", "rss", "https://f.example"))
    assert [line[0] for line in changed(text, more)] == ["+"] * 6
    skipped = first_charter(name="A", listen_for="", languages=("it",), timezone="UTC", owner_id="a", owner_name="A")
    assert read(skipped).queries == ()
    assert "The house's charter" in skipped


IDS = st.sampled_from(["a", "b", "brand", "parcels", "x-1"])
WORDS = st.text(alphabet="abé🦀 \n\t'\"#:-{}[],&*!|>%@\\\x85\u2028\r", min_size=1, max_size=30).map(lambda s: "x" + s)
EDITS = st.one_of(
    st.tuples(st.just(put_query), st.fixed_dictionaries({"id": IDS, "purpose": WORDS, "match": WORDS})),
    st.tuples(st.just(drop_query), st.fixed_dictionaries({"id": IDS})),
    st.tuples(st.just(put_person), st.fixed_dictionaries({"id": IDS, "name": WORDS})),
    st.tuples(st.just(set_company), st.fixed_dictionaries({"name": WORDS})),
)


@given(
    st.lists(EDITS, min_size=1, max_size=6),
    st.sampled_from([WHOLE, HEAD, HEAD + "queries: []", WHOLE.replace("\n", "\r\n")]),
)
def test_any_row_of_edits_says_what_was_asked(edits: list[tuple[object, dict[str, str]]], text: str) -> None:
    for edit, values in edits:
        try:
            after = edit(text, **values)  # type: ignore[operator]
        except CharterError as error:
            assert error.problems[0].code == "charter.error.not-there"  # noqa: PT017 - one of two good outcomes
            continue
        kept = [line for line in text.splitlines(keepends=True) if line in after]
        assert len(kept) >= len(text.splitlines()) - 10
        text = after

"""Drafts in files: read with the place of each word, held against those planned before, mended where it is safe."""

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs

from vigie.charter import Channel, Charter, Company
from vigie.charter.allowing import Allowed
from vigie.checks import Check, Options, Reading
from vigie.flows.check_texts import (
    Baseline,
    BaselineError,
    Checked,
    Defaults,
    Document,
    Mender,
    Told,
    UnreadableError,
    check,
    known_of,
    read_baseline,
    read_calendar,
    read_markdown,
)
from vigie.flows.check_texts.cells import rows
from vigie.judge.policy import Policy, RunCheck, policy
from vigie.model import Attachment, Finding, Span
from vigie.query import PlainMatcher

NOW = 1_796_115_600_000
"""2026-12-01, ten in the morning in Paris."""
ALLOW = "<!-- vigie-allow overselling until 2026-12-31: … -->"
HOUSE = Charter(
    charter=1,
    company=Company(name="Brûlerie", languages=("fr", "en"), timezone="Europe/Paris"),
    channels=(Channel("bsky", "bluesky", "brulerie.example"),),
    digest="",
)
BY = Defaults(detect=lambda text: "en" if "the" in text else "fr", now=NOW, charter=HOUSE)


def said_at(document: Document, number: int = 0) -> list[str]:
    """The characters of the file under each character of a draft."""
    writing = document.writings[number]
    places = [writing.trace.span(Span(at, at + 1)) for at in range(len(writing.draft.text))]
    return [document.text[place.start : place.end] for place in places]


def wrong(read: Callable[[], object]) -> list[tuple[int, int, str, str]]:
    with pytest.raises(UnreadableError) as caught:
        read()
    return [(one.line, one.column, one.code, one.hint) for one in caught.value.mistakes]


# Markdown


def test_front_matter_says_where_and_when() -> None:
    text = """\
---
title: not ours
channel: bsky
when: 2026-12-01T10:00
objective: answer
answers: Où ?
ai: true
media: [{alt: Deux tasses, kind: gif, bytes: 12}]
allow: [{rule: links, why: press, until: 2026-12-31}]
author: ines
---
Bonjour
"""
    (writing,) = read_markdown("a.md", text, BY).writings
    draft = writing.draft
    assert (draft.text, draft.network, draft.channel, draft.language) == ("Bonjour", "bluesky", "bsky", "fr")
    assert (draft.when, draft.objective, draft.author, draft.ai) == (NOW, "answer", "ines", True)
    assert draft.media == (Attachment("gif", alt="Deux tasses", size=12),)
    assert draft.answers
    assert draft.answers.text == "Où ?"
    allowed = writing.allowed["links"]
    assert (allowed.who, allowed.why, allowed.until) == ("ines", "press", 1_798_758_000_000)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_each_character_has_its_place(line_end: str) -> None:
    text = "---\nlanguage: fr\n---\n\n  Le café <!-- quoi ? --> 👩🏽‍🍳\n<!-- non -->\nest prêt. <!-- ouvert\n".replace(
        "\n", line_end
    )
    document = read_markdown("a.md", text, BY)
    said = document.writings[0].draft.text
    assert said == "Le café  👩🏽‍🍳\nest prêt. <!-- ouvert".replace("\n", line_end)
    assert said_at(document) == list(said)
    assert document.place(document.writings[0].at) == (5, 3)


@pytest.mark.parametrize("written", ["Le café", '"Le caf\\u00e9"', "|\n  Le café", "'Le café'"])
def test_words_in_the_front_matter_have_their_places_too(written: str) -> None:
    document = read_markdown("a.md", f"---\ntext: {written}\n---\n", BY)
    assert document.writings[0].draft.text == "Le café"
    assert said_at(document)[:6] == list("Le caf")


def test_a_line_that_parts_is_no_front_matter_further_down() -> None:
    assert read_markdown("a.md", "Bonjour\n---\nau revoir\n", BY).writings[0].draft.text == "Bonjour\n---\nau revoir"
    assert read_markdown("a.md", "", BY).writings[0].draft.text == ""
    for empty in ("---\n---\nOui", "---\n# rien\n\n---\nOui"):
        assert read_markdown("a.md", empty, BY).writings[0].draft.text == "Oui"


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("---\nwhen: demain\n---\n", [(2, 7, "charter.error.bad-moment", "")]),
        ("---\nchanel: x\n---\n", [(2, 1, "charter.error.unknown-key", "channel")]),
        ("---\n- x\n---\n", [(2, 1, "check.error.front-matter-shape", "channel: …")]),
        ("---\nchannel: bluesky\n---\nOui", [(2, 10, "charter.error.unknown-channel", "bsky")]),
        ("---\nOui", [(1, 1, "check.error.front-matter-open", "---")]),
        ("---\ntext: Oui\n---\n\nNon", [(5, 1, "check.error.two-texts", "")]),
        ("---\nallow: [{rule: x, why: 'a}]\n---\n", [(2, 24, "charter.error.unclosed-quote", "")]),
        ("Oui\n<!-- vigie-allow links -->", [(2, 1, "check.error.allow", ALLOW)]),
        ("<!-- vigie-allow links until 2026-02-31: a -->", [(1, 1, "check.error.allow", ALLOW)]),
    ],
)  # fmt: skip
def test_what_is_wrong_has_its_place(text: str, mistakes: list[tuple[int, int, str, str]]) -> None:
    assert wrong(lambda: read_markdown("a.md", text, BY)) == mistakes


# Calendars


def test_a_calendar_is_read_by_its_headings() -> None:
    text = (
        "Jour;Heure;Texte;Réseau;Texte alternatif;Toléré;Canal\r\n"
        '2026-12-01;10h;"Le ""vrai"" café\r\nfume";mastodon;Deux tasses;'
        "links until 2026-12-31: press|corporate: quote;\r\n"
        ";;;;;;\r\n"
        "2026-12-01;9:30;Demain;;;;bsky\r\n"
        "2026-12-02;;Midi;;;;\r\n"
    )
    document = read_calendar("a.csv", text, BY)
    first, second, third = document.writings
    assert (first.draft.text, first.draft.network, first.draft.when) == ('Le "vrai" café\r\nfume', "mastodon", NOW)
    assert first.draft.media == (Attachment(alt="Deux tasses"),)
    assert sorted(first.allowed) == ["corporate", "links"]
    assert said_at(document) == list(first.draft.text)
    assert document.place(first.at) == (2, 17)
    assert (second.draft.network, second.draft.when, second.name) == ("bluesky", NOW - 1_800_000, "4")
    assert third.draft.when == NOW + 26 * 3_600_000


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("a,b\n1,2\n", [(1, 1, "check.error.no-text-column", "")]),
        ('text\n"Oui\n', [(2, 1, "check.error.open-quote", "")]),
        ("text,date\nOui,1/12/2026\n", [(2, 5, "charter.error.bad-day", "2026-12-01")]),
        ("text,when\nOui,demain\n", [(2, 5, "charter.error.bad-moment", "")]),
        ("text,date,time\nOui,2026-12-01,25:00\n", [(2, 16, "charter.error.bad-moment", "")]),
        ("text,channel\nOui,bsk\n", [(2, 5, "charter.error.unknown-channel", "bsky")]),
        ("text,when\nOui,x\nNon,y\n", [(line, 5, "charter.error.bad-moment", "") for line in (2, 3)]),
        ("text,allow\nOui,links\n", [(2, 5, "check.error.allow", "overselling until 2026-12-31: …")]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_calendar_has_its_place(text: str, mistakes: list[tuple[int, int, str, str]]) -> None:
    assert wrong(lambda: read_calendar("a.csv", text, BY)) == mistakes


def test_a_calendar_without_drafts_is_no_mistake() -> None:
    assert read_calendar("a.csv", "", BY).writings == ()
    assert read_calendar("a.csv", "text\n", BY).writings == ()


@given(st.lists(st.lists(st.text(alphabet='a";,\n\r é'), min_size=2, max_size=3), max_size=4))
@example([["", ""], ["a", ""]])
def test_cells_are_those_that_a_program_wrote(table: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows(table)
    text = written.getvalue()
    found = [[cell.text for cell in row] for row in rows(text, ";")]
    assert found == table
    for row in rows(text, ";"):
        for cell in row:
            assert [text[cell.trace(at)] for at in range(len(cell.text))] == list(cell.text)


# Held against those planned before


def test_a_draft_is_held_against_those_of_its_channel_planned_before_it() -> None:
    seen: dict[str, list[str]] = {}

    def look(reading: Reading, _: Options) -> tuple[Finding, ...]:
        seen[reading.draft.text] = [post.text for post in reading.facts.recent]
        return ()

    text = (
        "text,when,channel,network\nb,2026-12-02 10:00,bsky,\na,2026-12-01 10:00,bsky,\n"
        "c,2026-12-03 10:00,,bluesky\nd,,bsky,\n"
    )
    later = read_markdown("e.md", "---\nwhen: 2026-12-04T10:00\nchannel: bsky\n---\ne", BY)
    check([read_calendar("a.csv", text, BY), later], _only(look), NOW)
    assert seen == {"a": [], "b": ["a"], "c": [], "d": [], "e": ["b", "a"]}


def test_findings_are_filtered_and_counted() -> None:
    def look(reading: Reading, _: Options) -> tuple[Finding, ...]:
        return (
            Finding("shout", "block", spans=(Span(0, 1),)),
            Finding("shout", "warn"),
            Finding("shout", "note"),
            Finding("shout", "block", trial=True),
        )

    documents = [read_markdown("a.md", "Oui", BY)]
    by = _only(look)

    def severities(**asked: object) -> list[str]:
        report = check(documents, by, NOW, **asked)  # type: ignore[arg-type]
        return [told.finding.severity for _, _, told in report.each()]

    assert severities() == ["block", "warn", "note"]
    assert severities(least="warn") == ["block", "warn"]
    assert severities(trials=True) == ["block", "warn", "note", "block"]
    assert check(documents, by, NOW, trials=True).stopping == 1
    assert check(documents, by, NOW, strict=True).stopping == 2
    known = known_of((file.name, told.finding) for file, _, told in check(documents, by, NOW).each())
    again = check([*documents, read_markdown("b.md", "Oui", BY)], by, NOW, known=known)
    assert [told.known for _, _, told in again.each()] == [True] * 3 + [False] * 3
    assert again.stopping == 1


def _only(look: Callable[[Reading, Options], tuple[Finding, ...]]) -> Policy:
    run = RunCheck(Check("shout", look, Options, ()), Options(), Allowed(()))
    return structs.replace(policy(HOUSE, PlainMatcher), checks=(run,))


# Baselines


def test_a_baseline_is_read_as_it_was_written() -> None:
    known = known_of(
        [("b.md", Finding("links", "warn", fingerprint="1")), ("a.md", Finding("x", "note", fingerprint="2"))] * 2
    )
    assert [(one.file, one.count) for one in known.findings] == [("a.md", 2), ("b.md", 2)]
    assert read_baseline(known.written()) == known
    assert read_baseline(Baseline().written()) == Baseline()
    for text in ("", "[]", '{"baseline": 2}', '{"findings": [{"file": 1}]}'):
        with pytest.raises(BaselineError):
            read_baseline(text)


# Mending


def mend(text: str, *changes: tuple[str, str], name: str = "a.csv") -> tuple[str, int]:
    """The file with words replaced by others, as safe findings would."""
    read = read_calendar if name.endswith(".csv") else read_markdown
    document = read(name, text, BY)
    drafts = []
    for writing in document.writings:
        said = writing.draft.text
        told = [
            Told(
                Finding(
                    "x", "warn", spans=(Span(said.index(old), said.index(old) + len(old)),), replacement=new, safe=True
                )
            )
            for old, new in changes
            if old in said
        ]
        drafts.append(Checked(writing, tuple(told)))
    mended, count = Mender(lambda file, new: read(file, new, BY))(document, drafts)
    return mended.text, count


def _safe(at: int, old: str, new: str) -> Finding:
    return Finding("x", "warn", spans=(Span(at, at + len(old)),), replacement=new, safe=True)


def test_words_are_replaced_where_they_stand() -> None:
    assert mend("a\n<!-- b -->\nbc", ("a", "AAA"), ("c", ""), name="a.md") == ("AAA\n<!-- b -->\nb", 2)
    assert mend('text;n\r\n"a ""b"" c";1\r\nd;2\r\n', ("c", "CC"), ("d", "D")) == (
        'text;n\r\n"a ""b"" CC";1\r\nD;2\r\n',
        2,
    )
    assert mend("---\ntext: 'l''eau'\n---\n", ("eau", "air"), name="a.md") == ("---\ntext: 'l''air'\n---\n", 1)


def test_what_would_change_more_than_the_words_is_left_to_a_person() -> None:
    text = "text,n\na b,1\nc d,2\n"
    assert mend(text, ("b", "b,b"), ("d", "D")) == (text.replace("d", "D"), 1)
    assert mend(text, ("a b", ""), ("c", '"')) == (text, 0)
    assert mend("---\ntext: a b\n---\n", ("b", "# b"), name="a.md") == ("---\ntext: a b\n---\n", 0)


def test_of_two_that_overlap_the_first_is_mended() -> None:
    assert mend("abc", ("ab", "X"), ("bc", "Y"), name="a.md") == ("Xc", 1)

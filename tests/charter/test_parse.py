"""Reading a charter: everything it may say, and every mistake with its place."""

from datetime import date
from hashlib import sha256

import pytest

from charter.example import VOCABULARY, WHOLE
from vigie.charter import CharterError, Problem, Rate, parse
from vigie.charter.nouns import PUBLIC_SOURCES, Effort, Hours, Mourning, Objective, Partner
from vigie.model import SourceSpec
from vigie.wording import Wording

HEAD = "charter: 1\ncompany: {name: A, languages: [fr], timezone: Europe/Paris}\n"


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(CharterError) as caught:
        parse(text, VOCABULARY)
    for w in (Wording("fr"), Wording("en")):
        for problem in caught.value.problems:
            if problem.code.startswith("charter."):
                assert "{" not in w(problem.code, **problem.values).replace(str(problem.values.get("written", "")), "")
    return caught.value.problems


def only(text: str) -> tuple[str, int, int, str]:
    found = problems(text)
    assert len(found) == 1, found
    return found[0].code.removeprefix("charter.error."), found[0].line, found[0].column, found[0].hint


def test_a_whole_charter() -> None:
    charter = parse(WHOLE, VOCABULARY)
    assert charter.digest == sha256(WHOLE.encode()).hexdigest()
    assert (charter.company.name, charter.company.languages) == ("Brûlerie du Port", ("fr", "en"))
    bsky, photo = charter.channels
    assert (bsky.account, bsky.account_id, bsky.owner) == ("brulerie.example", "did:plc:brulerie", "maelle")
    assert bsky.capacity == Effort(5 * 3_600_000, "week")
    assert bsky.cadence
    assert bsky.cadence.at_most == Rate(2, "day")
    assert (bsky.reply_within, bsky.selling_at_most) == (4 * 3_600_000, 20)
    assert photo.cadence is None
    assert charter.queries[0].keep_days == 90
    assert charter.queries[1].match == "{brand}\nAND (colis OR livraison)"
    assert charter.roles("maelle") == ("author", "approver")
    assert charter.roles("nobody") == ()
    assert charter.listening.sources[1] == SourceSpec(
        "press",
        "rss",
        "https://press.example/feed",
        {"every": "15m", "full": True, "most": 40, "tags": ("a", "b")},
    )
    assert not charter.listening.sample
    assert charter.removals == {"criticism": "never"}
    assert [(note.code, note.path) for note in charter.notes] == [
        ("charter.note.network-not-read", "channels.photo.network"),
        ("charter.note.not-yet-read", "removals"),
    ]


def test_what_a_house_says_of_itself_for_the_checks() -> None:
    charter = parse(WHOLE, VOCABULARY)
    company = charter.company
    assert (company.domains, company.country) == (("brulerie.example",), "FR")
    assert company.contacts == ("bonjour@brulerie.example", "02 99 00 00 00")
    assert company.known_handles == ("port.example",)
    bsky = charter.channel("bsky")
    assert bsky
    assert (bsky.quiet, bsky.voice) == ((Hours(22 * 60, 7 * 60),), "we")
    assert charter.channel("nowhere") is None
    statement = "Each question gets a human answer within the day"
    assert charter.objectives == (
        Objective("answer", statement, "first_response_time.p90", "<= 4h", date(2026, 12, 31)),
    )
    assert charter.partners == (Partner("Ferme du Quai", ("ferme.example",), paid=True),)
    assert charter.calendar.on_holidays == "never"
    assert charter.calendar.mourning == (Mourning(date(2025, 11, 13), "attentats", every_year=True),)
    assert charter.checks["corporate"].allow == ("levier du percolateur",)
    assert charter.checks["corporate"].severity == "block"


def test_the_least_charter() -> None:
    charter = parse(HEAD, VOCABULARY)
    assert charter.listening.sources == PUBLIC_SOURCES
    assert charter.listening.keep == "matched"
    assert (charter.retention.mentions_days, charter.queries, charter.people) == (365, (), ())
    assert parse(HEAD + "queries:\npeople: []\nchannels: ~\n", VOCABULARY).queries == ()
    assert parse(HEAD + "listening: {sources: []}\n", VOCABULARY).listening.sources == ()


def test_a_charter_may_be_json_and_may_use_anchors() -> None:
    text = '{"charter": 1, "company": {"name": "A", "languages": ["fr"], "timezone": "UTC"}}'
    assert parse(text, VOCABULARY).company.timezone == "UTC"
    shared = HEAD + "queries:\n- {id: a, purpose: &why to know, match: abc}\n- {id: b, purpose: *why, match: abd}\n"
    assert parse(shared, VOCABULARY).queries[1].purpose == "to know"


def test_all_problems_at_once_in_the_order_of_the_text() -> None:
    text = """\
charter: 2
compagny: {name: A}
queries:
  - id: Ma marque
    match: (café
  - id: b
    purpose: p
    match: '"a b" AND NOT'
    keepdays: 3
people:
  - {id: ana, name: Ana, roles: [autor]}
listening: {sources: [{id: x, network: blusky}], keep: some}
retention: {mentions_days: 0}
"""
    found = problems(text)
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)
    said = {(p.line, p.path, p.code.removeprefix("charter.error."), p.hint) for p in found}
    assert said >= {
        (1, "charter", "not-one-of", ""),
        (1, "", "missing-key", ""),
        (2, "compagny", "unknown-key", "company"),
        (4, "queries.Ma marque.id", "bad-identifier", "ma-marque"),
        (4, "queries.Ma marque", "missing-key", ""),
        (9, "queries.b.keepdays", "unknown-key", "keep_days"),
        (11, "people.ana.roles[1]", "not-one-of", "author"),
        (10, "people", "no-owner", ""),
        (12, "listening.sources.x.network", "unknown-network", "bluesky"),
        (12, "listening.keep", "not-one-of", ""),
        (13, "retention.mentions_days", "out-of-range", ""),
    }
    assert any(p.code.startswith("query.error.") and p.line == 5 for p in found)
    assert any(p.code.startswith("query.error.") and p.line == 8 for p in found)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("channels:\n- {id: a, network: mastodont, account: x}\n", ("unknown-network", 4, 20, "mastodon")),
        ("channels:\n- {id: a, network: rss, account: a b}\n", ("bad-handle", 4, 34, "")),
        ("channels:\n- {id: a, network: rss, account: x, reply_within: 4 hours}\n", ("bad-duration", 4, 51, "")),
        ("channels:\n- {id: a, network: rss, account: x, cadence: {at_most: 2/weeks}}\n",
         ("bad-rate", 4, 56, "2/week")),
        ("channels:\n- {id: a, network: rss, account: x, capacity: 5/week}\n", ("bad-effort", 4, 47, "")),
        ("channels:\n- {id: a, network: rss, account: x, selling_at_most: 20}\n", ("bad-percent", 4, 54, "20%")),
        ("channels:\n- {id: a, network: rss, account: x, selling_at_most: 120%}\n", ("bad-percent", 4, 54, "")),
        ("channels:\n- {id: a, network: rss, account: x, owner: ann}\n", ("unknown-person", 4, 44, "")),
        ("people:\n- {id: a, name: A, email: a@b, roles: [owner]}\n", ("bad-email", 4, 27, "")),
        ("people:\n- {id: a, name: A}\n", ("no-owner", 3, 1, "")),
        ("people: {id: a}\n", ("wants-list", 3, 9, "")),
        ("people:\n- a\n", ("wants-mapping", 4, 3, "")),
        ("why: [a]\n", ("wants-text", 3, 6, "")),
        ("why:\n", ("empty", 3, 1, "")),
        ("why: #be kind\n", ("hash", 3, 1, "")),
        ("why: a\nwhy: b\n", ("repeated-key", 4, 1, "")),
        ("? [a]\n: b\n", ("wants-text", 3, 3, "")),
        ("listening: {sample: yes}\n", ("wants-true-or-false", 3, 21, "true")),
        ("retention: {backups: many}\n", ("wants-number", 3, 22, "")),
        ("audiences: none\n", ("wants-list-or-mapping", 3, 12, "")),
        ("rules: none\n", ("wants-list", 3, 8, "")),
        ("checks: [corporate]\n", ("wants-mapping", 3, 9, "")),
        ("checks: {corporat: {off: true}}\n", ("unknown-check", 3, 10, "corporate")),
        ("checks: {corporate: {of: true}}\n", ("unknown-key", 3, 22, "off")),
        ("checks: {corporate: {severity: stop}}\n", ("not-one-of", 3, 32, "")),
        ("checks: {corporate: {off: yes}}\n", ("wants-true-or-false", 3, 27, "true")),
        ("objectives:\n- {id: a, statement: b, until: 31/12/2026}\n", ("bad-day", 4, 32, "2026-12-31")),
        ("objectives:\n- {id: a, statement: b, until: 2026-02-30}\n", ("bad-day", 4, 32, "")),
        ("objectives: [{id: a, statement: b}]\nchannels:\n- {id: c, network: rss, account: x, objectives: [aa]}\n",
         ("unknown-objective", 5, 50, "a")),
        ("calendar: {mourning: [{day: soon}]}\n", ("bad-day", 3, 29, "")),
        ("channels:\n- {id: a, network: rss, account: x, quiet: [22h-7h]}\n", ("bad-hours", 4, 45, "22:00-07:00")),
        ("channels:\n- {id: a, network: rss, account: x, quiet: ['25:00-07:00']}\n", ("bad-hours", 4, 45, "")),
        ("channels:\n- {id: a, network: rss, account: x, voice: royal}\n", ("bad-voice", 4, 44, "")),
        ("partners: [{name: A, handles: [a b]}]\n", ("bad-handle", 3, 32, "")),
        ("listening: {sources: [{id: f, network: rss}]}\n", ("sources.error.no-address", 3, 23, "")),
        ("listening: {sources: [{network: bluesky}]}\n", ("missing-key", 3, 23, "")),
        ("listening: {sources: [{id: a, network: bluesky}, {id: a, network: rss, address: x}]}\n",
         ("repeated-id", 3, 55, "")),
        ("queries:\n- {id: a, purpose: p, match: abc}\n- {id: a, purpose: p, match: abd}\n", ("repeated-id", 5, 8, "")),
        ("queries:\n- &q {id: a, purpose: p, match: abc}\n- {<<: *q, id: b, purpose: p, match: abd}\n",
         ("merge-key", 5, 4, "")),
    ],
)  # fmt: skip
def test_each_mistake_has_its_place(rest: str, expected: tuple[str, int, int, str]) -> None:
    assert only(HEAD + rest) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("domains: ['https://www.house.example/']", ("bad-domain", "house.example")),
        ("domains: ['house']", ("bad-domain", "")),
        ("country: fr", ("bad-country", "FR")),
        ("country: France", ("bad-country", "")),
    ],
)
def test_what_a_company_says_of_itself(entry: str, expected: tuple[str, str]) -> None:
    (found,) = problems(f"charter: 1\ncompany: {{name: A, languages: [fr], timezone: UTC, {entry}}}\n")
    assert (found.code.removeprefix("charter.error."), found.hint) == expected


def test_days_without_a_country_are_noted() -> None:
    charter = parse(HEAD + "calendar: {on_holidays: never}\n", VOCABULARY)
    assert [note.code for note in charter.notes] == ["charter.note.no-country"]


@pytest.mark.parametrize(
    ("zone", "hint"),
    [("Europe/Pari", "Europe/Paris"), ("europe/paris", "Europe/Paris"), ("../../etc/passwd", ""), ("Europe", None),
     ("x" * 5000, "")],
)  # fmt: skip
def test_time_zones(zone: str, hint: str | None) -> None:
    (found,) = problems(f"charter: 1\ncompany: {{name: A, languages: [fr], timezone: {zone}}}\n")
    assert found.code == "charter.error.bad-timezone"
    assert hint is None or found.hint == hint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("nothing-written", 1, 1, "")),
        ("# only a comment\n", ("nothing-written", 1, 1, "")),
        ("- a\n", ("not-a-charter", 1, 1, "")),
        ("charter: 1\n\tcompany: a\n", ("tab", 2, 1, "")),
        ("charter: 1\ncompany: {name: A\n", ("unclosed-bracket", 3, 1, "")),
        ('charter: 1\nwhy: "a\n', ("unclosed-quote", 2, 6, "")),
        ("charter: 1\n--- \ncharter: 1\n", ("two-documents", 2, 1, "")),
        ("charter: 1\nwhy: *gone\n", ("needs-quotes", 2, 6, "'*gone'")),
        ("charter: 1\nwhy: a: b\n", ("colon", 2, 7, "")),
        ("charter: 1\nwhy: \0\n", ("bad-character", 2, 6, "")),
        ("charter: 1\nwhy: \ud800\n", ("bad-character", 2, 6, "")),
        ('charter: 1\nwhy: "\\U99999999"\n', ("yaml", 1, 1, "")),
        ("[" * 20_000, ("too-deep", 1, 1, "")),
        ("#" * 1_000_001, ("too-large", 1, 1, "")),
        ('queries:\n  - match: "a b" OR c # x\n', ("needs-quotes", 2, 12, "'\"a b\" OR c'")),
        ("queries:\n  - match: @brulerie\n", ("needs-quotes", 2, 12, "'@brulerie'")),
        ("queries:\n  - match: {brand} OR l'eau\n", ("needs-quotes", 2, 12, "'{brand} OR l''eau'")),
    ],
)
def test_what_is_no_yaml(text: str, expected: tuple[str, int, int, str]) -> None:
    assert only(text) == expected


def test_a_billion_laughs_and_a_circle_end_soon() -> None:
    lines = [
        "charter: 1",
        "company: {name: A, languages: [fr], timezone: UTC}",
        "audiences:",
        "- &a [x, x, x, x, x, x, x, x]",
    ]
    for last, name in zip("abcdefghijkl", "bcdefghijklm", strict=True):
        lines.append(f"- &{name} [{', '.join(['*' + last] * 8)}]")
    assert "charter.error.too-many" in {p.code for p in problems("\n".join(lines))}
    assert "charter.error.too-deep" in {p.code for p in problems(HEAD + "audiences: &a [*a]\n")}


@pytest.mark.parametrize(
    "value",
    [
        "café AND (thé",
        "'café AND (thé'",
        '"caf\\u00e9 AND (thé"',
        '"café\\\n     AND (thé"',
        "&x !!str 'it''s AND (thé'",
        "|\n    café\n    AND (thé",
        "|2\n      café\n    AND (thé",
        "|-\n    café # one\n\n      AND (thé",
        ">-\n    café\n    AND (thé",
        "> # folded\n    café\n\n    AND (thé",
        "café\n    AND (thé",
        "'café  \n\n    AND (thé'",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_mistake_in_a_query_is_shown_where_it_is_written(value: str, newline: str) -> None:
    text = (HEAD + f"queries:\n- id: q\n  purpose: p\n  match: {value}\n").replace("\n", newline)
    (found,) = problems(text)
    assert found.code.startswith("query.error.")
    before = text[: text.index("(")]
    assert (found.line, found.column) == (before.count("\n") + 1, len(before) - before.rindex("\n"))


def test_positions_hold_with_windows_line_ends_and_a_byte_order_mark() -> None:
    text = "\ufeff" + HEAD.replace("\n", "\r\n") + "why: [a]\r\n"
    assert only(text) == ("wants-text", 3, 6, "")

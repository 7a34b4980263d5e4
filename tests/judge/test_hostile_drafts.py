"""Whatever is typed, the answer is a list of findings: no crash, and nothing past in silence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.example import VOCABULARY, WHOLE
from vigie.charter import parse
from vigie.charter.rules import READ_CAP
from vigie.judge.policy import policy
from vigie.judge.review import review
from vigie.model import Attachment, Author, Draft, Facts, Finding, Post
from vigie.query import PlainMatcher

POLICIES = {"with a charter": policy(parse(WHOLE, VOCABULARY), PlainMatcher), "without": policy(None, PlainMatcher)}

HOSTILE = {
    "empty": "",
    "blank": " \n\t\u00a0\u200b",
    "one letter a million times": "a" * 1_000_000,
    "words": "garanti à vie " * 70_000,
    "no end of brackets": "(" * 50_000 + "«" * 50_000,
    "quotation marks": '"' * 100_001,
    "only emoji": "👩🏽\u200d🍳🇫🇷" * 5_000,
    "lone surrogates": "\ud800garanti\udfff à vie\ud83d",
    "bidirectional overrides": "\u202egaranti\u202c \u2066à vie\u2069",
    "zero width": "g\u200ba\u200cr\u200da\u2060n\ufeffti à vie",
    "look-alikes": "gаrаntі à vіе",
    "combining marks": "g" + "\u0336" * 5_000 + "aranti",
    "links": "https://a.example/?utm_source=b " * 4_000,
    "tags and mentions": "#a @b " * 20_000,
    "digits": "0123456789 " * 20_000,
    "dots": "." * 200_000,
    "lines": "\n" * 200_000,
    "at signs": "@" * 200_000,
    "slashes": "http://" * 30_000,
    "control characters": "".join(map(chr, range(32))) * 100,
    "a line drawn": "sparkle " + "_" * 40 + "#tbt",
    "rows of signs": " ".join(sign * 90 + "x" for sign in "_-=~*.^<>()/|:;,+'#%&`\\"),
    "percent": "%s {x} ${y} \\u0000 %00" * 100,
}


def findings(text: str, name: str = "with a charter") -> tuple[Finding, ...]:
    draft = Draft(text, "bluesky", "bsky", "fr", "maelle", media=(Attachment(alt=text),), answers=post(text))
    return review([(draft, Facts(now=10**12, recent=(post(text),) * 3, elsewhere=(post(text),)))], POLICIES[name])[0]


def post(text: str) -> Post:
    return Post("bluesky", "1", Author("a", "a.example"), text, 10**12)


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts(text: str, name: str) -> None:
    for found in findings(text, name):
        assert all(0 <= span.start <= span.end <= len(text) for span in found.spans), found.rule
        assert list(found.spans) == sorted(found.spans, key=lambda span: span.start), found.rule
        assert len(found.fingerprint) == 16


@pytest.mark.parametrize(
    "text", ["lone surrogates", "bidirectional overrides", "zero width", "look-alikes"], ids=lambda name: name
)
def test_a_forbidden_phrase_is_found_in_its_disguise(text: str) -> None:
    assert "no-guarantee" in {found.rule for found in findings(HOSTILE[text])}


def test_what_is_too_long_to_read_is_said() -> None:
    (found,) = [one for one in findings("a" * (READ_CAP + 1)) if one.rule == "unread"]
    assert (found.code, found.spans[0].start, found.spans[0].end) == ("review.unread", READ_CAP, READ_CAP + 1)
    assert not any(one.rule == "unread" for one in findings("a" * READ_CAP))


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    for name in POLICIES:
        assert all(span.end <= len(text) for found in findings(text, name) for span in found.spans)


@pytest.mark.long
def test_ten_thousand_rules_are_read_and_asked() -> None:
    rule = "- {{id: r{0}, match: mot{0}, when: draft.hour < 24, why: p, bad: [mot{0}], good: [x]}}\n"
    head = "charter: 1\ncompany: {name: A, languages: [fr], timezone: UTC}\nrules:\n"
    text = head + "".join(rule.format(number) for number in range(10_000))
    by = policy(parse(text, VOCABULARY), PlainMatcher)
    (found,) = review([(Draft("mot1 et mot9999"), Facts())], by)
    assert {one.rule for one in found} >= {"r1", "r9999"}

"""Conditions of rules: typed, told where they are wrong, and never long."""

import pytest
from msgspec import structs

from vigie.charter.conditions import LONGEST, VARIABLES, ConditionError, Situation, read_condition
from vigie.model import Attachment, Author, Draft, Facts, Post

FRIDAY_NIGHT = 1_763_159_400_000  # 2025-11-14T22:30 UTC
DRAFT = Draft(
    "Le café \ud800 du port #Moka avec @ines.example : https://port.example/a?b ☕",
    network="bluesky",
    channel="bsky",
    language="fr",
    author="maelle",
    objective="answer",
    when=FRIDAY_NIGHT,
    media=(Attachment(alt="Un moulin", size=3),),
    answers=Post("bluesky", "1", Author("a"), "Où ?", 0),
)
FACTS = Facts(
    now=FRIDAY_NIGHT,
    roles=("author",),
    certified_until=FRIDAY_NIGHT + 1,
    recent=(Post("bluesky", "2", Author("us"), "Bonjour", FRIDAY_NIGHT - 7_200_000, reply_to="0"),),
    incidents=("bsky",),
)
SITUATION = Situation(DRAFT, FACTS, "Europe/Paris")


def test_recent_is_what_was_said_before_the_planned_moment() -> None:
    hour = 3_600_000
    posts = tuple(
        Post("bluesky", str(n), Author("us"), f"{n}", FRIDAY_NIGHT + n * hour) for n in (5, 1, 0, -3)
    )  # the newest first, two of them planned for later
    situation = Situation(DRAFT, structs.replace(FACTS, now=FRIDAY_NIGHT - 9 * hour, recent=posts), "Europe/Paris")
    asked = "recent.size() == 2 && recent[0].hours_ago == 0.0 && recent[1].hours_ago == 3.0"
    assert read_condition(asked).ask(situation) == (True, "")


@pytest.mark.parametrize(
    "condition",
    [
        f'draft.text.contains("café") && draft.length == {len(DRAFT.text)}',
        'draft.network == "bluesky" && draft.channel == "bsky" && draft.language == "fr"',
        'draft.objective in ["answer", "sell"]',
        'draft.links == ["https://port.example/a?b"]',
        'draft.hashtags == ["Moka"] && draft.mentions == ["ines.example"] && draft.emoji == 1',
        'draft.media.exists(m, m.kind == "image" && m.alt == "Un moulin" && m.bytes == 3 && !m.ai && !m.retouched)',
        'draft.media.all(m, m.type == "")',
        'draft.day == "2025-11-14" && draft.hour == 23 && draft.minute == 30 && draft.weekday == "friday"',
        'draft.is_reply && draft.answers == "Où ?" && !draft.ai',
        'author.id == "maelle" && "author" in author.roles && author.certified',
        'recent.exists(p, p.hours_ago == 2.0 && p.is_reply && p.text == "Bonjour")',
        "recent.filter(p, p.hours_ago < 24.0).size() == 1",
        '"bsky" in incidents',
        'draft.text.matches("(?i)CAFÉ")',
    ],
)
def test_what_a_condition_may_ask(condition: str) -> None:
    assert read_condition(condition).ask(SITUATION) == (True, "")


def test_every_name_has_a_value() -> None:
    assert set(SITUATION._values()) == set(VARIABLES)
    assert Situation(Draft(""), Facts(), "UTC").activation


@pytest.mark.parametrize(
    ("condition", "code", "start", "hint"),
    [
        ('draft.txt == "a"', "when-unknown-name", 0, "draft.text"),
        ('"é😀" == draft.txt', "when-unknown-name", 8, "draft.text"),
        ("draft == 3", "when-unknown-name", 0, "draft.ai"),
        ('draft.hour == "a"', "when-types", 11, ""),
        ('draft.hour > 3 &&\n  draft.hour == "a"', "when-types", 31, ""),
        ("draft.hour", "when-no-answer", 0, ""),
        ("1 +", "when-syntax", 3, ""),
        ("", "when-syntax", 0, ""),
        ('draft.links.exists(l, l.startswith("x"))', "when-unknown-function", 24, "startsWith"),
        ("true || " * 100, "when-too-long", LONGEST, ""),
    ],
)
def test_each_mistake_has_its_place(condition: str, code: str, start: int, hint: str) -> None:
    with pytest.raises(ConditionError) as caught:
        read_condition(condition)
    assert (caught.value.code, caught.value.start, caught.value.hint) == (f"charter.error.{code}", start, hint)


@pytest.mark.parametrize(
    "bomb",
    [
        "recent.all(a, recent.all(b, recent.all(c, true)))",
        "recent.map(a, recent.map(b, recent.map(c, draft.text))).size() > 1",
        "[1,2,3].all(a, true)",
        "(recent + recent).all(a, true)",
        "recent.map(a, recent + recent).all(l, l.all(p, true))",
        "recent.all(a, draft.text + draft.text == '')",
        "recent.all(a, a.text.matches('x'))",
        "recent . all ( a , recent . all ( b , recent . all ( c , true ) ) )",
        "draft.text.matches('(a{1,100}){1,10}b')",
        " || ".join(f"draft.text.matches('{letter}')" for letter in "abcde"),
        "draft.hour in [" + ",".join("1" * 30) + "]",
        "(" * 40 + "true" + ")" * 40,
        "!" * 200 + "true",
        "+".join(["draft.text"] * 40) + " == ''",
        "-" * 500 + "1 == 1",
        "[" * 100 + "]" * 100 + " == []",
        "true" + "?true:true" * 50,
    ],
)
def test_what_could_take_long_is_refused_or_answered(bomb: str) -> None:
    try:
        answer = read_condition(bomb).ask(SITUATION)
    except ConditionError as error:
        assert error.code in {"charter.error.when-too-costly", "charter.error.when-too-long"}  # noqa: PT017
    else:
        assert not answer.error
        assert not any(loop in bomb for loop in ("all", "map"))


@pytest.mark.parametrize(
    "condition",
    ["1 / 0 == 1", 'recent[9].text == ""', 'recent.exists(p, p.hours_ago < "3")', 'draft.media[0].nothing == ""',
     'draft.text.matches("(")'],
)  # fmt: skip
def test_a_condition_without_an_answer_says_why(condition: str) -> None:
    answer = read_condition(condition).ask(SITUATION)
    assert not answer.holds
    assert answer.error


def test_what_is_handed_in_is_bounded() -> None:
    post = Post("x", "1", Author("a"), "é" * 50_000, 0)
    draft = Draft("a @b #c https://d.example " * 50_000, media=(Attachment(alt="x" * 50_000),) * 500)
    values = Situation(draft, Facts(recent=(post,) * 500, incidents=("a",) * 500), "UTC")._values()
    assert all(len(value) <= 20 for value in values.values() if isinstance(value, list))
    assert (
        len(values["draft.text"]) == len(values["recent"][0]["text"]) == len(values["draft.media"][0]["alt"]) == 2_000
    )


def test_times_beyond_the_calendar_are_no_crash() -> None:
    for moment in (-(10**18), 10**18):
        assert Situation(Draft("", when=moment), Facts(), "Asia/Tokyo").activation

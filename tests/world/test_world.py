"""The demo world: the same for the same seed, varied for everyone, and its truth is true."""

import re
from collections import Counter
from hashlib import sha256

import msgspec
import pytest

from vigie.charter import Vocabulary, parse
from vigie.checks import built_in
from vigie.model import Deleted, Post
from vigie.query import evaluate
from vigie.query import parse as parse_query
from vigie.world import Line, charter, generate
from vigie.world.house import OWN_ACCOUNTS
from vigie.world.storm import WAVE
from vigie.world.tide import height, local
from world.telling import CRISIS, DAY, MINUTE, NOW, dice, fortnight

CHECKS = {check.id: check.options for check in built_in()}
VOCABULARY = Vocabulary(frozenset({"bluesky", "mastodon", "rss", "demo"}), checks=CHECKS)
CHARTER = parse(charter(), VOCABULARY)


def posts() -> list[tuple[Line, Post]]:
    return [(line, line.event) for line in fortnight() if isinstance(line.event, Post)]


def of(**wanted: object) -> list[tuple[Line, Post]]:
    return [(line, post) for line, post in posts() if all(getattr(line.truth, k) == v for k, v in wanted.items())]


def test_the_same_seed_tells_the_same_story_and_another_seed_another() -> None:
    def told(seed: int) -> str:
        lines = list(generate(dice(seed), NOW - DAY // 2, NOW + DAY // 2, crisis_at=CRISIS, rate=0.3))
        return sha256(msgspec.json.encode(lines)).hexdigest()

    assert told(7) == told(7)
    assert told(7) != told(8)


def test_the_story_may_be_cut_anywhere() -> None:
    def told(start: int) -> list[Line]:
        return list(generate(dice(), start, NOW + DAY // 2, crisis_at=CRISIS, pace=0.25, rate=0.05))

    whole = told(NOW - 10 * DAY)
    for cut in (NOW - 9 * DAY, NOW - 5 * DAY + 12_345, NOW + 7 * MINUTE, NOW + 3):
        assert told(cut) == [line for line in whole if line.at >= cut]


def test_time_runs_forward_and_numbers_are_unique() -> None:
    lines = fortnight()
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert all(post.version_at == line.at for line, post in posts())
    first = [post.remote_id for _, post in posts() if post.edited_at is None]
    assert len(first) == len(set(first))
    assert all(post.remote_id.startswith("demo:") for _, post in posts())


def test_counts_by_kind() -> None:
    kinds = Counter(line.truth.kind for line, _ in posts())
    total = sum(kinds.values())
    assert 40_000 < total < 55_000
    assert 0.75 < kinds["noise"] / total < 0.9
    house = {"question": 400, "complaint": 400, "praise": 500, "chat": 500, "own": 300}
    others = {"trade": 600, "rival": 300, "press": 60, "outcry": 350, "attack": 26}
    for kind, least in (house | others).items():
        assert kinds[kind] >= least, kind
    about = sum(line.truth.about_us for line, _ in posts())
    assert 200 < about / 14.5 < 450


def test_both_languages_and_three_networks() -> None:
    langs = Counter(post.langs for _, post in posts())
    assert set(langs) == {("fr",), ("en",)}
    assert 0.2 < langs[("en",)] / langs.total() < 0.35
    assert {post.network for _, post in posts()} == {"bluesky", "mastodon", "rss"}


def test_texts_are_distinct() -> None:
    texts = [post.text for _, post in posts()]
    assert len(set(texts)) > 0.9 * len(texts)
    assert all(text and "{" not in text and "\x01" not in text and "  " not in text for text in texts)
    assert max(map(len, texts)) <= 500


def test_no_two_months_alike() -> None:
    november, december = (
        {line.event.text for line in generate(dice(), at, at + 3 * DAY, rate=0.4) if isinstance(line.event, Post)}
        for at in (NOW, NOW + 30 * DAY)
    )
    assert len(november & december) < 0.08 * len(november)
    assert any("Noël" in text for text in december)


def test_the_truth_agrees_with_the_charter_s_queries() -> None:
    named = {query.id: query.match for query in CHARTER.queries}
    queries = {id: parse_query(match, named) for id, match in named.items()}
    assert len(queries) == 6
    seen = [(line.truth.expected_queries, post) for line, post in posts()]
    sample = [one for one in seen if one[0]] + [one for one in seen if not one[0]][::12]
    wrong = [
        (expected, found, post.text)
        for expected, post in sample
        if (found := tuple(sorted(id for id, query in queries.items() if evaluate(query, post)))) != expected
    ]
    assert len(wrong) <= 0.002 * len(sample), wrong[:10]
    assert {id for expected, _ in sample for id in expected} == set(queries)


def test_what_concerns_us_and_what_a_query_finds_are_not_the_same() -> None:
    missed = [post for line, post in posts() if line.truth.about_us and not line.truth.expected_queries]
    mistaken = [post for line, post in posts() if not line.truth.about_us and line.truth.expected_queries]
    assert len(missed) > 100
    assert len(mistaken) > 100


def test_answers_follow_what_they_answer_and_stay_in_their_thread() -> None:
    by_id = {post.remote_id: post for _, post in posts()}
    answers = [post for _, post in posts() if post.reply_to in by_id and post.edited_at is None]
    assert len(answers) > 1_000
    for answer in answers:
        root = by_id[answer.reply_to]
        assert answer.created_at > root.created_at
        assert answer.thread == (root.thread or root.remote_id)
        assert answer.network == root.network


def test_the_house_answers_by_day() -> None:
    hours = {local(line.at).hour for line, _ in of(kind="own", intent="answer")}
    assert hours <= set(range(8, 24))


def test_the_crisis_swells_and_ebbs() -> None:
    step = int(10 * MINUTE * 0.25)
    outcry = Counter(
        (line.at - CRISIS) // step for line, post in of(story="storm", kind="outcry") if not post.edited_at
    )
    counts = [outcry[number] for number in range(len(WAVE))]
    assert counts[0] < counts[1] < counts[2] < counts[3] < counts[4] > counts[6] > counts[10]
    assert sum(counts[:5]) > 200
    assert {line.truth.intent for line, _ in of(story="storm", kind="outcry")} >= {
        "demand", "boycott", "mock", "grieve", "accuse", "defend",
    }  # fmt: skip
    promos = [post for line, post in of(story="storm", intent="sell")]
    assert [post.author.handle for post in promos] == list(OWN_ACCOUNTS.values())
    gone = {line.event.remote_id for line in fortnight() if isinstance(line.event, Deleted)}
    assert {post.remote_id for post in promos} <= gone
    before = [post for line, post in of(story="storm") if line.at < CRISIS]
    assert any("alerte rouge" in f"{post.title} {post.text}".lower() for post in before)


def test_the_attack_is_near_copies_by_young_accounts_within_minutes() -> None:
    attack = of(kind="attack")
    assert len(attack) == 26
    assert all(line.truth.coordinated for line, _ in attack)
    assert max(line.at for line, _ in attack) - min(line.at for line, _ in attack) <= 6 * MINUTE
    assert len({post.author.id for _, post in attack}) == 26
    for line, post in attack:
        assert line.at - (post.author.created_at or 0) <= 4 * DAY + 6 * MINUTE
        assert (post.author.followers or 0) < 10
        assert re.search(r"\d{5}", post.author.handle)
    french = [set(re.findall(r"\w{4,}", post.text.lower())) for line, post in attack if line.truth.lang == "fr"]
    assert all(len(a & b) / len(a | b) > 0.4 for a in french for b in french)
    assert not [line for line, _ in posts() if line.truth.coordinated and line.truth.kind != "attack"]


def test_a_post_from_the_wrong_account_is_taken_back() -> None:
    ((line, post),) = of(story="slip", kind="own")
    gone = [
        other for other in fortnight() if isinstance(other.event, Deleted) and other.event.remote_id == post.remote_id
    ]
    assert [other.at - line.at for other in gone] == [11 * MINUTE]
    assert len(of(story="slip", kind="chat")) >= 3


def test_parcels_pile_up_before_today() -> None:
    late = Counter((NOW - line.at) // DAY for line, _ in of(story="parcels", kind="complaint"))
    assert late[0] > 3 * late[6]


def test_edits_and_deletions() -> None:
    edits = [post for _, post in posts() if post.edited_at is not None]
    deletions = [line for line in fortnight() if isinstance(line.event, Deleted)]
    assert 0.005 < len(edits) / len(posts()) < 0.02
    assert 0.005 < len(deletions) / len(posts()) < 0.02


def test_people_come_back() -> None:
    writers = Counter(line.truth.person for line, _ in posts() if line.truth.about_us and line.truth.kind != "own")
    assert sum(count > 1 for count in writers.values()) > 200
    assert writers["lou"] > 5
    accounts = {(post.author.handle, post.author.id) for _, post in posts() if post.author.handle}
    assert len(accounts) == len({handle for handle, _ in accounts}) == len({id for _, id in accounts})


def test_the_tide() -> None:
    day = [height(NOW - 8 * 3_600_000 + hour * 3_600_000) for hour in range(24)]
    assert day[19] > 5 * min(day)
    assert sum(day) / 24 == pytest.approx(1, abs=0.12)


NAMES = re.compile(
    r"\b(?:"
    r"nespresso|lavazza|illy|starbucks|malongo|lobodis|bialetti|hario|chemex|aeropress|nescafe|senseo|"
    r"keurig|delonghi|chronopost|colissimo|dhl|ups|fedex|amazon|google|facebook|instagram|tiktok|twitter|"
    r"youtube|whatsapp|netflix|sncf|ratp|snsm|samsung|microsoft|ouest-france|télégramme|bfm|leclerc|"
    r"carrefour|lidl|ikea|blablacar|airbnb|booking|macron|trump|mélenchon|nintendo|renault|peugeot|tesla"
    r")\b",
    re.IGNORECASE,
)


def test_no_real_brand_or_person() -> None:
    found = {hit[0] for _, post in posts() if (hit := NAMES.search(f"{post.title} {post.text} {post.author.name}"))}
    assert found == set()
    hosts = {host for _, post in posts() for host in re.findall(r"https?://([^/\s]+)", f"{post.text} {post.url}")}
    assert all(host.endswith(".example") for host in hosts)
    assert all(post.author.handle.endswith(".example") for _, post in posts() if post.network != "rss")


def test_the_demo_charter() -> None:
    assert [person.id for person in CHARTER.people] == ["odile", "maelle", "ines", "yanis", "tanguy", "soizic"]
    assert "owner" in CHARTER.roles("maelle")
    assert {channel.account for channel in CHARTER.channels} == set(OWN_ACCOUNTS.values())
    assert [source.network for source in CHARTER.listening.sources] == ["demo"]
    assert parse(charter(("en",)), VOCABULARY).company.languages == ("en",)

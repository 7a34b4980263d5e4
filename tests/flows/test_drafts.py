"""A draft held against the charter on all its channels, and what people decide about it, on a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vigie.charter import Vocabulary, parse
from vigie.checks import built_in
from vigie.flows import drafts as flow
from vigie.flows.check_draft import Around, check
from vigie.flows.drafts import Doing, Found, StateError, compared
from vigie.flows.ports.drafts import OutdatedError
from vigie.judge.review import policy
from vigie.model import Attachment, Author, Batch, Content, Post, Sighting
from vigie.query import PlainMatcher
from vigie.store import Store, open_store
from vigie.text.threads import parted

NOW = 1_794_501_720_000
CHARTER = """\
charter: 1
company: {name: Brûlerie du Port, languages: [fr, en], timezone: Europe/Paris}
channels:
  - {id: bsky, network: bluesky, account: brulerie.example, account_id: "did:plc:us"}
  - {id: masto, network: mastodon, account: brulerie@port.example}
people:
  - {id: yanis, name: Yanis, roles: [author]}
  - {id: maelle, name: Maëlle, roles: [owner]}
rules:
  - id: guarantee
    match: '"garanti* à vie"'
    severity: block
    why: Un moulin finit par casser.
    bad: [garanti à vie]
    good: [on le répare]
  - id: too-often
    when: 'size(recent) > 0'
    why: Nous venons de parler.
    severity: note
    bad: [{text: encore nous, recent: [bonjour]}]
    good: [bonjour]
"""
BAD = "Nos moulins sont garantis à vie."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "vigie.db", role="web")
    yield store
    store.close()


@pytest.fixture(scope="module")
def by():
    vocabulary = Vocabulary(frozenset({"bluesky", "mastodon"}), checks={one.id: one.options for one in built_in()})
    return policy(parse(CHARTER, vocabulary), PlainMatcher)


@pytest.fixture
def around(store: Store):
    def made(**more: object) -> Around:
        return Around(archive=store.archive, detect=lambda _: "fr", now=NOW, author="yanis", **more)

    return made


def rules(checked) -> list[str]:
    return [one.finding.rule for one in checked.remarks]


def test_what_holds_on_two_channels_is_told_once(by, around):
    found = check(Content(BAD, ("bsky", "masto")), by, around())
    (guarantee,) = [one for one in found.remarks if one.finding.rule == "guarantee"]
    assert (guarantee.channels, guarantee.sheet) == (("bsky", "masto"), "")
    assert [(draft.network, draft.language) for draft in found.drafts] == [("bluesky", "fr"), ("mastodon", "fr")]
    assert guarantee in found.stopping


def test_a_channels_own_words_are_looked_at_alone(by, around):
    content = Content("On le répare.", ("bsky", "masto"), {"masto": BAD}, media=(Attachment(),))
    found = check(content, by, around())
    (guarantee,) = [one for one in found.remarks if one.finding.rule == "guarantee"]
    assert (guarantee.channels, guarantee.sheet) == (("masto",), "masto")
    (alt,) = [one for one in found.remarks if one.finding.part == "media:0"]
    assert (alt.channels, alt.sheet) == (("bsky", "masto"), "")  # the picture is the same for both


def test_a_draft_without_a_channel_is_looked_at_all_the_same(by, around):
    assert "guarantee" in rules(check(Content(BAD), by, around()))
    assert check(Content(), by, around()).drafts[0].channel == ""


def test_the_channels_own_last_posts_are_known(store: Store, by, around):
    assert "too-often" not in rules(check(Content("Bonjour.", ("bsky",)), by, around()))
    post = Post("bluesky", "at://1", Author("did:plc:us", "brulerie.example"), "Bonjour à tous.", NOW - 60_000)
    store.archive.append("bluesky", Batch(posts=(post,)), [Sighting(post, (), "own")], NOW)
    assert "too-often" in rules(check(Content("Bonjour.", ("bsky",)), by, around()))
    assert "too-often" not in rules(check(Content("Bonjour.", ("masto",)), by, around()))


def test_a_no_is_kept_ends_by_itself_and_can_be_taken_back(store: Store, by, around):
    doing = Doing("maelle", NOW, "digest")
    saved = flow.save(store.drafts, None, 0, Content(BAD, ("bsky",)), doing)
    (stop,) = check(saved.content, by, around()).stopping
    of = Found("guarantee", stop.finding.fingerprint)

    def stopped(now: int = NOW) -> bool:
        decisions = store.drafts.decisions(saved.id)
        asked = Around(archive=store.archive, detect=lambda _: "fr", now=now, author="yanis", decisions=decisions)
        return bool(check(saved.content, by, asked).stopping)

    flow.decide(store.drafts, saved.id, of, "suppressed", doing, "citation", NOW + 1000)
    assert (stopped(), stopped(NOW + 1000)) == (False, True)
    flow.decide(store.drafts, saved.id, of, "dismissed", doing, "se trompe")
    assert not stopped(NOW + 10**9)
    flow.decide(store.drafts, saved.id, of, "suppressed", doing, until=NOW)
    assert stopped()
    act = next(act for _, act in store.acts.latest() if act.verb == "finding.dismissed")
    assert (act.who, act.what, act.why, act.details) == (
        "maelle",
        f"draft:{saved.id}",
        "se trompe",
        {"rule": "guarantee"},
    )


def test_what_is_set_aside_is_not_written_until_it_is_taken_up(store: Store):
    doing = Doing("yanis", NOW)
    saved = flow.save(store.drafts, None, 0, Content(BAD, ("bsky",)), doing)
    aside = flow.discard(store.drafts, saved, doing)
    assert aside.state == "discarded"
    with pytest.raises(StateError):
        flow.save(store.drafts, aside.id, aside.revision, Content("On le répare.", ("bsky",)), doing)
    with pytest.raises(OutdatedError):
        flow.moved(store.drafts, saved, "in_review", doing, "draft.review-asked")
    again = flow.moved(store.drafts, aside, "draft", doing, "draft.reopened")
    assert (
        flow.save(store.drafts, again.id, again.revision, Content("On le répare.", ("bsky",)), doing).state == "draft"
    )


def test_a_long_text_is_cut_into_posts_that_fit(by, around):
    text = "\n\n".join(f"{n}. Chaque sac a son histoire." for n in range(4))
    content = Content(text, ("bsky", "masto"), {"masto": text})
    assert flow.split(content, "", lambda post: len(post) <= 70).text.count("---") == 1
    cut = flow.split(content, "masto", lambda post: len(post) <= 40)
    assert cut.text == text
    assert [len(parted(words)) for words in (cut.text, cut.variants["masto"])] == [1, 4]
    assert flow.split(content, "nowhere", lambda _: False) == content


def test_what_a_remark_proposes_is_put_in_its_place(by, around):
    content = Content("Rien.", ("bsky", "masto"), {"masto": "Venez. #portesouvertesbrulerie !"})
    (tag,) = [one for one in check(content, by, around()).remarks if one.finding.replacement is not None]
    assert flow.replaced(content, tag).variants == {"masto": "Venez. #PortesOuvertesBrulerie !"}


def test_findings_are_counted_once(store: Store, by, around):
    saved = flow.save(store.drafts, None, 0, Content(BAD, ("bsky",)), Doing("yanis", NOW))
    found = check(saved.content, by, around())
    flow.count(store.drafts, saved.id, found, NOW)
    flow.count(store.drafts, saved.id, found, NOW + 1)
    assert [one.rule for one in store.drafts.raised_since(0)].count("guarantee") == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("", "un"),
        ("un deux", ""),
        ("un  deux\n\ntrois", "un deux\ntrois quatre"),
        ("a" * 9000, "b b " * 9000),
    ],
)
def test_a_comparison_holds_both_texts_whole(before, after):
    pieces = compared(before, after)
    assert "".join(words for kind, words in pieces if kind != "new") == before
    assert "".join(words for kind, words in pieces if kind != "cut") == after

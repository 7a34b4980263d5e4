"""Reading mentions: marked words, filters applied to what has just come, one mention with its surroundings."""

import pytest
from msgspec import structs

from vigie.flows.mentions import fresh, listing, marked, merged, opened, passes, watched
from vigie.flows.ports.archive import Filter
from vigie.model import Batch, Sighting, Span
from vigie.store import open_store
from web.listening.talk import HOUR, MINUTE, lay, post, take_back

NOW = 1_794_480_120_000
WATCH = watched(
    [
        ("brand", "know what is said", '"brûlerie du port" OR {storm}'),
        ("storm", "follow the blend", "tempête"),
        ("broken", "is being written", '"never closed'),
    ]
)


@pytest.fixture
def archive(tmp_path):
    store = open_store(tmp_path / "vigie.db", role="web")
    yield store.archive
    store.close()


def said(archive, *texts, queries=("brand",), **more):
    posts = [post(n, text, NOW - (len(texts) - n) * MINUTE, **more) for n, text in enumerate(texts)]
    lay(archive, [(one, queries) for one in posts], NOW)
    return [archive.mention_of(one.network, one.remote_id) for one in posts]


def words(row):
    return [row.mention.post.text[span.start : span.end] for span in row.marks]


def test_matched_words_are_marked_once(archive):
    (mention,) = said(archive, "La Brulerie du Port et sa TEMPÊTE", queries=("brand", "storm"))
    assert words(marked(mention, WATCH)) == ["Brulerie du Port", "TEMPÊTE"]


def test_a_query_that_does_not_parse_marks_nothing_and_hides_nothing(archive):
    (mention,) = said(archive, "La Brûlerie du Port", queries=("broken",))
    assert marked(mention, WATCH).marks == ()
    assert [row.mention.id for row in listing(archive, Filter(), WATCH).rows] == [mention.id]


def test_touching_spans_become_one():
    assert merged([Span(3, 5), Span(0, 2), Span(5, 6), Span(1, 2)]) == (Span(0, 2), Span(3, 6))


def test_pages_follow_one_another(archive):
    said(archive, *(f"{n} brûlerie du port" for n in range(120)))
    first = listing(archive, Filter(), WATCH)
    second = listing(archive, Filter(), WATCH, first.next)
    third = listing(archive, Filter(), WATCH, second.next)
    ids = [row.mention.id for page in (first, second, third) for row in page.rows]
    assert len(ids) == len(set(ids)) == 120
    assert (len(first.rows), third.next) == (50, "")


@pytest.mark.parametrize(
    "where",
    [
        Filter(),
        Filter(queries=("brand",)),
        Filter(queries=("storm",)),
        Filter(networks=("mastodon",)),
        Filter(langs=("fr",)),
        Filter(langs=("en", "br")),
        Filter(since=NOW - 3 * MINUTE),
        Filter(until=NOW - 3 * MINUTE),
        Filter(author="lou.cafe.example"),
        Filter(kept=("own",)),
        Filter(text="brûlerie"),
        Filter(text="crack"),
    ],
)
def test_what_has_just_come_passes_the_same_filters_as_the_log(archive, where):
    lay(
        archive,
        [
            (post(0, "La Brûlerie du Port", NOW - 5 * MINUTE), ("brand",)),
            (post(1, "premier crack", NOW - 4 * MINUTE, network="mastodon"), ("brand", "storm")),
            (post(2, "Brulerie", NOW - 2 * MINUTE, lang="en"), ("storm",)),
            (post(3, "sans langue", NOW - MINUTE, langs=()), ("brand",)),
        ],
        NOW,
    )
    ids = [mention.id for mention in archive.mentions(Filter(kept=())).mentions]
    by_log = [row.mention.id for row in listing(archive, where, WATCH).rows]
    assert [row.mention.id for row in fresh(archive, where, ids, WATCH)] == by_log
    if not where.text:
        assert sorted(by_log) == sorted(id for id in ids if passes(archive.mention(id), where))


def test_a_mention_comes_with_its_surroundings(archive):
    root = post(0, "Un bateau ne répond plus", NOW - HOUR)
    answer = post(2, "La Brûlerie du Port vend du Tempête", NOW, reply_to=root.remote_id, thread=root.remote_id)
    sightings = [Sighting(root, (), "thread"), Sighting(answer, ("brand", "storm"), "match")]
    archive.append("bluesky", Batch(posts=(root, answer), latest=NOW, events=2), sightings, NOW)
    archive.set_queries([("brand", '"brûlerie du port"')], NOW)
    archive.set_queries([("brand", '"brûlerie du port" OR {storm}'), ("storm", "tempête")], NOW)
    found = opened(archive, archive.mention_of("bluesky", answer.remote_id).id, WATCH)
    assert [row.mention.post.text for row in found.thread] == [root.text, answer.text]
    assert [(why.query, why.version, why.words, why.still) for why in found.why] == [
        ("brand", 2, ("Brûlerie du Port", "Tempête"), True),
        ("storm", 1, ("Tempête",), True),
    ]
    assert found.author.mentions == 1


def test_a_query_that_changed_says_so(archive):
    (mention,) = said(archive, "Tout autre chose", queries=("brand", "dropped"))
    brand, dropped = opened(archive, mention.id, WATCH).why
    assert (brand.still, brand.words, brand.purpose) == (False, (), "know what is said")
    assert (dropped.purpose, dropped.version) == ("", 0)


def test_a_tombstone_says_nothing(archive):
    (mention,) = said(archive, "La Brûlerie du Port")
    take_back(archive, mention.post, NOW)
    found = opened(archive, mention.id, WATCH)
    assert (found.row.marks, found.versions, found.author) == ((), (), None)
    assert found.why[0].words == ()
    assert found.row.mention.post.text == ""


def test_there_is_no_such_mention(archive):
    assert opened(archive, 404, WATCH) is None


def test_edits_are_kept_as_versions(archive):
    (mention,) = said(archive, "La Brûlerie du Port ferme")
    edited = structs.replace(mention.post, text="La Brûlerie du Port ouvre", edited_at=NOW + MINUTE)
    lay(archive, [(edited, ("brand",))], NOW + MINUTE)
    found = opened(archive, mention.id, WATCH)
    assert [text for _, text in found.versions] == ["La Brûlerie du Port ferme", "La Brûlerie du Port ouvre"]
    assert found.row.mention.version == 2

"""The charter's page: what it shows of rules and checks, and what people answered to them."""

from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import httpx
import pytest

from vigie.model import Act, Author, Content, Decision, Raised
from web.served import CHARTER, MovableClock, Site, serving

DAY = 86_400_000
RULES = (
    CHARTER.replace("account: brulerie.example,", "account: brulerie.example, account_id: did:plc:nous,")
    + """\
why: Être la brûlerie à qui l'on parle.
objectives:
  - {id: answer, statement: Chaque question reçoit une réponse, target: "<= 4h"}
checks:
  corporate: {allow: [levier du percolateur]}
  bait: {off: true}
rules:
  - id: garantie
    match: '"garanti* à vie"'
    severity: block
    why: {fr: Un moulin finit par casser., en: A grinder breaks in the end.}
    suggest: {fr: Dites ce que nous ferons., en: Say what we will do.}
    bad: {fr: [Garantis à vie., Un moulin garanti à vie], en: [garanti à vie they say]}
    good: {fr: [On le répare.], en: [We mend it.]}
  - id: voisins
    was: [concurrents]
    match: gravelot
    status: trial
    why: On ne parle pas des voisins.
    bad: [Mieux que Gravelot]
    good: [Chacun torréfie à sa façon.]
"""
)


@pytest.fixture
def ruled(tmp_path: Path) -> Iterator[Site]:
    with serving(tmp_path / "home", charter=RULES, clock=MovableClock()) as site:
        yield site


@pytest.fixture
def owner(ruled: Site) -> Iterator[httpx.Client]:
    with closing(ruled.log_in()) as client:
        yield client


def plain(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text[:600]
    return unescape(answer.text).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def fires(site: Site, rule: str, *verdicts: str, severity: str = "block", trial: bool = False) -> None:
    """A draft for each verdict, in which the rule spoke and somebody answered it; ``""`` nobody."""
    now = site.clock()
    for number, verdict in enumerate(verdicts):
        act = Act(at=now, who="yanis", verb="draft.begun", what="draft")
        draft = site.house.drafts.begin(Content(text="garanti à vie"), "yanis", now, act)
        mark = f"{rule}{number}"
        site.house.drafts.raise_findings([Raised(draft.id, rule, mark, severity, trial, now)])
        if verdict:
            why = "" if verdict == "accepted" else "C'est une citation"
            made = Decision(draft.id, rule, mark, verdict, "yanis", why, now)
            site.house.drafts.decide(
                made, Act(at=now, who="yanis", verb=f"finding.{verdict}", what=f"draft:{draft.id}")
            )


def test_a_rule_is_told_with_its_reason_its_examples_and_its_weight(owner: httpx.Client) -> None:
    page = plain(owner.get("/charter"))
    for words in (
        "Être la brûlerie à qui l'on parle.",
        "garantie",
        "Bloque",
        "Un moulin finit par casser.",
        "Garantis à vie.",
    ):
        assert words in page
    assert "On n'écrit pas" in page
    assert "On le répare." in page
    assert "Dites ce que nous ferons." in page
    assert "À l'essai" in page
    assert "s'appelait concurrents" in page
    assert "Pas une fois en 90 jours" in page
    english = plain(owner.get("/charter", headers={"accept-language": "en"}))
    assert "A grinder breaks in the end." in english
    assert english.index("they say") < english.index("Garantis à vie.")


def test_what_people_answered_stands_under_the_rule_with_what_to_do_about_it(ruled: Site, owner: httpx.Client) -> None:
    fires(ruled, "garantie", "dismissed", "dismissed", "dismissed", "accepted", "")
    page = plain(owner.get("/charter"))
    assert "5 fois en 90 jours" in page
    assert "1 suivie, 3 écartées, 1 sans réponse" in page
    assert "3 constats écartés sur 4." in page
    assert "C'est une citation" in page
    ruled.clock.forward(91 * DAY)
    with closing(ruled.log_in()) as later:
        assert "Pas une fois en 90 jours" in plain(later.get("/charter"))


def test_readers_see_the_figures_but_not_who_said_no(ruled: Site) -> None:
    fires(ruled, "garantie", "dismissed")
    with closing(ruled.log_in("ines")) as reader:
        page = plain(reader.get("/charter"))
        assert "1 écartée" in page
        assert "C'est une citation" not in page
        assert reader.get(f"/charter/versions/{ruled.house.charter_digest()}").status_code == 403


def test_checks_are_told_with_how_they_are_tuned(owner: httpx.Client) -> None:
    page = plain(owner.get("/charter?part=checks"))
    assert "Admis dans cette maison : levier du percolateur." in page
    assert "Coupé" in page
    assert "docs/reference/checks/corporate.md" in page


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("queries", "/queries/brand"),
        ("objectives", "aucun compte pour l'instant"),
        ("channels", "Maëlle Kerbrat en répond"),
        ("people", "Yanis Belkadi"),
    ],
)
def test_the_other_parts(owner: httpx.Client, part: str, said: str) -> None:
    assert said in plain(owner.get(f"/charter?part={part}"))


@pytest.mark.parametrize("part", ["rules", "checks", "queries", "objectives", "channels", "people"])
def test_a_charter_that_says_little_is_shown_all_the_same(client: httpx.Client, part: str) -> None:
    assert client.get(f"/charter?part={part}").status_code == 200


def test_a_part_that_there_is_not(owner: httpx.Client) -> None:
    assert owner.get("/charter?part=zorglub").status_code == 400


def test_a_text_is_tried_and_nothing_of_it_is_kept(ruled: Site, owner: httpx.Client) -> None:
    form = {"text": "Nos moulins sont garantis à vie.", "channel": "bsky"}
    part = plain(owner.post("/charter/try", data=form, headers={"hx-request": "true"}))
    assert "<html" not in part
    assert "Un moulin finit par casser." in part
    assert 'data-s="block"' in part
    whole = plain(owner.post("/charter/try", data=form))
    assert "<html" in whole
    assert "Un moulin finit par casser." in whole
    assert ruled.house.drafts.latest() == []
    assert ruled.house.drafts.raised_since(0) == []


def test_a_rule_is_replayed_on_our_own_posts(ruled: Site, owner: httpx.Client) -> None:
    nous = Author(id="did:plc:nous", handle="brulerie.example")
    texts = ["Un moulin garanti à vie.", "Le Huila est arrivé ce matin.", "Mieux que Gravelot."]
    ruled.hear(*texts, queries=(), author=nous)
    ruled.hear("Un moulin garanti à vie, disent-ils.")
    page = plain(owner.get("/charter/replay"))
    assert "1 publication sur 3 aurait été bloquée." in page
    assert "1 bloquée, sur 3" in page
    assert "<mark>garanti à vie</mark>" in page
    assert "disent-ils" not in page
    assert "Sur 12 mois et 3 publications : 1 bloquée." in plain(owner.get("/charter"))
    assert "sur 3" in plain(owner.get("/charter/replay/rules"))


def test_nothing_to_replay_on(owner: httpx.Client) -> None:
    assert "il n'y a rien à rejouer" in plain(owner.get("/charter/replay"))


def test_versions_tell_who_and_which_lines(ruled: Site, owner: httpx.Client) -> None:
    ruled.write_charter(RULES.replace("severity: block", "severity: warn"))
    page = plain(owner.get("/charter"))
    assert "par Maëlle Kerbrat" in page
    version = plain(owner.get(f"/charter/versions/{ruled.house.charter_digest()}"))
    assert "severity: block" in version
    assert "severity: warn" in version
    assert "Brûlerie du Port" in version
    assert "did:plc:nous" not in version
    assert owner.get(f"/charter/versions/{'0' * 64}").status_code == 404


def test_a_change_by_hand_is_said(ruled: Site, owner: httpx.Client) -> None:
    (ruled.home.path / "charter.yaml").write_text(RULES.replace("severity: block", "severity: warn"), "utf-8")
    assert "modifié à la main" in plain(owner.get("/charter"))


def test_of_many_rules_a_page_shows_some_and_says_which(ruled: Site) -> None:
    many = "".join(f"  - {{id: r{n}, match: mot{n}, why: non, bad: [mot{n}], good: [oui]}}\n" for n in range(250))
    ruled.write_charter(RULES + many)
    for n in range(12):
        fires(ruled, f"r{n}", "dismissed", "dismissed", "dismissed")
    with closing(ruled.log_in()) as client:
        first, last = plain(client.get("/charter")), plain(client.get("/charter?start=200"))
    assert "Règles 1 à 100 sur 252" in first
    assert "Règles 201 à 252 sur 252" in last
    assert 'id="r97"' in first
    assert 'id="r98"' not in first
    assert 'id="r249"' in last
    assert "sont dans <code>vigie rules report</code>" in first

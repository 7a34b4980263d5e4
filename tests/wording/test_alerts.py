"""What incidents, their lines, notices and pauses are called: every code has a sentence, and none loses a page."""

import pytest
from msgspec import structs

from vigie.charter.guarding import Trigger
from vigie.model import Happening, Incident, Notice, Origin, Pause
from vigie.wording import LANGS, Wording
from vigie.wording.alerts import Names, happened, incident_title, names, pause_why, seconds, told

KNOWN = Names({"vigie": "Vigie", "maelle": "Maëlle"}, {"bsky": "Bluesky", "masto": "Mastodon"}, {"brand": "La maison"})
REASONS = (
    "unknown-post", "unknown-edit", "unknown-deletion", "profile-changed", "handle-changed", "account-gone",
    "own-post-breaks-rule", "by-hand", "surge", "missed",
    *(one for one in Trigger.__args__ if one != "unknown-hand"),
)  # fmt: skip
VALUES = {
    "channel": "bsky", "part": "name, avatar", "was": "brulerie", "now": "moulins", "rule": "garantie", "rules": 1,
    "query": "brand", "figure": 3.2, "usual": 0.4, "count": 14,
}  # fmt: skip


def incident(reason: str, **fields: object) -> Incident:
    return Incident(
        **{
            "id": 4, "revision": 1, "origin": "unknown-hand", "reason": reason, "key": "x", "opened_at": 0,
            "opened_by": "vigie", "contain_within": 0, "values": VALUES, "channels": ("bsky",),
        } | fields
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_is_a_sentence(lang: str, reason: str) -> None:
    w = Wording(lang)
    assert w.has(f"incidents.reason.{reason}")
    said = incident_title(incident(reason), KNOWN, w)
    assert "{" not in said
    assert said != w("incidents.reason.other")
    assert said.endswith(".")


@pytest.mark.parametrize("lang", LANGS)
def test_each_origin_has_a_name(lang: str) -> None:
    assert all(Wording(lang).has(f"incidents.origin.{one}") for one in Origin.__args__)


def test_figures_and_names_are_those_of_the_house() -> None:
    said = incident_title(incident("surge", values={"query": "brand", "count": 14, "usual": 3}), KNOWN, Wording("en"))
    assert said == "“La maison” surges: 14 mentions, 3 usually."


def test_people_name_it_otherwise() -> None:
    w = Wording("fr")
    assert incident_title(incident("unknown-post", title="Compte volé"), KNOWN, w) == "Compte volé"
    assert incident_title(incident("unknown-post", channels=()), KNOWN, w).startswith("Bluesky")


def test_what_nobody_has_words_for_is_said_all_the_same() -> None:
    w = Wording("fr")
    unusual = w("incidents.reason.other")
    assert incident_title(incident("of-a-later-version"), KNOWN, w) == unusual
    assert incident_title(incident("handle-changed", values={}), KNOWN, w) == unusual  # a value is missing
    assert happened(Happening(1, 4, 0, "line.of-a-later-version"), KNOWN, w) == w("incidents.line.other")
    notice = Notice(id=1, at=0, kind="of-a-later-version", urgency="now")
    assert told(notice, KNOWN, w) == w("notices.other")


def test_lines_name_people_accounts_and_spans_of_time() -> None:
    w = Wording("en")
    line = Happening(1, 4, 0, "line.assigned", "maelle", {"to": "maelle"})
    assert happened(line, KNOWN, w) == "hands over to Maëlle"
    paused = structs.replace(line, kind="line.paused", values={"channels": "bsky, masto"})
    assert happened(paused, KNOWN, w) == "pauses Bluesky and Mastodon"
    assert happened(structs.replace(paused, values={"channels": ""}), KNOWN, w) == "pauses all accounts"
    contained = structs.replace(line, kind="line.contained", values={"took": 4_320_000, "promised": 600_000})
    assert happened(contained, KNOWN, w).replace("\u00a0", " ") == "says that it is contained, in 1 h 12 min"
    again = structs.replace(line, kind="line.again", values=VALUES | {"reason": "unknown-edit"})
    assert happened(again, KNOWN, w) == "sees more of it: Bluesky: a post was edited without Vigie."


def test_a_pause_of_the_product_gives_its_reason_in_words() -> None:
    w = Wording("fr")
    by_itself = Pause(1, ("bsky",), "vigie", "unknown-post", 0)
    assert pause_why(by_itself, w) == "publication inconnue"
    by_hand = Pause(1, ("bsky",), "maelle", "unknown-post", 0)
    assert pause_why(by_hand, w) == "unknown-post"


def test_a_delay_too_short_to_read_is_said_so() -> None:
    w = Wording("fr")
    assert seconds(2_140, w).replace("\u00a0", " ") == "2,1 s"
    assert seconds(3, w).replace("\u00a0", " ") == "moins de 0,1 s"


def test_a_house_without_a_charter_has_no_names() -> None:
    assert names(None).person("maelle") == "maelle"

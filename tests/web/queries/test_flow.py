"""Queries on a real store and a real charter file: the shelf, the preview, saving, dropping, taking back."""

from pathlib import Path

import pytest

from vigie.charter import CharterError
from vigie.flows import queries as flow
from vigie.flows.queries import Draft, QueryGoneError, QueryMovedError, QueryTakenError
from vigie.flows.rewrite import take_back
from vigie.model import Act


def saved(site, draft: Draft, was: str):
    return flow.save(
        site.house.charter_file, draft, was=was, parse_charter=site.house.parse_charter, who="maelle", now=site.clock()
    )


def stamp(site, id: str) -> str:
    return flow.stamp(flow.drafted(site.house.charter(), id))


def charter_text(site) -> str:
    return site.house.charter_file.read()[0]


def test_the_shelf_counts_days_and_knows_the_last_mention(site):
    house = site.house
    house.archive.set_queries([("brand", '"brûlerie du port" OR @brulerie')], site.clock())
    site.hear("La brûlerie du port", "@brulerie bonjour")
    (brand, delivery) = flow.shelf(house.charter(), house.archive, site.clock())
    assert (brand.id, brand.version, brand.total, brand.days[-1], brand.state) == ("brand", 1, 2, 2, "well")
    assert brand.last is not None
    assert brand.last.post.text == "@brulerie bonjour"
    assert (delivery.total, delivery.last, delivery.state) == (0, None, "silent")
    assert flow.stored(house.archive, "brand", site.clock()) == 2


def test_saving_keeps_every_other_line_of_the_file(site):
    before = charter_text(site)
    saved(
        site,
        Draft("delivery", "hear of parcels that are late", "colis AND (retard OR perdu OR abîmé)"),
        stamp(site, "delivery"),
    )
    after = charter_text(site)
    assert [line for line in before.split("\n") if "abîmé" not in line and "colis" not in line] == [
        line for line in after.split("\n") if "colis" not in line
    ]
    assert "- id: brand  # our name, however it is spelt" in after
    (_, act) = site.house.acts.latest(limit=1)[0]
    assert (act.verb, act.what, act.who) == ("query.changed", "query:delivery", "maelle")


def test_a_query_changed_by_somebody_else_is_not_overwritten(site):
    was = stamp(site, "brand")
    site.write_charter(charter_text(site).replace("OR @brulerie'", "OR @brulerie OR brulerie'"))
    with pytest.raises(QueryMovedError) as moved:
        saved(site, Draft("brand", "mine", "mine"), was)
    assert moved.value.theirs.match == '"brûlerie du port" OR @brulerie OR brulerie'


def test_a_change_elsewhere_in_the_charter_is_kept(site):
    was = stamp(site, "brand")
    site.write_charter(charter_text(site).replace("Inès Abgrall", "Inès Abgrall-Le Goff"))
    saved(site, Draft("brand", "know what is said of us", "brulerie"), was)
    assert "Inès Abgrall-Le Goff" in charter_text(site)
    assert flow.drafted(site.house.charter(), "brand").match == "brulerie"


def test_names_are_taken_or_gone(site):
    with pytest.raises(QueryTakenError):
        saved(site, Draft("brand", "another", "x"), "")
    with pytest.raises(QueryGoneError):
        saved(site, Draft("nobody", "another", "x"), "0" * 24)


def test_a_query_that_another_one_names_cannot_go(site):
    saved(site, Draft("local", "what the town says", "{brand} AND brest"), "")
    with pytest.raises(CharterError):
        flow.drop(site.house.charter_file, "brand", parse_charter=site.house.parse_charter, who="maelle", now=1)
    assert flow.used_by("brand", flow.named(site.house.charter())) == ("local",)


def test_dropping_is_taken_back_byte_for_byte_unless_somebody_came_between(site):
    house, before = site.house, charter_text(site)
    back = Act(at=1, who="maelle", verb="query.restored", what="query:brand")
    done = flow.drop(house.charter_file, "brand", parse_charter=house.parse_charter, who="maelle", now=site.clock())
    assert "our name" not in charter_text(site)
    assert take_back(house.charter_file, done, house.parse_charter, back)
    assert charter_text(site) == before
    done = flow.drop(house.charter_file, "brand", parse_charter=house.parse_charter, who="maelle", now=site.clock())
    site.write_charter(charter_text(site) + "# a note\n")
    assert not take_back(house.charter_file, done, house.parse_charter, back)
    assert charter_text(site).endswith("# a note\n")


def test_the_file_on_disk_is_the_one_a_person_edits(site, tmp_path: Path):
    path = next((tmp_path / "home").glob("charter.yaml"))
    path.write_text(path.read_text().replace("know what is said of us", "by hand"))
    assert flow.drafted(site.house.charter(), "brand").purpose == "by hand"

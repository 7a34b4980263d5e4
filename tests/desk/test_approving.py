"""Whose approval is needed, whose counts, and who may answer."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from desk.made import NOW, said
from vigie.charter import Signing, allows
from vigie.desk.approving import Missing, may_answer, needed, standing, writers
from vigie.model import Approval, Author, Content, Draft, DraftVersion, Finding, Post, Suppression

ROLES_OF = {
    "odile": ("owner", "approver"),
    "maelle": ("approver", "publisher"),
    "ines": ("author", "publisher"),
    "yanis": ("author",),
    "solene": ("owner",),
}
DAY = 86_400_000


def signing(**changes: Any) -> Signing:
    return Signing(**({"id": "relecture"} | changes))


def stand(one: Signing | tuple[Signing, ...], *approvals: Approval, wrote: str = "ines", now: int = NOW, **at: int):
    signings = one if isinstance(one, tuple) else (one,)
    return standing(signings, approvals, at.get("version", 2), at.get("revision", 5), _people(wrote), ROLES_OF, now)


def may(person: str, one: Signing, *approvals: Approval, wrote: str = "ines", now: int = NOW) -> str:
    return may_answer(person, one, approvals, 2, 5, _people(wrote), ROLES_OF, now)


def _people(names: str) -> frozenset[str]:
    return frozenset(names.split())


ANSWER = Draft(
    "x", network="mastodon", channel="masto", language="fr", answers=Post("mastodon", "1", Author("a"), "", 0)
)
POST = Draft("x", network="bluesky", channel="bsky", language="en")
UNDECIDED = Draft("x")


@pytest.mark.parametrize(
    ("limits", "concerned"),
    [
        ({}, "post answer undecided"),
        ({"channels": ("bsky",)}, "post undecided"),
        ({"networks": ("mastodon",)}, "answer undecided"),
        ({"languages": ("en",)}, "post undecided"),
        ({"replies": "only"}, "answer"),
        ({"replies": "never"}, "post undecided"),
        ({"channels": ("bsky",), "languages": ("fr",)}, "undecided"),
    ],
)
def test_which_drafts_an_approval_concerns(limits: dict[str, Any], concerned: str) -> None:
    one = signing(**limits)
    drafts = {"post": POST, "answer": ANSWER, "undecided": UNDECIDED}
    assert [name for name, draft in drafts.items() if needed([one], [draft], [])] == concerned.split()
    both = needed([one], [POST, ANSWER], [])
    assert bool(both) == any(name in concerned for name in ("post", "answer"))


def test_severity_counts_what_was_let_pass_and_not_what_is_tried_out() -> None:
    one = signing(severity="warn")
    passed = Finding("r", "block", suppressed=Suppression("odile", "so", NOW))
    assert needed([one], [POST], [Finding("r", "note")]) == ()
    assert needed([one], [POST], [Finding("r", "warn")]) == (one,)
    assert needed([one], [POST], [passed]) == (one,)
    assert needed([one], [POST], [Finding("r", "block", trial=True)]) == ()


def test_any_of_them() -> None:
    one = signing()
    assert stand(one).missing == (Missing("relecture", ("odile", "maelle")),)
    assert stand(one, said("maelle")).granted
    assert not stand(one, said("yanis")).granted, "who may not approve does not count, whatever the store holds"
    assert not stand(one, said("maelle", step="other")).granted


def test_all_of_them_is_everybody_with_the_role_who_wrote_none_of_it() -> None:
    one = signing(need="all")
    assert stand(one, said("maelle")).missing == (Missing("relecture", ("odile",)),)
    assert stand(one, said("maelle"), said("odile")).granted
    assert stand(one, said("maelle"), wrote="ines odile").granted
    named = signing(need="all", by=("solene", "maelle"))
    assert stand(named, said("solene")).missing == (Missing("relecture", ("maelle",)),)
    assert stand(named, said("solene"), wrote="maelle").missing == (Missing("relecture", ()),), "no silent consent"


def test_in_order_each_another_person() -> None:
    one = signing(need="in-order", by=("approver", "owner"))
    assert stand(one).missing[0].who == ("odile", "maelle")
    assert stand(one, said("maelle")).missing[0].who == ("odile", "solene")
    assert stand(one, said("odile")).missing[0].who == ("solene",), "one answer serves one turn"
    assert stand(one, said("odile"), said("solene")).granted
    assert may("solene", one) == "not-your-turn"
    assert may("solene", one, said("maelle")) == ""


def test_nobody_approves_words_of_their_own() -> None:
    one = signing()
    assert not stand(one, said("maelle"), wrote="ines maelle").granted
    assert stand(one, said("maelle"), wrote="ines maelle").missing == (Missing("relecture", ("odile",)),)
    assert stand(one, wrote="maelle odile solene").missing == (Missing("relecture", ()),)
    assert may("maelle", one, wrote="ines maelle") == "own-words"
    versions = [DraftVersion(1, Content("a"), "yanis", 0), DraftVersion(2, Content("b"), "odile", 1)]
    assert writers("ines", versions) == {"ines", "yanis", "odile"}


def test_any_later_edit_voids_every_approval() -> None:
    one = signing()
    given_at_5 = said("maelle")
    assert stand(one, given_at_5, version=2, revision=5).granted
    assert not stand(one, given_at_5, version=3, revision=7).granted
    assert not stand(one, given_at_5, version=2, revision=7).granted, "the same version, saved again and asked again"
    assert not stand(one, said("maelle", version=3)).granted


def test_refused_and_changes_requested_hold_until_that_person_says_otherwise() -> None:
    one = signing()
    stood = stand(one, said("odile"), said("maelle", "changes-requested"))
    assert (stood.granted, stood.missing, stood.changes_by) == (False, (), "maelle")
    assert stand(one, said("maelle", "changes-requested"), said("maelle")).granted
    refused = stand(one, said("maelle"), said("odile", "rejected"))
    assert (refused.granted, refused.rejected_by) == (False, "odile")
    assert stand(one, said("ines", "rejected"), said("maelle")).granted, "an author's own opinion counts for nothing"


def test_an_approval_lapses() -> None:
    one = signing(expires=DAY)
    assert stand(one, said("maelle"), now=NOW + DAY - 1).granted
    late = stand(one, said("maelle"), now=NOW + DAY)
    assert (late.granted, late.lapsed) == (False, ("relecture",))
    assert may("maelle", one, said("maelle"), now=NOW + DAY - 1) == "already-answered"
    assert may("maelle", one, said("maelle"), now=NOW + DAY) == ""
    assert may("maelle", one, said("maelle", "changes-requested")) == "", "a mind may change"


def test_every_step_is_needed_and_a_draft_that_needs_none_has_them_all() -> None:
    both = (signing(), signing(id="direction", by=("solene",)))
    assert stand(both, said("maelle")).missing == (Missing("direction", ("solene",)),)
    assert stand(both, said("maelle"), said("solene", step="direction")).granted
    assert stand(()).granted


def test_who_is_not_asked() -> None:
    one = signing()
    assert may("yanis", one) == "not-asked"
    assert may("solene", one) == "not-asked", "an owner who is no approver is not asked for one"
    assert may("solene", signing(by=("solene",))) == ""
    assert may("yanis", signing(by=("yanis",))) == "not-asked", "the charter cannot give what the role does not"
    assert may("nobody", one) == "not-asked"


PEOPLE = st.sampled_from(sorted(ROLES_OF))
SIGNINGS = st.builds(
    Signing,
    st.sampled_from(["a", "b"]),
    st.lists(st.sampled_from(["approver", "owner", "odile", "maelle", "yanis"]), min_size=1, max_size=3).map(tuple),
    st.sampled_from(["any", "all", "in-order"]),
)
ANSWERS = st.builds(
    said,
    PEOPLE,
    st.sampled_from(["approved", "changes-requested", "rejected"]),
    st.sampled_from(["a", "b"]),
    version=st.integers(1, 2),
    revision=st.integers(3, 6),
    at=st.integers(NOW - 9 * DAY, NOW),
)


@given(
    st.lists(SIGNINGS, min_size=1, max_size=2, unique_by=lambda s: s.id), st.lists(ANSWERS, max_size=8), st.sets(PEOPLE)
)
def test_what_is_granted_was_said_by_others_about_these_words(signings, approvals, wrote) -> None:
    stood = standing(signings, approvals, 2, 5, frozenset(wrote), ROLES_OF, NOW)
    counted = [
        one for one in approvals
        if one.version == 2 and one.revision >= 5 and one.who not in wrote and one.opinion == "approved"
        and NOW - one.at < 7 * DAY and allows(ROLES_OF[one.who], "approve")
    ]  # fmt: skip
    if stood.granted:
        assert {one.id for one in signings} <= {one.step for one in counted}
        assert standing(signings, counted, 2, 5, frozenset(wrote), ROLES_OF, NOW).granted
    else:
        assert stood.missing or stood.rejected_by or stood.changes_by
    assert not any(set(one.who) & wrote for one in stood.missing)


@given(SIGNINGS, st.lists(ANSWERS, max_size=6), st.sets(PEOPLE, max_size=2))
def test_who_is_waited_for_may_answer_and_going_round_ends(one: Signing, approvals, wrote) -> None:
    """Whoever is named as missing may answer; when they all do so in turn, the step is there or nobody is left."""
    approvals = [structs.replace(a, step=one.id, opinion="approved", at=NOW) for a in approvals]
    for _ in range(12):
        stood = standing((one,), approvals, 2, 5, frozenset(wrote), ROLES_OF, NOW)
        if not stood.missing or not stood.missing[0].who:
            break
        who = stood.missing[0].who[0]
        assert may_answer(who, one, approvals, 2, 5, frozenset(wrote), ROLES_OF, NOW) == ""
        approvals = [*approvals, said(who, step=one.id)]
    else:
        pytest.fail("a review that never ends")

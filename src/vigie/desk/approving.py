"""Whose approval a draft needs, whose it has, and who may answer. Nobody approves words of their own."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from vigie.charter import ROLES, Signing, allows
from vigie.model import SEVERITIES, Approval, Draft, DraftVersion, Finding, Millis

RolesOf: TypeAlias = Mapping[str, Sequence[str]]
"""By id of a person, their roles: everybody of the charter."""


class Missing(Struct, frozen=True):
    """An approval that is not there yet.

    Attributes:
        step: id of the charter's approval.
        who: ids of those whose answer would bring it on now; empty when nobody of the house could give it.
    """

    step: str
    who: tuple[str, ...]


class Standing(Struct, frozen=True):
    """How a review stands.

    Attributes:
        granted: the draft may be scheduled as far as approvals go.
        rejected_by, changes_by: who refused it, who wants it changed; empty when nobody does.
        lapsed: steps for which an approval was given and has lapsed.
    """

    granted: bool
    missing: tuple[Missing, ...] = ()
    rejected_by: str = ""
    changes_by: str = ""
    lapsed: tuple[str, ...] = ()


def needed(
    signings: Sequence[Signing], draft_on_channels: Sequence[Draft], findings: Sequence[Finding]
) -> tuple[Signing, ...]:
    """The approvals that concern a draft, as it would go out on each of its channels."""
    return tuple(
        one for one in signings if any(_concerns(one, draft) for draft in draft_on_channels) and _severe(one, findings)
    )


def writers(author: str, versions: Iterable[DraftVersion]) -> frozenset[str]:
    """Everybody who wrote a word of a draft, or may have: who began it, and who saved any of its versions."""
    return frozenset((author, *(one.saved_by for one in versions)))


def standing(
    signings: Sequence[Signing],
    approvals: Sequence[Approval],
    version: int,
    revision: int,
    wrote: frozenset[str],
    roles_of: RolesOf,
    now: Millis,
) -> Standing:
    """How the review of one version stands.

    ``signings`` are those that are `needed`; ``approvals`` all of the draft, oldest first, of which those count that
    are about this version, not older than ``revision`` (`vigie.desk.drafting.asked_at`), and of nobody who ``wrote`` it
    (`writers`).
    """
    given = [one for one in approvals if one.version == version and one.revision >= revision and one.who not in wrote]
    last = {(one.step, one.who): one for one in given}
    against = {opinion: next((a.who for a in last.values() if a.opinion == opinion), "")
               for opinion in ("rejected", "changes-requested")}  # fmt: skip
    missing: list[Missing] = []
    lapsed: list[str] = []
    for signing in signings:
        said = [one for one in last.values() if one.step == signing.id and one.opinion == "approved"]
        fresh = [one.who for one in said if now - one.at < signing.expires]
        who = _who_next(signing, fresh, wrote, roles_of)
        if who is not None:
            missing.append(Missing(signing.id, who))
            if len(fresh) < len(said):
                lapsed.append(signing.id)
    granted = not missing and not any(against.values())
    return Standing(granted, tuple(missing), against["rejected"], against["changes-requested"], tuple(lapsed))


def may_answer(
    person: str,
    signing: Signing,
    approvals: Sequence[Approval],
    version: int,
    revision: int,
    wrote: frozenset[str],
    roles_of: RolesOf,
    now: Millis,
) -> str:
    """Why somebody may not answer for one step of a review; empty when they may. Arguments as for `standing`.

    ``own-words``: they wrote some of them; ``not-asked``: the charter does not ask them, or they may not approve;
    ``already-answered``; ``not-your-turn``: others answer first.
    """
    if person in wrote:
        return "own-words"
    if not _asked(signing, person, roles_of):
        return "not-asked"
    given = [one for one in approvals if one.step == signing.id and one.version == version and one.revision >= revision]
    mine = [one for one in given if one.who == person]
    if mine and mine[-1].opinion == "approved" and now - mine[-1].at < signing.expires:
        return "already-answered"
    if signing.need == "in-order":
        still = standing((signing,), given, version, revision, wrote, roles_of, now).missing
        if still and person not in still[0].who:
            return "not-your-turn"
    return ""


def _concerns(signing: Signing, draft: Draft) -> bool:
    """What is not decided yet (the language, the channel) is no reason to be spared."""
    return (
        (not signing.channels or not draft.channel or draft.channel in signing.channels)
        and (not signing.networks or not draft.network or draft.network in signing.networks)
        and (not signing.languages or not draft.language or draft.language in signing.languages)
        and (signing.replies == "also" or (draft.answers is not None) == (signing.replies == "only"))
    )


def _severe(signing: Signing, findings: Sequence[Finding]) -> bool:
    """Whether a finding is as severe as the approval asks; one that was let pass is, one on trial is not."""
    if not signing.severity:
        return True
    least = SEVERITIES.index(signing.severity)
    return any(SEVERITIES.index(one.severity) >= least and not one.trial for one in findings)


def _who_next(
    signing: Signing, approved: Sequence[str], wrote: frozenset[str], roles_of: RolesOf
) -> tuple[str, ...] | None:
    """Whose approval would bring a step on; None when it has all it needs."""
    able = {entry: _able(entry, wrote, roles_of) for entry in signing.by}
    everybody = tuple(dict.fromkeys(who for people in able.values() for who in people))
    match signing.need:
        case "any":
            return None if any(who in everybody for who in approved) else everybody
        case "all":
            left = tuple(who for who in everybody if who not in approved)
            # an entry that nobody could answer for is not satisfied by silence
            return left if left or not all(able.values()) else None
        case "in-order":
            return _first_left([able[entry] for entry in signing.by], approved)


def _first_left(entries: Sequence[tuple[str, ...]], approved: Sequence[str]) -> tuple[str, ...] | None:
    """Each entry in its turn has one answer of its own: who answered for an earlier one does not for a later one."""
    used: set[str] = set()
    for people in entries:
        one = next((who for who in approved if who in people and who not in used), None)
        if one is None:
            return tuple(who for who in people if who not in used)
        used.add(one)
    return None


def _able(entry: str, wrote: frozenset[str], roles_of: RolesOf) -> tuple[str, ...]:
    """Those whom a role or an id of a person names, who may approve at all, and wrote none of it."""
    named = [who for who, roles in roles_of.items() if who == entry or (entry in ROLES and entry in roles)]
    return tuple(who for who in named if who not in wrote and allows(roles_of[who], "approve"))


def _asked(signing: Signing, person: str, roles_of: RolesOf) -> bool:
    return any(person in _able(entry, frozenset(), roles_of) for entry in signing.by)

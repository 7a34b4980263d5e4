"""What each rule and check said over a time, and what people answered: so that the house prunes its rules."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct, structs

from vigie.charter import Charter, Rule
from vigie.checks import Check, Options
from vigie.flows.ports.drafts import Drafts
from vigie.model import SEVERITIES, Decision, Millis, Raised, Severity, Verdict

DAY: Millis = 86_400_000
USUAL: Millis = 90 * DAY
"""The time that is looked back on unless told otherwise: a season of a house that posts a few times a week."""
ENOUGH = 3
"""Decisions below which nothing is advised: two people who disagree with a rule prove nothing."""
ENOUGH_DRAFTS = 10
"""Drafts with a finding below which silence says nothing about a rule."""
ENOUGH_TRIAL = 5
"""Findings after which a trial may end."""
_MOST_REASONS = 20

Kind: TypeAlias = Literal["rule", "check"]
Status: TypeAlias = Literal["active", "trial", "off", "gone"]
Advice: TypeAlias = Literal["", "silent", "dismissed", "let-pass", "proven"]
"""``silent``: it found nothing while others did; ``dismissed``: mostly said to be wrong; ``let-pass``: it stops drafts
and is mostly let pass; ``proven``: on trial, and nobody ever said that it is wrong."""

_Key: TypeAlias = tuple[int, str]


class Reason(Struct, frozen=True):
    """What somebody said when they did not follow a finding."""

    verdict: Verdict
    who: str
    why: str
    at: Millis
    draft: int


class Line(Struct, frozen=True, kw_only=True):
    """One rule or check.

    Attributes:
        status: ``gone`` for one that the charter no longer has.
        severity: its own, or as the charter tunes it; for a check left as it comes, the gravest that it raised, None
            while it raised none.
        fired: findings of drafts, each counted once however often its draft was looked at.
        accepted, dismissed, suppressed: of those; the last word of several counts, and a word taken back does not.
        drafts: in how many drafts it fired.
        reasons: the latest first, at most twenty.
    """

    id: str
    kind: Kind
    status: Status
    severity: Severity | None
    fired: int = 0
    accepted: int = 0
    dismissed: int = 0
    suppressed: int = 0
    drafts: int = 0
    last_at: Millis | None = None
    reasons: tuple[Reason, ...] = ()
    advice: Advice = ""

    @property
    def decided(self) -> int:
        """Findings that somebody answered."""
        return self.accepted + self.dismissed + self.suppressed

    @property
    def unanswered(self) -> int:
        """Findings that nobody answered: the draft was mended by hand, or is still being written."""
        return self.fired - self.decided


class Report(Struct, frozen=True):
    """All rules in the charter's order, then the checks, then what the charter no longer has.

    Attributes:
        drafts: how many had a finding, of whatever rule.
    """

    since: Millis
    until: Millis
    drafts: int
    lines: tuple[Line, ...]

    def line(self, id: str) -> Line | None:
        """That of a rule or check."""
        return next((one for one in self.lines if one.id == id), None)


class _Tally:
    """What is known of one rule."""

    def __init__(self) -> None:
        self.keys: set[_Key] = set()
        self.last: dict[_Key, Decision] = {}
        self.severity: Severity | None = None
        self.last_at: Millis | None = None

    def raised(self, one: Raised) -> None:
        self.keys.add((one.draft, one.fingerprint))
        self.last_at = max(self.last_at or 0, one.at)
        if self.severity is None or SEVERITIES.index(one.severity) > SEVERITIES.index(self.severity):
            self.severity = one.severity

    def decided(self, one: Decision) -> None:
        self.keys.add((one.draft, one.fingerprint))
        self.last[one.draft, one.fingerprint] = one

    def standing(self) -> list[Decision]:
        """The last words, those taken back left out: they let pass until the moment they were said."""
        return [one for one in self.last.values() if not (one.verdict == "suppressed" and one.until == one.at)]


def report(charter: Charter | None, checks: Iterable[Check], drafts: Drafts, since: Millis, now: Millis) -> Report:
    """Reads what was raised and decided since, by rule. A renamed rule keeps what it was told under other names."""
    raised, decided = drafts.raised_since(since), drafts.decided_since(since)
    names = _names(charter)
    tallies: dict[str, _Tally] = {}
    for found in raised:
        tallies.setdefault(names.get(found.rule, found.rule), _Tally()).raised(found)
    for made in decided:
        tallies.setdefault(names.get(made.rule, made.rule), _Tally()).decided(made)
    drafts_seen = len({one.draft for one in raised} | {one.draft for one in decided})
    lines = [_rule(rule, tallies.pop(rule.id, _Tally()), drafts_seen) for rule in (charter.rules if charter else ())]
    tuned = charter.checks if charter else {}
    lines += [_check(one, tuned, tallies.pop(one.id, _Tally())) for one in checks]
    lines += [_line(id, "rule", "gone", None, tally) for id, tally in sorted(tallies.items())]
    return Report(since, now, drafts_seen, tuple(lines))


def _names(charter: Charter | None) -> dict[str, str]:
    """Former ids of rules, and what they are called now."""
    return {former: rule.id for rule in (charter.rules if charter else ()) for former in rule.was}


def _rule(rule: Rule, tally: _Tally, drafts: int) -> Line:
    return _line(rule.id, "rule", rule.status, rule.severity, tally, drafts)


def _check(check: Check, tuned: Mapping[str, Options], tally: _Tally) -> Line:
    options = tuned.get(check.id) or check.options()
    status: Status = "off" if options.off else "trial" if options.trial else "active"
    return _line(check.id, "check", status, options.severity, tally)


def _line(id: str, kind: Kind, status: Status, severity: Severity | None, tally: _Tally, drafts: int = 0) -> Line:
    standing = tally.standing()
    counts = Counter(one.verdict for one in standing)
    line = Line(
        id=id,
        kind=kind,
        status=status,
        severity=severity or tally.severity,
        fired=len(tally.keys),
        accepted=counts["accepted"],
        dismissed=counts["dismissed"],
        suppressed=counts["suppressed"],
        drafts=len({draft for draft, _ in tally.keys}),
        last_at=tally.last_at,
        reasons=tuple(_reasons(standing)),
    )
    return structs.replace(line, advice=_advice(line, drafts))


def _reasons(standing: Sequence[Decision]) -> list[Reason]:
    said = sorted((one for one in standing if one.why), key=lambda one: one.at, reverse=True)
    return [Reason(one.verdict, one.who, one.why, one.at, one.draft) for one in said[:_MOST_REASONS]]


def _advice(line: Line, drafts: int) -> Advice:
    """What the figures speak for; a person decides."""
    if line.status in ("off", "gone"):
        return ""
    if line.dismissed >= ENOUGH and 3 * line.dismissed >= 2 * line.decided:
        return "dismissed"
    if line.severity == "block" and line.suppressed >= ENOUGH and 2 * line.suppressed >= line.decided:
        return "let-pass"
    if line.status == "trial" and line.fired >= ENOUGH_TRIAL and not line.dismissed:
        return "proven"
    return "silent" if not line.fired and drafts >= ENOUGH_DRAFTS else ""

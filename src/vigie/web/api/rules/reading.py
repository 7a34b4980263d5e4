"""The list of rules and checks, and one of them."""

from typing import Annotated, Any, Literal

from litestar import Request
from litestar.params import FromPath, QueryParameter
from msgspec import Meta, Struct

from vigie.charter import Rule
from vigie.checks import built_in
from vigie.flows import rules_report as flow
from vigie.flows.rules_report import Line
from vigie.model import told
from vigie.web.api.problems import RefusedError, voice
from vigie.web.api.routes import reads
from vigie.web.api.times import Instant, instant, instant_or_none, millis
from vigie.web.guard import visitor
from vigie.web.house import House, house_of

Asked = Request[Any, Any, Any]
Since = Annotated[str, QueryParameter(max_length=40, description="An instant, RFC 3339; 90 days ago when left out.")]


class Answers(Struct, frozen=True):
    """What it said of drafts since then, and what people answered. A finding of a draft counts once."""

    fired: int
    accepted: int
    dismissed: Annotated[int, Meta(description="Said to be wrong there.")]
    suppressed: Annotated[int, Meta(description="Right, and let pass nevertheless.")]
    unanswered: int
    drafts: int
    last: Instant | None


class RuleState(Struct, frozen=True):
    """A rule of the house or a built-in check, and how it does."""

    id: str
    kind: Literal["rule", "check"]
    status: Annotated[
        Literal["active", "trial", "off", "gone"], Meta(description="gone: the charter has it no longer.")
    ]
    severity: Annotated[
        Literal["note", "warn", "block"] | None, Meta(description="null: the check has its own for each finding.")
    ]
    answers: Answers
    advice: Annotated[
        Literal["", "silent", "dismissed", "let-pass", "proven"], Meta(description="What the figures speak for.")
    ]


class RuleStates(Struct, frozen=True):
    """All of them. ``drafts`` is how many had a finding of whatever rule."""

    since: Instant
    drafts: int
    items: tuple[RuleState, ...]


class Said(Struct, frozen=True):
    """Why somebody did not follow a finding."""

    verdict: Literal["accepted", "dismissed", "suppressed"]
    who: str
    why: str
    at: Instant
    draft: int


class RuleText(Struct, frozen=True):
    """A rule as the charter writes it. Words by language; under an empty tag where written once for all."""

    match: str
    when: str
    why: dict[str, str]
    suggest: dict[str, str]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    was: Annotated[tuple[str, ...], Meta(description="The ids that it had before.")]


class OneRule(Struct, frozen=True):
    """One of them with its text, if it is the house's, and what people said against it, for those who may read acts."""

    state: RuleState
    why: Annotated[str, Meta(description="The reason, in the language asked for.")]
    text: RuleText | None
    reasons: tuple[Said, ...]


@reads("/rules", "read-drafts")
def list_rules(request: Asked, *, since: Since = "") -> RuleStates:
    """List rules and checks.

    The house's rules in the charter's order, then the built-in checks, then those that the charter has no longer.
    """
    found = _report(house_of(request), since)
    return RuleStates(instant(found.since), found.drafts, tuple(map(_state, found.lines)))


@reads("/rules/{id:str}", "read-drafts", fails=(404,))
def read_rule(request: Asked, id: FromPath[str], *, since: Since = "") -> OneRule:
    """Read a rule or a check."""
    house, say = house_of(request), voice(request)
    line = _report(house, since).line(id)
    if line is None:
        raise RefusedError("not-found")
    charter = house.charter()
    rule = next((one for one in (charter.rules if charter else ()) if one.id == id), None)
    why = f"checks.{id}.why"
    reasons = line.reasons if visitor(request).may("read-acts") else ()
    return OneRule(
        state=_state(line),
        why=told(rule.why, say.lang) if rule else say(why) if say.has(why) else "",
        text=_text(rule) if rule else None,
        reasons=tuple(Said(one.verdict, one.who, one.why, instant(one.at), one.draft) for one in reasons),
    )


def _report(house: House, since: str) -> flow.Report:
    now = house.clock()
    asked = millis(since, "since")
    return flow.report(house.charter(), built_in(), house.drafts, now - flow.USUAL if asked is None else asked, now)


def _state(line: Line) -> RuleState:
    answers = Answers(
        line.fired,
        line.accepted,
        line.dismissed,
        line.suppressed,
        line.unanswered,
        line.drafts,
        instant_or_none(line.last_at),
    )
    return RuleState(line.id, line.kind, line.status, line.severity, answers, line.advice)


def _text(rule: Rule) -> RuleText:
    return RuleText(
        rule.match,
        rule.when,
        rule.why,
        rule.suggest,
        tuple(one.text for one in rule.bad),
        tuple(one.text for one in rule.good),
        rule.was,
    )

"""A rule beside a draft: whether it is asked here, and whether its condition holds; and its examples, run when read."""

from datetime import datetime
from zoneinfo import ZoneInfo

from vigie.charter.allowing import Allowed
from vigie.charter.conditions import Condition, Situation
from vigie.charter.nouns import Example, Rule
from vigie.model import Attachment, Author, Draft, Facts, Millis, Post
from vigie.query import Query, evaluate, spans
from vigie.text import tokenise
from vigie.text.clear import clear

_DAY = 86_400_000
_HOUR = 3_600_000
_USUAL_MOMENT = "2026-11-20T12:00"
"""A Friday noon: when an example is said, unless it tells."""
READ_CAP = 10_000
"""Characters of a draft that are read. The longest post of the networks is 5,000; beyond, nothing could be said in a
tenth of a second."""


def applies(rule: Rule, draft: Draft) -> bool:
    """Whether a rule is for this draft's language, channel and network; what nobody knows yet is no reason against."""
    return not (
        (rule.languages and draft.language and draft.language not in rule.languages)
        or (rule.channels and draft.channel and draft.channel not in rule.channels)
        or (rule.networks and draft.network and draft.network not in rule.networks)
    )


def as_post(draft: Draft) -> Post:
    """What queries read of a draft: its words as a person reads them, disguises undone; each stays at its place."""
    langs = (draft.language,) if draft.language else ()
    return Post(draft.network, "", Author(draft.author), clear(draft.text[:READ_CAP]), 0, langs=langs)


def staged(example: Example, rule: Rule, timezone: str) -> tuple[Draft, Facts]:
    """An example as the draft that it stands for. Where the rule is limited, it is said there."""
    at = _moment(example.at or _USUAL_MOMENT, timezone)
    draft = Draft(
        example.text,
        network=example.network or next(iter(rule.networks), ""),
        channel=example.channel or next(iter(rule.channels), ""),
        language=example.language or next(iter(rule.languages), ""),
        objective=example.objective,
        when=at,
        media=tuple(Attachment(alt=alt) for alt in example.media),
        answers=_post(example.answers, at - _HOUR) if example.answers else None,
        ai=example.ai,
    )
    facts = Facts(
        now=at,
        roles=example.roles,
        certified_until=at + _DAY if example.certified else None,
        recent=tuple(_post(text, at - number * _DAY) for number, text in enumerate(example.recent, 1)),
        incidents=example.incidents,
    )
    return draft, facts


def finds(
    rule: Rule, query: Query | None, condition: Condition | None, example: Example, timezone: str
) -> tuple[bool, str]:
    """Whether a rule speaks of an example; and why its condition has no answer, when it has none."""
    draft, facts = staged(example, rule, timezone)
    if not applies(rule, draft) or (query and not _matches(rule, query, as_post(draft))):
        return False, ""
    if condition is None:
        return True, ""
    answer = condition.ask(Situation(draft, facts, timezone))
    return answer.holds, answer.error


def _matches(rule: Rule, query: Query, post: Post) -> bool:
    if not rule.allow:
        return evaluate(query, post)
    found = spans(query, post)
    return bool(Allowed(rule.allow).left(found, tokenise(post.text))) if found else evaluate(query, post)


def _moment(written: str, timezone: str) -> Millis:
    return int(datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(timezone)).timestamp() * 1000)


def _post(text: str, at: Millis) -> Post:
    return Post("", "", Author(""), text, at)

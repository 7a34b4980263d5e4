"""What is wrong with drafts: the built-in checks and the house's rules. One function types, batches and replays."""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import structs

from vigie.charter.conditions import Situation
from vigie.charter.rules import READ_CAP, applies, as_post
from vigie.checks import Reading
from vigie.checks.fingerprints import fingerprint
from vigie.checks.reading import Found, Matched
from vigie.judge.policy import Policy, RunCheck, RunRule, policy
from vigie.model import Draft, Facts, Finding, Post, Span, Suppression

__all__ = ["Policy", "policy", "review"]

_NO_WORDS = 1 << 40
_POST_CAP = 5_000
"""Characters of a post around a draft that are read: the longest that the networks take."""
_AROUND_CAP = 40_000
"""Characters of all the recent posts of a channel, and of all those of others, the newest first."""


def review(drafts: Sequence[tuple[Draft, Facts]], by: Policy) -> list[tuple[Finding, ...]]:
    """The findings of each draft, in the order of its words, what is about no words last."""
    posts = [as_post(draft) for draft, _ in drafts]
    matched = dict(by.matcher.match(posts)) if posts else {}
    return [
        _reviewed(draft, facts, post, matched.get(index, ()), by)
        for index, ((draft, facts), post) in enumerate(zip(drafts, posts, strict=True))
    ]


def _reviewed(draft: Draft, facts: Facts, post: Post, keys: Sequence[str], by: Policy) -> tuple[Finding, ...]:
    draft, facts = _bounded(draft, facts)
    rules = [by.rules[key] for key in keys if key in by.rules]
    matched = Matched(post, _patterns(keys, draft.language, by), by.queries)
    reading = Reading(draft, facts, by.charter, matched)
    found: list[Finding] = []
    for run in by.checks:
        for finding in run.check.look(reading, run.options):
            tuned = _tuned(finding, run, reading)
            if tuned:
                found.append(tuned)
    if rules or by.always:
        found += _of_rules((*rules, *by.always), reading)
    if len(draft.text) > READ_CAP:
        found.append(_unread(draft))
    if not found:
        return ()
    found.sort(key=_place)
    return tuple(_recognised(found, draft, facts, by))


def _bounded(draft: Draft, facts: Facts) -> tuple[Draft, Facts]:
    """What stands around a draft, no longer than can be read in time."""
    if draft.answers and len(draft.answers.text) > _POST_CAP:
        draft = structs.replace(draft, answers=structs.replace(draft.answers, text=draft.answers.text[:_POST_CAP]))
    if any(len(one.alt) > _POST_CAP for one in draft.media):
        cut = tuple(structs.replace(one, alt=one.alt[:_POST_CAP]) for one in draft.media)
        draft = structs.replace(draft, media=cut)
    for name in ("recent", "elsewhere"):
        posts: tuple[Post, ...] = getattr(facts, name)
        if posts and sum(len(post.text) for post in posts) > _AROUND_CAP:
            facts = structs.replace(facts, **{name: _newest(posts)})
    return draft, facts


def _newest(posts: tuple[Post, ...]) -> tuple[Post, ...]:
    kept: list[Post] = []
    left = _AROUND_CAP
    for post in posts:
        if left <= 0:
            break
        text = post.text[: min(_POST_CAP, left)]
        kept.append(structs.replace(post, text=text))
        left -= len(text)
    return tuple(kept)


def _patterns(keys: Sequence[str], language: str, by: Policy) -> dict[str, list[Found]]:
    """By check, the patterns of the draft's language that were found, with the keys of their wordings."""
    found: dict[tuple[str, str, str], list[str]] = {}
    silent: set[tuple[str, str, str]] = set()
    for key in keys:
        asked = by.patterns.get(key)
        if asked and (not language or asked.language in ("any", language)):
            which = (asked.check, asked.pattern.id, asked.language)
            if asked.unless:
                silent.add(which)
            else:
                found.setdefault(which, []).append(key)
    patterns: dict[str, list[Found]] = {}
    for which, wordings in found.items():
        if which not in silent:
            patterns.setdefault(which[0], []).append((by.patterns[wordings[0]].pattern, which[2], tuple(wordings)))
    return patterns


def _tuned(finding: Finding, run: RunCheck, reading: Reading) -> Finding | None:
    """A check's finding as the charter wants it; None where all its words are allowed."""
    options = run.options
    if run.allowed and finding.spans:
        left = run.allowed.left(finding.spans, reading.tokens)
        if not left:
            return None
        if left != finding.spans:
            # a replacement is for the first span, and goes with it
            kept = finding.replacement if left[0] == finding.spans[0] else None
            finding = structs.replace(finding, spans=left, replacement=kept)
    if options.severity or options.trial:
        return structs.replace(finding, severity=options.severity or finding.severity, trial=options.trial)
    return finding


def _of_rules(rules: Sequence[RunRule], reading: Reading) -> Iterator[Finding]:
    timezone = reading.charter.company.timezone if reading.charter else "UTC"
    situation = Situation(reading.draft, reading.facts, timezone)
    for run in rules:
        rule = run.rule
        if not applies(rule, reading.draft):
            continue
        spans: tuple[Span, ...] = ()
        if rule.match:
            spans = reading.where(f"rule/{rule.id}")
            if run.allowed and spans:
                spans = run.allowed.left(spans, reading.tokens)
                if not spans:
                    continue
        answer = run.condition.ask(situation) if run.condition else None
        if answer and answer.error:
            values: dict[str, str | int] = {"rule": rule.id, "detail": answer.error}
            yield Finding(rule.id, "note", "review.no-answer", part="draft", values=values)
        elif answer is None or answer.holds:
            yield Finding(
                rule.id,
                rule.severity,
                spans=spans,
                part="text" if spans else "draft",
                why=rule.why,
                suggest=rule.suggest,
                trial=rule.status == "trial",
            )


def _unread(draft: Draft) -> Finding:
    """A text longer than is ever read is not passed in silence."""
    return Finding("unread", "warn", "review.unread", (Span(READ_CAP, len(draft.text)),), values={"read": READ_CAP})


def _recognised(found: Sequence[Finding], draft: Draft, facts: Facts, by: Policy) -> Iterator[Finding]:
    """Each finding with its fingerprint, and with who lets it pass."""
    seen: Counter[str] = Counter()
    for finding in found:
        mark = fingerprint(finding, draft, seen, by.origins)
        suppressed = _let_pass((mark, finding.rule, *by.former.get(finding.rule, ())), facts)
        yield structs.replace(finding, fingerprint=mark, suppressed=suppressed)


def _let_pass(names: Sequence[str], facts: Facts) -> Suppression | None:
    for name in names if facts.suppressions else ():
        found = facts.suppressions.get(name)
        if found and (found.until is None or found.until > facts.now):
            return found
    return None


def _place(finding: Finding) -> tuple[int, int]:
    return (finding.spans[0].start, finding.spans[0].end) if finding.spans else (_NO_WORDS, 0)

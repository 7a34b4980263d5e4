"""What drafts are held against: the built-in checks as the charter tunes them, and the house's rules, compiled."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from vigie.charter import Charter, Rule
from vigie.charter.allowing import Allowed
from vigie.charter.conditions import Condition, read_condition
from vigie.checks import Check, Options, Pattern, built_in
from vigie.checks.patterns import LANGUAGES
from vigie.judge.screen import Matches
from vigie.query import Query
from vigie.query.narrow import Narrowed
from vigie.query.shelf import Texts


class RunCheck(Struct, frozen=True):
    """A check that is on."""

    check: Check
    options: Options
    allowed: Allowed


class Asked(NamedTuple):
    """One wording of a pattern. With ``unless``, one that makes the pattern silent."""

    check: str
    pattern: Pattern
    language: str
    unless: bool


class RunRule(Struct, frozen=True):
    """A rule of the house. ``condition`` is None where it has none."""

    rule: Rule
    condition: Condition | None
    allowed: Allowed


class Policy(Struct, frozen=True):
    """Compiled once per charter; used from as many threads as one likes.

    Attributes:
        patterns: what a key of the matcher means.
        rules: those with words, by key of the matcher; the others under ``always``.
        queries: where what is asked under each key stands in a text.
        origins: the first id of each rule that was renamed.
        former: the other ids under which a rule may have been let pass.
    """

    charter: Charter | None
    checks: tuple[RunCheck, ...]
    patterns: Mapping[str, Asked]
    rules: Mapping[str, RunRule]
    always: tuple[RunRule, ...]
    queries: Narrowed
    origins: Mapping[str, str]
    former: Mapping[str, tuple[str, ...]]
    matcher: Matches


def policy(charter: Charter | None, compile_queries: Callable[[Mapping[str, Query]], Matches]) -> Policy:
    """Compiles the checks that a charter leaves on, and its rules, into one matcher.

    Args:
        charter: None where there is none: every check as it comes, no rule.
        compile_queries: `vigie.query.Matcher` for many drafts; `vigie.query.shelf.Shelf.matcher` for a few, where
            nobody waits for thousands of phrases to be read; `vigie.query.PlainMatcher` where neither can be had.
    """
    checks = tuple(_checks(charter))
    asked = {key: (one, text) for run in checks for key, one, text in _wordings(run.check)}
    texts = {key: text for key, (_, text) in asked.items()}
    rules = tuple(_rules(charter)) if charter else ()
    by_key = {f"rule/{one.rule.id}": one for one in rules if one.rule.match}
    named = {query.id: query.match for query in charter.queries} if charter else {}
    queries = Texts(texts | {key: one.rule.match for key, one in by_key.items()}, named)
    renamed = {one.rule.id: one.rule.was for one in rules if one.rule.was}
    return Policy(
        charter=charter,
        checks=checks,
        patterns={key: one for key, (one, _) in asked.items()},
        rules=by_key,
        always=tuple(one for one in rules if not one.rule.match),
        queries=Narrowed(queries),
        origins={id: was[0] for id, was in renamed.items()},
        former=renamed,
        matcher=compile_queries(queries),
    )


def _checks(charter: Charter | None) -> Iterator[RunCheck]:
    tuned = charter.checks if charter else {}
    for check in built_in():
        options = tuned.get(check.id) or check.options()
        if not options.off:
            yield RunCheck(check, options, Allowed(options.allow))


def _wordings(check: Check) -> Iterator[tuple[str, Asked, str]]:
    """Each wording of each pattern is a query of its own: the matcher says which one it was, and asks no other."""
    for pattern in check.patterns:
        for language in LANGUAGES:
            wanted = pattern.wanted(language)
            for unless, texts in ((False, wanted), (True, pattern.unless(language) if wanted else ())):
                for number, text in enumerate(texts):
                    key = f"{check.id}/{pattern.id}/{language}/{'unless' if unless else 'found'}/{number}"
                    yield key, Asked(check.id, pattern, language, unless), text


def _rules(charter: Charter) -> Iterator[RunRule]:
    for rule in charter.rules:
        yield RunRule(rule, read_condition(rule.when) if rule.when else None, Allowed(rule.allow))

"""What a check or a rule of the house is for, on a terminal: why, what it says, examples, options."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from textwrap import shorten

import msgspec
from rich.text import Text

from vigie.charter import Charter, Example, Rule
from vigie.checks import Check, Options, Pattern, built_in
from vigie.cli.post_lines import plain
from vigie.cli.speak import fail, out
from vigie.model import told
from vigie.wording import Wording
from vigie.wording.catalogue import catalogue

_WORDINGS = 3
"""Shown of those that a kind of finding is looked for by."""
_LONGEST = 110
"""Characters of each."""


def print_rule(id: str, charter: Charter | None, w: Wording) -> None:
    """Everything about one; the end of the command where there is none of that id, present or past."""
    checks = {check.id: check for check in built_in()}
    rules = {name: rule for rule in (charter.rules if charter else ()) for name in (*rule.was, rule.id)}
    if id in checks:
        lines = _check_lines(checks[id], charter, w)
    elif id in rules:
        lines = _rule_lines(rules[id], w)
    else:
        known = sorted({*checks, *(rule.id for rule in rules.values())})
        close = get_close_matches(id, known, 1)
        fail(w("check.error.unknown-rule", rule=id, known=", ".join(known), close=close[0] if close else known[0]), 2)
    for line in lines:
        out.print(line)


def _check_lines(check: Check, charter: Charter | None, w: Wording) -> Iterator[Text]:
    yield Text(f"{w(f'checks.{check.id}.name')} ({check.id})", style="bold")
    yield Text(f"{w(f'checks.{check.id}.why')}\n")
    yield Text(w("check.explain.says"), style="bold")
    for code in _codes(check, w):
        yield Text(f"  {w(f'checks.{check.id}.{code}')}")
        for words in _wordings([one for one in check.patterns if one.code == code], w):
            yield Text(f"    {words}", style="dim")
    yield Text(f"\n{w('check.explain.options', check=check.id)}", style="bold")
    tuned = charter.checks.get(check.id) if charter else None
    for name, usual in _options(check.options):
        now = msgspec.to_builtins(getattr(tuned, name)) if tuned else usual
        usually = f"  ({w('check.explain.usually', value=_said(usual))})" if now != usual else ""
        yield Text(f"  {name}: {_said(now)}{usually}")


def _codes(check: Check, w: Wording) -> list[str]:
    """The kinds of finding, those of its patterns first."""
    begins = f"checks.{check.id}."
    mine = [code for pattern in check.patterns if w.has(begins + (code := pattern.code))]
    others = [id.removeprefix(begins) for id in catalogue(w.lang).single if id.startswith(begins)]
    return list(dict.fromkeys(code for code in (*mine, *others) if code not in ("name", "why")))


def _wordings(patterns: Iterable[Pattern], w: Wording) -> list[str]:
    """The beginnings of some that are looked for, in the reader's language."""
    found = [text for one in patterns for language in (w.lang, "any") for text in one.wanted(language)]
    return [shorten(text, _LONGEST, placeholder=" …") for text in found[:_WORDINGS]]


def _options(options: type[Options]) -> Iterator[tuple[str, object]]:
    for field in msgspec.structs.fields(options):
        yield field.encode_name, msgspec.to_builtins(field.default)


def _said(value: object) -> str:
    return msgspec.json.encode(value).decode() if value not in (None, [], ()) else "-"


def _rule_lines(rule: Rule, w: Wording) -> Iterator[Text]:
    yield Text(f"{rule.id}  {w(f'check.severity.{rule.severity}')}", style="bold")
    yield Text(plain(told(rule.why, w.lang)))
    if rule.suggest:
        yield Text(plain(told(rule.suggest, w.lang)), style="green")
    if rule.status == "trial":
        yield Text(w("check.trial"))
    for key in ("match", "when"):
        if written := getattr(rule, key):
            yield Text(f"\n{key}: {plain(written)}")
    for title, examples in (("check.explain.bad", rule.bad), ("check.explain.good", rule.good)):
        yield Text(f"\n{w(title)}", style="bold")
        yield from _examples(examples)
    for key in ("was", "allow", "languages", "channels", "networks"):
        if listed := getattr(rule, key):
            yield Text(f"\n{key}: {plain(', '.join(listed))}")


def _examples(examples: Iterable[Example]) -> Iterator[Text]:
    for one in examples:
        yield Text(f"  {plain(one.text)}" + (f"  ({one.language})" if one.language else ""))

"""Rules, checks and channels as the page shows them."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, structs

from vigie.charter import Channel, Charter, Example, Hours, Rule
from vigie.checks import Check, Options
from vigie.flows.rules_report import Line
from vigie.model import told
from vigie.wording import Wording
from vigie.wording.alerts import channel_label

SHOWN = 1
"""Examples of each kind that stand under a rule; the others are a click away."""
_EVERYWHERE = ("off", "trial", "severity", "allow")


class Shown(Struct, frozen=True):
    """An example, and in words what has to be true around it."""

    text: str
    language: str
    around: str


class RuleCard(Struct, frozen=True):
    """A rule in the visitor's words. ``limits`` says where it holds; empty for everywhere."""

    rule: Rule
    line: Line
    why: str
    suggest: str
    limits: str
    bad: tuple[Shown, ...]
    good: tuple[Shown, ...]

    @property
    def pairs(self) -> int:
        """Examples that stand under it."""
        return SHOWN

    @property
    def more(self) -> int:
        """Examples beyond those."""
        return max(0, len(self.bad) - SHOWN) + max(0, len(self.good) - SHOWN)


class Setting(Struct, frozen=True):
    """An option of a check. ``own``: the charter says so."""

    name: str
    value: str
    own: bool


class CheckCard(Struct, frozen=True):
    """A built-in check. ``page`` is its definition among the documents."""

    id: str
    name: str
    why: str
    line: Line
    allow: tuple[str, ...]
    settings: tuple[Setting, ...]
    page: str


class ChannelCard(Struct, frozen=True):
    """A channel, with each thing that the charter says of it: (what, how much)."""

    channel: Channel
    name: str
    owner: str
    facts: tuple[tuple[str, str], ...]


def rule_card(rule: Rule, line: Line, charter: Charter, w: Wording) -> RuleCard:
    """A rule with what people answered to it."""
    return RuleCard(
        rule,
        line,
        told(rule.why, w.lang),
        told(rule.suggest, w.lang),
        _limits(rule, charter, w),
        _examples(rule.bad, charter, w),
        _examples(rule.good, charter, w),
    )


def check_card(check: Check, line: Line, charter: Charter | None, w: Wording) -> CheckCard:
    """A check as it is tuned."""
    usual = check.options()
    options: Options = (charter.checks.get(check.id) if charter else None) or usual
    return CheckCard(
        check.id,
        w(f"checks.{check.id}.name"),
        w(f"checks.{check.id}.why"),
        line,
        options.allow,
        tuple(
            Setting(field.name, _written(getattr(options, field.name), w), _differs(options, usual, field.name))
            for field in structs.fields(options)
            if field.name not in _EVERYWHERE
        ),
        f"docs/reference/checks/{check.id}.md",
    )


def channel_card(channel: Channel, charter: Charter, w: Wording) -> ChannelCard:
    """A channel with its promises."""
    owner = charter.person(channel.owner)
    statements = {one.id: one.statement for one in charter.objectives}
    cadence, capacity, said = channel.cadence, channel.capacity, []
    if channel.objectives:
        said.append(("objectives", " · ".join(statements.get(id, id) for id in channel.objectives)))
    if channel.languages:
        said.append(("languages", w.list([language(one, w) for one in channel.languages])))
    if capacity:
        said.append(("capacity", w(f"charterpage.effort.{capacity.per}", time=w.duration(capacity.time))))
    if cadence and cadence.at_least:
        said.append(("at_least", w.count(f"charterpage.rate.{cadence.at_least.per}", cadence.at_least.count)))
    if cadence and cadence.at_most:
        said.append(("at_most", w.count(f"charterpage.rate.{cadence.at_most.per}", cadence.at_most.count)))
    if channel.reply_within:
        said.append(("reply_within", w.duration(channel.reply_within)))
    if channel.selling_at_most is not None:
        said.append(("selling_at_most", w("charterpage.percent", n=channel.selling_at_most)))
    if channel.quiet:
        said.append(("quiet", w.list([_hours(one, w) for one in channel.quiet])))
    if channel.voice:
        said.append(("voice", w(f"charterpage.voice.{channel.voice}")))
    return ChannelCard(
        channel,
        channel_label(charter, channel.id),
        owner.name if owner else channel.owner,
        tuple((w(f"charterpage.channel.{what}"), how) for what, how in said),
    )


def language(tag: str, w: Wording) -> str:
    """What people call a language; its tag where nobody has said."""
    id = f"charterpage.language.{tag}"
    return w(id) if w.has(id) else tag


def _limits(rule: Rule, charter: Charter, w: Wording) -> str:
    where = [language(one, w) for one in rule.languages]
    where += [channel_label(charter, one) for one in rule.channels]
    where += [one.capitalize() for one in rule.networks]
    return w("charterpage.rule.only", where=w.list(where)) if where else ""


def _examples(examples: Sequence[Example], charter: Charter, w: Wording) -> tuple[Shown, ...]:
    """Those in the visitor's language first."""
    ordered = sorted(examples, key=lambda one: one.language not in (w.lang, ""))
    return tuple(
        Shown(one.text or w("charterpage.example.no_words"), one.language, _around(one, charter, w)) for one in ordered
    )


def _around(example: Example, charter: Charter, w: Wording) -> str:
    """What an example says besides its words."""
    said = []
    if example.answers:
        said.append(w("charterpage.example.answers", text=example.answers))
    if example.incidents:
        said.append(w("charterpage.example.incident"))
    if example.recent:
        said.append(w.count("charterpage.example.recent", len(example.recent)))
    if example.media:
        said.append(w.count("charterpage.example.media", len(example.media)))
    if example.channel:
        said.append(channel_label(charter, example.channel))
    if example.at:
        said.append(example.at.replace("T", " "))
    return " · ".join(said)


def _hours(hours: Hours, w: Wording) -> str:
    start, end = (w.gutter(minute * 60_000, "UTC") for minute in (hours.start, hours.end))
    return w("charterpage.hours", start=start, end=end)


def _differs(options: Options, usual: Options, name: str) -> bool:
    return bool(getattr(options, name) != getattr(usual, name))


def _written(value: Any, w: Wording) -> str:
    """A value as one writes it in the charter."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return w.number(value)
    if isinstance(value, str):
        return value or "–"
    if isinstance(value, Sequence):
        return ", ".join(map(str, value)) or "–"
    return "–" if value is None else str(value)

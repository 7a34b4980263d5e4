"""A draft as the composer shows it: its words with their marks, what is said of them, and how networks will show it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from string import ascii_uppercase
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from vigie.charter import Charter
from vigie.checks.length import length, limits
from vigie.flows.approving import placed
from vigie.flows.check_draft import Around, Checked, Remark, check
from vigie.model import SEVERITIES, Approval, Content, Decision, Finding, Severity, Span, Suppression, told
from vigie.text.threads import parted
from vigie.web.house import House
from vigie.web.pages.composer.proofs import Proof, proofs
from vigie.web.said import printable
from vigie.web.units import Units
from vigie.web.view import timezone
from vigie.web.visitor import Visitor
from vigie.wording import Wording
from vigie.wording.alerts import channel_label

Line: TypeAlias = Literal["ask"] | Severity
"""What a line under words is: somebody asks for a change there, or a finding of that severity."""
_GRAVEST: tuple[Line, ...] = ("ask", *SEVERITIES)
_LONGEST_CUT = 120
"""Characters of the words found that are repeated beside a suggestion."""


class Mark(Struct, frozen=True):
    """Words under which there is a line; ``last`` carries the number of its reason."""

    start: int
    end: int
    severity: Line
    number: int | str
    fingerprint: str
    last: bool


class Count(Struct, frozen=True):
    """How much room a network leaves in the longest of so many posts: negative when there is none left."""

    label: str
    network: str
    left: int
    posts: int


class Sheet(Struct, frozen=True):
    """A text that is written: that of all channels (no key), or one channel's own."""

    key: str
    label: str
    text: str
    marks: tuple[Mark, ...]
    counts: tuple[Count, ...]

    @property
    def painted(self) -> list[list[object]]:
        """The marks as the browser paints them, in UTF-16 units."""
        units = Units(self.text)
        return [
            [units[m.start], units[m.end], m.severity, m.number if m.last else 0, m.fingerprint] for m in self.marks
        ]

    @property
    def pieces(self) -> list[tuple[str, str, str]]:
        """(words, severity, numbers) in order, for a page without script; the gravest of several lines is drawn."""
        cuts = sorted({0, len(self.text), *(cut for m in self.marks for cut in (m.start, m.end))})
        found: list[tuple[str, str, str]] = []
        for start, end in pairwise(cuts):
            over = [m for m in self.marks if m.start <= start and end <= m.end]
            gravest = max((m.severity for m in over), key=_GRAVEST.index, default="")
            numbers = ",".join(str(m.number) for m in over if m.last and m.end == end)
            words = printable(self.text[start:end])
            if found and gravest and found[-1][1:] == (gravest, ""):  # one line goes on
                words = found.pop()[0] + words
            found.append((words, gravest, numbers))
        return found


class Reason(Struct, frozen=True):
    """One remark, in words.

    Attributes:
        number: of its marks; also in the order of the margin.
        name: of the check or of the house's rule.
        says: what is wrong and what to do.
        why: the reason behind the rule; empty where ``says`` is the reason.
        cut, put: the words found and what to put in their place; ``put`` is None when nobody can say.
        advice: what the house writes instead.
        on: names of the channels where it holds; empty when it holds everywhere.
        start, end: where ``put`` goes, in UTF-16 units.
    """

    number: int
    finding: Finding
    sheet: str
    name: str
    says: str
    why: str
    cut: str
    put: str | None
    advice: str
    on: str
    start: int = 0
    end: int = 0
    picture: int = -1

    @property
    def suppressed(self) -> Suppression | None:
        """Who lets it pass."""
        return self.finding.suppressed


class Ask(Struct, frozen=True):
    """A change that somebody asked for. ``letter`` stands under the words; ``span`` is None once they are changed.

    ``sheet`` is the channel whose own words are meant, ``label`` what people call it.
    """

    letter: str
    who: str
    words: str
    quote: str
    sheet: str
    label: str
    span: Span | None

    @property
    def mark(self) -> str:
        """Its name among the marks."""
        return f"ask-{self.letter}"


class Look(Struct, frozen=True):
    """Everything that a look at a draft gives."""

    checked: Checked
    asks: tuple[Ask, ...]
    sheets: tuple[Sheet, ...]
    reasons: tuple[Reason, ...]
    passed: tuple[Reason, ...]
    proofs: tuple[Proof, ...]

    @property
    def stopping(self) -> tuple[Reason, ...]:
        """Those that keep it from being ready."""
        return tuple(one for one in self.reasons if one.finding.stops)


def checked(
    house: House, content: Content, author: str, decisions: tuple[Decision, ...] = (), draft: int = 0
) -> Checked:
    """A draft held against the charter in force. ``draft`` is its number; 0 for one that is not saved."""
    judge = house.judge()
    around = Around(
        archive=house.archive,
        detect=judge.detect,
        now=house.clock(),
        author=author,
        decisions=decisions,
        links=house.links.known(house.clock()),
        publications=house.publications,
        incidents=house.incidents,
        draft=draft,
    )
    return check(content, judge.policy, around)


def look(
    house: House,
    content: Content,
    author: str,
    who: Visitor,
    w: Wording,
    decisions: tuple[Decision, ...] = (),
    asked: Sequence[Approval] = (),
    draft: int = 0,
) -> Look:
    """Reviews a draft and puts it into words, with the changes that people ``asked`` for. ``draft`` is its number."""
    found, charter = checked(house, content, author, decisions, draft), house.charter()
    begun = content.text.strip() or content.variants or content.media  # an empty sheet is not blamed for being empty
    shown = [one for one in found.remarks if begun and (not one.finding.trial or who.may("edit-company"))]
    reasons: list[Reason] = []
    passed: list[Reason] = []
    for one in shown:
        if one.finding.suppressed:
            passed.append(_reason(one, 0, content, charter, w))
        else:
            reasons.append(_reason(one, len(reasons) + 1, content, charter, w))
    keys = ["", *(id for id in content.channels if id in content.variants)]
    asks = tuple(_asks(asked, content, charter))
    return Look(
        found,
        asks,
        tuple(_sheet(key, content, (reasons, asks), charter) for key in keys),
        tuple(reasons),
        tuple(passed),
        proofs(found.drafts, charter, w, timezone(charter)),
    )


def _asks(asked: Sequence[Approval], content: Content, charter: Charter | None) -> Iterator[Ask]:
    remarks = [(one.who, remark) for one in asked for remark in one.remarks]
    for letter, (who, remark) in zip(ascii_uppercase, remarks, strict=False):
        person = charter.person(who) if charter else None
        of = channel_label(charter, remark.sheet) if remark.sheet else ""
        name = person.name if person else who
        yield Ask(letter, name, remark.words, remark.quote, remark.sheet, of, placed(remark, content))


def _sheet(key: str, content: Content, said: tuple[Sequence[Reason], Sequence[Ask]], charter: Charter | None) -> Sheet:
    text = content.variants.get(key, "") if key else content.text
    reasons, asks = said
    marks = [
        Mark(span.start, span.end, found.severity, one.number, found.fingerprint, span == found.spans[-1])
        for one, found in ((one, one.finding) for one in reasons if one.sheet == key)
        for span in found.spans
    ]
    marks += [
        Mark(one.span.start, one.span.end, "ask", one.letter, one.mark, last=True)
        for one in asks
        if one.span and one.sheet == key
    ]
    mine = (key,) if key else tuple(id for id in content.channels if id not in content.variants)
    return Sheet(key, channel_label(charter, key), text, tuple(marks), tuple(_counts(mine, text, charter)))


def _counts(channels: tuple[str, ...], text: str, charter: Charter | None) -> list[Count]:
    counts: dict[str, Count] = {}
    posts = parted(text)
    for id in channels:
        channel = charter.channel(id) if charter else None
        most = room(charter, channel.network) if channel else None
        if channel is None or most is None or channel.network in counts:
            continue
        used = max(length(post, channel.network) for post in posts)
        counts[channel.network] = Count(channel.network.capitalize(), channel.network, most - used, len(posts))
    return list(counts.values())


def room(charter: Charter | None, network: str) -> int | None:
    """Characters that a post has there; the charter may know that our own server takes longer ones."""
    tuned = charter.checks.get("network-limits") if charter else None
    own = getattr(tuned, "characters", None)
    known = limits(network)
    return None if known is None else own if own and known.link else known.characters


def fits(charter: Charter | None, content: Content, key: str) -> Callable[[str], bool]:
    """Whether a post of a sheet is short enough for every network that it goes to."""
    ids = (key,) if key else tuple(id for id in content.channels if id not in content.variants)
    channels = [channel for id in ids if charter and (channel := charter.channel(id))]
    rooms = [(one.network, most) for one in channels if (most := room(charter, one.network)) is not None]
    return lambda post: all(length(post, network) <= most for network, most in rooms)


def _reason(remark: Remark, number: int, content: Content, charter: Charter | None, w: Wording) -> Reason:
    finding, text = remark.finding, content.variants.get(remark.sheet, content.text)
    built_in = w.has(f"checks.{finding.rule}.name")
    start, end = (finding.spans[0].start, finding.spans[0].end) if finding.spans else (0, 0)
    units = Units(text[:end]) if finding.replacement is not None else None
    sharing = (
        [id for id in content.channels if id not in content.variants] if finding.part == "text" else content.channels
    )
    everywhere = remark.sheet or len(remark.channels) == len(sharing)
    values: Mapping[str, Any] = finding.values
    return Reason(
        number=number,
        finding=finding,
        sheet=remark.sheet,
        name=w(f"checks.{finding.rule}.name") if built_in else w("composer.rule", name=finding.rule),
        says=w(finding.code, **values) if finding.code else told(finding.why, w.lang),
        why=w(f"checks.{finding.rule}.why") if w.has(f"checks.{finding.rule}.why") else "",
        cut=printable(text[start:end][:_LONGEST_CUT]),
        put=finding.replacement,
        advice=told(finding.suggest, w.lang),
        on="" if everywhere else w.list([channel_label(charter, id) for id in remark.channels]),
        start=units[start] if units else 0,
        end=units[end] if units else 0,
        picture=int(finding.part[6:]) if finding.part.startswith("media:") else -1,
    )

"""A draft held against the charter on each of its channels, with what is true around it."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from vigie.charter import Charter
from vigie.flows.ports.archive import Archive
from vigie.flows.ports.incidents import Incidents
from vigie.flows.ports.publications import Publications
from vigie.flows.surroundings import Beside, elsewhere, own_posts, troubled
from vigie.judge.review import Policy, review
from vigie.model import Content, Decision, Draft, Facts, Finding, Millis, Suppression

RECENT = 20
"""An account's own last posts that a draft is held against."""


class Around(Struct, frozen=True, kw_only=True):
    """What is true when a draft is looked at.

    Attributes:
        detect: a text's language, one of the charter's; empty when unsure.
        author: id of the person who began the draft.
        decisions: about this draft, oldest first.
        links: what the draft's addresses answered, as far as they were tried.
        publications, incidents: what is planned, and what goes wrong; None where nobody asks.
        draft: its number, so that neither what is planned of it nor the incident whose statement it is stands against
            it; 0 for one that is not saved.
    """

    archive: Archive
    detect: Callable[[str], str]
    now: Millis
    author: str
    decisions: Sequence[Decision] = ()
    links: Mapping[str, int | None] = {}
    publications: Publications | None = None
    incidents: Incidents | None = None
    draft: int = 0


class Remark(Struct, frozen=True):
    """A finding, told once for all the channels where it was made.

    Attributes:
        sheet: the channel whose own words it is about; empty for the words that several share.
    """

    finding: Finding
    sheet: str
    channels: tuple[str, ...]


class Checked(Struct, frozen=True):
    """What would go out on each channel, and what is to be said of it: in the order of the words."""

    drafts: tuple[Draft, ...]
    remarks: tuple[Remark, ...]

    @property
    def stopping(self) -> tuple[Remark, ...]:
        """Those for which the draft may not go on."""
        return tuple(one for one in self.remarks if one.finding.stops)


def check(content: Content, by: Policy, around: Around) -> Checked:
    """Reviews what a draft says on each of its channels; on no network in particular while it has none."""
    drafts = tuple(_drafts(content, by.charter, around))
    suppressions = let_pass(around.decisions)
    asked = [(draft, _facts(draft, by.charter, around, suppressions)) for draft in drafts]
    told: dict[object, Remark] = {}
    for draft, findings in zip(drafts, review(asked, by), strict=True):
        own = draft.channel if draft.channel in content.variants else ""
        for finding in findings:
            sheet = own if finding.part == "text" else ""
            values = tuple(sorted(finding.values.items()))
            key = (sheet, finding.rule, finding.code, finding.part, finding.spans, finding.fingerprint, values)
            before = told.get(key)
            told[key] = Remark(finding, sheet, (*(before.channels if before else ()), draft.channel))
    order = ["", *content.channels]
    return Checked(drafts, tuple(sorted(told.values(), key=lambda one: (order.index(one.sheet), *_place(one.finding)))))


def let_pass(decisions: Sequence[Decision]) -> dict[str, Suppression]:
    """By a finding's fingerprint, who lets it pass: the last word counts."""
    found: dict[str, Suppression] = {}
    for one in decisions:
        if one.verdict in ("dismissed", "suppressed"):
            found[one.fingerprint] = Suppression(one.who, one.why, one.at, one.until)
    return found


def _drafts(content: Content, charter: Charter | None, around: Around) -> Iterator[Draft]:
    for id in content.channels or ("",):
        channel = charter.channel(id) if charter and id else None
        draft = content.on(id, channel.network if channel else "", around.author)
        yield draft if draft.language else structs.replace(draft, language=around.detect(draft.text))


def _facts(draft: Draft, charter: Charter | None, around: Around, suppressions: Mapping[str, Suppression]) -> Facts:
    channel = charter.channel(draft.channel) if charter else None
    archive, planned = around.archive, around.publications
    beside = Beside(around.now if draft.when is None else draft.when, RECENT, around.draft)
    return Facts(
        now=around.now,
        roles=charter.roles(draft.author) if charter else (),
        recent=own_posts(channel, archive, planned, beside) if channel else (),
        elsewhere=elsewhere(channel, charter, archive, planned, beside) if channel and charter else (),
        incidents=troubled(around.incidents, around.draft) if around.incidents else (),
        links=around.links,
        suppressions=suppressions,
    )


def _place(finding: Finding) -> tuple[int, int]:
    return (0, finding.spans[0].start) if finding.spans else (1, 0)

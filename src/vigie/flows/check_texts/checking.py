"""Drafts of files held against the charter, each beside those that are planned before it."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from vigie.charter import Charter
from vigie.flows.check_texts.baseline import Baseline
from vigie.flows.check_texts.document import Document, Writing
from vigie.judge.review import Policy, review
from vigie.model import SEVERITIES, Author, Draft, Facts, Finding, Millis, Post, Severity

BEFORE = 50
"""Drafts of the same channel, planned before one, that it is held against."""


class Told(Struct, frozen=True):
    """A finding, and whether it was there already when the baseline was written."""

    finding: Finding
    known: bool = False

    def stops(self, *, strict: bool = False) -> bool:
        """Whether the draft may not go on because of it; with ``strict``, because of a warning too."""
        one = self.finding
        counts = one.severity == "block" or (strict and one.severity == "warn")
        return counts and not (self.known or one.trial or one.suppressed)

    @property
    def silent(self) -> bool:
        """Whether somebody lets it pass, in the draft or by the baseline."""
        return self.known or self.finding.suppressed is not None


class Checked(Struct, frozen=True):
    """A draft and what is to be said of it, in the order of its words."""

    writing: Writing
    told: tuple[Told, ...]


class Report(Struct, frozen=True):
    """Everything that was looked at.

    Attributes:
        strict: whether warnings stop too.
    """

    documents: tuple[tuple[Document, tuple[Checked, ...]], ...]
    charter: Charter | None = None
    strict: bool = False

    def each(self) -> Iterator[tuple[Document, Writing, Told]]:
        """Every finding with the draft and the file that it is of."""
        for document, drafts in self.documents:
            for checked in drafts:
                for told in checked.told:
                    yield document, checked.writing, told

    @property
    def stopping(self) -> int:
        """How many findings stop a draft."""
        return sum(told.stops(strict=self.strict) for _, _, told in self.each())


def check(
    documents: Sequence[Document],
    by: Policy,
    now: Millis,
    *,
    known: Baseline | None = None,
    least: Severity = "note",
    trials: bool = False,
    strict: bool = False,
) -> Report:
    """What is to be said of each draft of each file.

    Args:
        documents: as they were read.
        by: the checks and rules.
        now: the instant of looking.
        known: findings of before, that are silent.
        least: milder findings are left out.
        trials: whether findings of rules that are being tried out are told.
        strict: whether warnings stop too.
    """
    writings = [writing for document in documents for writing in document.writings]
    before = _before(writings)
    asked = [(one.draft, _facts(one, by.charter, now, recent)) for one, recent in zip(writings, before, strict=True)]
    found = iter(review(asked, by))
    left = (known or Baseline()).left()
    rank = SEVERITIES.index(least)
    told = []
    for document in documents:
        drafts = []
        for writing in document.writings:
            kept = [one for one in next(found) if SEVERITIES.index(one.severity) >= rank and (trials or not one.trial)]
            drafts.append(Checked(writing, tuple(Told(one, left.take(document.name, one)) for one in kept)))
        told.append((document, tuple(drafts)))
    return Report(tuple(told), by.charter, strict)


def _facts(writing: Writing, charter: Charter | None, now: Millis, recent: tuple[Post, ...]) -> Facts:
    draft = writing.draft
    roles = charter.roles(draft.author) if charter and draft.author else ()
    return Facts(now=now, roles=roles, recent=recent, suppressions=writing.allowed)


def _before(writings: Sequence[Writing]) -> list[tuple[Post, ...]]:
    """For each draft those of its channel that are planned before it, the latest first."""
    planned = sorted((one.draft.when, n) for n, one in enumerate(writings) if one.draft.when is not None)
    last: dict[tuple[str, str], list[Post]] = {}
    found: list[tuple[Post, ...]] = [()] * len(writings)
    for when, number in planned:
        draft = writings[number].draft
        posts = last.setdefault((draft.channel, draft.network), [])
        found[number] = tuple(posts)
        posts.insert(0, _post(draft, when))
        del posts[BEFORE:]
    return found


def _post(draft: Draft, when: Millis) -> Post:
    reply_to = "above" if draft.answers else ""
    return Post(draft.network, "", Author(draft.author), draft.text, when, reply_to=reply_to)

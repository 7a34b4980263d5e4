"""A draft as the house keeps it: for several channels at once, with its versions and what people decided about it."""

from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.model.draft import Attachment, Draft
from vigie.model.finding import Severity
from vigie.model.post import Millis, Post

DraftState: TypeAlias = Literal[
    "draft", "in_review", "changes_requested", "rejected", "expired", "approved", "scheduled", "discarded"
]
"""``scheduled``: its publications are there, one for each channel, with states of their own. ``rejected`` is final."""


class Content(Struct, frozen=True, omit_defaults=True):
    """What its authors wrote.

    Attributes:
        text: for every channel that has no words of its own.
        channels: ids of the charter's channels that it is for.
        variants: by channel id, the text there where it differs.
        answers: the post answered.
    """

    text: str = ""
    channels: tuple[str, ...] = ()
    variants: dict[str, str] = {}
    language: str = ""
    objective: str = ""
    when: Millis | None = None
    media: tuple[Attachment, ...] = ()
    answers: Post | None = None
    ai: bool = False

    def on(self, channel: str, network: str, author: str) -> Draft:
        """What would go out on one of its channels."""
        return Draft(
            self.variants.get(channel, self.text),
            network,
            channel,
            self.language,
            author,
            self.objective,
            self.when,
            self.media,
            self.answers,
            self.ai,
        )


class SavedDraft(Struct, frozen=True):
    """A draft at one moment.

    Attributes:
        revision: grows by one with each saving, however small: whoever saves names the one they began from.
        version: grows when somebody else saves, or after a pause: what people compare.
        author: id of the person who began it; ``saved_by`` of the one who saved last.
    """

    id: int
    revision: int
    version: int
    content: Content
    author: str
    saved_by: str
    saved_at: Millis
    created_at: Millis
    state: DraftState = "draft"


class DraftVersion(Struct, frozen=True):
    """What a draft was at the end of one person's sitting."""

    version: int
    content: Content
    saved_by: str
    saved_at: Millis


Verdict: TypeAlias = Literal["accepted", "dismissed", "suppressed"]


class Decision(Struct, frozen=True):
    """What somebody did about a finding.

    Attributes:
        verdict: ``accepted``: mended as it says; ``dismissed``: it is wrong here, and does not come back in this draft;
            ``suppressed``: it is right and let pass nevertheless, until a day.
        fingerprint: of the finding (`vigie.model.Finding.fingerprint`).
        why: in the person's own words; empty when accepted.
        until: when letting pass ends; None for as long as the draft.
        charter: digest of the charter in force.
    """

    draft: int
    rule: str
    fingerprint: str
    verdict: Verdict
    who: str
    why: str
    at: Millis
    until: Millis | None = None
    charter: str = ""


class Raised(Struct, frozen=True):
    """A finding that a draft once had, counted once however often the draft was looked at."""

    draft: int
    rule: str
    fingerprint: str
    severity: Severity
    trial: bool
    at: Millis

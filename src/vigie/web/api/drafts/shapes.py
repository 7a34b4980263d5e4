"""A draft and what is said of it, as the API gives and takes them."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from vigie import model
from vigie.charter import Charter
from vigie.flows.check_draft import Checked
from vigie.model import Attachment, Content, DraftState, SavedDraft, told
from vigie.web.api.problems import invalid_body
from vigie.web.api.shapes import Span, spans_out
from vigie.web.api.times import Instant, instant, instant_or_none
from vigie.wording import Wording

LONGEST = 100_000
_CHANNELS = Meta(description="Ids of the charter's channels that it is for.", examples=[["bsky"]], max_length=50)
_VARIANTS = Meta(description="By channel id, the text there where it differs.", max_length=50)
Text = Annotated[str, Meta(max_length=LONGEST, examples=["Samedi, on ouvre la torréfaction."])]


class Picture(Struct, frozen=True, forbid_unknown_fields=True):
    """A picture that goes out with a draft. ``id`` is the SHA-256 of its bytes, which people bring on the page."""

    id: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    alt: Annotated[str, Meta(max_length=10_000, description="For people who cannot see it.")] = ""
    type: Annotated[str, Meta(max_length=40)] = ""
    size: int | None = None
    ai: bool = False
    retouched: bool = False


class DraftText(Struct, frozen=True, forbid_unknown_fields=True):
    """What a draft says, on which channels, and when. What is left out is empty."""

    text: Text = ""
    channels: Annotated[tuple[str, ...], _CHANNELS] = ()
    variants: Annotated[dict[str, Text], _VARIANTS] = {}
    language: Annotated[str, Meta(max_length=8, description="Found in the text when empty.")] = ""
    objective: Annotated[str, Meta(max_length=64)] = ""
    when: Instant | None = None
    pictures: Annotated[tuple[Picture, ...], Meta(max_length=20)] = ()
    ai: Annotated[bool, Meta(description="Its words were made by a generative model.")] = False


class Draft(Struct, frozen=True):
    """A draft as it is saved. Its ``ETag`` is its revision."""

    id: int
    revision: int
    version: int
    state: DraftState
    content: DraftText
    author: Annotated[str, Meta(description="Who began it.")]
    saved_by: str
    saved_at: Instant
    created_at: Instant


class DraftVersion(Struct, frozen=True):
    """What a draft said at the end of one person's sitting."""

    version: int
    content: DraftText
    saved_by: str
    saved_at: Instant


class LetPass(Struct, frozen=True):
    """Who lets a remark pass, why, and until when (null: as long as the draft)."""

    who: str
    why: str
    at: Instant
    until: Instant | None


class Remark(Struct, frozen=True):
    """What a check or a rule says of a draft."""

    rule: str
    severity: Literal["note", "warn", "block"]
    trial: Annotated[bool, Meta(description="The rule is being tried out: it stops nothing.")]
    stops: bool
    channels: Annotated[tuple[str, ...], Meta(description="Where it holds.")]
    variant: Annotated[str, Meta(description="The channel whose own text it is about; empty for the shared one.")]
    part: Annotated[str, Meta(description="text, media:0, when, objective, channel or draft.")]
    spans: tuple[Span, ...]
    says: Annotated[str, Meta(description="What is wrong and what to do, in the language asked for.")]
    instead: Annotated[str | None, Meta(description="What to put in place of the first span; null: nobody can say.")]
    advice: str
    fingerprint: Annotated[str, Meta(description="What a decision names.")]
    let_pass: LetPass | None


class Reviewed(Struct, frozen=True):
    """All that is said of a draft; ``stops``: it cannot be ready."""

    stops: bool
    items: tuple[Remark, ...]


def content_in(data: DraftText, charter: Charter | None, say: Wording) -> Content:
    """What somebody sent. Raises RefusedError for a channel that the charter does not have."""
    known = [channel.id for channel in charter.channels] if charter else []
    for id in (*data.channels, *data.variants):
        if id not in known:
            raise invalid_body(say, "choice", "#/channels", known=", ".join(known))
    media = tuple(
        Attachment(
            "gif" if one.type == "image/gif" else "image", one.id, one.alt, one.type, one.size, one.ai, one.retouched
        )
        for one in data.pictures
    )
    return Content(
        text=data.text.replace("\r\n", "\n"),
        channels=tuple(dict.fromkeys(data.channels)),
        variants={id: text for id, text in data.variants.items() if id in data.channels},
        language=data.language,
        objective=data.objective,
        when=int(data.when.timestamp() * 1000) if data.when else None,
        media=media,
        ai=data.ai,
    )


def content_out(content: Content) -> DraftText:
    """The same the other way."""
    pictures = tuple(Picture(one.id, one.alt, one.type, one.size, one.ai, one.retouched) for one in content.media)
    return DraftText(
        content.text,
        content.channels,
        content.variants,
        content.language,
        content.objective,
        instant_or_none(content.when),
        pictures,
        content.ai,
    )


def draft_out(saved: SavedDraft) -> Draft:
    """A draft for the answer."""
    return Draft(
        saved.id,
        saved.revision,
        saved.version,
        saved.state,
        content_out(saved.content),
        saved.author,
        saved.saved_by,
        instant(saved.saved_at),
        instant(saved.created_at),
    )


def version_out(one: model.DraftVersion) -> DraftVersion:
    """A version for the answer."""
    return DraftVersion(one.version, content_out(one.content), one.saved_by, instant(one.saved_at))


def reviewed_out(checked: Checked, say: Wording, *, tunes: bool) -> Reviewed:
    """Remarks for the answer; those of rules on trial only for who tunes rules."""
    items = []
    for one in checked.remarks:
        found, passed = one.finding, one.finding.suppressed
        if found.trial and not tunes:
            continue
        items.append(
            Remark(
                rule=found.rule,
                severity=found.severity,
                trial=found.trial,
                stops=found.stops,
                channels=tuple(id for id in one.channels if id),
                variant=one.sheet,
                part=found.part,
                spans=spans_out(found.spans),
                says=say(found.code, **found.values) if found.code else told(found.why, say.lang),
                instead=found.replacement,
                advice=told(found.suggest, say.lang),
                fingerprint=found.fingerprint,
                let_pass=LetPass(passed.who, passed.why, instant(passed.at), instant_or_none(passed.until))
                if passed
                else None,
            )
        )
    return Reviewed(bool(checked.stopping), tuple(items))

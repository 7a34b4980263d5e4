"""From what a file says of a draft to the draft: what it leaves open is taken from the call, the charter, the words."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from vigie.charter import Charter
from vigie.charter.values import meant
from vigie.flows.check_texts.allowances import Allowance, end_of
from vigie.flows.check_texts.document import Mistake, Trace, Writing
from vigie.flows.check_texts.front_matter import FrontMatter
from vigie.model import Attachment, Author, Draft, Millis, Post, Suppression


class Defaults(Struct, frozen=True, kw_only=True):
    """What holds where a file does not say.

    Attributes:
        charter: None where there is none.
        detect: a text's language; empty when unsure.
        now: the instant of looking.
    """

    detect: Callable[[str], str]
    now: Millis
    charter: Charter | None = None
    network: str = ""
    channel: str = ""
    language: str = ""

    @property
    def timezone(self) -> str:
        """The company's."""
        return self.charter.company.timezone if self.charter else "UTC"


class Found(Struct, frozen=True, kw_only=True):
    """A draft as its file has it.

    Attributes:
        at: where in the file it begins; ``name`` what it is called there.
        allowances: what is let pass beside what ``said`` lets pass.
    """

    text: str
    said: FrontMatter = FrontMatter()
    trace: Trace = Trace()
    at: int = 0
    name: str = ""
    allowances: Sequence[Allowance] = ()


def settled(found: Found, by: Defaults) -> Writing:
    """The draft with what is let pass in it."""
    said = found.said
    channel_id = said.channel or by.channel
    channel = by.charter.channel(channel_id) if by.charter and channel_id else None
    when = _millis(said.when, by.timezone) if said.when else None
    draft = Draft(
        found.text,
        network=said.network or (channel.network if channel else by.network),
        channel=channel_id,
        language=said.language or by.language or by.detect(found.text),
        author=said.author,
        objective=said.objective,
        when=when,
        media=tuple(
            Attachment(one.kind, alt=one.alt, type=one.type, size=one.bytes, ai=one.ai, retouched=one.retouched)
            for one in said.media
        ),
        answers=_answered(said.answers, by.now if when is None else when) if said.answers else None,
        ai=said.ai,
    )
    allowed = {
        one.rule: Suppression(said.author, one.why, by.now, end_of(one.until, by.timezone))
        for one in (*said.allowances(), *found.allowances)
    }
    return Writing(draft, found.trace, found.at, found.name, allowed)


def stranger(channel: str, by: Defaults, place: tuple[int, int]) -> Mistake | None:
    """What is wrong with naming a channel that the charter does not have."""
    if not channel or by.charter is None or by.charter.channel(channel):
        return None
    known = tuple(one.id for one in by.charter.channels)
    values: dict[str, str | int] = {"channel": channel, "known": ", ".join(known)}
    return Mistake(*place, "charter.error.unknown-channel", values, meant(channel, known))


def _millis(written: str, timezone: str) -> Millis:
    return int(datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(timezone)).timestamp() * 1000)


def _answered(words: str, at: Millis) -> Post:
    return Post("", "", Author(""), words, at)

"""What readers of each network will see: its account, the text cut where the network cuts it, links in its way."""

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from vigie.charter import Charter
from vigie.model import Attachment, Draft, Span
from vigie.text import signs
from vigie.text.threads import parted
from vigie.web.said import printable
from vigie.wording import Wording

_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_LONGEST = 3_000
"""Characters of a preview: no network takes more."""
_MOST = 100
"""Posts of a thread that are shown."""


class Proof(Struct, frozen=True):
    """One channel's preview: the posts that go out there, one or a thread."""

    channel: str
    network: str
    name: str
    account: str
    posts: tuple[Markup, ...]
    media: tuple[Attachment, ...]
    at: int | None
    says: str


def proofs(drafts: Sequence[Draft], charter: Charter | None, w: Wording, tz: str) -> tuple[Proof, ...]:
    """A preview of each channel that is chosen."""
    return tuple(_proofs(drafts, charter, w, tz)) if charter else ()


def _proofs(drafts: Sequence[Draft], charter: Charter, w: Wording, tz: str) -> Iterator[Proof]:
    for draft in drafts:
        channel = charter.channel(draft.channel)
        if channel:
            yield Proof(
                channel=channel.id,
                network=channel.network,
                name=charter.company.name,
                account=channel.account,
                posts=tuple(dressed(post[:_LONGEST], channel.network) for post in parted(draft.text)[:_MOST]),
                media=draft.media,
                at=draft.when,
                says=_says(draft, w, tz),
            )


def dressed(text: str, network: str) -> Markup:
    """A text with its links, tags and handles as the network sets them off.

    >>> str(dressed("Voir https://www.port.example/un/tres/long/chemin/de/page #Port", "bluesky"))
    'Voir <b>www.port.example/un/tres/lon...</b> <b>#Port</b>'
    """
    marks = sorted((*signs.links(text), *signs.hashtags(text), *signs.mentions(text)), key=lambda one: one.start)
    pieces: list[str] = []
    at = 0
    for span in marks:
        pieces += [escape(printable(text[at : span.start])), Markup("<b>%s</b>") % _shown(text, span, network)]
        at = span.end
    pieces.append(escape(printable(text[at:])))
    return Markup("").join(pieces)


def _shown(text: str, span: Span, network: str) -> str:
    """An address without its protocol, cut as the network's own site cuts it; a tag or handle as it is."""
    words = printable(text[span.start : span.end])
    if not _SCHEME.match(words):
        return words
    bare = _SCHEME.sub("", words)
    if network == "bluesky":  # its app: the host, and 13 characters of what follows where there are more than 15
        host, slash, path = bare.partition("/")
        return bare if len(path) < 15 else f"{host}{slash}{path[:12]}..."  # noqa: PLR2004 - as its app does
    bare = bare.removeprefix("www.")
    return bare if len(bare) <= 30 else f"{bare[:30]}…"  # noqa: PLR2004 - as Mastodon's TextFormatter does


def _says(draft: Draft, w: Wording, tz: str) -> str:
    """What a reader gets or does not get, in a line."""
    said = []
    if draft.when is not None:
        said.append(w("composer.proof.at", day=w.day(draft.when, tz), time=w.time(draft.when, tz)))
    if draft.media:
        bare = sum(not one.alt.strip() for one in draft.media)
        said.append(
            w.count("composer.proof.bare", bare) if bare else w.count("composer.proof.described", len(draft.media))
        )
    return " ".join(said)

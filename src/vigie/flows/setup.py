"""The first run: words a person types become a query, the public network is asked about it, the charter is written."""

import re
from collections.abc import AsyncIterator, Callable, Sequence

from msgspec import Struct

from vigie.charter import Charter, first_charter
from vigie.flows.ports.charter_file import CharterFile, CharterMovedError
from vigie.flows.ports.network import Source
from vigie.model import Act, Millis, Post, Span
from vigie.query import Query, evaluate, spans

_WRITTEN = re.compile(r'["(){}]|\b(?:AND|OR|NOT|NEAR/\d+)\b|\w:\S|\w\*')
_WITHOUT = re.compile(r"(?:^|\s)-\w")
_SEPARATORS = re.compile(r"[,;\n]+")


class Glimpse(Struct, frozen=True):
    """What one batch of the public network held: how many posts were read, and those that match."""

    read: int
    found: tuple[tuple[Post, tuple[Span, ...]], ...]


def listening_query(words: str, name: str = "") -> str:
    """Turns what a person typed into a query. A text that is one already is kept; nothing typed means the house's name.

    >>> listening_query("brûlerie du port, #MaMarque, brulerie")
    '"brûlerie du port" OR #MaMarque OR brulerie'
    >>> listening_query('"a b" AND café')
    '"a b" AND café'
    >>> print(listening_query("l'heure bleue, e-commerce"))
    "l'heure bleue" OR "e-commerce"
    >>> listening_query("", "Brûlerie du Port")
    '"Brûlerie du Port" OR #BrûlerieDuPort'
    """
    words = words.strip()
    if not words:
        return _for_name(name)
    if _WRITTEN.search(words) or (_WITHOUT.search(words) and not _SEPARATORS.search(words)):
        return words
    parts = [" ".join(part.split()) for part in _SEPARATORS.split(words)]
    return " OR ".join(dict.fromkeys(_term(part) for part in parts if part))


def _term(part: str) -> str:
    return f'"{part}"' if re.search(r"[^\w#@$.]", part.lstrip("#@$")) else part


def _for_name(name: str) -> str:
    words = re.findall(r"\w+", name)
    if not words:
        return ""
    if len(words) == 1:
        return f"{words[0]} OR #{words[0]}"
    tag = "".join(word[:1].upper() + word[1:] for word in words)
    return f'"{" ".join(words)}" OR #{tag}'


async def glimpse(source: Source, query: Query) -> AsyncIterator[Glimpse]:
    """Reads a public source from now on and says, batch after batch, what of it matches. The caller stops it.

    Raises:
        SourceDownError: the network cannot be reached now.
    """
    async for batch in source.read(""):
        found = tuple((post, spans(query, post)) for post in batch.posts if evaluate(query, post))
        yield Glimpse(len(batch.posts), found)


def found_house(
    file: CharterFile,
    *,
    name: str,
    listen_for: str,
    languages: Sequence[str],
    timezone: str,
    owner_id: str,
    owner_name: str,
    lang: str,
    parse_charter: Callable[[str], Charter],
    now: Millis,
) -> str:
    """Writes the first charter and returns its digest.

    Raises:
        CharterMovedError: there is a charter already.
        CharterError: an answer does not fit (a time zone that nobody knows, a query that cannot be read).
    """
    if file.read() != ("", ""):
        raise CharterMovedError
    text = first_charter(
        name=name,
        listen_for=listen_for,
        languages=tuple(languages),
        timezone=timezone,
        owner_id=owner_id,
        owner_name=owner_name,
        lang=lang,
    )
    parse_charter(text)
    return file.write(text, "", Act(at=now, who=owner_id, verb="charter.founded", what="charter:1"))

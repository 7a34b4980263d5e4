"""Saying again what was said: a near copy of one of our last posts, or of somebody else's."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from vigie.charter.conditions import local_time
from vigie.checks.check import Options as AnyOptions
from vigie.checks.excerpt import beginning
from vigie.checks.reading import Reading
from vigie.checks.tables import table
from vigie.model import Finding, Post
from vigie.text import tokenise
from vigie.text.signs import links

_DAY = 86_400_000
_LEAST = 3
"""Words of its own that a post needs for its copy to be a copy: people greet and thank in the same few."""
_LONG = 4
"""Letters from which a word counts as its own."""
_SHOWN = 80
"""Characters of the post that it repeats, as it is told."""
_CAP = 2_000
"""Characters of a post that are compared."""
_EDGE = re.compile(r"^(?:bonjour|bonsoir|salut|coucou|hello|hi|hey)\b[^.!?\n]{0,30}[.!?\n,]", re.IGNORECASE)


class Options(AnyOptions, frozen=True, kw_only=True):
    """What the charter may say of this check.

    Attributes:
        alike: share of words in common, 0 to 1, from which two posts are the same.
        days: after which the same may be said again.
    """

    alike: float = 0.7
    days: int = 30


def look(reading: Reading, options: Options) -> Iterator[Finding]:
    """At most one finding of our own posts, and one of others'. What answers somebody is the check `reply`'s matter."""
    facts = reading.facts
    if reading.is_reply or not (facts.recent or facts.elsewhere):
        return
    mine = _words(reading.text[:_CAP])
    if len(_own(mine)) < _LEAST:
        return
    at = facts.now if reading.draft.when is None else reading.draft.when
    since, until = at - options.days * _DAY, at + options.days * _DAY
    recent = (post for post in facts.recent if not post.reply_to)
    for code, posts in (("own", recent), ("other", facts.elsewhere)):
        copied = next(
            (one for one in posts if since <= one.created_at <= until and _same(mine, one, reading, options)), None
        )
        if copied:
            yield _found(code, copied, reading)


def _same(mine: frozenset[str], other: Post, reading: Reading, options: Options) -> bool:
    if other.network and reading.draft.network and other.network != reading.draft.network:
        return False  # the same words on another network reach other people
    theirs = _words(other.text[:_CAP])
    return len(mine & theirs) >= options.alike * len(mine | theirs)


def _found(code: str, copied: Post, reading: Reading) -> Finding:
    timezone = reading.charter.company.timezone if reading.charter else "UTC"
    day = local_time(copied.created_at, timezone).date().isoformat()
    values: dict[str, str | int] = {"day": day, "text": beginning(copied.text, _SHOWN)}
    if code == "other":
        values["account"] = f"@{copied.author.handle}"
    return Finding("repeat", "warn", f"checks.repeat.{code}", part="draft", values=values)


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    """The words that make a post what it is: no links, tags, handles, figures, days, nor a greeting before it."""
    text = _EDGE.sub("", text)
    bare = list(text)
    for link in links(text):
        bare[link.start : link.end] = " " * (link.end - link.start)
    tokens = tokenise("".join(bare))
    return frozenset(
        one.word for one in tokens if not one.sign and one.word[0].isalpha() and one.word not in _passing()
    )


@cache
def _passing() -> frozenset[str]:
    words: str = table("repeat")["passing"]
    return frozenset(words.split())


def _own(words: frozenset[str]) -> list[str]:
    return [word for word in words if len(word) >= _LONG]

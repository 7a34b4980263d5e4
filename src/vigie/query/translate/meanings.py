"""What fields become, for all four products: accounts, languages, places, numbers, and what nothing here is like."""

import re
from collections.abc import Mapping

from vigie.query.fields import read
from vigie.query.translate.dialect import Meaning, Reading
from vigie.query.translate.notes import Effect
from vigie.query.translate.places import continent, country

_PLAIN = re.compile(r"[\w@][\w.@:%/+~-]*")
_RANGE = re.compile(r"[\[{]\s*(\*|\d+)\s+TO\s+(\*|\d+)\s*[\]}]|(\*|\d+)\.\.(\*|\d+)", re.IGNORECASE)
_NUMBER = re.compile(r"(>=|<=|>|<|=)?\s*(\d{1,15})")
_WILD = re.compile(r"[*?]")
_SPACE = re.compile(r"\s")

SITES = {
    "twitter.com": "x",
    "x.com": "x",
    "facebook.com": "facebook",
    "instagram.com": "instagram",
    "youtube.com": "youtube",
    "reddit.com": "reddit",
    "tiktok.com": "tiktok",
    "linkedin.com": "linkedin",
    "threads.net": "threads",
    "tumblr.com": "tumblr",
    "bsky.app": "bluesky",
    "mastodon.social": "mastodon",
}
"""Sites that are a network each: there, where a post stands is the network it came by."""


def pair(name: str, value: str) -> str:
    """A field with its value, quoted where need be.

    >>> pair("url", "example.com/a b")
    'url:"example.com/a b"'
    """
    value = value.replace('"', " ").strip()
    return f"{name}:{value}" if _PLAIN.fullmatch(value) else f'{name}:"{value}"'


def left_out(code: str) -> Reading:
    """A field that nothing here is like, with the sentence that says why."""
    return lambda _sign, _value: Meaning(code=code)


NO_EQUIVALENT = left_out("translate.left_out.field")
DATES = left_out("translate.left_out.dates")
REACTIONS = left_out("translate.left_out.reactions")
PLACES = left_out("translate.left_out.place")
PROFILE = left_out("translate.left_out.profile")
JUDGED = left_out("translate.left_out.judged")
TOPICS = left_out("translate.left_out.topic")


def idle(_sign: str, _value: str) -> Meaning:
    """What holds for every post here."""
    return Meaning(idle=True, code="translate.left_out.idle")


def words(code: str) -> Reading:
    """A part of the post that is searched together with the rest: its title, its first lines."""
    return lambda _sign, _value: Meaning(as_words=True, effect="wider", code=code)


def plain_words(_sign: str, _value: str) -> Meaning:
    """The text itself."""
    return Meaning(as_words=True)


def account(name: str, effect: Effect = "same", code: str = "") -> Reading:
    """An account by its handle or lasting id. Display names and wildcards are not handles."""

    def meaning(_sign: str, value: str) -> Meaning:
        if _WILD.search(value) or _SPACE.search(value.strip()):
            return Meaning(code="translate.left_out.account")
        return Meaning((pair(name, value),), effect, code)

    return meaning


def sign(mark: str) -> Reading:
    """A tag, handle or ticker that is written in the text with its sign."""

    def meaning(_sign: str, value: str) -> Meaning:
        return Meaning((mark + value.strip().lstrip(mark),))

    return meaning


def mentioned(_sign: str, value: str) -> Meaning:
    """An account addressed, in the text or as the network lists it."""
    if _WILD.search(value) or _SPACE.search(value.strip()):
        return Meaning(code="translate.left_out.account")
    handle = value.strip().lstrip("@")
    return Meaning((f"@{handle}", pair("to", handle)))


def engaging(_sign: str, value: str) -> Meaning:
    """Replies, reposts and quotes of an account, of which the replies and mentions are known here."""
    found = mentioned(_sign, value)
    return Meaning(found.any_of, "narrower", "translate.became.engaging") if found.any_of else found


def language(_sign: str, value: str) -> Meaning:
    """A language by its code or name."""
    known = read("lang", value)
    return Meaning((pair("lang", known),)) if known and known not in {"und", "qme"} else NO_EQUIVALENT(_sign, value)


def author_country(_sign: str, value: str) -> Meaning:
    """The author's country."""
    known = country(value)
    return Meaning((f"country:{known}",)) if known else PLACES(_sign, value)


def post_country(_sign: str, value: str) -> Meaning:
    """Where the post was written from: here only the author's country is known."""
    known = country(value)
    return Meaning((f"country:{known}",), "different", "translate.became.country") if known else PLACES(_sign, value)


def author_continent(_sign: str, value: str) -> Meaning:
    """A continent, as its countries."""
    return Meaning(tuple(f"country:{code}" for code in continent(value))) or PLACES(_sign, value)


def published_on(_sign: str, value: str) -> Meaning:
    """The site a mention was found on: the network for the large ones, else links to that site."""
    bare = re.sub(r"^https?://", "", value.strip().lower()).removeprefix("www.").removeprefix("mobile.")
    site, _, path = bare.partition("/")
    if site in SITES and not path:
        return Meaning((f"network:{SITES[site]}",))
    if _WILD.search(bare) or not site:
        return NO_EQUIVALENT(_sign, value)
    clause = pair("url", bare) if path else pair("site", site)
    return Meaning((clause,), "different", "translate.became.site")


def linked(_sign: str, value: str) -> Meaning:
    """An address that the post links to."""
    bare = re.sub(r"^https?://(?:www\.)?", "", value.strip())
    return Meaning((pair("url", bare.replace("*", "")),)) if bare.strip("*/") else NO_EQUIVALENT(_sign, value)


def number(name: str, bare: str = "=") -> Reading:
    """A number of the author's; a ``bare`` one says at least (``>=``) or exactly."""

    def meaning(sign: str, value: str) -> Meaning:
        clause = _bounds(sign + value if sign != ":" else value, bare)
        return Meaning((f"{name}:{clause}",)) if clause else NO_EQUIVALENT(sign, value)

    return meaning


def _bounds(text: str, bare: str) -> str:
    if found := _RANGE.fullmatch(text.strip()):
        low, high = found[1] or found[3], found[2] or found[4]
        if low == "*":
            return "" if high == "*" else f"<={int(high)}"
        return f">={int(low)}" if high == "*" else f"{int(low)}..{int(high)}"
    if found := _NUMBER.fullmatch(text.strip()):
        sign = found[1] or bare
        return f"{int(found[2])}..{int(found[2])}" if sign == "=" else f"{sign}{int(found[2])}"
    return ""


def choice(known: Mapping[str, Meaning], otherwise: Reading = NO_EQUIVALENT) -> Reading:
    """A field with a closed list of values, in lower case."""

    def meaning(sign: str, value: str) -> Meaning:
        return known.get(value.strip().lower()) or otherwise(sign, value)

    return meaning


def yes_or_no(clause: str) -> Reading:
    """``true`` or ``false``."""
    return choice({"true": Meaning((clause,)), "false": Meaning((clause,), negated=True)})

"""Where links, hashtags, mentions and emoji stand in a text."""

import re

from vigie.model import Span

_LINK = re.compile(r"https?://[^\s<>\"'«»]*[^\s<>\"'«».,;:!?)\]]", re.IGNORECASE)
# A lookbehind stands after the first character, where the engine can skip to that one.
_HASHTAG = re.compile(r"[#＃](?<![\w/&#＃].)(?=\w*[^\W\d_])\w+")
_MENTION = re.compile(r"@(?<![\w/@.+-]@)\w(?:[\w.-]*\w)?(?:@\w[\w-]*(?:\.[\w-]*\w)+)?")

_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001f0ff\U0001f10d-\U0001f171\U0001f17e-\U0001f1e5"
    "\U0001f201-\U0001f2ff\U0001f300-\U0001f3fa\U0001f400-\U0001faff]"
)
_TONED = f"{_PICTURE}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?(?:[\U000e0020-\U000e007f]+)?"
# A picture is an emoji by itself from U+231A on; older signs (© ™ ↔) only when the variation selector says so.
_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3|"
    f"(?:[\u231a-\u23ff\u2600-\u27bf\u2b05-\u2b55\U0001f000-\U0001faff]|{_PICTURE}(?=\ufe0f))"
    f"(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?(?:[\U000e0020-\U000e007f]+)?(?:\u200d{_TONED})*"
)


_MAY_BE_EMOJI = re.compile("[\u20e3\u231a-\U0001faff\ufe0f]")
"""Each emoji has one of them."""


def links(text: str) -> tuple[Span, ...]:
    """Web addresses, without the punctuation after them.

    >>> text = "Voir (https://port.example/a?b=c)."
    >>> [text[one.start : one.end] for one in links(text)]
    ['https://port.example/a?b=c']
    """
    if "://" not in text:
        return ()
    return tuple(Span(*found.span()) for found in _LINK.finditer(text))


def hashtags(text: str) -> tuple[Span, ...]:
    """Tags with their sign; a number alone (``#1``) is none, nor is a part of an address."""
    return _outside_links(_HASHTAG, text) if "#" in text or "＃" in text else ()


def mentions(text: str) -> tuple[Span, ...]:
    """Handles with their sign: ``@name``, ``@name.example``, ``@name@server.example``; no e-mail address.

    >>> text = "Merci @ines, @yanis@port.example ! À @ 18 h, contact@port.example"
    >>> [text[one.start : one.end] for one in mentions(text)]
    ['@ines', '@yanis@port.example']
    """
    return _outside_links(_MENTION, text) if "@" in text else ()


def emoji(text: str) -> tuple[Span, ...]:
    """Each emoji as a reader counts them: tones, flags, keycaps and joined pictures are one.

    >>> len(emoji("👩🏽\u200d🍳🇫🇷3\ufe0f\u20e3☕"))
    4
    """
    if text.isascii() or not _MAY_BE_EMOJI.search(text):
        return ()
    return tuple(Span(*found.span()) for found in _EMOJI.finditer(text))


def _outside_links(pattern: re.Pattern[str], text: str) -> tuple[Span, ...]:
    found = tuple(Span(*one.span()) for one in pattern.finditer(text))
    if not found or "://" not in text:
        return found
    addresses = links(text)
    return tuple(one for one in found if not any(link.start <= one.start < link.end for link in addresses))

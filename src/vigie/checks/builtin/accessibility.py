"""Accessibility: pictures without words, and words that a screen reader cannot say or says for too long."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from vigie.checks.check import Options as AnyOptions
from vigie.checks.hashtags import certain, is_long, known, split
from vigie.checks.reading import MOST_PLACES, Reading
from vigie.model import Attachment, Finding, Severity, Span
from vigie.text import fold
from vigie.text.clear import clear

_ID = "accessibility"

_FILE_NAME = re.compile(r"^\S+\.(?:jpe?g|png|gif|webp|heic|heif|avif|tiff?|bmp|svg|mp4|mov|webm|m4v)$", re.IGNORECASE)
_CAMERA = re.compile(
    r"^(?:img|dsc|dscn|dscf|pxl|mvimg|vid|screenshot|screen shot|capture|whatsapp image|photo|image)"
    r"[ _-]*[\d(][\w ()-]*$",
    re.IGNORECASE,
)
_SAYS_NOTHING = frozenset(
    """
    image, images, photo, photos, picture, pictures, pic, illustration, visuel, visuels, graphic, logo, img, gif, video,
    une image, une photo, un visuel, une illustration, une video,
    an image, a photo, a picture, a video, image of, photo of,
    photo de, image de, alt, alt text,
    texte alternatif, description, description de l'image, image description, sans titre,
    untitled, decoratif, decorative, affiche, poster, flyer, banniere, banner, capture, capture d'ecran, screenshot,
    infographie, infographic, todo, a completer, a faire, tbc, tbd, test, n/a, na, none, aucun, null, media, attachment,
    piece jointe
    """.replace("\n    ", " ")
    .strip()
    .split(", ")
)
_SHORTEST_ALT = 8

_COSTUME = (
    "\u1d00-\u1d22\u1d2c-\u1d6a\u24b6-\u24e9\uff21-\uff3a\uff41-\uff5a"
    "\U0001d400-\U0001d7ff\U0001f110-\U0001f169\U0001f170-\U0001f189"
)
"""Mathematical, circled, wide and squared letters, small capitals."""
_RARE = (
    "\u0250\u0254\u01dd\u025f\u0183\u0265\u1d09\u027e\u029e\u026f\u0279\u0287\u028c\u028d\u028e\u0262\u026a\u0274\u0280"
    "\u029c\u029f\u028f\u0299\ua730\ua731\u01eb\u02b0-\u02b8\u02e1-\u02e3\u2070-\u2071\u207f"
)
"""Phonetic and raised letters, which are taken for turned, small or high ones."""
_LIKE_LETTERS = "\u2102\u210a-\u2115\u2119-\u211d\u2124\u2128\u212c-\u2134"
_FANCY = re.compile(f"[{_COSTUME}{_RARE}{_LIKE_LETTERS}]")
_RUN = re.compile(f"{_FANCY.pattern}+(?:[\\s'’.,!?&:-]{{1,4}}{_FANCY.pattern}+)*")
_STRUCK = re.compile(r"(?:\w[\u0334-\u0338\u0332\u0333\u0305\u20d0-\u20e5]+[ ]?){3,}|(?:\w[\u0300-\u036f]{3,}){2,}")
_COMBINING = re.compile("[\u0305\u0332-\u0338\u20d0-\u20e5]|[\u0300-\u036f]{3}")
_MARKS = re.compile("[\u0300-\u036f\u20d0-\u20e5]")
_SMALL = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))
_SMALL_CAPS = str.maketrans(_SMALL)

_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{2,}\b[^A-Za-zÀ-ÿ.!?…\n,;:]+\b[A-ZÀ-ÖØ-Þ]+\b")
_SHOUTED = re.compile(r"(?:\b[A-ZÀ-ÖØ-ÞŒ]+\b(?:[ '’,:\d&-]+(?=[A-ZÀ-ÖØ-ÞŒ]+\b))?)+")
_WORDS = re.compile(r"[A-ZÀ-ÖØ-ÞŒ]+")
_FEWEST_SHOUTED = 3

_FACES = re.compile(
    r"¯\\?_|_/¯|\(ツ\)|[┻┬╯╰ʕʔಠ︵༼༽ʖ]|\(\s?[ ͡•°º◕✿>^T;-][^\w\n()]{0,4}[_.oωw‿◡͜3-][^\w\n()]{0,4}[ ͡•°º◕✿<^T;-]\s?\)"
    r"|[▀-▟]{3,}|[─-╿]{3,}"
    r"|[~*•·★☆°]{6,12}|(?:[~*•·.★☆°:=_+-]{2,12}\s){2,6}[~*•·★☆°]|[\\/|_<>=~^*#+-]{8,}"
)
_ART_HINT = re.compile(r"(?<!:)[\\/|_<>=~^*#+•·★☆°¯┻╯ʕಠツ▀-▟─-╿͡-]{2}|[ツʕಠ]|\(\s?[>^T•°o-][_.oω]")
_INK = frozenset("\\/|_()[]{}<>=~^*-+#'`\".:;,@oO0")

_STANDS_FOR = frozenset(
    word
    for line in (
        "the a an your my our his her their this that these some of",
        "to with in at by for and on more no any i we you they",
        "free new big good",
        "le la les l un une des du de d mon ma mes ton ta",
        "tes son sa ses notre nos votre vos leur leurs ce cet cette ces au",
        "aux en avec et dans sur par pour sans plus je on nous vous petit petite grand grande bon bonne",
    )
    for word in line.split()
)
"""Words after which a reader waits for another one."""
_LIST_MARKS = frozenset("👉✅✔☑➡▶🔹🔸🔷🔶⭐🌟📌📍🔴🟢🔵⚫")


class Options(AnyOptions, frozen=True, kw_only=True):
    """What the charter may say of this check.

    Attributes:
        most_emoji: emoji of one post.
        most_alike: times the same emoji.
    """

    most_emoji: int = 3
    most_alike: int = 2


def look(reading: Reading, options: Options) -> Iterator[Finding]:
    """Pictures first, then the words."""
    for number, media in enumerate(reading.draft.media):
        yield from _described(media, f"media:{number}", reading)
    yield from _hashtags(reading)
    if not reading.draft.text.isascii():
        yield from _costumes(reading)
        if reading.emoji:
            yield from _emoji(reading, options)
    if _CAPITALS.search(reading.text):
        yield from _capitals(reading)
    if _ART_HINT.search(reading.draft.text):
        yield from _drawn(reading)


def _found(
    code: str,
    spans: Sequence[Span] = (),
    part: str = "text",
    replacement: str | None = None,
    *,
    safe: bool = True,
    **values: str | int,
) -> Finding:
    severity: Severity = "note" if code in ("emoji_many", "emoji_same", "hashtag_long") else "warn"
    return Finding(
        _ID,
        severity,
        f"checks.{_ID}.{code}",
        tuple(spans),
        part=part,
        values=values,
        replacement=replacement,
        safe=safe and replacement is not None,
    )


def _described(media: Attachment, part: str, reading: Reading) -> Iterator[Finding]:
    alt = media.alt.strip()
    plain = " ".join(fold(alt).strip(" .!?:…\"'«»()[]").split())
    if not alt:
        yield _found("no_alt", part=part)
    elif _FILE_NAME.match(alt) or _CAMERA.match(alt):
        yield _found("alt_file", part=part, alt=alt[:80])
    elif plain in _SAYS_NOTHING:
        yield _found("alt_empty", part=part, alt=alt[:80])
    elif len(alt) < _SHORTEST_ALT or not any(char.isalpha() for char in alt):
        yield _found("alt_short", part=part, alt=alt)
    elif _repeats(plain, reading.text):
        yield _found("alt_repeats", part=part)


def _repeats(alt: str, text: str) -> bool:
    whole = " ".join(fold(text).strip(" .!?:…").split())
    return alt == whole or (len(alt) > 40 and (alt in whole or (whole in alt and len(whole) * 5 > len(alt) * 4)))  # noqa: PLR2004 - a sentence


def _hashtags(reading: Reading) -> Iterator[Finding]:
    for span in reading.hashtags[:MOST_PLACES]:
        tag = reading.words(span)[1:]
        if not (tag[1:].islower() or tag.isupper()) or "_" in tag:
            continue
        pieces = split(tag.lower(), reading.language)
        if pieces:
            camel = "".join(piece[:1].upper() + piece[1:] for piece in pieces)
            yield _found("hashtag", [span], replacement=f"#{camel}", safe=certain(pieces), tag=tag, better=camel)
        elif is_long(tag):
            yield _found("hashtag_long", [span], tag=tag)


def _costumes(reading: Reading) -> Iterator[Finding]:
    text = reading.draft.text[: len(reading.text)]
    if _FANCY.search(text):
        for found in islice(_RUN.finditer(text), MOST_PLACES):
            letters = [char for char in found[0] if _FANCY.match(char)]
            if len(letters) > (
                3 if all(char < "\u24b6" for char in letters) else 1
            ):  # a "1ᵉʳ" is a sign, not a costume
                plain = clear(found[0]).translate(_SMALL_CAPS)
                sayable = not _FANCY.search(plain)
                span = Span(*found.span())
                yield _found("letters", [span], replacement=plain if sayable else None)
    if _COMBINING.search(text):
        for found in islice(_STRUCK.finditer(text), MOST_PLACES):
            yield _found("letters", [Span(*found.span())], replacement=_MARKS.sub("", found[0]))


def _capitals(reading: Reading) -> Iterator[Finding]:
    for found in islice(_SHOUTED.finditer(reading.text), MOST_PLACES):
        words = [word for word in _WORDS.findall(found[0]) if len(word) > 1]
        if len(words) < 2:  # noqa: PLR2004 - one word is an acronym, or stress
            continue
        everyday = [word for word in words if known(word, reading.language)]
        span = Span(found.start(), found.start() + len(found[0].rstrip(" '’,:&-")))
        many = len(words) >= _FEWEST_SHOUTED and len(everyday) * 2 >= len(words)
        whole = len(words) == len(everyday) and reading.sentence(span).end - span.end <= 2  # noqa: PLR2004 - a stop
        alone = whole and reading.sentence(span).start == span.start
        short = reading.quoted(span) and len(words) < 2 * _FEWEST_SHOUTED
        if (many or alone) and not short and sum(map(len, words)) >= 4 * _FEWEST_SHOUTED:
            yield _found("capitals", [span])


def _emoji(reading: Reading, options: Options) -> Iterator[Finding]:
    text = reading.draft.text[: len(reading.text)]
    emoji = reading.emoji[:MOST_PLACES]
    if inside := [one for one in emoji if _letter(text, one.start - 1) and _letter(text, one.end)]:
        yield _found("emoji_inside", inside)
    if bullets := _bullets(text, emoji):
        yield _found("emoji_bullets", bullets)
    else:
        if instead := [one for one in emoji if one not in inside and _stands_for_a_word(text, one)]:
            yield _found("emoji_instead", instead)
        kinds = Counter(text[one.start : one.end] for one in reading.emoji)
        same, times = kinds.most_common(1)[0]
        if times > options.most_alike:
            alike = [one for one in emoji if text[one.start : one.end] == same]
            yield _found("emoji_same", alike, emoji=same, number=times)
        elif len(emoji) > options.most_emoji:
            yield _found("emoji_many", emoji, number=len(reading.emoji), most=options.most_emoji)


def _letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalpha()


def _bullets(text: str, emoji: Sequence[Span]) -> list[Span]:
    """Those that begin a line, where two do; or the same one before several stretches of a line."""
    opening = [
        one for one in emoji if not text[text.rfind("\n", 0, one.start) + 1 : one.start].strip() and _says(text, one)
    ]
    lines = {text.rfind("\n", 0, one.start) for one in opening}
    if len(lines) > 1:
        return opening
    between = [
        (one, two)
        for one, two in pairwise(emoji)
        if text[one.start : one.end] == text[two.start : two.end] and len(text[one.end : two.start].strip()) > 2  # noqa: PLR2004 - a word
    ]
    marks = {text[one.start : one.end].rstrip("\ufe0f") for one in emoji}
    if (len(between) > 1 or (between and marks & _LIST_MARKS)) and _says(text, between[-1][1]):
        return [one for pair in between for one in pair[:1]] + [between[-1][1]]
    keycaps = [one for one in emoji if text[one.end - 1] == "\u20e3" and _says(text, one)]
    return keycaps if len(keycaps) > 1 else []


def _says(text: str, one: Span) -> bool:
    end = text.find("\n", one.end)
    return any(char.isalnum() for char in text[one.end : end if end >= 0 else len(text)])


_BEFORE = re.compile(r"([^\W\d_]+)[’']?\s?$")


def _stands_for_a_word(text: str, one: Span) -> bool:
    before = _BEFORE.search(text, max(0, one.start - 20), one.start)
    return before is not None and fold(before[1]) in _STANDS_FOR


def _drawn(reading: Reading) -> Iterator[Finding]:
    text = reading.draft.text[: len(reading.text)]
    lines: list[Span] = []
    at = 0
    for line in text.split("\n"):
        ink = sum(char in _INK for char in line)
        solid = sum(not char.isspace() for char in line)
        letters = sum(char.isalpha() for char in line)
        if (
            ink > 1
            and solid
            and ink * 10 >= solid * 6
            and letters * 3 <= solid
            and not line.lstrip().startswith(("- ", "* ", "http"))
        ):
            lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    if len(lines) > 1:
        yield _found("drawing", lines)
        return
    drawn = (Span(*found.span()) for found in islice(_FACES.finditer(text), MOST_PLACES))
    faces = [one for one in drawn if not _in_link(reading, one.start)]
    if faces:
        yield _found("drawing", faces)


def _in_link(reading: Reading, at: int) -> bool:
    return any(one.start <= at < one.end for one in reading.links)

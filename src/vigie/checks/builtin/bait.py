"""Begging for engagement: reactions asked for as such, votes by emoji, facts held back, chain letters."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from vigie.checks.check import Options
from vigie.checks.reading import Reading
from vigie.model import Finding, Span

# An emoji that stands for an answer: "❤️ pour le tram", "🔥 = rye", "vélo : 👍". Two of them make a ballot.
_STANDS_FOR = re.compile(r"\s?(?:pour|for|if|si|ou|or|=|→)\s?\S", re.IGNORECASE)
_STOOD_FOR = re.compile(
    r"(?:\w\s?[:=→]|\b(?:ou|or|mets|mettez|tape|tapez|r[ée]agissez|with|hit|use|avec))\s?(?:un |une |a )?\Z",
    re.IGNORECASE,
)
_BALLOT = 2
# A word in capitals to be sent: 'DM us "BANK"', "écrivez « GUIDE » en MP".
_CAPITALS = re.compile(r"[«\"“'‘]\s?[A-ZÉÈÀ]{2,14}\s?[»\"”'’]")
_SENDS = re.compile(
    r"\b(?:comment\w*|[ée]cri\w*|envo\w+|tape[zr]?|dm|mp|type|reply|text|message|r[ée]pond\w*)\b[^.!?\n]{0,20}\Z",
    re.IGNORECASE,
)
_SENDS_BEFORE = 40
# One emoji asked for: "lâche un 🔥 si", "drop a ❤️ if".
_ASKED = re.compile(
    r"\b(?:laisse[sz]?|mets|mettez|l[âa]che[sz]?|envoie|envoyez|postez?|post|put|give|drop|leave|tap|smash|hit|send)\s+"
    r"(?:nous |moi |us )?(?:un |une |des |a |an |some |your )?(?:max de |maximum de )?\Z",
    re.IGNORECASE,
)
# The verb alone: "Croissant person? Like. Turnover person? Comment."
_ORDER = re.compile(
    r"(?:\A|[.!?…,]\s+|\n)(?:like|share|comment|repost|retweet|follow|rt|commente[zr]?|partage[zr]?|aime[zr]?|abonne-toi)"
    r"(?=\s*(?:[.!,]|\Z))",
    re.IGNORECASE,
)
_BEFORE, _EMOJI_CAP = 24, 50
"""Characters before an emoji, and emoji of a post, that are looked at."""

# The options of a poll, and words of praise for oneself; a poll of nothing else asks nothing.
_OPTION = re.compile(r"(?<!\w)(?:\(?[a-d1-4]\s?[).]|[a-d]\s?:|[1-4]\ufe0f?\u20e3)\s?", re.IGNORECASE)
_SECOND = re.compile(r"[bB2](?:[).]|\s?:|\ufe0f?\u20e3)")
"""A poll has a second option: what is looked for first, as most posts are none."""
_OPTION_CAP = 60
"""Characters of an option that are read."""
_PRAISE = re.compile(
    r"g[ée]nial|super|formidable|indispensable|incroyable|magnifique|parfait|excellent|extraordinaire|adore|top\b|"
    r"meilleur|fantastique|exceptionnel|sublime|irr[ée]sistible|d[ée]licieu|trop bon|oui\b|nous\b|[ée]videmment|"
    r"forc[ée]ment|bien s[ûu]r|les deux|brilliant|amazing|awesome|great|life[- ]changing|incredible|perfect|fantastic|"
    r"wonderful|love|best|stunning|gorgeous|delicious|yes\b|us\b|definitely|obviously|of course|who else|"
    r"all of the above",
    re.IGNORECASE,
)
_FEWEST_OPTIONS, _MOST_OPTIONS = 2, 6
_WORD = re.compile(r"[^\W\d_]{4,}")
_LOUDER = re.compile(r"\b(?:tr[eè]s|super|vraiment|trop|hyper|so|very|really|extremely|ultra)\b", re.IGNORECASE)
# The same answer twice: "our cakes, or REALLY our cakes?"
_SAME_TWICE = re.compile(r"\b([^\W_]{2,} [^\W_]{3,}),? (?:or|ou)(?: [^\W_]+){0,5} \1\b", re.IGNORECASE)
# Somebody to be named, without a name: "@ your gym buddy".
_AT_SOMEBODY = re.compile(
    r"(?<![^\s(])@\s?(?:(?:your|ton|ta|tes|votre|vos|un|une)\s[^\W\d_]+|(?:someone|somebody|anyone|celui|celle)\b"
    r"|(?:le|la|les|him|her|them)\b(?=\s*(?:[!?.…]|\Z|en comm|dans les|in the comm|below)))",
    re.IGNORECASE,
)
# A reaction and what it is said to be worth: "1 like = 1 smile".
_EXCHANGE = re.compile(
    r"\b(?:1|un|une|one|every|chaque) ?(?:like|share|partage|rt|retweet|repost|follow|commentaire|comment|c(?:oe|œ)ur|"
    r"heart)\s?=",
    re.IGNORECASE,
)
# Reactions given as answers: "like for Leeds, comment for Hull", "cœur = on reste, flamme = on sort".
_REACTION_FOR = re.compile(
    r"\b(like|heart|fire|share|comment|rt|repost|retweet|thumbs? up|c(?:oe|œ)ur|pouce|flamme|partage|commente)"
    r"\s?(?:=|:|→|for|if|pour|si)\s?\w",
    re.IGNORECASE,
)
# A story that stops where it starts: "and then…", "(à suivre)".
_STOPS = re.compile(
    r"(?:\b(?:and then|until|but then|et l[àa]|et puis|jusqu'à ce que|quand soudain|mais soudain|when suddenly))"
    r"\s?(?:…|\.\.\.?)|\(à suivre\)|\(to be continued\)",
    re.IGNORECASE,
)


def look(reading: Reading, _options: Options) -> Iterator[Finding]:
    """One finding a pattern found, unless the post warns of bait or quotes it; then ballots and false polls."""
    hits = reading.hits("bait")
    named = {hit.pattern.code for hit in hits}
    if "warning" in named:
        return
    for hit in hits:
        if not hit.pattern.speaks:
            continue
        if hit.pattern.code == "contest" and reading.links:
            continue  # its rules are there to read
        spans = tuple(span for span in hit.spans if not reading.quoted(span))
        if spans:
            yield Finding("bait", "warn", f"checks.bait.{hit.pattern.code}", spans, pattern=hit.pattern.id)
    yield from _in_form(reading, alone=named == {"verb"}, names="verb" in named)


def _in_form(reading: Reading, *, alone: bool, names: bool) -> Iterator[Finding]:
    """What its form gives away, whatever the words. ``names``: a reaction was found named; ``alone``: and nothing else,
    so that orders of one verb count too."""
    text = reading.text
    orders = tuple(Span(*found.span()) for found in islice(_ORDER.finditer(text), _EMOJI_CAP)) if alone else ()
    forms = (
        ("react", orders),
        ("tag", _first(_AT_SOMEBODY, text) if "@" in text else ()),
        ("react", _first(_EXCHANGE, text) if "=" in text else ()),
        ("clickbait", _first(_STOPS, text) if "…" in text or ".." in text or "(à" in text or "(to" in text else ()),
        ("comment", _word_to_send(text)),
        ("ballot", _ballot(reading) or (_named_ballot(text) if names else ())),
        ("false_poll", _false_poll(text)),
    )
    for code, spans in forms:
        if spans:
            yield Finding("bait", "warn", f"checks.bait.{code}", spans)


def _first(wanted: re.Pattern[str], text: str) -> tuple[Span, ...]:
    found = wanted.search(text)
    return (Span(*found.span()),) if found else ()


def _word_to_send(text: str) -> tuple[Span, ...]:
    """Where a word in capitals and quotation marks is asked for."""
    found = _CAPITALS.search(text) if any(mark in text for mark in "«\"“‘'") else None
    if found and _SENDS.search(text[max(found.start() - _SENDS_BEFORE, 0) : found.start()]):
        return (Span(*found.span()),)
    return ()


def _ballot(reading: Reading) -> tuple[Span, ...]:
    """Emoji given as answers to choose from, two at least, or one that is asked for."""
    if not reading.emoji:
        return ()
    text, emoji = reading.draft.text, reading.emoji[:_EMOJI_CAP]
    asked = tuple(one for one in emoji if _ASKED.search(_before(text, one)))
    if asked or len(emoji) < _BALLOT:
        return asked
    answers = tuple(one for one in emoji if _STANDS_FOR.match(text, one.end) or _STOOD_FOR.search(_before(text, one)))
    return answers if len({text[one.start : one.end] for one in answers}) >= _BALLOT else ()


def _named_ballot(text: str) -> tuple[Span, ...]:
    """Reactions given by their names as answers to choose from, two at least."""
    found = list(islice(_REACTION_FOR.finditer(text), _EMOJI_CAP))
    named = {one[1].lower() for one in found}
    return tuple(Span(*one.span()) for one in found) if len(named) >= _BALLOT else ()


def _before(text: str, one: Span) -> str:
    return text[max(one.start - _BEFORE, 0) : one.start]


def _false_poll(text: str) -> tuple[Span, ...]:
    """The options of a poll that leaves no choice; none when there is no such poll."""
    if "?" in text and (" or " in text or " ou " in text) and (same := _SAME_TWICE.search(text)):
        return (Span(*same.span()),)
    if not _SECOND.search(text):
        return ()
    options = list(islice(_OPTION.finditer(text), _MOST_OPTIONS + 1))
    if not _FEWEST_OPTIONS <= len(options) <= _MOST_OPTIONS:
        return ()
    ends = [*(option.start() for option in options[1:]), len(text)]
    pieces = [
        text[option.end() : min(end, option.end() + _OPTION_CAP)] for option, end in zip(options, ends, strict=True)
    ]
    if not (all(_PRAISE.search(piece) for piece in pieces) or _graded(pieces)):
        return ()
    return (Span(options[0].start(), min(ends[-1], options[-1].end() + len(pieces[-1]))),)


def _graded(pieces: Sequence[str]) -> bool:
    """Whether the answers are one answer, each louder than the one before: "comfy, super comfy, the comfiest"."""
    said = [{word.lower() for word in _WORD.findall(piece)} for piece in pieces]
    return any(said[at] & said[at - 1] and _LOUDER.search(pieces[at]) for at in range(1, len(pieces)))

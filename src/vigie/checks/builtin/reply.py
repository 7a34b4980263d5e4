"""Answers that make it worse: blame, threats, contempt, copies, slogans, or nothing that helps."""

import re
from collections.abc import Iterator

from vigie.checks.check import Options as AnyOptions
from vigie.checks.reading import Hit, Reading
from vigie.model import Finding
from vigie.query.function_words import FUNCTION_WORDS
from vigie.text import tokenise

_ALWAYS = {"threat": 0.9, "blame": 0.8, "belittle": 0.75}
"""What is wrong whatever else the answer holds, and how sure that is."""
_UNLESS_TELLS = {"slogan": 0.7, "written": 0.7}
_AWAY, _ADVERT, _MOCKED, _NO_HELP = 0.65, 0.6, 0.6, 0.5
"""How sure it is that these are wrong, where nothing in the answer helps."""
# A number tells a time, a place, a price; one that names a document or a file tells nothing.
_NUMBER = re.compile(r"(?<![\w#§])\d")
_DOCUMENT = re.compile(
    r"\b(?:articles?|art|section|clause|page|ticket|dossier|demande|case|ref|r[ée]f[ée]rence)\.?\s+"
    r"(?:n\s?°\s?|number |no\.? )?\d+|\b(?:since|depuis) 1[89]\d\d\b",
    re.IGNORECASE,
)
# A question to the reader, not one that answers itself: "Says who?", "Ah bon ?".
_ASKS_BACK = re.compile(
    r"\b(?:you|your|which|what|when|where|how|could|can|may|shall|vous|votre|vos|tu|ton|ta|quel\w*|quand|où|comment|combien)\b"
    r"[^.!?\n]*\?",
    re.IGNORECASE,
)
_YES_NO = frozenset(("oui", "non", "si", "yes", "no", "yep", "nope", "sure", "not", "pas", "ni"))
_PRAISES = """
    merci bravo felicitations thanks thank congratulations congrats cheers love loved lovely adore super genial
    great top excellent beautiful beau belle magnifique enjoyed brilliant fantastic regale delicieux
    saved sauve sauvee wonderful amazing awesome parfait parfaite ravie ravis
"""
_COMPLAINS = """
    pas jamais rien aucun aucune mais dommage honte nul nulle probleme panne retard annule annulee pourquoi but not
    never no nothing broken late cancelled problem wrong shame why
"""
_THANKED = frozenset(_PRAISES.split())
_COMPLAINED = frozenset(_COMPLAINS.split())
# What a fact is made of: what comes after a colon, a number in words, a place, a cause.
_DETAIL = re.compile(
    r"[:;]|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|trente|premier|première|gauche|droite|étage|"
    r"parce|"
    r"because|since|après|after|until|jusqu\w*|sauf|except|only on|deck|rue|street|road|place|"
    r"two|three|four|five|six|seven|eight|nine|ten|twenty|first|second|left|right|floor)\b",
    re.IGNORECASE,
)
# "Nous changeons le joint", "on la monte": somebody does something, but for verbs that do nothing.
_DOES = re.compile(
    r"\bnous (?!nous r[ée]serv)(?:l[ae]s? |l['’]|vous |y |en |nous ){0,3}"
    r"(?!pren|transmet|r[ée]serv|compren|regret|invit|remerci|excus|somm|av[oi]|rest|sav|rappel|dispos|fais|esp[ée]r)"
    r"\w{3,}ons\b|\bon (?:l[ae]s? |l['’]|vous l[ae]s? |s['’]en )\w{3,}",
    re.IGNORECASE,
)
# Faces of contempt; and those of laughter, which are friendly where nobody complains.
_SMIRK = re.compile("[🙄😏🤡🎻🥱🙃]")
_PAUSE = re.compile(r"[\w)],\s")
_LAUGH = re.compile(r"[🤣😂😜🤷]|\b(?:mdr|ptdr|lol|lmao)\b", re.IGNORECASE)
_OR_NOT = re.compile(r"(?:\.\.\.?|…)\s?(?:ou pas|or not)\b", re.IGNORECASE)
_APPLAUDS = frozenset(("bravo", "felicitations", "congratulations", "congrats", "wow", "waouh", "chapeau"))
_SHORT, _LONG = 11, 24
"""Words of an answer that may do nothing but send away, and of one that may be hollow, at most."""
_LEAST_COPIED = 6
"""Words of an answer from which saying it again is copying: people thank each other in the same few."""


class Options(AnyOptions, frozen=True, kw_only=True):
    """What the charter may say of this check.

    Attributes:
        alike: share of words in common, 0 to 1, from which an answer is a copy of one of the last.
    """

    alike: float = 0.85


def look(reading: Reading, options: Options) -> Iterator[Finding]:
    """What is wrong with an answer; nothing of a draft that answers nobody."""
    if not reading.is_reply:
        return
    hits = reading.hits("reply")
    codes = {hit.pattern.code for hit in hits}
    wrong = [_said(hit, _ALWAYS[hit.pattern.code]) for hit in hits if hit.pattern.code in _ALWAYS]
    if _copied(reading, options.alike):
        wrong.append(Finding("reply", "warn", "checks.reply.copied", sureness=0.95))
    if _mocked(reading):
        wrong.append(Finding("reply", "warn", "checks.reply.belittle", sureness=_MOCKED))
    acts = ("help" in codes and "void" not in codes) or bool(_DOES.search(reading.text))
    if not acts and "heard" not in codes and not reading.links:
        wrong += [_said(hit, _ADVERT) for hit in hits if hit.pattern.id == "advert"]
    sent = [hit for hit in hits if hit.pattern.code == "away"]
    instructs = "tells" in codes and not (sent and len(reading.tokens) <= _SHORT)
    helps = acts or instructs or _tells(reading)
    if not helps:
        said = [hit for hit in hits if hit.pattern.code in _UNLESS_TELLS and hit.pattern.id != "advert"]
        wrong += [_said(hit, _UNLESS_TELLS[hit.pattern.code]) for hit in said]
    if not helps and "when" not in codes:
        wrong += [_said(hit, _AWAY) for hit in sent]
        if not wrong and ("heard" not in codes or "void" in codes) and _is_hollow(reading):
            wrong.append(Finding("reply", "note", "checks.reply.no_help", sureness=_NO_HELP))
    yield from wrong


def _said(hit: Hit, sureness: float) -> Finding:
    code = f"checks.reply.{hit.pattern.code}"
    return Finding("reply", "warn", code, hit.spans, pattern=hit.pattern.id, sureness=sureness)


def _tells(reading: Reading) -> bool:
    """Whether the answer holds a number, a link, a question, a yes or a no."""
    return (
        bool(reading.links)
        or bool(_ASKS_BACK.search(reading.text))
        or bool(_NUMBER.search(_DOCUMENT.sub("", reading.text)))
        or (bool(reading.tokens) and reading.tokens[0].word in _YES_NO)
    )


def _mocked(reading: Reading) -> bool:
    """Whether a complaint is applauded, laughed at, or answered with a face that says enough."""
    answered = reading.draft.answers
    if answered is None:
        return False
    if _SMIRK.search(reading.text) or _OR_NOT.search(reading.text):
        return True
    applauds = bool(reading.tokens) and reading.tokens[0].word in _APPLAUDS
    if not applauds and not _LAUGH.search(reading.text):
        return False
    theirs = {token.word for token in tokenise(answered.text)}
    return not theirs & _THANKED and ("!" not in answered.text or bool(theirs & _COMPLAINED))


def _is_hollow(reading: Reading) -> bool:
    """Whether a few words without a fact answer somebody who asks or complains."""
    answered = reading.draft.answers
    if answered is None or len(reading.tokens) > _LONG or _DETAIL.search(reading.text):
        return False
    theirs = {token.word for token in tokenise(answered.text)}
    if (
        "?" in answered.text
        and not theirs & _COMPLAINED
        and _PAUSE.search(reading.text)
        and not reading.text.rstrip().endswith("!")
    ):
        return False
    asks = "?" in answered.text or not theirs & _THANKED or bool(theirs & _COMPLAINED)
    return asks and not theirs.intersection(token.word for token in reading.tokens) - FUNCTION_WORDS


def _copied(reading: Reading, alike: float) -> bool:
    """Whether one of our last answers says the same."""
    replies = [post.text for post in reading.facts.recent if post.reply_to]
    mine = [token.word for token in reading.tokens] if replies else []
    if len(mine) < _LEAST_COPIED:
        return False
    return any(_shared(set(mine), {token.word for token in tokenise(text)}) >= alike for text in replies)


def _shared(some: set[str], others: set[str]) -> float:
    return len(some & others) / max(len(some | others), 1)

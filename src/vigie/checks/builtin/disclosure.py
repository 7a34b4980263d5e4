"""Disclosure: what the law or honesty asks to be said: paid, given, made by a machine, altered."""

import re
from collections.abc import Iterator
from itertools import islice

from vigie.checks.check import Options
from vigie.checks.reading import MOST_PLACES, Hit, Reading
from vigie.model import Finding, Span

_ID = "disclosure"
_CODE = r"[A-ZÀ-Ý]{3,15}[A-ZÀ-Ý0-9]{0,8}\d{1,3}"
_LESS = (
    r"\d\s?[%€£$]|[€£$]\s?\d|\b(?i:off|offert\w*|free|discount|remise|réduction|ristourne|rabais|moins cher|cheaper"
    r"|less|treat|surprise|cadeau|gift|bonus|économis\w+|saves?|saving|checkout|till|panier|caisse|livraison"
    r"|half[- ]price|moitié prix)\b"
)
_LESSENED = re.compile(_LESS)
_CODE_SAID = re.compile(rf"(?<![@#\w]){_CODE}\b|\b(?i:codes?)\b.{{0,12}}?\b[A-ZÀ-Ý]{{3,}}\d*\b")
_CODED = re.compile(r"[A-ZÀ-Ý]{3}[A-ZÀ-Ý0-9]{0,20}\d")
"""Without it or the word, there is no code."""
_BEFORE, _AFTER = 50, 60
"""Characters around a code among which it is told what it gives."""
_PAYS = re.compile(
    r"[?&](?:aff|affid|affiliate|ref|partner|tag|awc|irclickid|afftrack)=[\w-]+|\bamzn\.to/", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:chez|at|with|on|from|de chez|avec)\s+(?:l[ae']\s?)?[A-ZÀ-Ý][a-zà-ÿ]{2,}"
    r"|\b(?:first|next|your|premi\w+|votre|vos|ta|ton|prochaine?) (?:box |panier |commande )?"
    r"(?!Black|Christmas|Noël)[A-ZÀ-Ý][a-zà-ÿ]{2,}"
    r"|@\w"
    r"|\b(?:they|their|them|leurs?|ils|elles|j'|j’|je|I|my|mon|ma)\b"
)
"""Somebody else is named, or the one who writes is a person."""

_NOT_FIRMS = (
    "Ville|Mairie|Région|Département|Univers|Croix|École|Ecole|Lycée|Collège|Musée|Ministère|Météo|"
    "Council|School|NHS|Police|Red"
)
_NAME = rf"(?:l['’]|la |le |les |the |de |chez )?(?!{_NOT_FIRMS})[A-ZÀ-Ý][\w'’&-]{{2,}}"
_WITH = re.compile(
    r"(?i:\b(?:partenariat|collaboration|collab|partnership|association) (?:avec|with)|\bpartenaires? (?:officiel )?"
    r"|\bsponsors? |\bpartnered with|\bpartnering with|\bteam(?:ed|ing) up with|\bambassad(?:eur|rice|or) (?:de|for|of)"
    r"|\bcourtesy of|\bvisage de|\bégérie de|\bnew face of|\bbe the face of|\bmade possible by|\brendue? possible par"
    rf"|\bfriends at|\bcopains de|\bamis de) {_NAME}"
)
_GOODS = (
    "new\\b|nouve|chauss|maillot|tenue|kit\\b|séjour|repas|dîner|invit|cadeau|colis|coffret|matériel|équipement|produits|"
    "bags?\\b|shoes|trainers|jackets?|boots|meal|dinner|stay|watch|laptop|bikes?\\b|van\\b|sofa|mattress|hamper|freebie|"
    "membership|drinks|boissons|gift|samples?|goodies|sponsor|support financier|soutien"
)
_THANKED = re.compile(
    rf"(?i:\b(?:mercis?|thanks|thank you|cheers)\b)[^.!?\n]{{0,25}}\b{_NAME}[^.!?\n]{{0,40}}\b(?i:pour|for)\b"
    rf"[^.!?\n]{{0,30}}\b(?i:{_GOODS})"
)
"""A firm by its name, thanked for goods or worked with."""
_FIRM = re.compile(
    r"\b[A-ZÀ-Ý][\w&-]{3,} (?:nous |m['’e]|have |has |keeps? |sent |gave |let |left |put )"
    r"|(?i:\bmerci|\bthanks) [A-ZÀ-Ý][\w&-]{2,}"
    r"|(?<=[\w,;:’'] )(?:[LlDd]['’])?[A-ZÀ-Ý][\w&-]{2,}|(?<=[LlDd]['’])[A-ZÀ-Ý][\w&-]{2,}|@\w"
    r"|\b(?i:marques?|brands?|hôtel|hotel|spa|resort|restaurant|maison|domaine|ils|elles|eux|they|them|their|company|enseigne"
    r"|boutique|fabricants?|makers?|sponsors?)\b"
)
"""Somebody else may be named: a capital inside a sentence, a handle, a word for a firm."""
_NAMED_ONLY = frozenset(("received", "together"))
"""Patterns found fault with only beside a firm."""
_TOGETHER = (
    "partenar", "partenaire", "collab", "partner", "association", "sponsor", "teamed up", "teaming up", "ambassad",
    "courtesy", "visage de", "égérie", "face of", "possible by", "possible par", "friends at", "copains de", "amis de",
)  # fmt: skip
_GRATEFUL = ("merci", "thank", "cheers")
"""Without one of them, the expression above cannot match."""


def look(reading: Reading, _options: Options) -> Iterator[Finding]:
    """What is promoted without a label; then what a machine made or altered without saying so."""
    hits = reading.hits(_ID)
    said = {hit.pattern.id for hit in hits}
    if not (said & {"free"} or ("label" in said and "denied" not in said)):
        yield from _unlabelled(reading, hits, said)
    yield from _unsaid(reading, said)


def _unlabelled(reading: Reading, hits: tuple[Hit, ...] | list[Hit], said: set[str]) -> Iterator[Finding]:
    for hit in hits:
        if hit.pattern.code == "context" or all(reading.quoted(span) for span in hit.spans):
            continue
        if "denied" in said and hit.pattern.code in ("partner", "staff"):
            continue
        if hit.pattern.id not in _NAMED_ONLY or _FIRM.search(reading.text):
            yield _finding(hit.pattern.code, hit.spans, hit.pattern.id, hit.pattern.sureness)
    low = reading.text.lower()
    coded = "own" not in said and ("code" in low or _CODED.search(reading.text))
    if coded and (code := _code(reading.text)) and _OTHERS.search(reading.text):
        yield _finding("affiliate", (code,), "code")
    named = _any(_TOGETHER, low) and _WITH.search(reading.text)
    named = named or (_any(_GRATEFUL, low) and _THANKED.search(reading.text))
    if named:
        yield _finding("partner", (Span(*named.span()),), "name")
    for link in reading.links[:MOST_PLACES]:
        if _PAYS.search(reading.text, link.start, link.end):
            yield _finding("affiliate", (link,), "link")


def _code(text: str) -> Span | None:
    """The first code that something is had with, among as many as are looked at."""
    for code in islice(_CODE_SAID.finditer(text), MOST_PLACES):
        if _LESSENED.search(text, max(0, code.start() - _BEFORE), code.end() + _AFTER):
            return Span(*code.span())
    return None


def _any(words: tuple[str, ...], text: str) -> bool:
    """Whether a text has one of some stretches: asked before a slow expression is."""
    return any(word in text for word in words)


def _unsaid(reading: Reading, said: set[str]) -> Iterator[Finding]:
    if "made" not in said:
        if reading.draft.ai:
            yield _finding("ai_text", (), "ai")
        for number, media in enumerate(reading.draft.media):
            if media.ai and not (media.retouched and "altered" in said):
                yield _finding("ai_media", (), "ai", part=f"media:{number}")
    if not said & {"altered", "made"}:
        for number, media in enumerate(reading.draft.media):
            if media.retouched:
                yield _finding("retouched", (), "retouched", part=f"media:{number}")


def _finding(code: str, spans: tuple[Span, ...], pattern: str, sureness: float = 1.0, *, part: str = "text") -> Finding:
    sentence = f"checks.{_ID}.{code}"
    return Finding(_ID, "warn", sentence, spans, part=part, pattern=pattern, sureness=sureness)

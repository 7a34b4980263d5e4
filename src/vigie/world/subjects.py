"""Which of the demo charter's queries a text ought to match, in plain patterns of its own."""

import re
import unicodedata

from vigie.world.house import OWN_ACCOUNTS

_US = re.compile(r"\bbrulerie du port\b|@brulerie\b|#brulerieduport\b")
_PARCEL = re.compile(r"\b(?:colis\b|livr|commande|parcel|deliver|order)")
_BLEND = re.compile(r"\bblend tempete\b|#blendtempete\b")
_STORM = re.compile(r"\b(?:tempete|storm|alerte rouge|red alert|chalutier|trawler)\b")
_RIVALS = re.compile(r"\bcafes gravelot\b|\bmaison tadorne\b|#gravelot\b|#tadorne\b")
_TRADE = re.compile(r"\b(?:torref|roaster|roasting\b|cafe de specialite\b|specialty coffee\b)")
_ACCENTS = re.compile("[\u0300-\u036f]")
_TOWN = re.compile(r"\bport-kerve\b")


def expected(network: str, handle: str, title: str, text: str) -> tuple[str, ...]:
    """Ids of the queries, sorted.

    >>> expected("bluesky", "lou.example", "", "Mon colis de la Brûlerie du Port ?")
    ('livraison', 'marque')
    """
    words = _folded(f"{title}\n{text}")
    ours = handle in OWN_ACCOUNTS.values()
    us = not ours and bool(_US.search(words))
    rivals = bool(_RIVALS.search(words))
    said = {
        "marque": us,
        "livraison": us and bool(_PARCEL.search(words)),
        "tempete": bool(_BLEND.search(words)) or (us and bool(_STORM.search(words))),
        "concurrents": rivals,
        "metier": bool(_TRADE.search(words)) and not us and not rivals and not ours,
        "presse": network == "rss" and bool(_TOWN.search(words)),
    }
    return tuple(sorted(query for query, is_so in said.items() if is_so))


def _folded(words: str) -> str:
    if words.isascii():
        return words.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFD", words.lower()))

"""The demo's house, town and neighbours. All of it is invented; every address ends in ``.example``."""

from msgspec import Struct

from vigie.model import Author, Millis

TOWN = "Port-Kervé"
TIMEZONE = "Europe/Paris"
OWN_ACCOUNTS = {"bluesky": "brulerie.example", "mastodon": "brulerie@port.example"}
RIVALS = ("Cafés Gravelot", "Maison Tadorne")
CARRIER = "Courlis Express"
BLEND = "Blend Tempête"
FAR_PAST: Millis = 1_672_531_200_000  # 2023-01-01: the house opened its accounts


class Paper(Struct, frozen=True):
    """A publisher whose feed is read."""

    key: str
    name: str
    host: str
    local: bool


PAPERS = (
    Paper("cap-nord", "Cap-Nord Infos", "capnord.example", local=True),
    Paper("fanal", f"Le Fanal de {TOWN}", "lefanal.example", local=True),
    Paper("ressac", "Radio Ressac", "ressac.example", local=True),
    Paper("tasse", "Moulin & Tasse", "moulinettasse.example", local=False),
)


def own(network: str) -> Author:
    """Our account on a network."""
    handle = OWN_ACCOUNTS[network]
    return Author(
        id=f"demo:{network}:brulerie",
        handle=handle,
        name="Brûlerie du Port",
        avatar="https://brulerie.example/avatar.png",
        followers=3_480 if network == "bluesky" else 1_130,
        following=412 if network == "bluesky" else 268,
        posts=2_204 if network == "bluesky" else 1_377,
        created_at=FAR_PAST,
    )


def newsroom(paper: Paper, network: str) -> Author:
    """A paper's feed, or its account on a social network."""
    if network == "rss":
        return Author(id=f"https://{paper.host}/feed", name=paper.name)
    handle = paper.host if network == "bluesky" else f"redaction@{paper.host}"
    return Author(
        id=f"demo:{network}:{paper.key}",
        handle=handle,
        name=paper.name,
        avatar=f"https://{paper.host}/logo.png",
        followers=18_600 if network == "bluesky" else 6_900,
        following=310,
        posts=21_400,
        created_at=FAR_PAST - 40_000_000_000,
        verified=True,
    )

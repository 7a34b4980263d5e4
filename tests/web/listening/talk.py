"""Posts for the pages' tests: written by us, laid down in a real archive the way `listen` does it."""

import random
from collections.abc import Iterable, Sequence

from vigie.flows.ports.archive import Archive
from vigie.model import Author, Batch, Deleted, Millis, Post, Sighting, SourceState

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

PEOPLE = (
    ("Gwen du Phare", "gwen.phare.example"),
    ("Cap-Nord Infos", "capnord.example"),
    ("Lou Ferrand", "lou.cafe.example"),
    ("", "patron_pecheur29.example"),
    ("Marion K.", "marionk.example"),
    ("Noémie Tréguer", "noemie.example"),
)
WORDS = {
    "marque": (
        "Reçu mon Sidamo, enfin. Dix jours, mais il est superbe. Merci à la Brûlerie du Port.",
        "Quelqu’un sait si le décaféiné de la Brûlerie du Port est fait à l’eau ou au solvant ?",
        "Visite de la Brûlerie du Port samedi. Mon fils torréfie maintenant des lentilles dans la poêle.",
        "La Brûlerie du Port, dix ans que j’y vais, et toujours le même accueil.",
    ),
    "tempete": (
        "Un bateau ne répond plus depuis 20 h et on nous vend du « Tempête » avec un éclair. Retirez ça.",
        "Blend Tempête en pleine alerte rouge. L’entreprise n’a pas répondu.",
        "Je n’achèterai plus de Tempête ce soir, mon frère est dehors.",
    ),
    "metier": (
        "Premier crack à 196 °C, deuxième à 224. La torréfaction lente change tout.",
        "Small roastery, honest roasting notes, that is all I ask for.",
        "Le prix du café vert monte encore, la torréfaction artisanale va souffrir.",
    ),
}
QUERIES = (
    ("marque", "Savoir ce qui se dit de nous", '"brûlerie du port" OR @brulerie.example'),
    ("tempete", "Suivre ce que devient le mélange Tempête", "tempête"),
    ("metier", "Rester au fait du métier", "torréf* OR roast* OR roastery"),
)


def post(n: int, text: str, at: Millis, *, network: str = "bluesky", lang: str = "fr", **more) -> Post:
    """A post by one of our people."""
    name, handle = PEOPLE[n % len(PEOPLE)]
    author = more.pop("author", Author(id=f"did:plc:{handle}", handle=handle, name=name))
    more = {"langs": (lang,), "url": f"https://{handle}/post/{n}"} | more
    return Post(network, f"at://{handle}/{n}", author, text, at, **more)


def lay(archive: Archive, said: Iterable[tuple[Post, Sequence[str]]], now: Millis, source: str = "bluesky") -> None:
    """Appends posts with the queries that they match."""
    sightings = [Sighting(one, tuple(sorted(queries)), "match") for one, queries in said]
    for at in range(0, len(sightings), 500):
        part = sightings[at : at + 500]
        batch = Batch(posts=tuple(one.post for one in part), cursor=str(at), latest=now, events=len(part))
        archive.append(source, batch, part, now)


def take_back(archive: Archive, gone: Post, now: Millis, source: str = "bluesky") -> None:
    """The author deletes a post."""
    archive.append(source, Batch(deleted=(Deleted(gone.network, gone.remote_id, now),), latest=now, events=1), (), now)


def weeks(now: Millis, days: int = 36, seed: int = 7, *, surge: bool = True) -> list[tuple[Post, Sequence[str]]]:
    """Some weeks of talk with the tide of days and, at will, an hour in which one query is on everybody's lips."""
    dice = random.Random(seed)
    said: list[tuple[Post, Sequence[str]]] = []
    n = 0
    for at in range(now - days * DAY, now, HOUR):
        hour = at // HOUR % 24
        pace = {"marque": 6 if 7 <= hour <= 21 else 1, "metier": 3 if 8 <= hour <= 18 else 0.5, "tempete": 0.4}
        for query, mean in pace.items():
            for _ in range(int(mean * dice.uniform(0.5, 1.5) + dice.random())):
                n += 1
                when = min(now - MINUTE, at + dice.randrange(HOUR))
                english = query == "metier" and n % 3 == 1
                text = WORDS[query][1] if english else dice.choice(WORDS[query])
                lang = "en" if "roast" in text else "fr"
                said.append((post(n, text, when, network=dice.choice(("bluesky", "mastodon")), lang=lang), (query,)))
    for _ in range(90 if surge else 0):
        n += 1
        when = now - MINUTE - int(50 * MINUTE * dice.random() ** 1.6)
        text = dice.choice(WORDS["tempete"]) + dice.choice((" Honte à la Brûlerie du Port.", "", " #tempête"))
        queries = ("marque", "tempete") if "Port" in text else ("tempete",)
        said.append((post(n, text, when, network=dice.choice(("bluesky", "mastodon"))), queries))
    said.sort(key=lambda one: one[0].created_at)
    return said


def well(now: Millis) -> SourceState:
    """A source that is read with four seconds of delay."""
    seen = {"since": now - DAY, "latest": now - 4000, "rate": 21.5, "events": 900_000}
    return SourceState("bluesky", "bluesky", state="reading", **seen)

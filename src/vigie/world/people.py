"""Who lives in the demo world: regulars with a name and a habit, and a crowd of strangers."""

from collections.abc import Sequence

from msgspec import Struct

from vigie.model import Author, Millis
from vigie.world.chance import Chance, Dice, happens
from vigie.world.house import FAR_PAST
from vigie.world.phrases import names
from vigie.world.speech import PLAIN, Voice

STRANGERS = 2_400
DAY: Millis = 86_400_000


class Person(Struct, frozen=True):
    """Somebody who writes. ``key`` names the person in `Truth`."""

    key: str
    lang: str
    network: str
    author: Author
    voice: Voice


class Town:
    """Everybody, made when first met and the same ever after."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._met: dict[str, Person] = {}

    def stranger(self, chance: Chance) -> Person:
        """Anybody; some write far more than others."""
        return self._person(f"p{int(STRANGERS * chance.random() ** 1.6)}")

    def newcomer(self, key: str) -> Person:
        """Somebody never met before, for a crowd that a scandal draws in."""
        return self._person(key)

    def regular(self, chance: Chance) -> Person:
        """Somebody who knows the house."""
        return (
            self._known(chance.choice(REGULARS))
            if happens(chance, 0.35)
            else self._person(f"r{chance.randint(0, 139)}")
        )

    def named(self, key: str) -> Person:
        """One of the regulars by key."""
        return self._known(next(one for one in REGULARS if one[0] == key))

    def troll(self, number: int, at: Millis) -> Person:
        """An account made a few days ago to say one thing, one of many."""
        chance = self._dice(f"troll:{number}")
        network = "bluesky" if happens(chance, 0.8) else "mastodon"
        nick = chance.choice(names.NICK["fr"]) + chance.choice(names.NICK["en"]) + str(chance.randint(10_000, 99_999))
        author = Author(
            id=f"demo:{network}:t{number}",
            handle=_address(network, nick),
            name=nick if happens(chance, 0.6) else chance.choice(names.FIRST["fr"]),
            followers=chance.randint(0, 9),
            following=chance.randint(180, 900),
            posts=chance.randint(1, 6),
            created_at=at - chance.randint(1, 4 * 24) * DAY // 24,
        )
        return Person(f"t{number}", "fr" if happens(chance, 0.85) else "en", network, author, PLAIN)

    def _known(self, one: tuple[str, str, str, str, str]) -> Person:
        key, name, network, nick, lang = one
        if key not in self._met:
            chance = self._dice(f"person:{key}")
            self._met[key] = Person(key, lang, network, self._author(chance, key, name, network, nick), _voice(chance))
        return self._met[key]

    def _person(self, key: str) -> Person:
        if key not in self._met:
            chance = self._dice(f"person:{key}")
            lang = "fr" if happens(chance, 0.74) else "en"
            network = "bluesky" if happens(chance, 0.66) else "mastodon"
            name, nick = _named(chance, lang, key)
            self._met[key] = Person(key, lang, network, self._author(chance, key, name, network, nick), _voice(chance))
        return self._met[key]

    def _author(self, chance: Chance, key: str, name: str, network: str, nick: str) -> Author:
        followers = int(12 * 10 ** (2.6 * chance.random()))
        return Author(
            id=f"demo:{network}:{key}",
            handle=_address(network, nick),
            name=name,
            avatar=f"https://images.example/{key}.jpg" if happens(chance, 0.86) else "",
            followers=followers,
            following=int(followers * (0.4 + 1.4 * chance.random())) + 9,
            posts=int(30 * 10 ** (2.4 * chance.random())),
            created_at=FAR_PAST + int(chance.random() * 900) * DAY,
        )


def _address(network: str, nick: str) -> str:
    return f"{nick}.people.example" if network == "bluesky" else f"{nick}@tut.example"


_NUMBERS_FROM = {"p": 0, "r": STRANGERS, "s": 2 * STRANGERS}
"""Strangers, regulars and the crowd of a scandal are numbered apart."""


def _named(chance: Chance, lang: str, key: str) -> tuple[str, str]:
    """A display name and a handle; the number in the key keeps handles apart."""
    first = chance.choice(names.FIRST[lang])
    last = chance.choice(names.LAST[lang])
    nick = chance.choice(names.NICK[lang])
    number = _NUMBERS_FROM[key[0]] + int(key[1:])
    plain = _plain(first)
    other = chance.choice(names.NICK[lang])
    together = f"{nick}-{'et' if lang == 'fr' else 'and'}-{other}" if other != nick else nick
    handle = chance.choice((f"{plain}-{_plain(last)}", f"{nick}{chance.choice(('-', ''))}{plain}", together, plain))
    name = chance.choice(
        (f"{first} {last}", f"{first} {last[0]}.", first, f"{first} {chance.choice('☕🌊⚓🌿🐚🎣📚🚲')}", nick)
    )
    return name, f"{handle}{number}"


def _plain(name: str) -> str:
    kept = name.lower().translate(str.maketrans("àâçéèêëîïôöùûü", "aaceeeeiioouuu"))
    return "".join(letter for letter in kept if letter.isalnum())


def _voice(chance: Chance) -> Voice:
    return Voice(
        small_letters=happens(chance, 0.16),
        no_accents=happens(chance, 0.08),
        typos=0.15 + 0.35 * chance.random() if happens(chance, 0.25) else 0.0,
        no_full_stop=happens(chance, 0.35),
        emoji=0.1 + 0.3 * chance.random() if happens(chance, 0.3) else 0.0,
        stretched=0.2 if happens(chance, 0.15) else 0.0,
    )


REGULARS: Sequence[tuple[str, str, str, str, str]] = (
    ("lou", "Lou Ferrand", "bluesky", "lou-cafe", "fr"),
    ("noemie", "Noémie Tréguer", "bluesky", "noemie-t", "fr"),
    ("marion", "Marion K.", "bluesky", "marion-k", "fr"),
    ("gwen", "Gwen_du_phare", "mastodon", "gwen_du_phare", "fr"),
    ("marin", "marin_deau", "mastodon", "marin_deau", "fr"),
    ("atelier", "Atelier Grand Large", "mastodon", "atelier-grand-large", "fr"),
    ("patron", "patron_pecheur29", "mastodon", "patron_pecheur29", "fr"),
    ("owen", "Owen Tregenza", "bluesky", "owen-roasts", "en"),
    ("maeve", "Maeve", "mastodon", "maeve_reads", "en"),
)
"""(key, name, network, nick, language) of those whom the house knows by name."""

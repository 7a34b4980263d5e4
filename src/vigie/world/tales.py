"""Two shorter stories: near-copies posted by young accounts within minutes, and a post sent from the wrong account."""

from vigie.model import Millis, Post
from vigie.world.chance import Chance, Dice
from vigie.world.line import Line
from vigie.world.pen import Pen, Purpose
from vigie.world.people import Town

MINUTE: Millis = 60_000
TROLLS = 26
_NAMES = ("la Brûlerie du Port", "la brulerie du port", "la BRÛLERIE DU PORT", "@brulerie.example")


def attack(dice: Dice, town: Town, at: Millis) -> list[Line]:
    """Two dozen accounts, none older than four days, say nearly the same within six minutes; a few people notice."""
    chance = dice("attack")
    pen = Pen(dice, "attack")
    purpose = Purpose("attack", "accuse", "attack", -1, coordinated=True)
    lines = []
    for number in range(TROLLS):
        troll = town.troll(number, at)
        then = at + int(6 * MINUTE * chance.random())
        lines.append(pen.person(chance, troll, then, "attack", purpose, _claim(chance, troll.lang)))
    doubt = Purpose("chat", "defend", "attack", 1)
    for _ in range(7):
        witness = town.regular(chance)
        lines.append(pen.person(chance, witness, at + chance.randint(8, 120) * MINUTE, "attack_doubt", doubt))
    return lines


def _claim(chance: Chance, lang: str) -> dict[str, str]:
    named = chance.choice(_NAMES)
    return {
        "us_named": named if lang == "fr" else named.removeprefix("la "),
        "code": f"{chance.randint(4096, 65535):x}",
    }


def sent_by_the_house(remote_id: str) -> bool:
    """Whether the story's house sent this post of its own with Vigie: each of them but the slip.

    >>> sent_by_the_house("demo:bluesky:20411:12"), sent_by_the_house("demo:bluesky:slip:1")
    (True, False)
    """
    return remote_id.startswith("demo:") and ":slip:" not in remote_id


def slip(dice: Dice, town: Town, at: Millis) -> list[Line]:
    """Somebody of the house uses the house's account for something private, and takes it back eleven minutes later."""
    chance = dice("slip")
    pen = Pen(dice, "slip")
    oops = pen.ours(chance, "bluesky", at, "slip", Purpose("own", "talk", "slip"))
    lines = [oops, pen.taken_back(oops, at + 11 * MINUTE)]
    for _ in range(18):
        reader = town.stranger(chance)
        if reader.network == "bluesky" and isinstance(oops.event, Post):
            later = at + chance.randint(1, 70) * MINUTE
            lines.append(
                pen.person(chance, reader, later, "slip_reply", Purpose("chat", "mock", "slip"), answers=oops.event)
            )
    return lines

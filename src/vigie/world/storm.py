"""The evening on which a promotion goes out during a red storm alert, while a trawler is missing.

Times are counted from the promotion. What comes before it (the alert, the missing boat) happens at its own pace; what
comes after is told ``pace`` times as fast as it would be, so that a newcomer sees the wave rise.
"""

from collections.abc import Iterator

from vigie.model import Millis, Post
from vigie.world.chance import Chance, Dice, happens, weighted
from vigie.world.house import PAPERS
from vigie.world.line import Line
from vigie.world.pen import Pen, Purpose
from vigie.world.people import Person, Town
from vigie.world.speech import knows
from vigie.world.tide import HOUR, local

MINUTE: Millis = 60_000

# Posts in each ten minutes after the promotion, until the house takes it back and apologises, and after.
WAVE = (6, 19, 41, 68, 97, 74, 52, 38, 30, 24, 19, 15, 12, 10, 8, 7, 6, 5)
TAKEN_BACK, APOLOGY, CREW_FOUND = 51 * MINUTE, 64 * MINUTE, 67 * MINUTE

_PRESS = Purpose("press", "inform", "storm", about_us=False)
_WORRY = Purpose("noise", "grieve", "storm", about_us=False)
_MOODS: dict[str, Purpose] = {
    "shock": Purpose("outcry", "demand", "storm", -1),
    "outrage": Purpose("outcry", "demand", "storm", -1),
    "grieve": Purpose("outcry", "grieve", "storm", -1),
    "boycott": Purpose("outcry", "boycott", "storm", -1),
    "mock": Purpose("outcry", "mock", "storm", -1),
    "rumour": Purpose("outcry", "accuse", "storm", -1),
    "defend": Purpose("outcry", "defend", "storm", 1),
    "forgive": Purpose("outcry", "defend", "storm", 1),
    "too_late": Purpose("outcry", "boycott", "storm", -1),
    "relief": _WORRY,
}


def storm(dice: Dice, town: Town, promoted_at: Millis, pace: float) -> list[Line]:
    """The whole story, in no particular order."""
    chance = dice("storm")
    pen = Pen(dice, "storm")
    told = _Told(chance, pen, town, promoted_at, pace)
    return [*told.before(), *told.wave(), *told.house_and_press()]


class _Told:
    def __init__(self, chance: Chance, pen: Pen, town: Town, promoted_at: Millis, pace: float) -> None:
        self._chance, self._pen, self._town = chance, pen, town
        self._start, self._pace = promoted_at, pace
        self._promos = [
            pen.ours(
                chance,
                network,
                promoted_at + gap,
                "promo",
                Purpose("own", "sell", "storm"),
                values=self._values("fr", gap),
            )
            for network, gap in (("bluesky", 0), ("mastodon", 1_400))
        ]

    def before(self) -> Iterator[Line]:
        """The alert, the missing boat, a worried town."""
        for minutes, title, text in ((-112, "alert_title", "alert_text"), (-71, "missing_title", "missing_text")):
            for number, paper in enumerate(one for one in PAPERS if one.local):
                at = self._start + (minutes + 4 * number) * MINUTE
                yield self._pen.paper(self._chance, paper, "rss", at, title, text, _PRESS, self._values("fr", 0))
                if number == 0:
                    values = self._values("fr", 0)
                    yield self._pen.paper(self._chance, paper, "bluesky", at + MINUTE, title, text, _PRESS, values)
        for _ in range(46):
            at = self._start - int(105 * MINUTE * self._chance.random() ** 1.4)
            yield self._say(self._town.stranger(self._chance), at, "worry", _WORRY, None)

    def wave(self) -> Iterator[Line]:
        """The outcry: it swells for fifty minutes, then ebbs once the promotion is gone."""
        crowd = 0
        for number, count in enumerate(WAVE):
            for _ in range(count):
                gap = int((number + self._chance.random()) * 10 * MINUTE)
                says = weighted(self._chance, _moods(gap))
                crowd += 1
                person = self._somebody(says, crowd)
                line = self._say(person, self._at(gap), says, _MOODS[says], self._answered(person, gap))
                yield line
                if happens(self._chance, 0.03):
                    yield self._pen.taken_back(line, line.at + self._chance.randint(1, 30) * MINUTE)

    def house_and_press(self) -> Iterator[Line]:
        """What the house and the papers publish once it has begun."""
        press = Purpose("press", "inform", "storm", -1)
        local_papers = [one for one in PAPERS if one.local]
        for paper, gap in zip(local_papers, (28, 41, 55), strict=True):
            at = self._at(gap * MINUTE)
            values = self._values("fr", gap * MINUTE)
            yield self._pen.paper(
                self._chance, paper, "rss", at, "press_storm_title", "press_storm_text", press, values
            )
            yield self._pen.paper(
                self._chance, paper, "bluesky", at + 20_000, "press_storm", "press_storm_text", press, values
            )
        for promo, gap in zip(self._promos, (TAKEN_BACK, TAKEN_BACK + MINUTE), strict=True):
            yield promo
            yield self._pen.taken_back(promo, self._at(gap))
        sorry = Purpose("own", "apologise", "storm")
        for network in ("bluesky", "mastodon"):
            at = self._at(APOLOGY) + (0 if network == "bluesky" else 2_000)
            yield self._pen.ours(self._chance, network, at, "sorry", sorry, values=self._values("fr", APOLOGY))
        for number, paper in enumerate(local_papers):
            at = self._at(CREW_FOUND + number * 3 * MINUTE)
            values = self._values("fr", CREW_FOUND)
            yield self._pen.paper(self._chance, paper, "rss", at, "found_title", "found_text", _PRESS, values)

    def _at(self, gap: Millis) -> Millis:
        return self._start + int(gap * self._pace)

    def _say(self, person: Person, at: Millis, says: str, purpose: Purpose, answers: Post | None) -> Line:
        values = self._values(person.lang, max(0, at - self._start))
        return self._pen.person(self._chance, person, at, says, purpose, values, answers)

    def _somebody(self, says: str, number: int) -> Person:
        """Most were never seen before; those who defend the house know it."""
        if says == "defend":
            person = self._town.named("lou") if happens(self._chance, 0.06) else self._town.regular(self._chance)
        elif happens(self._chance, 0.72):
            person = self._town.newcomer(f"s{number}")
        else:
            person = self._town.stranger(self._chance)
        while not knows(person.lang, says):
            person = self._town.stranger(self._chance)
        return person

    def _answered(self, person: Person, gap: Millis) -> Post | None:
        """Some write under the promotion itself, while it stands."""
        if gap > TAKEN_BACK or gap < MINUTE or not happens(self._chance, 0.3):
            return None
        for promo in self._promos:
            if isinstance(promo.event, Post) and promo.event.network == person.network:
                return promo.event
        return None

    def _values(self, lang: str, gap: Millis) -> dict[str, str]:
        start, hour = self._start, local(self._start).hour
        evening = hour >= 17 or hour < 4  # noqa: PLR2004 - when people say "this evening"
        french = lang == "fr"
        return {
            "h_alert": _hour(start - 60 * MINUTE, lang, whole=True),
            "h_missing": _hour(start - 2 * HOUR, lang, whole=True),
            "h_promo": _hour(start, lang),
            "h_press": _hour(self._at(gap) + 20 * MINUTE, lang),
            "h_found": _hour(self._at(CREW_FOUND), lang),
            "minutes": str(max(2, int(gap / MINUTE))),
            "tonight": ("ce soir" if evening else "aujourd'hui") if french else ("tonight" if evening else "today"),
            "dawn": "à l'aube" if hour >= 11 else "hier à l'aube",  # noqa: PLR2004 - long enough after dawn
        }


def _moods(gap: Millis) -> tuple[tuple[str, float], ...]:
    """What people feel, as time goes by: surprise, anger and rumours, then the apology, then the good news."""
    if gap < 10 * MINUTE:
        return (("shock", 0.8), ("outrage", 0.2))
    if gap < 30 * MINUTE:
        return (("shock", 0.2), ("outrage", 0.5), ("mock", 0.1), ("grieve", 0.04), ("defend", 0.08), ("boycott", 0.08))
    if gap < APOLOGY:
        return (
            ("outrage", 0.42),
            ("rumour", 0.2),
            ("boycott", 0.16),
            ("mock", 0.08),
            ("grieve", 0.04),
            ("defend", 0.1),
        )
    return (("forgive", 0.34), ("relief", 0.32), ("rumour", 0.1), ("too_late", 0.16), ("boycott", 0.08))


def _hour(at: Millis, lang: str, *, whole: bool = False) -> str:
    moment = local(at)
    if lang == "fr":
        return f"{moment.hour} h" if whole else f"{moment.hour} h {moment.minute:02}"
    return f"{moment.hour}:00" if whole else f"{moment.hour}:{moment.minute:02}"

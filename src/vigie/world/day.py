"""An ordinary day: what people write of the house and of everything else, with answers, edits and second thoughts."""

from collections.abc import Iterator

from vigie.model import Millis, Post
from vigie.world.chance import Chance, Dice, happens, weighted
from vigie.world.house import PAPERS
from vigie.world.line import Line
from vigie.world.pen import Pen, Purpose
from vigie.world.people import Person, Town
from vigie.world.speech import knows
from vigie.world.tide import DAY, HOUR, instant, local, moments

MINUTE: Millis = 60_000
A_DAY = 3_000.0
"""Posts on an average day, all subjects together."""

# What ordinary posts are about, in thousandths of all posts: two or three hundred a day name the house.
_SUBJECTS: tuple[tuple[tuple[str, Purpose], float], ...] = (
    (("noise", Purpose("noise", about_us=False)), 868),
    (("false_friend", Purpose("noise", about_us=False)), 6),
    (("praise", Purpose("praise", "thank", sentiment=1)), 21),
    (("question", Purpose("question", "ask")), 14),
    (("chat", Purpose("chat")), 20),
    (("complaint", Purpose("complaint", "complain", sentiment=-1)), 8),
    (("rival_post", Purpose("rival", about_us=False)), 16),
    (("trade", Purpose("trade", about_us=False)), 26),
)
_PARCELS = Purpose("complaint", "complain", "parcels", -1)
_PARCEL_CAME = Purpose("praise", "thank", "parcels", 1)
_DECAF = Purpose("question", "ask", "decaf")
_ABOUT_US = frozenset({"praise", "question", "chat", "complaint", "parcel", "decaf"})


class Days:
    """Tells any day by itself. ``trouble_at`` is the instant towards which late parcels pile up; None for never."""

    def __init__(self, dice: Dice, town: Town, rate: float, trouble_at: Millis | None) -> None:
        self._dice, self._town, self._rate, self._trouble_at = dice, town, rate, trouble_at

    def day(self, number: int) -> list[Line]:
        """Everything that a day (counted from 1970, UTC) causes; answers and deletions may fall on the days after."""
        chance = self._dice(f"day:{number}")
        pen = Pen(self._dice, str(number))
        start = number * DAY
        lines: list[Line] = []
        for at in moments(chance, start, start + DAY, A_DAY * self._rate):
            lines += self._one(chance, pen, at)
        lines += self._papers(chance, pen, start)
        lines += self._posts_of_ours(chance, pen, start)
        return lines

    def _one(self, chance: Chance, pen: Pen, at: Millis) -> list[Line]:
        says, purpose = self._subject(chance, at)
        known = says in _ABOUT_US and happens(chance, 0.45)
        person = self._town.regular(chance) if known else self._town.stranger(chance)
        if not knows(person.lang, says):
            says, purpose = "noise", Purpose("noise", about_us=False)
        line = pen.person(chance, person, at, says, purpose)
        lines = [line]
        if says in _ABOUT_US:
            lines += self._after(chance, pen, line, person)
        if happens(chance, 0.012):
            lines.append(pen.edited(line, at + chance.randint(2, 40) * MINUTE, _second_thought(chance, person.lang)))
        elif happens(chance, 0.01):
            lines.append(pen.taken_back(line, at + chance.randint(4, 500) * MINUTE))
        return lines

    def _subject(self, chance: Chance, at: Millis) -> tuple[str, Purpose]:
        late = self._late_parcels(at)
        drawn = chance.random()
        if drawn < late:
            return "parcel", _PARCELS
        if drawn < late + 0.0025:
            return "decaf", _DECAF
        if drawn < late + 0.0035:
            return "parcel_ok", _PARCEL_CAME
        return weighted(chance, _SUBJECTS)

    def _late_parcels(self, at: Millis) -> float:
        """The share of posts about late parcels: a few always, many in the two days before the trouble and after it."""
        if self._trouble_at is None:
            return 0.006
        ahead = (self._trouble_at - at) / DAY
        if ahead > 2:  # noqa: PLR2004 - days
            return 0.006
        if ahead > 0:
            return 0.006 + 0.045 * (1 - ahead / 2)
        return 0.006 + 0.045 * max(0.0, 1 + ahead / 3)

    def _after(self, chance: Chance, pen: Pen, line: Line, author: Person) -> Iterator[Line]:
        """What a post about us brings: our answer, other people's."""
        post, truth = line.event, line.truth
        assert isinstance(post, Post)  # noqa: S101 - a post brings answers, a deletion none
        wants = truth.kind in ("question", "complaint")
        if happens(chance, 0.6 if wants else 0.08):
            at = _in_office_hours(post.created_at + chance.randint(12, 170) * MINUTE, chance)
            purpose = Purpose("own", "answer", truth.story)
            yield pen.ours(chance, post.network, at, _answer(line), purpose, post.langs[0], answers=post)
        if happens(chance, 0.22):
            for _ in range(chance.randint(1, 3)):
                other = self._town.stranger(chance)
                if other.key == author.key or other.network != post.network or other.lang != author.lang:
                    continue
                doubts = happens(chance, 0.35)
                mood = -truth.sentiment if doubts else truth.sentiment
                purpose = Purpose("chat", "defend" if doubts and mood > 0 else "talk", truth.story, mood)
                at = post.created_at + chance.randint(2, 95) * MINUTE
                yield pen.person(chance, other, at, "reply_doubt" if doubts else "reply_agree", purpose, answers=post)

    def _papers(self, chance: Chance, pen: Pen, start: Millis) -> Iterator[Line]:
        purpose = Purpose("press", "inform", about_us=False)
        for at in moments(chance, start, start + DAY, 7):
            paper = chance.choice([one for one in PAPERS if one.local])
            yield pen.paper(chance, paper, "rss", at, "press_title", "press_text", purpose)

    def _posts_of_ours(self, chance: Chance, pen: Pen, start: Millis) -> Iterator[Line]:
        for _ in range(weighted(chance, ((0, 0.3), (1, 0.5), (2, 0.2)))):
            network = "bluesky" if happens(chance, 0.6) else "mastodon"
            at = instant(local(start + DAY // 2).replace(hour=chance.randint(8, 17), minute=chance.randint(0, 59)))
            line = pen.ours(chance, network, at, "own_post", Purpose("own", "inform"))
            yield line
            for _ in range(chance.randint(0, 4)):
                fan = self._town.regular(chance)
                if fan.network == network and fan.lang == "fr":
                    later = at + chance.randint(3, 300) * MINUTE
                    thanks = Purpose("praise", "thank", sentiment=1)
                    yield pen.person(chance, fan, later, "reply_agree", thanks, answers=_post(line))


def _post(line: Line) -> Post:
    assert isinstance(line.event, Post)  # noqa: S101 - it was just written
    return line.event


def _answer(line: Line) -> str:
    """What we say to such a post."""
    if line.truth.sentiment > 0 or line.truth.kind == "chat":
        return "answer_praise"
    if line.truth.story == "parcels":
        return "answer_parcel"
    return "answer_decaf" if line.truth.story == "decaf" else f"answer_{line.truth.kind}"


def _in_office_hours(at: Millis, chance: Chance) -> Millis:
    """The same instant by day, the next morning for evenings and nights."""
    moment = local(at)
    if moment.hour < 8:  # noqa: PLR2004 - opening time
        return instant(moment.replace(hour=8, minute=chance.randint(20, 59)))
    if moment.hour >= 20:  # noqa: PLR2004 - closing time
        return instant(local(at + 8 * HOUR).replace(hour=8, minute=chance.randint(20, 59)))
    return at


def _second_thought(chance: Chance, lang: str) -> str:
    if lang == "fr":
        return chance.choice(
            (
                "(faute corrigée)",
                "EDIT : merci pour vos réponses",
                "Edit : résolu.",
                "MAJ : toujours rien.",
                "(je précise : c'était hier)",
            )
        )
    return chance.choice(
        (
            "(typo fixed)",
            "EDIT: thanks for the replies",
            "Edit: sorted.",
            "Update: still nothing.",
            "(that was yesterday, to be clear)",
        )
    )

"""Puts what people say into posts, and beside each post the truth."""

import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, structs

from vigie.model import Author, Deleted, Media, Millis, Post
from vigie.world.chance import Chance, Dice, happens
from vigie.world.house import OWN_ACCOUNTS, TOWN, Paper, newsroom, own
from vigie.world.line import Intent, Kind, Line, Story, Truth
from vigie.world.people import Person
from vigie.world.speech import PLAIN, SEASONS, say
from vigie.world.subjects import expected
from vigie.world.tide import local

_TAG = re.compile(r"#(\w+)")
_HANDLE = re.compile(r"(?<![\w@])@([\w-]+(?:\.[\w-]+)*(?:@[\w-]+(?:\.[\w-]+)+)?)")
_LINK = re.compile(r"https?://\S+")


class Purpose(Struct, frozen=True):
    """What a post is meant to be, before it is written; the fields of `Truth` of the same names."""

    kind: Kind
    intent: Intent = "talk"
    story: Story = ""
    sentiment: Literal[-1, 0, 1] = 0
    about_us: bool = True
    coordinated: bool = False


class Pen:
    """Writes posts with numbers that stay the same each time the same series (a day, a story) is told."""

    def __init__(self, dice: Dice, series: str) -> None:
        self._dice = dice
        self._series = series
        self._count = 0
        self._beans: dict[str, str] = {}

    def person(
        self,
        chance: Chance,
        person: Person,
        at: Millis,
        says: str,
        purpose: Purpose,
        values: Mapping[str, str] | None = None,
        answers: Post | None = None,
    ) -> Line:
        """A post by somebody, with the phrase bank ``says``."""
        voice = person.voice
        if purpose.story in ("storm", "attack"):
            voice = structs.replace(voice, emoji=0.0, stretched=0.0)  # nobody waves a smiling fish at a missing crew
        filled = self._moment(chance, person.lang, person.network, at) | dict(values or {})
        words = say(chance, person.lang, says, filled, voice)
        picture = answers is None and happens(chance, 0.06)
        return self._line(
            person.network, person.author, at, words, person.lang, person.key, purpose, answers, picture=picture
        )

    def ours(
        self, chance: Chance, network: str, at: Millis, says: str, purpose: Purpose, lang: str = "fr",
        values: Mapping[str, str] | None = None, answers: Post | None = None,
    ) -> Line:  # fmt: skip
        """A post by the house."""
        filled = self._moment(chance, lang, network, at) | dict(values or {})
        words = say(chance, lang, says, filled, PLAIN)
        if answers is not None and network == "mastodon":
            words = f"@{answers.author.handle} {words}"
        return self._line(network, own(network), at, words, lang, "brulerie", purpose, answers, picture=says == "promo")

    def paper(
        self, chance: Chance, paper: Paper, network: str, at: Millis, title: str, text: str, purpose: Purpose,
        values: Mapping[str, str] | None = None,
    ) -> Line:  # fmt: skip
        """An article in a feed, or its announcement on a social network."""
        filled = self._moment(chance, "fr", network, at) | dict(values or {})
        headline = say(chance, "fr", title, filled, PLAIN)
        author = newsroom(paper, network)
        link = f"https://{paper.host}/{local(at):%Y/%m/%d}/{self._series.replace(':', '-')}-{self._count}"
        if network == "rss":
            body = say(chance, "fr", text, filled, PLAIN)
            line = self._line(network, author, at, body, "fr", paper.key, purpose, None, picture=False, title=headline)
            return structs.replace(line, event=structs.replace(line.event, links=(link,), url=link))
        words = f"{headline} {link}"
        return self._line(network, author, at, words, "fr", paper.key, purpose, None, picture=False)

    def edited(self, line: Line, at: Millis, more: str) -> Line:
        """The same post, written again later with something added."""
        post = line.event
        assert isinstance(post, Post)  # noqa: S101 - only posts are edited
        text = f"{post.text} {more}"
        truth = structs.replace(
            line.truth, expected_queries=expected(post.network, post.author.handle, post.title, text)
        )
        return Line(at, structs.replace(post, text=text, edited_at=at), truth)

    def taken_back(self, line: Line, at: Millis) -> Line:
        """The post deleted by its author."""
        post = line.event
        assert isinstance(post, Post)  # noqa: S101 - only posts are taken back
        return Line(at, Deleted(post.network, post.remote_id, at), line.truth)

    def _moment(self, chance: Chance, lang: str, network: str, at: Millis) -> dict[str, str]:
        """What slots stand for at an instant on a network."""
        when = local(at)
        month = f"{when.year}-{when.month}"
        if month not in self._beans:
            self._beans[month] = self._dice(f"bean:{month}").choice(_MONTH_BEANS)
        return {
            "at": "@" + OWN_ACCOUNTS.get(network, OWN_ACCOUNTS["bluesky"]),
            "town": TOWN,
            "season": chance.choice(SEASONS[lang][when.month]),
            "the_month_bean": ("le " if lang == "fr" else "the ") + self._beans[month],
        }

    def _line(
        self, network: str, author: Author, at: Millis, words: str, lang: str, person: str, purpose: Purpose,
        answers: Post | None, *, picture: bool, title: str = "",
    ) -> Line:  # fmt: skip
        self._count += 1
        id = f"demo:{network}:{self._series}:{self._count}"
        media = (Media("image", f"https://images.example/{id}.jpg", alt=""),) if picture else ()
        post = Post(
            network=network,
            remote_id=id,
            author=author,
            text=words,
            created_at=at,
            url="" if network == "rss" else f"https://{network}.example/{author.handle}/{id.rpartition(':')[2]}",
            title=title,
            langs=(lang,),
            reply_to=answers.remote_id if answers else "",
            thread=(answers.thread or answers.remote_id) if answers else "",
            mentions=tuple(_HANDLE.findall(words)),
            tags=tuple(_TAG.findall(words)),
            links=tuple(_LINK.findall(words)),
            media=media,
        )
        truth = Truth(
            kind=purpose.kind,
            lang=lang,
            person=person,
            intent=purpose.intent,
            story=purpose.story,
            sentiment=purpose.sentiment,
            about_us=purpose.about_us,
            coordinated=purpose.coordinated,
            expected_queries=expected(network, author.handle, title, words),
        )
        return Line(at, post, truth)


_MONTH_BEANS = (
    *(
        "Guji",
        "Sigri",
        "Marcala",
        "Nyeri",
        "Cauca",
        "Limu",
        "Bensa",
        "Gayo",
        "Jinotega",
        "Cajamarca",
        "Rulindo",
        "Bolaven",
    ),
    *("Chiapas", "Loja", "Embu", "Karnataka"),
)

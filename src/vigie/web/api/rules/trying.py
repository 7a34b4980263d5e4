"""The rules held against a text that is not kept, and against what the house has published."""

import time
from typing import Annotated, Any, Literal

from litestar import Request
from litestar.params import JSONBody
from msgspec import Meta, Struct

from vigie.flows.check_draft import Around, check
from vigie.flows.replay_rules import YEAR, Replayed, replay
from vigie.model import Content, Finding, told
from vigie.web.api.problems import Fault, RefusedError, voice
from vigie.web.api.routes import asks, reads
from vigie.web.api.times import Instant, instant_or_none
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.wording import Wording

Asked = Request[Any, Any, Any]
LONGEST = 100_000
MOST_S = 5.0
"""How long an answer takes at most; what was not read by then is left, and said."""


class TextToTry(Struct, frozen=True, forbid_unknown_fields=True):
    """A text, on one of the charter's channels or on none."""

    text: Annotated[str, Meta(max_length=LONGEST)]
    channel: Annotated[str, Meta(max_length=100, description="Id of a channel of the charter.")] = ""


class Place(Struct, frozen=True):
    """Characters of the text, ``end`` not included."""

    start: int
    end: int


class FoundInText(Struct, frozen=True):
    """What a rule or check says of the text."""

    rule: str
    severity: Literal["note", "warn", "block"]
    trial: Annotated[bool, Meta(description="It is counted and stops nothing.")]
    says: Annotated[str, Meta(description="What is wrong and what to do, in the language asked for.")]
    instead: Annotated[str | None, Meta(description="What to put in place of the first words; null: nobody can say.")]
    places: tuple[Place, ...]
    fingerprint: str


class Tried(Struct, frozen=True):
    """All that is said of it; ``stops``: it could not go out."""

    stops: bool
    items: tuple[FoundInText, ...]


class RuleReplayed(Struct, frozen=True):
    """Posts that a rule would have stopped, and those that it would have spoken of without stopping them."""

    rule: str
    stopped: int
    told: int
    posts: Annotated[tuple[int, ...], Meta(description="Ids of mentions: ten at most, those stopped first.")]


class RulesReplayed(Struct, frozen=True):
    """The charter in force on our own posts of a year, newest first. ``whole``: all of them were read."""

    read: int
    stopped: int
    oldest: Instant | None
    whole: bool
    items: tuple[RuleReplayed, ...]


@asks("/rules/-/try", "read-drafts", cost=5, example=Tried(stops=False, items=()))
def try_rules(request: Asked, data: JSONBody[TextToTry]) -> Tried:
    """Try the rules on a text.

    Nothing of it is kept, and it needs no objective. Rules on trial are told to those who tune them.
    """
    house, who, say = house_of(request), visitor(request), voice(request)
    charter = house.charter()
    known = [one.id for one in charter.channels] if charter else []
    if data.channel and data.channel not in known:
        sentence = say("api.invalid.choice", known=", ".join(known))
        raise RefusedError("invalid-body", Fault(sentence, "api.invalid.choice", pointer="#/channel"))
    judge = house.judge()
    around = Around(
        archive=house.archive,
        detect=judge.detect,
        now=house.clock(),
        author=who.id,
        publications=house.publications,
        incidents=house.incidents,
    )
    content = Content(data.text, (data.channel,) if data.channel else ())
    told_of = (one.finding for one in check(content, judge.policy, around).remarks)
    found = [one for one in told_of if one.part != "objective"]
    shown = [one for one in found if not one.trial or who.may("edit-company")]
    return Tried(any(one.stops for one in found), tuple(_found(one, say) for one in shown))


@reads("/rules/-/replay", "read-mentions")
def replay_rules(request: Asked) -> RulesReplayed:
    """Replay the rules on a year of our posts."""
    house = house_of(request)
    judge = house.judge()
    until = time.monotonic() + MOST_S
    so_far = Replayed()
    for so_far in replay(house.archive, judge.policy, judge.detect, house.clock() - YEAR):  # noqa: B007 - the last one is the answer
        if time.monotonic() > until:
            break
    items = tuple(
        RuleReplayed(id, heard.stopped, heard.told, tuple(one.mention for one in heard.examples))
        for id, heard in sorted(so_far.rules.items(), key=lambda one: (-one[1].stopped, -one[1].told, one[0]))
    )
    return RulesReplayed(so_far.read, so_far.stopped, instant_or_none(so_far.oldest), so_far.whole, items)


def _found(finding: Finding, say: Wording) -> FoundInText:
    return FoundInText(
        finding.rule,
        finding.severity,
        finding.trial,
        say(finding.code, **finding.values) if finding.code else told(finding.why, say.lang),
        finding.replacement,
        tuple(Place(one.start, one.end) for one in finding.spans),
        finding.fingerprint,
    )

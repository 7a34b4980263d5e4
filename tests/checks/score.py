"""How well each check tells bad from good, on the frozen examples.

`python tests/checks/score.py seen [check ...]` prints precision, recall and what was missed. Of the half kept apart
(`held_out`) only figures are ever printed.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import structs

from vigie.charter import Cadence, Calendar, Channel, Charter, Company, Mourning, Objective
from vigie.charter.forms import hours, rate, voice
from vigie.judge.policy import Policy, policy
from vigie.judge.review import review
from vigie.model import Attachment, Author, Draft, Facts, Finding, Millis, Post
from vigie.query import PlainMatcher
from vigie.text.language import detector

Half = Literal["seen", "held_out"]
EXAMPLES = Path(__file__).parent / "examples"
LANGUAGES = ("fr", "en")
CHANNEL = "here"
_ZONES = {"fr": "Europe/Paris", "en": "Europe/London"}
_USUAL_NOW = "2026-11-18T10:00:00+00:00"


class Score(NamedTuple):
    """One check in one language. ``misses`` are bad examples passed over, ``alarms`` good ones spoken of."""

    check: str
    language: str
    bad: int
    good: int
    misses: tuple[Mapping[str, Any], ...]
    alarms: tuple[Mapping[str, Any], ...]

    @property
    def recall(self) -> float:
        """Of the bad ones, the part that was found."""
        return (self.bad - len(self.misses)) / self.bad

    @property
    def precision(self) -> float:
        """Of those spoken of, the part that was bad."""
        spoken = self.bad - len(self.misses) + len(self.alarms)
        return (self.bad - len(self.misses)) / spoken if spoken else 0.0


def score(check: str, language: str, half: Half) -> Score:
    """Runs one check over one set. Speaking with any severity counts as speaking."""
    examples = _read(check, language, half)
    bad = [one for one in examples if one["label"] == "bad"]
    good = [one for one in examples if one["label"] == "good"]
    misses = tuple(one for one in bad if not said_of(one, check, language))
    alarms = tuple(one for one in good if said_of(one, check, language))
    return Score(check, language, len(bad), len(good), misses, alarms)


def sets(half: Half) -> Iterator[tuple[str, str]]:
    """(check, language) of every set there is."""
    for file in sorted((EXAMPLES / half).glob("*.jsonl")):
        check, language = file.stem.rsplit(".", 1)
        yield check, language


def said_of(example: Mapping[str, Any], check: str, language: str) -> tuple[Finding, ...]:
    """What the check says of an example."""
    by = structs.replace(_everything(), charter=charter_of(example, language))
    (found,) = review([(draft_of(example, check, language), facts_of(example, language))], by)
    return tuple(finding for finding in found if finding.rule == check)


def draft_of(example: Mapping[str, Any], check: str, language: str) -> Draft:
    """The draft that an example stands for. Which language it is in is for ``wrong-account`` to find out."""
    answers = example.get("replying_to")
    spoken = _detector()(example["text"]) if check == "wrong-account" else language
    return Draft(
        example["text"],
        network=example.get("network", ""),
        channel=CHANNEL if "channel" in example or "language" in example else "",
        language=spoken,
        author="ines",
        objective=example.get("objective", ""),
        when=_millis(example["when"]) if "when" in example else None,
        media=tuple(_attachment(one) for one in example.get("media", ())),
        answers=_post({"text": answers, "at": _now(example)}, "client") if answers else None,
        ai=example.get("ai", False),
    )


def facts_of(example: Mapping[str, Any], language: str) -> Facts:
    """What is true around it."""
    links = example.get("links", {})
    return Facts(
        now=_millis(_now(example)),
        roles=(example["author_role"],) if "author_role" in example else (),
        recent=tuple(_post(one, "us") for one in example.get("recent", ())),
        elsewhere=tuple(_post(one, one.get("account", "")) for one in example.get("elsewhere", ())),
        incidents=tuple(example.get("incidents", ())),
        links={url: status if isinstance(status, int) else None for url, status in links.items()},
        handles=example.get("handles", {}),
    )


def charter_of(example: Mapping[str, Any], language: str) -> Charter | None:
    """The charter that an example speaks of; None where it speaks of none."""
    if not {"charter", "channel", "timezone", "language"} & set(example):
        return None
    said = example.get("charter", {})
    zone = example.get("timezone", _ZONES[language])
    return Charter(
        charter=1,
        company=Company(
            name="La Maison",
            languages=(language,),
            timezone=zone,
            domains=tuple(said.get("own_domains", ())),
            contacts=tuple(said.get("own_contacts", ())),
            country=said.get("holidays", ""),
            known_handles=tuple(one.removeprefix("@") for one in said.get("known_handles", ())),
        ),
        channels=(_channel(example, language),),
        objectives=tuple(
            Objective(one["id"], one["id"], until=_last_day(one["until"], zone) if one.get("until") else None)
            for one in said.get("objectives", ())
        ),
        calendar=Calendar(
            on_holidays=said.get("on_holidays", "allowed"),
            mourning=tuple(Mourning(date.fromisoformat(one["day"]), one["why"]) for one in said.get("mourning", ())),
        ),
        digest="",
    )


def _channel(example: Mapping[str, Any], language: str) -> Channel:
    said = example.get("channel", {})
    share = said.get("selling_at_most")
    return Channel(
        CHANNEL,
        example.get("network", ""),
        "la-maison.example",
        purpose=said.get("purpose", ""),
        languages=(example["language"],) if "language" in example else (),
        objectives=tuple(said.get("objectives", ())),
        cadence=Cadence(at_most=rate(said["at_most"])) if "at_most" in said else None,
        selling_at_most=_percent(share) if share else None,
        quiet=tuple(hours(one) for one in said.get("quiet", ())),
        voice=voice(said["voice"]) if "voice" in said else "",
    )


def _percent(written: str) -> int:
    return int(written.removesuffix("%")) if "%" in written else int(Fraction(written) * 100)


def _last_day(until: str, zone: str) -> date:
    """The last day before an instant at midnight, the day of any other."""
    at = datetime.fromisoformat(until).astimezone(ZoneInfo(zone))
    return (at - timedelta(milliseconds=1)).date()


def _attachment(said: Mapping[str, Any]) -> Attachment:
    return Attachment(
        said["kind"],
        alt=said.get("alt", ""),
        type=said.get("type", ""),
        size=said.get("bytes"),
        ai=said.get("ai", False),
        retouched=said.get("retouched", False),
    )


def _post(said: Mapping[str, Any], account: str) -> Post:
    reply_to = "above" if said.get("reply") else ""
    author = Author(account, account.removeprefix("@"))
    return Post("", said["text"], author, said["text"], _millis(said["at"]), reply_to=reply_to)


def _now(example: Mapping[str, Any]) -> str:
    """As told; else when it is planned, or an hour after the last post."""
    recent = max((one["at"] for one in (*example.get("recent", ()), *example.get("elsewhere", ()))), default="")
    after = (datetime.fromisoformat(recent) + timedelta(hours=1)).isoformat() if recent else _USUAL_NOW
    return str(example.get("now") or example.get("when") or after)


def _millis(written: str) -> Millis:
    return int(datetime.fromisoformat(written).timestamp() * 1000)


def _read(check: str, language: str, half: Half) -> list[dict[str, Any]]:
    lines = (EXAMPLES / half / f"{check}.{language}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


@cache
def _everything() -> Policy:
    return policy(None, PlainMatcher)


_detector = cache(lambda: detector(LANGUAGES))


def _print(found: Score, half: Half) -> None:
    figures = f"precision {found.precision:.3f} recall {found.recall:.3f} of {found.bad} bad and {found.good} good"
    print(f"{found.check} {found.language} {figures}")  # noqa: T201 - printing is what it is for
    for kind, examples in (("missed", found.misses), ("false alarm", found.alarms)) if half == "seen" else ():
        for one in examples:
            print(f"    {kind} {one['id']}: {one['text']} ({one.get('note', '')})")  # noqa: T201


if __name__ == "__main__":
    half: Half = "held_out" if sys.argv[1:2] == ["held_out"] else "seen"
    for check, language in sets(half):
        if not sys.argv[2:] or check in sys.argv[2:]:
            _print(score(check, language, half), half)

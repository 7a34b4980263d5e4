"""The page: its parts, each under its tab, the box to try a text, and the versions."""

from datetime import UTC, date, datetime, time
from typing import Any, Literal, TypeAlias, get_args

from litestar import Request, Response, get
from litestar.params import FromQuery

from vigie.charter import Charter
from vigie.checks import built_in
from vigie.flows.charter_page import Version, versions
from vigie.flows.rules_report import USUAL, Line, Report, report
from vigie.model import Millis
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.charter import cards
from vigie.web.pages.charter.replaying import last_replay
from vigie.web.view import view, wording
from vigie.wording import Wording
from vigie.wording.alerts import channel_label

Asked = Request[Any, Any, Any]
Part: TypeAlias = Literal["rules", "checks", "queries", "objectives", "channels", "people"]
PARTS: tuple[Part, ...] = get_args(Part)
_VERSIONS = 6
_ADVISED = 12
"""Rules to look at again that are named; the report has the rest."""
AT_ONCE = 100
"""Rules on one page: a charter may hold ten thousand."""


@get("/charter", guards=[requires("read-drafts")], sync_to_thread=True)
def charter_page(request: Asked, part: FromQuery[Part] = "rules", start: FromQuery[int] = 0) -> Response[str]:
    """One part of the charter; of many rules, those from the one numbered ``start`` on."""
    return shown(request, part, max(0, start))


def shown(request: Asked, part: Part, start: int = 0, **more: Any) -> Response[str]:
    """The page, with what was tried on it."""
    house, who, w = house_of(request), visitor(request), wording(request)
    charter = house.charter()
    told = report(charter, built_in(), house.drafts, house.clock() - USUAL, house.clock())
    known = versions(house.acts, _VERSIONS)
    context: dict[str, Any] = {
        "part": part,
        "tabs": _tabs(charter, told),
        "headline": headline(charter, told, w),
        "advised": _advised(charter, told),
        "versions": known,
        "changed_what": lambda version: changed_what(version, w),
        "noon": noon,
        "by_hand": by_hand(house, known),
        "digest": charter.digest if charter else "",
        "names": names(charter),
        "may_reasons": who.may("read-acts"),
        "may_tune": who.may("edit-company"),
        "replayed": last_replay(request),
        "channels": [(one, channel_label(charter, one.id)) for one in (charter.channels if charter else ())],
        "tried": None,
        "text": "",
        "channel": "",
    }
    return view(request, "charter/page.html", **(context | _of(part, start, charter, told, w) | more))


def headline(charter: Charter | None, told: Report, w: Wording) -> str:
    """What the house wants, in its words; else what its rules ask for now."""
    if charter and charter.why:
        return charter.why
    advised = sum(bool(one.advice) for one in told.lines)
    return w.count("charterpage.headline.advised", advised) if advised else w("charterpage.headline")


def changed_what(version: Version, w: Wording) -> str:
    """Which part of the charter a version changed, as far as its act says."""
    kind, _, id = version.what.partition(":")
    if version.verb == "charter.founded" or not version.before:
        return w("charterpage.changed.founded")
    if kind in ("query", "source", "person"):
        return w(f"charterpage.changed.{kind}", id=id)
    return w("charterpage.changed.charter")


def noon(day: date) -> Millis:
    """An instant of a day, to say the day in words (in UTC)."""
    return int(datetime.combine(day, time(12), UTC).timestamp() * 1000)


def names(charter: Charter | None) -> dict[str, str]:
    """What people are called, by id, and what the product calls itself in its own acts."""
    return {"vigie": "Vigie"} | {person.id: person.name for person in (charter.people if charter else ())}


def by_hand(house: House, known: list[Version]) -> bool:
    """Whether somebody changed the file in an editor since the last act that named it."""
    digest = house.charter_digest()
    return bool(digest and known and known[0].digest != digest)


def _tabs(charter: Charter | None, told: Report) -> list[tuple[Part, int]]:
    counts = {
        "rules": len(charter.rules) if charter else 0,
        "checks": sum(one.kind == "check" for one in told.lines),
        "queries": len(charter.queries) if charter else 0,
        "objectives": len(charter.objectives) if charter else 0,
        "channels": len(charter.channels) if charter else 0,
        "people": len(charter.people) if charter else 0,
    }
    return [(part, counts[part]) for part in PARTS]


def _advised(charter: Charter | None, told: Report) -> tuple[list[tuple[Line, str]], int]:
    """Rules and checks to look at again, each with where it stands, those that people spoke against first; and how many
    there are."""
    places = {rule.id: number for number, rule in enumerate(charter.rules if charter else ())}
    found = sorted((one for one in told.lines if one.advice), key=lambda one: (one.advice == "silent", -one.fired))
    return [(one, _address(one, places.get(one.id, 0))) for one in found[:_ADVISED]], len(found)


def _address(line: Line, number: int) -> str:
    if line.kind == "check":
        return f"/charter?part=checks#{line.id}"
    page = number // AT_ONCE * AT_ONCE
    return f"/charter{f'?start={page}' if page else ''}#{line.id}"


def _of(part: Part, start: int, charter: Charter | None, told: Report, w: Wording) -> dict[str, Any]:
    """What the part itself shows."""
    lines = {one.id: one for one in told.lines}
    if part == "checks":
        found = [cards.check_card(one, lines[one.id], charter, w) for one in built_in()]
        return {"checks": sorted(found, key=lambda one: one.name.casefold())}
    if charter is None:
        return {"rules": [], "gone": [], "start": 0, "at_once": AT_ONCE, "all": 0}
    if part == "rules":
        gone = [one for one in told.lines if one.status == "gone"]
        here = charter.rules[start : start + AT_ONCE]
        return {
            "rules": [cards.rule_card(one, lines[one.id], charter, w) for one in here],
            "gone": gone if start + AT_ONCE >= len(charter.rules) else [],
            "start": start,
            "at_once": AT_ONCE,
            "all": len(charter.rules),
        }
    if part == "channels":
        return {"cards": [cards.channel_card(one, charter, w) for one in charter.channels]}
    if part == "objectives":
        served = {
            one.id: [channel_label(charter, c.id) for c in charter.channels if one.id in c.objectives]
            for one in charter.objectives
        }
        return {"served": served}
    return {}

"""The calendar's own address for one person: secret, shown again when asked for, void as soon as they say so."""

import hmac
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from vigie.charter import Charter, allows
from vigie.desk.when import instant, wall_of
from vigie.flows.scheduling import turns
from vigie.model import Act, Publication
from vigie.web.guard import OPEN, requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.calendar.ics import Entry, written
from vigie.web.pages.composer.lines import lines, stands
from vigie.web.view import done, timezone
from vigie.wording import LANGS, Wording

Asked = Request[Any, Any, Any]
_DAY = 86_400_000
_BEHIND, _AHEAD, _TURNS = 31 * _DAY, 366 * _DAY, 90 * _DAY
"""How far back and ahead it goes; repetitions are worked out for three months."""
_STATUS = {"scheduled": "CONFIRMED", "published": "CONFIRMED", "dropped": "CANCELLED", "recall-recalled": "CANCELLED"}


@post("/calendar/feed", guards=[requires("read-publications")], status_code=200, sync_to_thread=True)
def make_feed(request: Asked) -> Response[Any]:
    """A new address; the one before is void."""
    house, who = house_of(request), visitor(request)
    made(house, who.login, who.id)
    return done("/calendar", "calendar.done.feed_made")


@post("/calendar/feed/drop", guards=[requires("read-publications")], status_code=200, sync_to_thread=True)
def drop_feed(request: Asked) -> Response[Any]:
    """The address leads nowhere any more."""
    house, who = house_of(request), visitor(request)
    dropped(house, who.login, who.id)
    return done("/calendar", "calendar.done.feed_dropped")


@get("/calendar/{file:str}", opt=OPEN, sync_to_thread=True)
def feed(request: Asked, file: FromPath[str]) -> Response[str]:
    """``LOGIN-SECRET.ics``: whoever knows it reads what that person may read; nothing says whether a login is there."""
    house = house_of(request)
    login, _, secret = file.removesuffix(".ics").rpartition("-")
    known = house.vault.get(_name(login)) if login and file.endswith(".ics") else ""
    if not known or not hmac.compare_digest(known.encode(), secret.encode()):
        raise NotFoundException
    account, charter = house.accounts.get(login), house.charter()
    if account is None or account.disabled or charter is None or not _may_read(charter, account.person):
        raise NotFoundException
    lang = (
        account.lang
        if account.lang in LANGS
        else next((one for one in charter.company.languages if one in LANGS), "en")
    )
    w, now = Wording(lang), house.clock()
    planned = house.publications.between(now - _BEHIND, now + _AHEAD)
    body = written(w("calendar.feed.name", company=charter.company.name), _entries(house, planned, charter, w), now)
    headers = {"cache-control": "private, no-store", "x-robots-tag": "noindex"}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


def address(house: House, login: str) -> str:
    """Where somebody's calendar is; empty while they have none."""
    secret = house.vault.get(_name(login))
    return f"{house.base_url}/calendar/{quote(login)}-{secret}.ics" if secret else ""


def made(house: House, login: str, who: str) -> None:
    """Gives somebody a new address."""
    house.vault.put(_name(login), secrets.token_hex(20))
    house.acts.record(Act(house.clock(), who, "feed.made", f"account:{login}", charter=house.charter_digest()))


def dropped(house: House, login: str, who: str) -> None:
    """Makes it void."""
    if house.vault.get(_name(login)):
        house.vault.drop(_name(login))
        house.acts.record(Act(house.clock(), who, "feed.dropped", f"account:{login}", charter=house.charter_digest()))


def _name(login: str) -> str:
    return f"calendar:{login}"


def _may_read(charter: Charter, person: str) -> bool:
    return allows(charter.roles(person), "read-publications")


def _entries(house: House, planned: list[Publication], charter: Charter, w: Wording) -> Iterator[Entry]:
    now = house.clock()
    until = wall_of(now + _TURNS, timezone(charter))[:10]
    host = house.base_url.partition("://")[2] or "vigie"
    for line in lines(planned, charter, w, now):
        one = line.one
        state = w(f"publications.state.{stands(one, now)}")
        text = "\n\n".join(piece.text for piece in one.outgoing.pieces)
        link = f"{house.base_url}/publications/{one.id}"
        summary = w("calendar.feed.entry", channel=line.label, title=line.title, state=state)
        at = one.published_at if one.published_at is not None else one.due
        status = _STATUS.get(line.stands, "TENTATIVE")
        yield Entry(f"publication-{one.id}@{host}", one.revision, at, summary, text, link, status)
        for wall in turns(one, until):
            uid = f"publication-{one.id}-{wall}@{host}"
            yield Entry(uid, one.revision, instant(wall, one.zone).at, summary, text, link, "TENTATIVE")

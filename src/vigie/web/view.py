"""Makes the answer a browser gets: a page in its frame, or a fragment of one for htmx."""

import secrets
from typing import Any, Literal

from jinja2 import Environment
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.enums import MediaType
from litestar.response import Redirect
from msgspec import Struct

from vigie.charter import Charter
from vigie.flows.ports.pulse import STALE
from vigie.model import SourceState
from vigie.web import hosts
from vigie.web.frame import frame
from vigie.web.guard import DOOR_COOKIE, csrf_token, door
from vigie.web.house import House, house_of
from vigie.web.page import SECTIONS, Deed, NavItem, Page
from vigie.web.sessions import secure
from vigie.web.visitor import Visitor, allowed
from vigie.wording import LANGS, Wording
from vigie.wording.alerts import names

Asked = Request[Any, Any, Any]

SLOW_MS = 120_000
"""A source that lags more than this has a half lamp."""


class Lamp(Struct, frozen=True):
    """One source in the strip."""

    id: str
    state: Literal["ok", "slow", "down", "held"]


class Nav(Struct, frozen=True):
    """What this visitor may go to and do, by section; keys included. ``waiting``: by address, what needs somebody."""

    sections: list[tuple[str, list[NavItem]]]
    deeds: list[Deed]
    waiting: dict[str, int] = {}

    @property
    def items(self) -> list[NavItem]:
        """All lines, in order."""
        return [item for _, items in self.sections for item in items]


def view(request: Asked, template: str, *, status: int = 200, **context: Any) -> Response[str]:
    """A whole page. Besides ``context`` its template has what `fragment` gives, and ``nav``, ``lamps``, ``theme``,
    ``density``, ``plain_http_warning``, ``charter_error``, ``alarm``, ``frame`` (`Frame`), ``path`` and ``done``."""
    house, who = house_of(request), visitor_or_none(request)
    around = {
        "frame": frame(house, who) if who else None,
        "nav": navigation(request),
        "lamps": _lamps(house, who),
        "theme": who.account.theme if who else "",
        "density": who.account.density if who else "",
        "plain_http_warning": not secure(request) and not hosts.loopback(request.headers.get("host", "")),
        "charter_error": house.charter_error() if who else None,
        "alarm": _alarm(house) if who else "",
        "path": request.url.path,
        "done": _done(request),
    }
    return fragment(request, template, status=status, **(around | context))


def fragment(request: Asked, template: str, *, status: int = 200, **context: Any) -> Response[str]:
    """A part of a page, for htmx. Its template has ``w``, ``person``, ``charter``, ``tz``, ``now``, ``called``,
    ``csrf``, ``demo`` and ``status``."""
    house, who = house_of(request), visitor_or_none(request)
    cookies: list[Cookie] = []
    if who is None and not door(request):
        request.scope["vigie_door"] = secrets.token_urlsafe(24)  # type: ignore[typeddict-unknown-key]
        cookies.append(_door_cookie(request))
    charter = house.charter()
    base: dict[str, Any] = {
        "w": wording(request),
        "person": who,
        "charter": charter,
        "tz": timezone(charter),
        "now": house.clock(),
        "called": names(charter),
        "csrf": csrf_token(request),
        "demo": house.demo,
        "status": status,
    }
    env: Environment = request.app.state.templates
    body = env.get_template(template).render(base | context)
    return Response(body, status_code=status, media_type=MediaType.HTML, cookies=cookies)


def visitor_or_none(request: Asked) -> Visitor | None:
    """Who asks, on routes that are open to all."""
    found = request.scope.get("user")
    return found if isinstance(found, Visitor) else None


def wording(request: Asked) -> Wording:
    """The product's voice for this visitor: the language they chose, else their browser's, else the house's."""
    return Wording(lang(request))


def lang(request: Asked) -> str:
    """``fr`` or ``en``."""
    who = visitor_or_none(request)
    if who and who.account.lang in LANGS:
        return who.account.lang
    for wish in request.headers.get("accept-language", "").split(","):
        tag = wish.split(";")[0].strip()[:2].lower()
        if tag in LANGS:
            return tag
    charter = house_of(request).charter()
    return next((tag for tag in (charter.company.languages if charter else ()) if tag in LANGS), "en")


def timezone(charter: Charter | None) -> str:
    """The house's clock on the wall."""
    return charter.company.timezone if charter else "UTC"


def navigation(request: Asked) -> Nav:
    """Where this visitor may go."""
    house, who = house_of(request), visitor_or_none(request)
    pages: list[Page] = request.app.state.pages
    items = [page.nav for page in pages if page.nav and who and allowed(who, page.nav.action)]
    sections = [(section, [item for item in items if item.section == section]) for section in SECTIONS]
    deeds = [deed for page in pages for deed in page.deeds if who and allowed(who, deed.action)]
    waiting = {item.href: item.waiting(house) for item in items if item.waiting}
    return Nav([(section, found) for section, found in sections if found], deeds, waiting)


def done(to: str, code: str) -> Redirect:
    """After a form: to a page that says in passing what was done. ``code`` is a message id with ``.done.`` in it."""
    return Redirect(f"{to}{'&' if '?' in to else '?'}done={code}", status_code=303)


def _done(request: Asked) -> str:
    code = str(request.query_params.get("done", ""))
    return code if ".done." in code and wording(request).has(code) else ""


def _lamps(house: House, who: Visitor | None) -> list[Lamp]:
    if who is None or not allowed(who, "read-sources"):
        return []
    now = house.clock()
    return [Lamp(state.id, _lit(state, now)) for state in house.archive.sources()]


def _alarm(house: House) -> str:
    """What keeps Vigie from listening, as a message id; empty when nothing does. A broken charter has its own band."""
    now = house.clock()
    for pulse in house.pulses():
        if pulse.trouble == "disk-full":
            return "shell.alarm.disk_full"
        # a role that ended as it was told to has no time of its own
        if pulse.role == "listen" and (not pulse.at or now - pulse.at > STALE):
            return "shell.alarm.not_listening"
    return ""


def _lit(state: SourceState, now: int) -> Literal["ok", "slow", "down", "held"]:
    if state.state == "retrying" or (state.state == "stopped" and state.error):
        return "down"
    if state.state == "waiting":
        return "held"
    behind = now - state.latest if state.latest is not None else 0
    return "slow" if state.state == "reading" and behind > SLOW_MS and state.rate > 0 else "ok"


def _door_cookie(request: Asked) -> Cookie:
    return Cookie(key=DOOR_COOKIE, value=door(request), path="/", httponly=True, samesite="lax", secure=secure(request))

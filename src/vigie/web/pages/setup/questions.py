"""Three questions on one page, each of which may stay unanswered; the answers become the first charter."""

from typing import Annotated, Any
from zoneinfo import available_timezones

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect
from msgspec import Struct

from vigie.charter import CharterError
from vigie.flows import queries as queries_flow
from vigie.flows import setup as flow
from vigie.flows.ports.charter_file import CharterMovedError
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.web.pages.setup.hearing import heard
from vigie.web.view import lang, view, wording
from vigie.wording import LANGS, Wording

Asked = Request[Any, Any, Any]
Filled = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
ZONES = {"fr": "Europe/Paris", "en": "UTC"}
"""Before the browser has told where it is."""


class Answers(Struct, frozen=True):
    """What the form holds."""

    name: str = ""
    words: str = ""
    languages: tuple[str, ...] = ()
    timezone: str = ""


@get("/setup", sync_to_thread=True)
def setup_page(request: Asked) -> Response[Any]:
    """The questions; only while there is no charter."""
    if house_of(request).charter_file.read() != ("", ""):
        return Redirect("/", status_code=303)
    return _page(request, Answers(languages=LANGS, timezone=ZONES[lang(request)]))


@post("/setup", status_code=200, sync_to_thread=True)
def found(request: Asked, data: Filled) -> Response[Any]:
    """Writes the first charter. With ``do=hear``, only shows what the words become, for a page without script."""
    house, w, who = house_of(request), wording(request), visitor(request)
    answers = _answers(data, lang(request))
    if data.get("do") == "hear":
        return _page(request, answers)
    query = flow.listening_query(answers.words, answers.name)
    said = queries_flow.examine(query, "brand", {}) if query else None
    if said and said.query is None:
        return _page(request, answers, status=422)
    try:
        flow.found_house(
            house.charter_file,
            name=answers.name or w("setup.unnamed"),
            listen_for=query,
            languages=answers.languages,
            timezone=answers.timezone,
            owner_id=who.id,
            owner_name=who.name,
            lang=lang(request),
            parse_charter=house.parse_charter,
            now=house.clock(),
        )
    except CharterMovedError:
        return Redirect("/", status_code=303)
    except CharterError as error:
        return _page(request, answers, problem=_said(error, w), status=422)
    return Redirect("/", status_code=303)


def _page(request: Asked, answers: Answers, *, problem: str = "", status: int = 200) -> Response[str]:
    house = house_of(request)
    return view(
        request,
        "setup/page.html",
        status=status,
        answers=answers,
        heard=heard(answers.words, answers.name, wording(request)),
        zones=sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"),
        languages=LANGS,
        can_listen="bluesky" in house.networks,
        problem=problem,
    )


def _answers(data: dict[str, str], lang: str) -> Answers:
    """The form's answers; a skipped question has the plainest one."""
    languages = tuple(one for one in LANGS if data.get(f"lang_{one}"))
    zone = data.get("timezone", "").strip()
    return Answers(
        name=" ".join(data.get("name", "").split())[:200],
        words=data.get("words", "").replace("\r\n", "\n").strip()[:2000],
        languages=languages or LANGS,
        timezone=zone if zone in available_timezones() else ZONES[lang],
    )


def _said(error: CharterError, w: Wording) -> str:
    first = error.problems[0] if error.problems else None
    return w(first.code, **first.values) if first else ""

"""Why? and why not?: a query and a post, side by side, whether they go together or not."""

import asyncio
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from msgspec import Struct

from vigie.flows.ports.archive import Filter
from vigie.model import Post
from vigie.web.guard import requires, visitor
from vigie.web.house import house_of
from vigie.web.pages.listening.asking import LANGUAGES, LONGEST_POST, LONGEST_QUERY, Asked, Question, asked
from vigie.web.pages.listening.reasons import Reasons, reasons
from vigie.web.pages.listening.rows import Place, handle_of, name_of
from vigie.web.pages.listening.watching import place_of
from vigie.web.pages.queries.sample import SAMPLE
from vigie.web.pages.queries.typed import faults
from vigie.web.said import printable, safe_link
from vigie.web.slow import slow_of
from vigie.web.view import fragment, view

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
MAY_READ = [requires("read-mentions")]

_PICKS = 6  # of each kind
_PICKED = 240  # characters of a post to choose from
_DIGITS = 18  # what SQLite counts with


class Pick(Struct, frozen=True):
    """A post to choose from; ``key`` is its identifier."""

    key: str
    who: str
    at: int
    network: str
    text: str


@get("/listening/why", guards=MAY_READ)
async def why(request: Request[Any, Any, Any]) -> Response[str]:
    """The question as its address says it (``?mention=12``, ``?query=brand&post=https://…``), with its answer."""
    given = request.query_params
    mention = given.get("mention", "")
    number = int(mention) if mention.isascii() and mention.isdecimal() and len(mention) <= _DIGITS else None
    key = given.get("post", "").strip()[:LONGEST_POST]
    return await _answered(request, Question(given.get("query", "")[:64], mention=number, key=key))


@post("/listening/why", guards=MAY_READ, status_code=200)
async def ask(request: Request[Any, Any, Any], data: Form) -> Response[str]:
    """The same for a query or a post that is typed: no address should hold somebody's words."""

    def given(name: str, longest: int) -> str:
        return data.get(name, "").replace("\r\n", "\n").strip()[:longest]

    lang = given("lang", 2)
    question = Question(
        query=given("query", 64),
        match=given("match", LONGEST_QUERY),
        key=given("pick", LONGEST_POST),
        said=given("post", LONGEST_POST),
        lang=lang if lang in LANGUAGES else "",
    )
    return await _answered(request, question, sent=True)


async def _answered(request: Request[Any, Any, Any], question: Question, *, sent: bool = False) -> Response[str]:
    """The page. A query of thousands of conditions takes a second to explain: those too many wait, the pages do not."""
    found, answers = None, list[Reasons]()
    if sent or not question.empty:
        found, answers = await slow_of(request.app).run(lambda: _explained(request, question))
    return await asyncio.to_thread(_page, request, question, found, answers)


def _explained(request: Request[Any, Any, Any], question: Question) -> tuple[Asked, list[Reasons]]:
    found = asked(question, house_of(request))
    return found, _reasons(found, place_of(request))


def _page(
    request: Request[Any, Any, Any], question: Question, found: Asked | None, answers: list[Reasons]
) -> Response[str]:
    place = place_of(request)
    context: dict[str, Any] = {"question": question, "found": found, "answers": answers, "label": place.label}
    context |= {"about": _about(found, place), "may_edit": visitor(request).may("edit-queries")}
    if request.headers.get("x-part") == "why":
        return fragment(request, "listening/_reasons.html", inplace=True, **context)
    charter = house_of(request).charter()
    status = 422 if found and (found.errors or (found.typed and found.typed.problems)) else 200
    return view(
        request,
        "listening/why.html",
        status=status,
        inplace=False,
        headline=answers[0].answer if len(answers) == 1 else place.w("why.headline"),
        queries=[(query.id, query.label) for query in charter.queries] if charter else [],
        faults=faults(found.typed, place.w) if found and found.typed else [],
        languages=LANGUAGES,
        **_picks(request, place),
        **context,
    )


def _reasons(found: Asked, place: Place) -> list[Reasons]:
    if found.subject is None or found.subject.gone:
        return []
    return [
        reasons(query, found.subject.post, place.w, id=id, label=place.label(id) if id else "")
        for id, query in found.queries.items()
    ]


def _about(found: Asked | None, place: Place) -> dict[str, Any]:
    """Who wrote the post, where, and where it can be read."""
    if found is None or found.subject is None or found.subject.typed:
        return {}
    post = found.subject.post
    return {
        "who": name_of(post.author, place.w),
        "handle": handle_of(post.author),
        "network": post.network,
        "at": post.created_at,
        "link": safe_link(post.url),
    }


def _picks(request: Request[Any, Any, Any], place: Place) -> dict[str, list[Pick]]:
    """The latest mentions, and the latest posts that no query found."""
    archive = house_of(request).archive
    kept = [mention.post for mention in archive.mentions(Filter(), "", _PICKS).mentions if mention.gone_at is None]
    sample, _ = SAMPLE.posts(archive, place.now)
    passed = sorted(sample, key=lambda one: -one.created_at)[:_PICKS]
    return {"kept": [_pick(one, place) for one in kept], "passed": [_pick(one, place) for one in passed]}


def _pick(post: Post, place: Place) -> Pick:
    text = printable(" ".join(f"{post.title} {post.text}".split())[:_PICKED])
    return Pick(post.remote_id, name_of(post.author, place.w), post.created_at, post.network, text)

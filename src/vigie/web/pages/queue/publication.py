"""One publication: what is sent exactly as it is sent, how far it has come, its history, and what may be done."""

from collections.abc import Iterator

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from markupsafe import Markup
from msgspec import Struct, structs

from vigie.desk.when import instant
from vigie.model import Act, Attachment, Publication
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.composer.lines import Line, allowed, lines
from vigie.web.pages.composer.looking import Reason, look
from vigie.web.pages.composer.page import Asked
from vigie.web.pages.composer.proofs import dressed
from vigie.web.said import safe_link
from vigie.web.view import timezone, view, wording
from vigie.wording import Wording

_MARKS = {"published": "ok", "failed": "stop", "missed": "stop", "recalled": "ok", "recall-failed": "stop"}


class Post(Struct, frozen=True):
    """One post of it. ``url`` leads to it on its network, once it is there; ``gone`` when it was taken back."""

    text: Markup
    media: tuple[Attachment, ...]
    url: str
    gone: bool


class Event(Struct, frozen=True):
    """One act of its history, in words."""

    act: Act
    says: str
    mark: str


@get("/publications/{id:int}", guards=[requires("read-publications")], sync_to_thread=True)
def publication(request: Asked, id: FromPath[int]) -> Response[str]:
    """One publication."""
    return shown(request, there(house_of(request), id))


def shown(request: Asked, one: Publication, *, status: int = 200, error: str = "") -> Response[str]:
    """Its page, maybe with why something was not done."""
    house, who, w = house_of(request), visitor(request), wording(request)
    charter, now = house.charter(), house.clock()
    tz = timezone(charter)
    line = lines([one], charter, w, now)[0]
    person = charter.person(one.scheduled_by) if charter else None
    return view(
        request,
        "queue/publication.html",
        status=status,
        error=error,
        line=line,
        may=allowed(line, who),
        posts=tuple(_posts(one)),
        sentence=_sentence(line, w, tz, now),
        turned=instant(one.wall, one.zone).turned if one.state == "scheduled" else "",
        reasons=_at_its_time(request, house, one),
        events=tuple(_events(house, one, w)) if who.may("read-acts") else (),
        names={person.id: person.name for person in (charter.people if charter else ())},
        by=person.name if person else one.scheduled_by,
        connected=bool(house.vault.get(f"channel:{one.channel}")),
        others=[other for other in house.publications.of_draft(one.draft) if other.id != one.id],
    )


def there(house: House, id: int) -> Publication:
    """Raises NotFoundException."""
    one = house.publications.get(id)
    if one is None:
        raise NotFoundException
    return one


def _posts(one: Publication) -> Iterator[Post]:
    for index, piece in enumerate(one.outgoing.pieces):
        sent = one.sent[index] if index < len(one.sent) else None
        url = safe_link(sent.url) if sent else ""
        yield Post(dressed(piece.text, one.network), piece.media, url, gone=bool(sent and sent.gone_at))


def _sentence(line: Line, w: Wording, tz: str, now: int) -> str:
    one = line.one
    at = one.published_at if one.published_at is not None else one.due
    return w(f"publications.title.{line.stands}", channel=line.label, when=w.when(at, tz, now))


def _at_its_time(request: Asked, house: House, one: Publication) -> tuple[Reason, ...]:
    """What the charter says of its moment, while that can be changed."""
    saved = house.drafts.get(one.draft)
    if saved is None or one.state != "scheduled":
        return ()
    content = structs.replace(saved.content, when=one.due, channels=(one.channel,))
    who, w = visitor(request), wording(request)
    seen = look(house, content, saved.author, who, w, tuple(house.drafts.decisions(saved.id)), draft=saved.id)
    return tuple(reason for reason in seen.reasons if reason.finding.part == "when")


def _events(house: House, one: Publication, w: Wording) -> Iterator[Event]:
    now = house.clock()
    for _, act in house.acts.about(f"publication:{one.id}"):
        verb = act.verb.partition(".")[2]
        walls = {name: str(act.details.get(name, "")) for name in ("since", "to")}
        said = {name: w.when(instant(wall, one.zone).at, one.zone, now) if wall else "" for name, wall in walls.items()}
        code = f"publications.act.{verb}"
        yield Event(act, w(code, **said) if w.has(code) else act.verb, _MARKS.get(verb, "us"))

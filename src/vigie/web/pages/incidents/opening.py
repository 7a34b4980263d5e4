"""Opening an incident by hand, also from a mention or a publication that a link names."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromQuery
from msgspec import Struct

from vigie.charter import Charter
from vigie.flows.incidents import open_incident
from vigie.model import Incident, Mention, Publication
from vigie.web.guard import requires
from vigie.web.house import House, house_of
from vigie.web.pages.composer.form import number
from vigie.web.pages.composer.page import doing
from vigie.web.pages.incidents.found import LONGEST_TITLE, LONGEST_WORDS, Asked, Form
from vigie.web.view import done, view, wording
from vigie.wording.alerts import names


class About(Struct, frozen=True):
    """What somebody wants to report: a mention, a publication, or neither."""

    mention: Mention | None = None
    publication: Publication | None = None

    @property
    def text(self) -> str:
        """Its words."""
        if self.mention is not None:
            return self.mention.post.text
        return self.publication.outgoing.pieces[0].text if self.publication else ""


class Report(Struct, frozen=True):
    """What somebody says of it."""

    title: str
    words: str
    channels: tuple[str, ...]
    about: About


@get("/incidents/new", guards=[requires("handle-incidents")], sync_to_thread=True)
def new(
    request: Asked, mention: FromQuery[int] = 0, publication: FromQuery[int] = 0, channel: FromQuery[str] = ""
) -> Response[str]:
    """The form."""
    house = house_of(request)
    about = about_of(house, mention, publication)
    channels = (channel,) if channel else channels_of(about, house.charter())
    return _shown(request, Report("", "", channels, about))


@post("/incidents/new", guards=[requires("handle-incidents")], status_code=200, sync_to_thread=True)
def open_one(request: Asked, data: Form) -> Response[Any]:
    """Opens it, and calls whoever is on call."""
    house, w = house_of(request), wording(request)
    charter = house.charter()
    known = [one.id for one in charter.channels] if charter else []
    wanted = Report(
        " ".join(data.get("title", "").split())[:LONGEST_TITLE],
        data.get("words", "").strip()[:LONGEST_WORDS],
        tuple(id for id in known if data.get(f"on:{id}")),
        about_of(house, number(data, "mention"), number(data, "publication")),
    )
    if not wanted.title:
        return _shown(request, wanted, status=422, error=w("incidents.new.error.title"))
    return done(f"/incidents/{reported(request, wanted).id}", "incidents.done.opened")


def reported(request: Asked, wanted: Report) -> Incident:
    """Opens the incident; the same post is one incident while it is not resolved."""
    house, by = house_of(request), doing(request)
    network, remote_id, publication = "", "", wanted.about.publication
    if wanted.about.mention is not None:
        network, remote_id = wanted.about.mention.post.network, wanted.about.mention.post.remote_id
        publication = house.publications.by_remote(network, remote_id)
    elif publication is not None:
        network = publication.network
        remote_id = next((one.remote_id for one in publication.sent if one.remote_id), "")
    incident = Incident(
        id=0,
        revision=0,
        origin="person",
        reason="by-hand",
        key=f"person:{network}:{remote_id}" if remote_id else f"person:{by.who}:{by.now}",
        opened_at=by.now,
        opened_by=by.who,
        contain_within=0,
        title=wanted.title,
        channels=wanted.channels,
        network=network,
        remote_id=remote_id,
        publication=publication.id if publication else 0,
    )
    stored, _ = open_incident(house.incidents, house.notices, house.charter(), incident, by.now, wanted.words)
    return stored


def about_of(house: House, mention: int, publication: int) -> About:
    """What a link names, as far as it is there."""
    return About(
        house.archive.mention(mention) if mention else None,
        house.publications.get(publication) if publication else None,
    )


def channels_of(about: About, charter: Charter | None) -> tuple[str, ...]:
    """The channel of a publication, or of a post of our own."""
    if about.publication is not None:
        return (about.publication.channel,)
    if about.mention is None or about.mention.kept != "own" or charter is None:
        return ()
    author, network = about.mention.post.author, about.mention.post.network
    ours = (
        one.id
        for one in charter.channels
        if one.network == network
        and (author.handle.casefold() == one.account.casefold() or author.id == one.account_id)
    )
    return tuple(ours)[:1]


def _shown(request: Asked, wanted: Report, *, status: int = 200, error: str = "") -> Response[str]:
    house = house_of(request)
    charter = house.charter()
    on_call = charter.crisis.on_call[:1] if charter else ()
    return view(
        request,
        "incidents/new.html",
        status=status,
        wanted=wanted,
        error=error,
        on_call=names(charter).everybody(on_call, wording(request)),
    )

"""Adding, changing and removing a source; a token goes into the vault and is never given back."""

import re
from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct, field

from vigie.flows import sources as flow
from vigie.flows.sources import SourceGoneError, SourceTakenError
from vigie.model import SourceSpec
from vigie.web.api.naming import check_id
from vigie.web.api.problems import Fault, RefusedError, invalid_body, voice
from vigie.web.api.routes import writes
from vigie.web.api.sources.reading import Options, Source, row_of, source_out
from vigie.web.guard import visitor
from vigie.web.house import House, house_of
from vigie.web.pages.sources.forms import ABSENT
from vigie.wording import Wording

Asked = Request[Any, Any, Any]
_OPTION = re.compile(r"[a-z][a-z0-9_]{0,40}")
_FIELDS = frozenset({"id", "network", "address", "token"})


class SourceText(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a source is and how it is read. An empty ``token`` leaves the one that is there."""

    network: Annotated[str, Meta(max_length=64, examples=["rss"])]
    address: Annotated[str, Meta(max_length=2000, examples=["https://journal.example/feed.xml"])] = ""
    options: Annotated[Options, Meta(description="What the network's folder understands.", max_length=40)] = field(
        default_factory=dict
    )
    token: Annotated[str, Meta(max_length=4000)] = ""


@writes("PUT", "/sources/{id:str}", "edit-sources", also=201)
def put_source(request: Asked, id: FromPath[str], data: JSONBody[SourceText]) -> Response[Source]:
    """Add or change a source.

    What you send replaces how it was read; a token that is not sent stays.
    """
    house, say = house_of(request), voice(request)
    charter = house.charter()
    if charter is None:
        raise RefusedError("no-charter")
    new = flow.specified(charter, id) is None
    if new:
        check_id(id, say)
    spec = SourceSpec(id, data.network, data.address.strip(), data.options)
    _check(house, spec, data.token, say)
    try:
        flow.put(
            house.charter_file,
            house.vault,
            spec,
            new=new,
            token=data.token.strip(),
            parse_charter=house.parse_charter,
            who=visitor(request).id,
            now=house.clock(),
        )
    except (SourceTakenError, SourceGoneError) as error:
        raise RefusedError("moved") from error
    return Response(source_out(row_of(house, id), say), status_code=201 if new else 200)


@writes("DELETE", "/sources/{id:str}", "edit-sources", status=204, fails=(404,))
def drop_source(request: Asked, id: FromPath[str]) -> Response[None]:
    """Remove a source.

    It is read no more; what it brought stays. To take this back, put the source again, with its token if it had one.
    """
    house = house_of(request)
    try:
        flow.remove(
            house.charter_file,
            house.vault,
            id,
            parse_charter=house.parse_charter,
            who=visitor(request).id,
            now=house.clock(),
        )
    except SourceGoneError as error:
        raise RefusedError("not-found") from error
    return Response(None, status_code=204)


def _check(house: House, spec: SourceSpec, token: str, say: Wording) -> None:
    """Raises RefusedError with everything that the network and the page's form would object to."""
    network = house.networks.get(spec.network)
    if network is None or spec.network in ABSENT:
        known = ", ".join(sorted(set(house.networks) - ABSENT))
        raise invalid_body(say, "choice", "#/network", known=known)
    faults = [
        Fault(say("api.invalid.option"), "api.invalid.option", pointer=f"#/options/{_escaped(name)}")
        for name in spec.options
        if not _OPTION.fullmatch(name) or name in _FIELDS
    ]
    for option, code, detail in network.problems(spec):
        id = f"sources.error.{code}"
        sentence = say(id, detail=detail) if say.has(id) else say("sources_page.error.refused", detail=detail)
        pointer = f"#/{option}" if option in _FIELDS else f"#/options/{_escaped(option)}"
        faults.append(Fault(sentence, id, pointer=pointer))
    held = flow.token_name(spec.id) in house.vault.names()
    if network.needs_token and not held and not token.strip():
        faults.append(Fault(say("sources_page.error.token"), "sources_page.error.token", pointer="#/token"))
    if faults:
        raise RefusedError("invalid-body", *faults)


def _escaped(name: str) -> str:
    """A name as a JSON Pointer has it (RFC 6901)."""
    return name[:60].replace("~", "~0").replace("/", "~1")

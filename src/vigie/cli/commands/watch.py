"""Prints posts that match a query as they are written, from the public Bluesky network unless told otherwise."""

import asyncio
import sys
from typing import Annotated

import msgspec
import typer

from vigie.app.clock import now
from vigie.app.stopping import stop_event
from vigie.app.watch_live import watch_live
from vigie.cli.files import down_sentence
from vigie.cli.post_lines import post_lines
from vigie.cli.query_problems import print_query_problems
from vigie.cli.sources import UnknownSourceError, private_places, source_named
from vigie.cli.speak import err, fail, out, settings
from vigie.fetch import GuardedFetch
from vigie.flows.ports.network import SourceDownError, Tools
from vigie.model import Post, SourceSpec, Span
from vigie.networks import networks
from vigie.query import Query, QueryError, parse
from vigie.wording import Wording


def run(
    query: Annotated[str, typer.Argument(help="In the listening language, quoted.")],
    source: Annotated[str, typer.Option(help="NETWORK, NETWORK:ADDRESS, or an address.")] = "bluesky",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for pipes.")] = False,  # noqa: FBT002
    limit: Annotated[int, typer.Option(help="End after so many posts; 0 for never.", min=0)] = 0,
) -> None:
    """Prints posts that match a query as they are written, from the public Bluesky network unless told otherwise."""
    w = Wording(settings().lang)
    try:
        parsed = parse(query)
    except QueryError as error:
        print_query_problems(error, query, w)
        raise typer.Exit(2) from error
    try:
        spec = source_named(source)
    except UnknownSourceError as error:
        fail(w("cli.source.unknown", source=source, networks=", ".join(sorted(error.networks))), 2)
    try:
        asyncio.run(_watch(parsed, spec, w, as_json=json, limit=limit))
    except SourceDownError as down:
        fail(down_sentence(down, spec, w))
    except BrokenPipeError:  # `vigie watch … | head`
        sys.stderr.close()


async def _watch(query: Query, spec: SourceSpec, w: Wording, *, as_json: bool, limit: int) -> None:
    stop = stop_event(supervised=False)
    tools = Tools(GuardedFetch(allow_private=private_places(spec)), now)

    def down(error: SourceDownError, wait: float) -> None:
        err.print(w("cli.watch.down", detail=f"{error.code} {error.detail}", seconds=round(wait)), style="dim")

    async def follow() -> None:
        count = 0
        async for post, spans in watch_live(query, spec, networks()[spec.network], tools, stop, down):
            if as_json:
                sys.stdout.write(json_line(post, spans))
                sys.stdout.flush()
            else:
                out.print(post_lines(post, spans, w, "UTC"))
            count += 1
            if count == limit:
                return

    if not as_json:
        err.print(w("cli.watch.started", source=spec.address or spec.network), style="dim")
    following = asyncio.create_task(follow())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({following, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not following.done():
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        return
    following.result()


def json_line(post: Post, spans: tuple[Span, ...], queries: tuple[str, ...] = ()) -> str:
    """The post with ``spans``, a list of [start, end) in characters of its text, and the ids of its queries if any."""
    line = {"post": post, "spans": [(s.start, s.end) for s in spans]} | ({"queries": queries} if queries else {})
    return msgspec.json.encode(line).decode() + "\n"

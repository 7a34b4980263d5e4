"""Prints what a source brings, as it comes: for people in colour, for pipes as JSON."""

import asyncio
import sys
from collections.abc import Mapping

import msgspec

from vigie.app.clock import now
from vigie.app.stopping import stop_event
from vigie.app.watch_live import Found, watch_live
from vigie.cli.files import down_sentence
from vigie.cli.post_lines import post_lines
from vigie.cli.sources import private_places
from vigie.cli.speak import err, fail, out
from vigie.fetch import GuardedFetch
from vigie.flows.ports.network import SourceDownError, Tools
from vigie.model import SourceSpec
from vigie.networks import networks
from vigie.query import Query
from vigie.wording import Wording


def follow(queries: Mapping[str, Query], spec: SourceSpec, w: Wording, *, as_json: bool, limit: int = 0) -> int:
    """Prints matching posts until the source ends, ``limit`` is reached (0: never) or Ctrl-C. Returns how many."""
    try:
        return asyncio.run(_follow(queries, spec, w, as_json=as_json, limit=limit))
    except SourceDownError as down:
        fail(down_sentence(down, spec, w))
    except BrokenPipeError:  # `vigie watch … --json | head`
        sys.stderr.close()
        return 0


async def _follow(queries: Mapping[str, Query], spec: SourceSpec, w: Wording, *, as_json: bool, limit: int) -> int:
    stop = stop_event(supervised=False)
    tools = Tools(GuardedFetch(allow_private=private_places(spec)), now)
    count = 0

    def down(error: SourceDownError, wait: float) -> None:
        err.print(w("cli.watch.down", detail=f"{error.code} {error.detail}", seconds=round(wait)), style="dim")

    async def print_all() -> None:
        nonlocal count
        async for found in watch_live(queries, spec, networks()[spec.network], tools, stop, down):
            if as_json:
                sys.stdout.write(json_line(found))
                sys.stdout.flush()
            else:
                out.print(post_lines(found.post, found.spans, w, "UTC"))
            count += 1
            if count == limit:
                return

    printing = asyncio.create_task(print_all())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({printing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if printing.done():
        printing.result()
    else:
        printing.cancel()
        await asyncio.gather(printing, return_exceptions=True)
    return count


def json_line(found: Found) -> str:
    """The post, the ids of its queries, and ``spans``: a list of [start, end) in characters of its text."""
    spans = [(span.start, span.end) for span in found.spans]
    return msgspec.json.encode({"post": found.post, "queries": found.queries, "spans": spans}).decode() + "\n"

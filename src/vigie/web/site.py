"""Puts the site together: scans the pages and the API, closes every door, and sizes the pool of threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any

import structlog
from litestar import Litestar, Router
from litestar.concurrency import get_asyncio_executor, set_asyncio_executor
from litestar.datastructures import State
from litestar.middleware import DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from vigie import __version__
from vigie.web.assets import Assets, static_file
from vigie.web.errors import HANDLERS
from vigie.web.guard import Doorkeeper, logged_in, same_site
from vigie.web.headers import add_headers
from vigie.web.health import healthz, metrics
from vigie.web.house import House
from vigie.web.page import find_pages
from vigie.web.templates import environment

THREADS = 8
"""Handlers read SQLite and hash passwords; more threads than this only wait for each other on two to four cores."""

LARGEST = 2_000_000
"""Bytes of a request's body; routes that take files set their own."""

_log = structlog.get_logger("vigie.web")


def create_app(house: House) -> Litestar:
    """The application for an ASGI server."""
    assets = Assets()
    if missing := assets.missing():
        _log.warning("front-end files are missing; run scripts/frontend.py", missing=missing)
    found = find_pages()
    _size_pool()
    handlers: list[Any] = [static_file, healthz, metrics]
    for page in found:
        handlers += page.handlers
    # One router around all of them: Litestar 2.25 wraps a threaded handler twice when a second one of its path follows.
    return Litestar(
        [Router("/", route_handlers=handlers)],
        state=State({"house": house, "assets": assets, "pages": found, "templates": environment(assets)}),
        middleware=[DefineMiddleware(Doorkeeper, exclude="^/static/")],
        guards=[logged_in, same_site],
        exception_handlers=HANDLERS,
        before_send=[add_headers],
        request_max_body_size=LARGEST,
        logging_config=None,
        openapi_config=OpenAPIConfig(
            title="Vigie", version=__version__, path="/api/v1/openapi", render_plugins=[JsonRenderPlugin(path="/json")]
        ),
        include_in_schema=False,
    )


def _size_pool() -> None:
    """Litestar has one pool for the process, and takes it only from a thread where no event loop runs."""
    if get_asyncio_executor() is None:
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        setting = Thread(target=set_asyncio_executor, args=(pool,))
        setting.start()
        setting.join()

"""Static files: read once, compressed once, named by a digest of them all so that browsers keep them for good."""

import gzip
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from vigie.web.guard import OPEN

FOLDER = Path(__file__).parent / "static"
NEEDED = (
    "vendor/htmx.min.js",
    "vendor/hx-sse.min.js",
    "vendor/vega.min.js",
    "vendor/fonts/literata-latin-wght-normal.woff2",
)

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
_SQUEEZED = frozenset({".css", ".js", ".svg", ".json", ".txt"})
_FOR_GOOD = "public, max-age=31536000, immutable"


class Asset:
    """One file in memory."""

    def __init__(self, body: bytes, suffix: str) -> None:
        self.body, self.suffix, self.type = body, suffix, _TYPES[suffix]

    @cached_property
    def squeezed(self) -> bytes:
        """Its gzip form, made when first asked for."""
        return gzip.compress(self.body, 6, mtime=0)


class Assets:
    """All static files by name (``vendor/htmx.min.js``)."""

    def __init__(self, folder: Path = FOLDER) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.suffix in _TYPES)
        self.files = {path.relative_to(folder).as_posix(): Asset(path.read_bytes(), path.suffix) for path in paths}
        seen = sha256()
        for name, asset in self.files.items():
            seen.update(name.encode() + b"\0" + asset.body)
        self.digest = seen.hexdigest()[:12]

    def missing(self) -> list[str]:
        """Names of files that `scripts/frontend.py` should have brought."""
        return [name for name in NEEDED if name not in self.files]

    def url(self, name: str) -> str:
        """The address of a file for this set of files; relative addresses inside a file stay in the set."""
        return f"/static/{self.digest}/{name}"


@get("/static/{digest:str}/{name:path}", opt=OPEN, sync_to_thread=False, include_in_schema=False)
def static_file(request: Request[Any, Any, Any], digest: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """A file; one of another set is given as it is now, without a promise that it stays so."""
    assets: Assets = request.app.state.assets
    asset = assets.files.get(name.lstrip("/"))
    if asset is None:
        raise NotFoundException
    headers = {"cache-control": _FOR_GOOD if digest == assets.digest else "no-cache", "vary": "accept-encoding"}
    body = asset.body
    if asset.suffix in _SQUEEZED and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["content-encoding"] = asset.squeezed, "gzip"
    return Response(body, media_type=asset.type, headers=headers)

"""A web server with one feed on it, which answers conditional questions as good servers do."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FeedServer(ThreadingHTTPServer):
    """Serves ``body`` under any path.

    Attributes:
        version: the ETag, or Last-Modified where ``dated`` is true; a question that names it is answered 304.
        headers: more headers of each answer.
        script: the next answers instead, as (status, headers).
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.port = int(self.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}/feed.xml"
        self.body = b""
        self.version = ""
        self.dated = False
        self.headers: dict[str, str] = {"Content-Type": "application/xml"}
        self.script: list[tuple[int, dict[str, str]]] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.statuses: list[int] = []

    def handle_error(self, *args: object) -> None:
        """A client that hangs up is no error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FeedServer

    def log_message(self, *args: object) -> None: ...

    def do_GET(self) -> None:
        feed = self.server
        asked = {name.lower(): value for name, value in self.headers.items()}
        feed.requests.append((self.path, asked))
        tag, known = ("Last-Modified", "if-modified-since") if feed.dated else ("ETag", "if-none-match")
        if feed.script:
            status, headers = feed.script.pop(0)
            self._answer(status, headers, b"")
        elif feed.version and asked.get(known) == feed.version:
            self._answer(304, {tag: feed.version}, b"")
        else:
            versions = {tag: feed.version} if feed.version else {}
            self._answer(200, feed.headers | versions, feed.body)

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.server.statuses.append(status)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve_feed() -> Iterator[FeedServer]:
    """A server until the test ends."""
    server = FeedServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()

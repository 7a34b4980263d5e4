"""A web server on this machine that answers well or badly, as it is asked to."""

import gzip
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BOMB = gzip.compress(bytes(50_000_000), 9)
"""49 kB that unpack to 50 MB."""


class Seen(ThreadingHTTPServer):
    """A running server and the requests that reached it: (method, path, headers in lower case, body)."""

    daemon_threads = True

    def __init__(self, scheme: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.port = int(self.server_address[1])
        self.origin = f"{scheme}://127.0.0.1:{self.port}"
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self.redirect_to = ""
        self.release = threading.Event()

    def handle_error(self, *args: object) -> None:
        """A client that hangs up is what is being tested."""


class Handler(BaseHTTPRequestHandler):
    """The first part of the path says how to answer."""

    protocol_version = "HTTP/1.1"
    server: Seen

    def log_message(self, *args: object) -> None: ...

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {k.lower(): v for k, v in self.headers.items()}
        self.server.requests.append((self.command, self.path, headers, body))
        name, _, rest = self.path.split("?")[0].strip("/").partition("/")
        getattr(self, f"say_{name}", self.say_hello)(rest)

    def do_POST(self) -> None:
        self.do_GET()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def say_hello(self, _: str) -> None:
        self.answer(200, b"hello", ETag='"1"', Set_Cookie="a=b")

    def say_to(self, status: str) -> None:
        self.answer(int(status), b"over there", Location=self.server.redirect_to, Set_Cookie="a=b")

    def say_round(self, _: str) -> None:
        self.answer(302, Location="/round")

    def say_hop(self, left: str) -> None:
        if int(left):
            self.answer(302, Location=f"/hop/{int(left) - 1}")
        else:
            self.answer(200, b"arrived")

    def say_gzip(self, _: str) -> None:
        self.answer(200, gzip.compress(b"plain words"), Content_Encoding="gzip")

    def say_bomb(self, _: str) -> None:
        self.answer(200, BOMB, Content_Encoding="gzip")

    def say_brotli(self, _: str) -> None:
        self.answer(200, b"xx", Content_Encoding="br")

    def say_etag(self, _: str) -> None:
        if self.headers.get("If-None-Match") == '"1"':
            self.answer(304, ETag='"1"')
        else:
            self.say_hello("")

    def say_endless(self, _: str) -> None:
        self.close_connection = True
        self.send_response(200)
        self.end_headers()
        while not self.server.release.is_set():
            self.wfile.write(b"x" * 65_536)

    def say_slow(self, _: str) -> None:
        self.close_connection = True
        self.server.release.wait(30)

    def say_short(self, _: str) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"only this")


def serve(trust: ssl.SSLContext | None = None) -> Iterator[Seen]:
    """A server until the test ends; over TLS with ``trust``."""
    seen = Seen("https" if trust else "http")
    if trust is not None:
        seen.socket = trust.wrap_socket(seen.socket, server_side=True)
    thread = threading.Thread(target=seen.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield seen
    seen.release.set()
    seen.shutdown()
    seen.server_close()
    thread.join()

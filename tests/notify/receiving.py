"""A web server that notes what it is sent, and messages to send."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from vigie.flows.ports.messenger import Message
from vigie.model import Notice


class Receiver:
    """What arrived, and what is answered."""

    def __init__(self) -> None:
        self.status, self.headers, self.words = 200, dict[str, str](), b"noted"
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                receiver.got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(receiver.status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(receiver.words)

            def log_message(self, *_: object) -> None:
                """Nothing on the terminal."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    one = Receiver()
    yield one
    one.close()


@pytest.fixture
def message() -> Message:
    notice = Notice(
        id=3, at=1_783_200_000_000, kind="incident.opened", urgency="now", incident=4, values={"channel": "bluesky"},
        path="/incidents/4",
    )  # fmt: skip
    return Message(
        "notice-7", "Brûlerie : incident 4", "Une publication inconnue.", "http://vigie.example/incidents/4", notice
    )

"""A site that a test starts and stops by hand, on a port that it keeps."""

import socket
import threading
import time

import uvicorn
from msgspec import structs

from vigie.web.house import House
from vigie.web.live import stop_live
from vigie.web.site import create_app


class Running:
    """Serves a house until told to stop, the way the role ``web`` does."""

    def __init__(self, house: House, port: int = 0) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.app = create_app(structs.replace(house, base_url=self.url))
        self._server = uvicorn.Server(uvicorn.Config(self.app, log_level="warning"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)
        self._thread.start()
        deadline = time.monotonic() + 30
        while not self._server.started:
            assert self._thread.is_alive()
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def stop(self) -> None:
        """Streams first, then the server; fails when something holds it open."""
        stop_live(self.app)
        self._server.should_exit = True
        self._thread.join(timeout=30)
        assert not self._thread.is_alive()
        self._socket.close()

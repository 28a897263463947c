"""Serves the learner's API over HTTP on 127.0.0.1, and sends it requests.

The server runs in threads of the run itself, on the socket that the harness made for it.
"""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import dataclass
from http.client import HTTPConnection
from socketserver import ThreadingMixIn
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.core.signals import got_request_exception  # type: ignore[import-untyped,unused-ignore]
from django.core.wsgi import get_wsgi_application  # type: ignore[import-untyped,unused-ignore]
from django.db.backends.signals import connection_created  # type: ignore[import-untyped,unused-ignore]

from . import Fail
from .django import Queries, here, raised, root, start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from email.message import Message
    from socket import socket
    from typing import Any

DATABASE = "nexus.db"
"""Name of the database file in the workspace: each request has a thread, and a connection."""
PATIENCE = 4.0
"""Seconds an answer may take: a bound for what never ends, never a measure."""
SHOWN = 60
"""Characters of a path that are shown."""
REST = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": None,
}


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *_: Any) -> None:
        """Say nothing: the log of exchanges is the client's."""


class _Server(ThreadingMixIn, WSGIServer):
    """WSGI in a thread for each connection, on a socket that listens already."""

    daemon_threads, block_on_close = True, False

    def __init__(self, listener: socket) -> None:
        super().__init__(("127.0.0.1", 0), _Quiet, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
        # What server_bind() would do, but for asking the network for this machine's name.
        self.server_name, self.server_port = listener.getsockname()
        self.setup_environ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer. ``data`` is the JSON of the body, None when it is no JSON."""

    method: str
    path: str
    status: int
    headers: Message
    body: bytes
    data: Any
    queries: Queries
    """What the request asked the database, when no other one was under way."""

    def __str__(self) -> str:
        return f"{self.method} {short(self.path)} -> {self.status}"


class Api:
    """The learner's API, being served, and a client of it that keeps a log.

    The models of ``apps`` can be imported once it is there. Threads may `send` at the same time;
    then queries and exceptions cannot be told apart by exchange.
    """

    def __init__(self, lab: Any, *apps: str, **settings: Any) -> None:
        start(lab, *apps, database=DATABASE, **{"REST_FRAMEWORK": REST, **settings})
        self.root = root(lab)
        self.log: list[Exchange] = []
        self._queries = Queries(self.root)
        self._error: BaseException | None = None
        # Each thread has a connection of its own; this one's is not the server's.
        connection_created.connect(self._connected, weak=False)
        got_request_exception.connect(self._failed, weak=False)
        server = _Server(lab.listener)
        server.set_app(get_wsgi_application())
        self.host = f"127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()

    def _connected(self, connection: Any, **_: Any) -> None:
        connection.execute_wrappers[:] = [self._queries]

    def _failed(self, **_: Any) -> None:
        self._error = sys.exc_info()[1]

    def get(self, path: str, **headers: str) -> Exchange:
        """Send a GET; see `send`."""
        return self.send("GET", path, **headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Exchange:
        """Send one request to a path, or to a URL of this API. ``If_Match`` is ``If-Match``.

        `Fail` when the URL leads elsewhere, or when the view raised an exception (a 500).
        """
        path = self.path(path)
        before, self._error = len(self._queries), None
        answer, raw = self._exchange(method, path, body, headers)
        queries = Queries(self.root)
        queries.extend(self._queries[before:])
        exchange = Exchange(
            method, path, answer.status, answer.headers, raw, _json(answer.headers, raw), queries
        )
        self.log.append(exchange)
        if answer.status == 500 and self._error:
            raise self._broke(exchange, self._error)
        return exchange

    def path(self, url: str) -> str:
        """Path and query of a URL, which must be one of this API."""
        parts = urlsplit(url)
        if parts.netloc not in ("", self.host) or not parts.path.startswith("/"):
            raise Fail("a URL that the API gave leads elsewhere", expected=self.host, got=url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def _exchange(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            sent.setdefault("Content-Type", "application/json")
        client = HTTPConnection(self.host, timeout=PATIENCE)
        try:
            client.request(method, path, data, sent)
            answer = client.getresponse()
            return answer, answer.read()
        except TimeoutError as error:
            raise self._stuck(f"{method} {path}") from error
        finally:
            client.close()

    def _broke(self, exchange: Exchange, error: BaseException) -> Fail:
        file, line = raised(error.__traceback__, self.root)
        said = f"{exchange}: the view raised {type(error).__name__}: {error}"
        return Fail(said, file=file, line=line)

    def _stuck(self, asked: str) -> Fail:
        """An answer that does not come, with the line at which the view is now."""
        places = [here(self.root, frame) for frame in sys._current_frames().values()]
        file, line = max(places)
        said = f"{asked}: no answer after {PATIENCE:g} s: is there a loop that never ends?"
        return Fail(said, file=file, line=line)

    def told(self, last: int = 8) -> str:
        """The last exchanges, a line each."""
        return "\n".join(map(str, self.log[-last:]))


def short(path: str) -> str:
    """A path to be shown, without the middle of a long query."""
    return path if len(path) <= SHOWN else f"{path[: SHOWN - 15]}…{path[-14:]}"


def _json(headers: Message, body: bytes) -> Any:
    # Such as application/json and application/problem+json.
    if not headers.get_content_subtype().endswith("json") or not body:
        return None
    return json.loads(body)

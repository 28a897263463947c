"""Asks a server what it is, over a plain socket: no client library, a fifth of a second at most.

Each probe gives the server's version, "" when nothing usable answers. Nothing is written there.
"""

import contextlib
import re
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

PATIENCE = 0.2
"""Seconds a server has for each answer."""
MOST = 1 << 16
UNKNOWN = "?"
"""The version of a server that answers but does not say."""
MAY_CREATE = b"SELECT 1 FROM pg_roles WHERE rolname = current_user AND (rolcreatedb OR rolsuper)\0"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a server is: a host and port, or the path of a Unix socket (``port`` 0)."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    name: str = ""
    """Database, number of a database, or virtual host."""

    def __str__(self) -> str:
        return f"{self.host}:{self.port}" if self.port else self.host


def target(url: str, port: int) -> Target:
    """Read a URL, with that port when it names none. `ValueError` for one that is none."""
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    host = unquote(parts.hostname or "") or query.get("host", "") or "127.0.0.1"
    user = unquote(parts.username or "") or query.get("user", "")
    password = unquote(parts.password or "") or query.get("password", "")
    number = parts.port or int(query.get("port", port))
    if parts.scheme == "unix":
        return Target(parts.path, 0, user, password, query.get("db", ""))
    if host.startswith("/"):
        host, number = f"{host}/.s.PGSQL.{number}", 0
    return Target(host, number, user, password, unquote(parts.path.removeprefix("/")))


@contextlib.contextmanager
def _connected(where: Target) -> Iterator[socket.socket]:
    if where.port:
        line = socket.create_connection((where.host, where.port), PATIENCE)
    else:
        line = socket.socket(socket.AF_UNIX)
    with line:
        line.settimeout(PATIENCE)
        if not where.port:
            line.connect(where.host)
        yield line


def redis(where: Target) -> str:
    """The version of a Redis, or of what speaks like one."""
    login = [word for word in (where.user, where.password) if word] if where.password else []
    try:
        with _connected(where) as line:
            if login:
                line.sendall(_words("AUTH", *login))
                line.recv(MOST)
            line.sendall(_words("PING"))
            if not line.recv(MOST).startswith(b"+PONG"):
                return ""
            line.sendall(_words("INFO", "server"))
            found = re.search(rb"(?:valkey|redis)_version:(\S+)", line.recv(MOST))
    except (OSError, AttributeError):
        return ""
    return found[1].decode() if found else UNKNOWN


def _words(*words: str) -> bytes:
    """A command as Redis' protocol writes it."""
    parts = [f"${len(word.encode())}\r\n{word}\r\n" for word in words]
    return f"*{len(words)}\r\n{''.join(parts)}".encode()


def amqp(where: Target) -> str:
    """The version of a broker that speaks AMQP 0-9-1. Who may log in, it does not say."""
    try:
        with _connected(where) as line:
            line.sendall(b"AMQP\0\0\x09\x01")
            start = line.recv(MOST)
    except (OSError, AttributeError):
        return ""
    if not start.startswith(b"\x01"):
        return ""
    found = re.search(rb"\x07versionS\0\0\0(.)", start, re.DOTALL)
    return start[found.end() :][: found[1][0]].decode("utf-8", "replace") if found else UNKNOWN


def postgres(where: Target) -> str:
    """The version of a PostgreSQL that lets this user in and lets it create databases.

    With a password, only that the server asks for one: the probe does not log in.
    """
    words = ("user", where.user, "database", where.name or "postgres")
    hello = struct.pack("!I", 3 << 16) + b"".join(w.encode() + b"\0" for w in words) + b"\0"
    try:
        with _connected(where) as line:
            line.sendall(struct.pack("!I", len(hello) + 4) + hello)
            kind, body = _message(line)
            if kind != b"R" or ((code := struct.unpack("!I", body[:4])[0]) and not where.password):
                return ""
            if code:
                return UNKNOWN
            told = dict(body.split(b"\0")[:2] for kind, body in _until_ready(line) if kind == b"S")
            line.sendall(b"Q" + struct.pack("!I", len(MAY_CREATE) + 4) + MAY_CREATE)
            may = any(kind == b"D" for kind, _ in _until_ready(line))
            line.sendall(b"X\0\0\0\x04")
    except (OSError, AttributeError, ValueError, struct.error):
        return ""
    return told.get(b"server_version", UNKNOWN.encode()).decode().split()[0] if may else ""


def _message(line: socket.socket) -> tuple[bytes, bytes]:
    """One message of PostgreSQL's protocol: its kind, and its body."""
    kind, size = struct.unpack("!cI", _exactly(line, 5))
    return kind, _exactly(line, size - 4)


def _until_ready(line: socket.socket) -> list[tuple[bytes, bytes]]:
    found = []
    while (message := _message(line))[0] != b"Z":
        found.append(message)
    return found


def _exactly(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        chunk = line.recv(min(size - len(data), MOST))
        if not chunk:
            raise ConnectionError("the server hung up")
        data += chunk
    return data

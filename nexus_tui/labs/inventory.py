"""Every engine that samples and labs use: its version, whether it works, what brings it."""

import platform
import re
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from nexus_tui.labs.engines import ENGINES, said, variants, version

TOOLS = "python -m pip install 'nexus-tui[tools]'"
PROGRAM = "python -m pip install --upgrade nexus-tui"


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine. ``remedy`` is the one command that brings it, or "" where none does."""

    name: str
    """As labs call it in ``engine`` and ``also``, or the program's."""
    title: str
    version: str
    works: bool
    remedy: str = ""
    needed: bool = True
    """Whether labs lack something without it; a server of the learner's own never is."""


def found() -> tuple[Engine, ...]:
    """All engines, in the order of the course. Starts programs: half a second."""
    with ThreadPoolExecutor(8) as pool:
        return tuple(pool.map(lambda make: make(), _ENGINES))


def _bundled(name: str, title: str, *distributions: str) -> Engine:
    """An engine that is a package of the program's own."""
    versions = [version(each) for each in distributions]
    return Engine(name, title, versions[0], all(versions), "" if all(versions) else PROGRAM)


def _tool(name: str, *, remedy: str = TOOLS) -> Engine:
    """A program that a wheel or the system brings: it works when it says its version."""
    line = said(name, "--version")
    number = re.search(r"\d+(\.\d+)+", line)
    return Engine(name, name, number[0] if number else line, bool(line), "" if line else remedy)


def _variant(name: str, title: str, *, needed: bool) -> Engine:
    """An engine beside the embedded one. A server that does not run is nothing to mend."""
    (it,) = variants((name,))
    where = it.title.removeprefix(title).strip() if it.available else ""
    return Engine(name, title, where, it.available, it.hint if it.hint == ENGINES else "", needed)


_ENGINES: tuple[Callable[[], Engine], ...] = (
    lambda: Engine("python", "Python", platform.python_version(), True),
    lambda: Engine("sqlite", "SQLite", sqlite3.sqlite_version, True),
    lambda: _variant("postgres", "PostgreSQL", needed=True),
    lambda: _bundled("django", "Django", "django"),
    lambda: _bundled("rest", "Django REST framework", "djangorestframework"),
    lambda: _bundled("graphql", "Strawberry GraphQL", "strawberry-graphql", "graphql-core"),
    lambda: _bundled("cache", "fakeredis", "fakeredis", "redis"),
    lambda: _bundled("celery", "Celery", "celery"),
    lambda: _variant("rabbitmq", "RabbitMQ", needed=False),
    lambda: _variant("redis", "Redis", needed=False),
    lambda: _variant("valkey", "Valkey", needed=True),
    lambda: _variant("docker", "Docker", needed=False),
    lambda: _tool("hadolint"),
    lambda: _tool("actionlint"),
    lambda: _tool("zizmor"),
    lambda: _tool("ruff"),
    lambda: _tool("mypy"),
    lambda: _tool("bash", remedy=""),
)

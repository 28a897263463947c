"""Helpers for labs that run on PostgreSQL: a database for the run, plans as trees with buffers.

Judge a query by its plan and by the buffers it touches, never by milliseconds. The planner
chooses by statistics: call `analyze` after filling a table.
"""

from __future__ import annotations

import subprocess
import time

import psycopg
from psycopg import sql

from . import Fail, pgserver
from .pgplan import Node, explain
from .table import bare, statements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from ..bench import Lab

    Database = psycopg.Connection[tuple[Any, ...]]

__all__ = ["Database", "Node", "connect", "explain", "indexes", "run_script", "tidy"]

FOLDER = ".postgres"
PREFIX = "nexus_lab_"
STALE = 3600
"""Seconds after which a database that a run left on a server is taken away by the next run."""
READY = 10.0
"""Seconds a server of ours has to let us in."""
HASTY = "SET client_connection_check_interval = 100"
"""A server that runs already ends a query when the run that asked it is gone."""


def connect(lab: Lab) -> Database:
    """An empty database of this run's own, in autocommit mode, dropped when the run is over.

    On the server at `lab.url`, else on a server started in the workspace.
    """
    if not lab.url:
        return _own_server(lab)
    with _at(lab.url) as server:
        _sweep(server)
        server.execute(_words("CREATE DATABASE {} TEMPLATE template0", lab.mark))
    db = _at(lab.url, lab.mark)
    lab.cleanup(lambda: tidy(lab.url, lab.mark))
    lab.cleanup(db.close)
    try:
        db.execute(HASTY)
    except psycopg.Error:  # before PostgreSQL 14, and on systems that cannot tell
        return db
    return db


def tidy(url: str, mark: str) -> None:
    """Drop the database of a run, whoever still uses it."""
    with _at(url) as server:
        server.execute(_words("DROP DATABASE IF EXISTS {} WITH (FORCE)", mark))


def _at(url: str, name: str = "") -> Database:
    more: dict[str, Any] = {"dbname": name} if name else {}
    return psycopg.connect(url, autocommit=True, connect_timeout=5, prepare_threshold=None, **more)


def _words(text: str, name: str) -> sql.Composed:
    return sql.SQL(text).format(sql.Identifier(name))


def _sweep(server: Database) -> None:
    """Drop what runs that were killed with their whole program left behind an hour ago."""
    left = server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'nexus\\_lab\\_%'")
    for (name,) in left.fetchall():
        made = name.removeprefix(PREFIX).partition("_")[0]
        if made.isdigit() and time.time() - int(made) > STALE:
            server.execute(_words("DROP DATABASE IF EXISTS {}", name))


def _own_server(lab: Lab) -> Database:
    """Start a server in the workspace. Should the run be cut off, the supervisor ends it."""
    programs = pgserver.binaries()
    if programs is None:
        raise Fail("PostgreSQL is not here: python -m pip install 'nexus-tui[engines]'")
    folder = lab.path(FOLDER)
    try:
        folder.mkdir()
        pgserver.give(folder)
        if lab.template:
            pgserver.copy(lab.template, folder / "data")
        else:
            pgserver.initdb(programs, folder / "data")
        process = pgserver.start(programs, folder / "data", folder)
    except (OSError, subprocess.SubprocessError) as error:
        raise Fail(f"PostgreSQL cannot be started here: {error}") from error
    lab.cleanup(lambda: pgserver.stop(process))
    end = time.monotonic() + READY
    while True:
        try:
            db = _at(f"host={folder} user={pgserver.USER} dbname=postgres")
            lab.cleanup(db.close)
            return db
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > end:
                raise Fail(f"PostgreSQL did not start: {_last_words(folder, error)}") from error
            time.sleep(0.005)


def _last_words(folder: Path, error: Exception) -> str:
    lines = (folder / "log").read_text("utf-8", "replace").split("\n")
    return next((line for line in reversed(lines) if "FATAL" in line), str(error))


def indexes(db: Database) -> dict[str, tuple[str, ...]]:
    """Names of the indexes that no constraint made, each with its columns in order."""
    made = """SELECT c.relname, array(
        SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(1, i.indnkeyatts) n
      ) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      JOIN pg_namespace s ON s.oid = c.relnamespace
      WHERE s.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
      AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
      ORDER BY c.relname"""
    return {name: tuple(columns) for name, columns in db.execute(made).fetchall()}


def run_script(db: Database, path: Path) -> None:
    """Execute a learner's script; a statement PostgreSQL refuses is a `Fail` with its line.

    Statements commit one by one unless the script itself says ``BEGIN``. Bodies in dollar
    quotes may hold no semicolon.
    """
    for line, statement in statements(path.read_text("utf-8")):
        try:
            db.execute(statement.encode())
        except psycopg.Error as error:
            words = error.diag.message_primary or str(error)
            at = line + _offset(statement, error.diag.statement_position)
            raise Fail(f"PostgreSQL said: {words}", file=path.name, line=at) from error
        except BaseException as error:  # the alarm: keep the line of the statement it came in
            raise Fail("PostgreSQL was stopped", file=path.name, line=line) from error


def _offset(statement: str, position: str | None) -> int:
    """Lines from the statement's first to the one the message is about."""
    end = int(position) - 1 if position else len(statement) - len(bare(statement))
    return statement[:end].count("\n")

"""Helpers for labs on SQLite: plans, work in steps, scripts with the line that failed.

Judge a query by its plan and its steps, never by milliseconds: steps are the same everywhere.
"""

from __future__ import annotations

import re
import sqlite3

from . import Fail
from .table import bare, run, statements, table, tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from .table import PlanRow

    Parameters = Sequence[Any] | Mapping[str, Any]

__all__ = ["indexes", "plan", "plan_tree", "run", "run_script", "statements", "steps", "table"]

EVERY = 10
"""Virtual machine steps between two counts."""
NEAR = re.compile(r'near "(?P<token>[^"]+)"')


def _explain(db: sqlite3.Connection, sql: str, parameters: Parameters) -> list[PlanRow]:
    cursor = db.cursor()
    cursor.row_factory = None
    return list(cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters))


def plan(db: sqlite3.Connection, sql: str, parameters: Parameters = ()) -> list[str]:
    """The lines of a query's plan, such as ``SEARCH booking USING INDEX …``."""
    return [detail for *_, detail in _explain(db, sql, parameters)]


def plan_tree(db: sqlite3.Connection, sql: str, parameters: Parameters = ()) -> str:
    """A query's plan as the tree that lessons print."""
    return tree(_explain(db, sql, parameters))


def steps(db: sqlite3.Connection, sql: str, parameters: Parameters = ()) -> int:
    """How many steps SQLite's virtual machine takes to run a statement to its last row."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    db.set_progress_handler(tick, EVERY)
    try:
        db.execute(sql, parameters).fetchall()
    finally:
        db.set_progress_handler(None, 0)
    return count * EVERY


def indexes(db: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Names of the indexes made by hand, each with its columns in order."""
    made = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
    columns = "SELECT name FROM pragma_index_info(?) ORDER BY seqno"
    names = [row[0] for row in db.execute(made)]
    return {name: tuple(row[0] for row in db.execute(columns, (name,))) for name in names}


def run_script(db: sqlite3.Connection, path: Path) -> None:
    """Execute a learner's script; a statement SQLite refuses is a `Fail` with its line.

    Statements commit one by one unless the script itself says ``BEGIN``.
    """
    db.commit()
    level, db.isolation_level = db.isolation_level, None
    # A callback now and then lets Python stop a statement that takes too long.
    db.set_progress_handler(lambda: 0, 20_000)
    try:
        for line, statement in statements(path.read_text("utf-8")):
            _execute(db, statement, path.name, line)
    finally:
        db.set_progress_handler(None, 0)
        db.isolation_level = level


def _execute(db: sqlite3.Connection, statement: str, file: str, line: int) -> None:
    try:
        db.execute(statement).fetchall()
    except (sqlite3.Error, sqlite3.Warning) as error:
        at = line + _offset(statement, str(error))
        raise Fail(f"SQLite said: {error}", file=file, line=at) from error


def _offset(statement: str, message: str) -> int:
    """Lines from the statement's first to the one the message is about, if it can be told."""
    found = NEAR.search(message)
    if found and statement.count(found["token"]) == 1:
        return statement[: statement.index(found["token"])].count("\n")
    return statement[: len(statement) - len(bare(statement))].count("\n")

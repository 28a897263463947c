"""Counts what a query costs: steps of SQLite's virtual machine, statements, characters sent."""

import json
import sqlite3
from collections.abc import Callable

MINE = """
SELECT id, property_id, start_date FROM booking
WHERE user_id = ?
ORDER BY start_date DESC, id DESC
LIMIT 20
"""
"""The query behind the page *My bookings*; its parameter is the id of the user."""


def steps(db: sqlite3.Connection, sql: str, *values: int) -> int:
    """Return how many steps it takes to run the query, to the nearest hundred."""
    return bill(db, lambda db: db.execute(sql, values).fetchall())["steps"]


def bill(
    db: sqlite3.Connection, page: Callable[[sqlite3.Connection], list[tuple[object, ...]]]
) -> dict[str, int]:
    """Return what a page costs: its queries, its steps, the characters of its answer as JSON."""
    queries: list[str] = []
    ticks = 0

    def tick() -> None:
        nonlocal ticks
        ticks += 1

    db.set_trace_callback(queries.append)
    db.set_progress_handler(tick, 1)
    answer = page(db)
    db.set_progress_handler(None, 0)
    db.set_trace_callback(None)
    size = len(json.dumps(answer))
    return {"queries": len(queries), "steps": round(ticks, -2), "characters": size}

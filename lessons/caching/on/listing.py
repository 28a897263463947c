"""Nexus Stays' listing, with every query counted.

``ask`` runs a query and counts it in ``count``; ``db`` is the database.
"""

import stays

db = stays.connect()
count = 0


def ask(sql: str, *values: object) -> list[tuple]:
    """Return the rows of a query, and count it."""
    global count
    count += 1
    return db.execute(sql, values).fetchall()


def change(sql: str, *values: object) -> None:
    """Run a statement that changes rows; not counted."""
    db.execute(sql, values)

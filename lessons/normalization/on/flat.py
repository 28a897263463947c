"""Four bookings of Nexus Stays as a spreadsheet exports them: one wide table, ``flat``."""

import sqlite3

TABLE = """
CREATE TABLE flat (
    id       INTEGER PRIMARY KEY,
    guest    TEXT NOT NULL,
    property TEXT NOT NULL,
    city     TEXT NOT NULL,
    host     TEXT NOT NULL,
    phone    TEXT NOT NULL,
    price    INTEGER NOT NULL
);
"""

ROWS = (
    (1, "Lena", "Sunny loft", "Accra", "Kofi", "555-0101", 80),
    (2, "Omar", "Sunny loft", "Accra", "Kofi", "555-0101", 90),
    (3, "Lena", "Garden flat", "Accra", "Kofi", "555-0101", 60),
    (4, "Ines", "Lake cabin", "Kampala", "Grace", "555-0199", 120),
)


def connect() -> sqlite3.Connection:
    """Return a new database in memory with the table ``flat``, foreign keys on."""
    db = sqlite3.connect(":memory:")
    db.executescript(TABLE)
    db.executemany("INSERT INTO flat VALUES (?, ?, ?, ?, ?, ?, ?)", ROWS)
    db.commit()
    db.execute("PRAGMA foreign_keys = ON")
    return db


if __name__ == "setup":
    db = connect()

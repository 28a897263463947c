"""Where bookings are kept. STAYS_STORE says where: "memory" or "sqlite"."""

import os
import sqlite3


class MemoryStore:
    def __init__(self):
        self.bookings = []

    def add(self, start, end):
        """Store a booking; False when one of its nights is taken."""
        if any(first < end and start < last for first, last in self.bookings):
            return False
        self.bookings.append((start, end))
        return True


class SqliteStore:
    def __init__(self):
        self.db = sqlite3.connect(":memory:")
        self.db.execute("CREATE TABLE booking (start TEXT, stop TEXT)")

    def add(self, start, end):
        """Store a booking; False when one of its nights is taken."""
        days = (end.isoformat(), start.isoformat())
        taken = "SELECT 1 FROM booking WHERE start < ? AND stop > ?"
        if self.db.execute(taken, days).fetchone():
            return False
        self.db.execute("INSERT INTO booking VALUES (?, ?)", days[::-1])
        return True


def store():
    """The store that STAYS_STORE names."""
    kinds = {"memory": MemoryStore, "sqlite": SqliteStore}
    return kinds[os.environ.get("STAYS_STORE", "memory")]()

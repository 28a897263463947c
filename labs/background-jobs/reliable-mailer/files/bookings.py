"""Bookings of Nexus Stays and the mails that belong to them, in one SQLite database."""

import sqlite3
from collections import namedtuple
from contextlib import contextmanager
from pathlib import Path

from celery import Celery

app = Celery("stays")
Mail = namedtuple("Mail", "address text state")
"""State: queued, sent, or dead (given up, with a reason in the database)."""
DATABASE = Path(__file__).with_name("stays.db")
TABLES = """
CREATE TABLE booking (
    id      INTEGER PRIMARY KEY,
    home    INTEGER NOT NULL,
    day     TEXT NOT NULL,
    state   TEXT NOT NULL DEFAULT 'confirmed',
    UNIQUE (home, day)
);
CREATE TABLE mail (
    booking INTEGER PRIMARY KEY REFERENCES booking (id),
    address TEXT NOT NULL,
    text    TEXT NOT NULL,
    state   TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'dead')),
    reason  TEXT NOT NULL DEFAULT ''
);
"""


def make_tables():
    """Make an empty database."""
    with sqlite3.connect(DATABASE) as db:
        db.executescript(TABLES)


class Taken(Exception):
    """The home is booked for that night."""


@contextmanager
def transaction():
    """A connection; what is done on it is committed at the end, or rolled back by an error."""
    db = sqlite3.connect(DATABASE, timeout=5, isolation_level=None)
    try:
        db.execute("BEGIN IMMEDIATE")
        yield db
        db.execute("COMMIT")
    finally:
        db.close()  # without a COMMIT, this rolls back


def reserve(db, home, address, day):
    """Book one night and note that a mail is due; the booking's id. Taken if it is not free."""
    try:
        made = db.execute("INSERT INTO booking (home, day) VALUES (?, ?)", (home, day))
    except sqlite3.IntegrityError:
        raise Taken(f"home {home}, {day}") from None
    text = f"Booking {made.lastrowid} of home {home} for {day} is confirmed."
    row = (made.lastrowid, address, text)
    db.execute("INSERT INTO mail (booking, address, text) VALUES (?, ?, ?)", row)
    return made.lastrowid


def mail_of(booking):
    """The confirmation mail of a booking, as it is now."""
    with transaction() as db:
        sql = "SELECT address, text, state FROM mail WHERE booking = ?"
        row = db.execute(sql, (booking,)).fetchone()
    if row is None:
        raise LookupError(f"there is no booking {booking}")
    return Mail(*row)


def note(booking, state, reason=""):
    """Note what has become of the mail of a booking: "sent" or "dead", with the reason."""
    with transaction() as db:
        sql = "UPDATE mail SET state = ?, reason = ? WHERE booking = ?"
        db.execute(sql, (state, reason, booking))

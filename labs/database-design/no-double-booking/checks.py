import contextlib
import random
import re
import sqlite3
import threading
from datetime import date, timedelta

from labkit import Fail, check
from labkit.sqlite import run_script

BOOK = """INSERT INTO booking (property_id, user_id, start_date, end_date, status)
VALUES (?, ?, ?, ?, ?)"""
STATUS = "UPDATE booking SET status = ? WHERE id = ?"
MOVE = "UPDATE booking SET start_date = ?, end_date = ? WHERE id = ?"
DELETE = "DELETE FROM booking WHERE id = ?"
FREE = """SELECT count(*) FROM booking WHERE property_id = ? AND status <> 'cancelled'
AND start_date < ? AND end_date > ?"""
ROWS = """SELECT id, property_id, user_id, start_date, end_date, status
FROM booking ORDER BY id"""
GUESTS = 8
BUSY = 5.0
"""Seconds a connection waits for another one's lock; they are never needed."""


def connect(path):
    db = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = OFF")
    return db


class Site:
    """A database file with schema.sql applied, and what the app does with it.

    Days are numbers from ``first``, which the seed draws; property 3 has no bookings.
    """

    def __init__(self, lab, name):
        draw = random.Random(f"{lab.seed}{name}")
        self.lab, self.file = lab, f"{name}.db"
        self.first = date(2026, 1, 1) + timedelta(draw.randrange(300))
        self.users = draw.randrange(100, 1000)
        self.db = connect(self.file)
        self.db.executescript(lab.path("today.sql").read_text("utf-8"))
        self.old(draw)
        self.before = self.rows()
        run_script(self.db, lab.path())

    def old(self, draw):
        """Bookings of property 4 that schema.sql finds: days 0-3, 3-5, and cancelled 1-9."""
        for first, last, status in ((0, 3, "pending"), (1, 9, "cancelled"), (3, 5, "confirmed")):
            self.db.execute(BOOK, self.values(4, first, last, status))
        # More of them, far away, so that their number differs.
        for at in range(draw.randrange(3, 30)):
            self.db.execute(BOOK, self.values(4, 60 + 3 * at, 62 + 3 * at, "confirmed"))

    def day(self, number):
        return (self.first + timedelta(number)).isoformat()

    def values(self, home, first, last, status):
        self.users += 1
        return home, self.users, self.day(first), self.day(last), status

    def rows(self):
        return self.db.execute(ROWS).fetchall()

    def send(self, sql, values):
        """Send one statement; the error that refused it, or None."""
        before = self.rows()
        try:
            self.db.execute(sql, values)
        except sqlite3.IntegrityError as error:
            said = f"{shown(sql, values)} was refused ({error})"
            self.lab.equal(self.rows(), before, f"{said}, and yet the table has changed")
            return error
        except sqlite3.Error as error:
            raise Fail(
                f"{shown(sql, values)}: SQLite said: {error}", **place(self.lab, sql)
            ) from error
        if self.rows() == before:
            raise Fail(
                f"{shown(sql, values)} gave no error, and changed nothing: the app believes it",
                **place(self.lab, sql),
            )
        return None

    def must(self, why, sql, *values):
        """The statement must be accepted."""
        error = self.send(sql, values)
        if error:
            raise Fail(
                f"{why}: {shown(sql, values)}",
                expected="accepted",
                got=f"refused: {error}",
                **place(self.lab, sql),
            )

    def must_not(self, why, sql, *values):
        """The statement must be refused."""
        if not self.send(sql, values):
            raise Fail(
                f"{why}: {shown(sql, values)}",
                expected="refused",
                got="accepted",
                **place(self.lab, sql),
            )

    def book(self, home, first, last, status="confirmed"):
        """Book what must be free; the new booking's id."""
        values = self.values(home, first, last, status)
        self.must("these nights are free", BOOK, *values)
        return self.db.execute("SELECT id FROM booking WHERE user_id = ?", values[1:2]).fetchone()[
            0
        ]

    def taken(self, why, home, first, last, status="confirmed"):
        self.must_not(why, BOOK, *self.values(home, first, last, status))

    def free(self, why, home, first, last, status="confirmed"):
        self.must(why, BOOK, *self.values(home, first, last, status))


def shown(sql, values):
    """A statement of the app's in words."""
    if sql == BOOK:
        home, _, first, last, status = values
        return f"property {home}, {first} to {last}, {status}"
    if sql == STATUS:
        return f"booking {values[1]} becomes {values[0]}"
    if sql == MOVE:
        return f"booking {values[2]} moves to {values[0]} to {values[1]}"
    return f"booking {values[0]} is deleted"


def place(lab, sql):
    """The line of schema.sql that deals with such a statement, else of its first CREATE."""
    word = sql.split()[0]
    lines = lab.path().read_text("utf-8").splitlines()
    patterns = (rf"\b{word}\b.*\bON\s+booking\b", r"^\s*CREATE\b")
    for pattern in patterns:
        for number, line in enumerate(lines, 1):
            if re.search(pattern, line, re.IGNORECASE):
                return {"file": lab.path().name, "line": number}
    return {"file": lab.path().name, "line": 1}


@check("applies")
def _(lab):
    site = Site(lab, "applies")
    try:
        after = site.rows()
    except sqlite3.Error as error:
        raise Fail(
            f"after schema.sql, the app can read no bookings: SQLite said: {error}"
        ) from error
    had, have = len(site.before), len(after)
    lab.ok(have == had, f"booking had {had} rows before schema.sql, and has {have} after it")
    lab.equal(after, site.before, "schema.sql has changed bookings that were there")


class Guest(threading.Thread):
    """One of several who ask whether nights are free and then book them, on a connection each."""

    def __init__(self, file, values, together):
        super().__init__()
        self.file, self.values, self.together = file, values, together
        self.error, self.was_free = None, False

    def run(self):
        try:
            with contextlib.closing(connect(self.file)) as db:
                home, _, first, last, _ = self.values
                self.was_free = db.execute(FREE, (home, last, first)).fetchone()[0] == 0
                self.together.wait(BUSY)
                db.execute(BOOK, self.values)
        except (sqlite3.Error, threading.BrokenBarrierError) as error:
            self.error = error


@check("race")
def _(lab):
    site = Site(lab, "race")
    together = threading.Barrier(GUESTS)
    guests = [Guest(site.file, site.values(3, 2, 5, "confirmed"), together) for _ in range(GUESTS)]
    for guest in guests:
        guest.start()
    for guest in guests:
        guest.join()
    for guest in guests:
        if guest.error and not isinstance(guest.error, sqlite3.IntegrityError):
            raise Fail(f"a guest's insert ended with {guest.error!r}, which is no refusal")
    lab.ok(all(guest.was_free for guest in guests), "property 3 is not free before the race")
    sql = "SELECT count(*) FROM booking WHERE property_id = 3"
    stored = site.db.execute(sql).fetchone()[0]
    happy = sum(guest.error is None for guest in guests)
    wanted = f"1 told yes, {GUESTS - 1} told no, 1 booking stored"
    if (happy, stored) != (1, 1):
        raise Fail(
            f"{GUESTS} guests ask whether property 3 is free from {site.day(2)} to {site.day(5)}, "
            f"hear yes, and book: {why(happy, stored)}",
            expected=wanted,
            got=f"{happy} told yes, {GUESTS - happy} told no, {stored} stored",
            **place(lab, BOOK),
        )


def why(happy, stored):
    if happy == stored:
        return f"{stored} bookings of the same nights are stored"
    if happy > stored:
        return f"{happy - stored} saw no error, and have no booking"
    return f"{stored - happy} saw an error, and yet their bookings are stored"


OVERLAPS = (
    (10, 14, "the same nights"),
    (8, 11, "the first night is taken"),
    (13, 16, "the last night is taken"),
    (11, 13, "inside another stay"),
    (8, 16, "around another stay"),
    (10, 11, "one night of another stay"),
    (8, 14, "the same end"),
    (10, 16, "the same start"),
)


@check("overlap")
def _(lab):
    site = Site(lab, "overlap")
    for status in ("confirmed", "pending"):
        home = 3 if status == "confirmed" else 2
        site.book(home, 10, 14, status)
        for first, last, how in OVERLAPS:
            other = "pending" if first % 2 else "confirmed"
            site.taken(f"{how}, which a {status} booking holds", home, first, last, other)
    for first, last in ((0, 1), (2, 4), (4, 8)):
        site.taken("taken by a booking made before schema.sql", 4, first, last)
    first, last = (date.fromisoformat(day) - site.first for day in site.before[-1][3:5])
    site.taken("taken by the last booking made before schema.sql", 4, first.days, last.days)
    past = (1, 999, "2025-05-05", "2025-05-07", "confirmed")
    site.must_not("taken by booking 2 of today.sql", BOOK, *past)
    site.book(1, 100, 190)
    site.taken("the last night of a long stay", 1, 189, 192)


@check("free")
def _(lab):
    site = Site(lab, "free")
    site.book(3, 10, 14)
    site.free("arrival on the day another guest leaves", 3, 14, 16)
    site.free("leaving on the day another guest arrives", 3, 8, 10)
    site.free("one night between two stays", 4, 5, 6, "pending")
    site.free("the same nights in another property", 2, 10, 14)
    site.free("the same nights a month later", 3, 40, 44)
    site.free("from the end of a booking made before schema.sql", 4, 6, 9)


@check("cancelled")
def _(lab):
    site = Site(lab, "cancelled")
    mine, _ = site.book(3, 10, 14), site.book(3, 14, 16)
    site.must("a guest cancels", STATUS, "cancelled", mine)
    site.taken("the stay next to a cancelled one is still on", 3, 14, 15)
    site.free("a cancelled booking wants no nights", 3, 10, 14, "cancelled")
    site.must("back from cancelled, nobody else is there", STATUS, "confirmed", mine)
    site.taken("taken up again", 3, 12, 13)
    site.must("cancelled once more", STATUS, "cancelled", mine)
    site.free("the booking that held this night is cancelled", 3, 11, 12, "pending")
    site.must_not("taken up again, but a night has gone to others", STATUS, "pending", mine)
    site.free("a night of a booking that stays cancelled", 3, 12, 14)
    site.must("a booking made before schema.sql is cancelled", STATUS, "cancelled", old(site, 3, 5))
    site.free("the nights of an old booking that was cancelled", 4, 3, 5)
    site.must_not("back, but its nights are taken", STATUS, "confirmed", old(site, 1, 9))


def old(site, first, last):
    """Id of a booking of property 4 that was made before schema.sql ran."""
    sql = "SELECT min(id) FROM booking WHERE property_id = 4 AND start_date = ? AND end_date = ?"
    return site.db.execute(sql, (site.day(first), site.day(last))).fetchone()[0]


@check("moved")
def _(lab):
    site = Site(lab, "moved")
    mine, other = site.book(3, 10, 14, "pending"), site.book(3, 20, 24)

    def to(first, last):
        return site.day(first), site.day(last), mine

    site.must("a pending booking is confirmed, on its own nights", STATUS, "confirmed", mine)
    site.must("one night more, over its own nights", MOVE, *to(10, 15))
    site.must_not("moved onto nights of another stay", MOVE, *to(19, 22))
    site.must_not("moved around another stay", MOVE, *to(18, 26))
    site.taken("the move was refused, so the booking holds its nights", 3, 13, 15)
    site.must("moved next to another stay", MOVE, *to(17, 20))
    site.free("moved away, so the old nights are free", 3, 10, 15)
    site.taken("moved here", 3, 17, 18)
    site.must("the other one is deleted", DELETE, other)
    site.free("the booking that held these nights is deleted", 3, 20, 24)
    site.taken("another booking was deleted, not this one", 3, 19, 20)
    site.must("an old booking is deleted", DELETE, old(site, 0, 3))
    site.free("the old booking that held these nights is deleted", 4, 0, 3)

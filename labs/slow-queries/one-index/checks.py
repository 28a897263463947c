import sqlite3

import labkit
import stays
from labkit import Fail, check, sqlite

if labkit.variant == "postgres":
    from labkit import postgres

BOOKINGS = 100_000
PAGE = """SELECT id, property_id, start_date, end_date FROM booking
WHERE user_id = ? AND status = 'confirmed'
ORDER BY start_date DESC, id DESC LIMIT 20"""
BADGE = "SELECT count(*) FROM booking WHERE user_id = ?"
EVERYTHING = "SELECT count(*), sum(user_id), sum(length(status)) FROM booking"

# Every 50th booking is the agency's, confirmed only in the first month of three years. The others
# are spread over 9,700 guests: about ten each, some on the same day.
FILL = """
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :bookings)
INSERT INTO booking
SELECT i + 1, i % 6000 + 1,
       CASE WHEN i % 50 = :seed % 50 THEN :agency ELSE 100 + (i * 7919 + :seed) % 9700 END,
       day.date, later.date,
       CASE WHEN i % 50 = :seed % 50 AND day.n > 30 THEN 'pending'
            WHEN i % 11 = 0 THEN 'cancelled' ELSE 'confirmed' END,
       5000
FROM n
JOIN day ON day.n = i * 389 % 1096
JOIN day AS later ON later.n = day.n + 1 + i % 5
"""
DAYS = """
CREATE TEMP TABLE day (n INTEGER PRIMARY KEY, date TEXT);
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
INSERT INTO day SELECT i, date('2023-01-01', '+' || i || ' days') FROM n;
"""
# The same bookings. VACUUM ANALYZE is what a server does by itself now and then.
TABLE = """
CREATE TABLE booking (
    id          INTEGER PRIMARY KEY,
    property_id INTEGER NOT NULL,
    user_id     INTEGER NOT NULL,
    start_date  DATE NOT NULL,
    end_date    DATE NOT NULL,
    status      TEXT NOT NULL,
    price_cents INTEGER NOT NULL
)"""
GENERATE = """
INSERT INTO booking
SELECT i + 1, i %% 6000 + 1,
       CASE WHEN i %% 50 = %(seed)s %% 50 THEN %(agency)s
            ELSE 100 + (i::bigint * 7919 + %(seed)s) %% 9700 END,
       date '2023-01-01' + n, date '2023-01-01' + n + 1 + i %% 5,
       CASE WHEN i %% 50 = %(seed)s %% 50 AND n > 30 THEN 'pending'
            WHEN i %% 11 = 0 THEN 'cancelled' ELSE 'confirmed' END,
       5000
FROM (SELECT i, i * 389 %% 1096 AS n FROM generate_series(0, %(bookings)s - 1) AS i) AS made
"""


class Embedded:
    """SQLite: work is steps of its machine, and plans are lines."""

    unit, share, words = "steps", 100, "a hundredth"

    def __init__(self, lab):
        self.db = sqlite3.connect(":memory:")

    def fill(self, values):
        self.db.executescript(stays.SCHEMA + DAYS)
        self.db.execute(FILL, values)
        self.db.execute("DROP TABLE day")
        self.db.commit()

    def rows(self, sql, *values):
        return self.db.execute(sql, values).fetchall()

    def work(self, sql, user):
        return sqlite.steps(self.db, sql, (user,))

    def indexes(self):
        return sqlite.indexes(self.db)

    def run(self, path):
        sqlite.run_script(self.db, path)

    def unsearched(self, sql, users):
        first = sqlite.plan(self.db, sql, (users["a guest"],))[0]
        if first.startswith("SEARCH") and "INDEX" in first:
            return ""
        if "INDEX" in first:
            return f"it reads the whole index, which gives it no place to start ({first})"
        return f"it reads the whole table ({first})"

    def sorted(self, users):
        lines = sqlite.plan(self.db, PAGE, (users["a guest"],))
        sorts = [line for line in lines if "TEMP B-TREE" in line]
        return f"SQLite still sorts them ({sorts[0]})" if sorts else ""


class Server:
    """PostgreSQL: work is buffers, pages of 8 KiB that a query touches.

    Each row of the page may lie on a page of its own, so an index cannot save as large a share
    as in steps. Equal dates are put in order by id in any case, for PostgreSQL appends no key
    to its indexes: an incremental sort, which reads no more rows than the page shows.
    """

    unit, share, words = "buffers", 20, "a twentieth"

    def __init__(self, lab):
        self.db = postgres.connect(lab)

    def fill(self, values):
        self.db.execute(TABLE)
        self.db.execute(GENERATE, values)
        self.db.execute("VACUUM ANALYZE booking")
        self.whole = self.plan("SELECT max(price_cents) FROM booking").buffers

    def rows(self, sql, *values):
        return self.db.execute(sql.replace("?", "%s"), values).fetchall()

    def plan(self, sql, *values):
        return postgres.explain(self.db, sql.replace("?", "%s"), values)

    def work(self, sql, user):
        return self.plan(sql, user).buffers

    def indexes(self):
        return postgres.indexes(self.db)

    def run(self, path):
        postgres.run_script(self.db, path)

    def unsearched(self, sql, users):
        plan = self.plan(sql, users["a guest"])
        scan = next(node for node in plan.walk() if not node.below)
        if plan.buffers * self.share <= self.whole:
            return ""
        read = f"{scan.kind}: {plan.buffers:,} buffers of {self.whole:,}"
        if scan.index:
            return f"it reads much of the index, which gives it no place to start ({read})"
        return f"it reads the whole table ({read})"

    def sorted(self, users):
        sorts = [node for node in self.plan(PAGE, users["the agency"]).sorts if not node.presorted]
        return f"PostgreSQL still sorts them ({sorts[0].kind})" if sorts else ""


def answers(lab):
    """Rows of both queries for each user, and how many bookings there are in all."""
    rows = lab.engine.rows
    found = {who: (rows(PAGE, id), rows(BADGE, id)) for who, id in lab.users.items()}
    return found, rows(EVERYTHING)


def page_work(lab):
    return {who: lab.engine.work(PAGE, id) for who, id in lab.users.items()}


def stop(lab, message):
    """Fail, pointing at the line of the first index."""
    lines = lab.path().read_text("utf-8").upper().splitlines()
    makes = [number for number, line in enumerate(lines, 1) if line.lstrip().startswith("CREATE")]
    raise Fail(message, file=lab.path().name, line=makes[0] if makes else 1)


@check("applies")
def _(lab):
    seed = lab.seed % 9_700
    # The guest of the booking after one of the agency's: never the agency itself.
    guest = 100 + ((seed + 1) * 7919 + seed) % 9_700
    lab.users = {"the agency": 30_000 + seed, "a guest": guest, "nobody": 70_000 + seed}
    lab.engine = Server(lab) if lab.variant == "postgres" else Embedded(lab)
    lab.engine.fill({"bookings": BOOKINGS, "seed": seed, "agency": lab.users["the agency"]})
    lab.before, lab.had = page_work(lab), set(lab.engine.indexes())
    unit = lab.engine.unit
    lab.measure(f"{unit} of the agency's page today", lab.before["the agency"], unit)
    lab.answers = answers(lab)
    lab.engine.run(lab.path())


@check("uses-index")
def _(lab):
    for name, sql in (("page", PAGE), ("badge", BADGE)):
        if why := lab.engine.unsearched(sql, lab.users):
            stop(lab, f"the {name}: {why}")


@check("no-sort")
def _(lab):
    if why := lab.engine.sorted(lab.users):
        stop(lab, f"the index finds the rows of the page, and {why}")


@check("less-work")
def _(lab):
    after, engine = page_work(lab), lab.engine
    lab.measure(f"{engine.unit} of the agency's page now", after["the agency"], engine.unit)
    for who, before in lab.before.items():
        if after[who] * engine.share > before:
            stop(
                lab,
                f"the page of {who}: {before:,} {engine.unit} before, {after[who]:,} after, "
                f"and {engine.words} is allowed. "
                "The search passes over rows that are not confirmed",
            )


@check("one-index")
def _(lab):
    made = sorted(set(lab.engine.indexes()) - lab.had)
    lab.ok(
        len(made) == 1,
        f"index.sql makes {len(made)} indexes ({', '.join(made)}). "
        "Each is written with every booking; one is enough",
    )


@check("same-rows")
def _(lab):
    found, everything = answers(lab)
    before, everything_before = lab.answers
    for who, answer in found.items():
        lab.equal(answer, before[who], f"page and badge of {who} have other rows than before")
    lab.equal(everything, everything_before, "the table has other rows than before")

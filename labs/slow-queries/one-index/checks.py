import sqlite3

import stays
from labkit import Fail, check
from labkit.sqlite import indexes, plan, run_script, steps

BOOKINGS = 300_000
PAGE = """SELECT id, property_id, start_date, end_date FROM booking
WHERE user_id = ? AND status = 'confirmed'
ORDER BY start_date DESC, id DESC LIMIT 20"""
BADGE = "SELECT count(*) FROM booking WHERE user_id = ?"

# Every 50th booking is the agency's, confirmed only in the first month of three years. The others
# are spread over 29,000 guests: about ten each, some on the same day.
FILL = """
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :bookings)
INSERT INTO booking
SELECT i + 1, i % 6000 + 1,
       CASE WHEN i % 50 = :seed % 50 THEN :agency ELSE 100 + (i * 7919 + :seed) % 29000 END,
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


def connect(seed, agency):
    db = sqlite3.connect(":memory:")
    db.executescript(stays.SCHEMA + DAYS)
    db.execute(FILL, {"bookings": BOOKINGS, "seed": seed, "agency": agency})
    db.execute("DROP TABLE day")
    db.commit()
    return db


def answers(lab):
    """Rows of both queries for each user, and how many bookings there are in all."""
    found = {
        who: (lab.db.execute(PAGE, (id,)).fetchall(), lab.db.execute(BADGE, (id,)).fetchall())
        for who, id in lab.users.items()
    }
    everything = "SELECT count(*), sum(user_id), sum(length(status)) FROM booking"
    return found, lab.db.execute(everything).fetchone()


def page_steps(lab):
    return {who: steps(lab.db, PAGE, (id,)) for who, id in lab.users.items()}


def stop(lab, message):
    """Fail, pointing at the line of the first index."""
    lines = lab.path().read_text("utf-8").upper().splitlines()
    makes = [number for number, line in enumerate(lines, 1) if line.lstrip().startswith("CREATE")]
    raise Fail(message, file=lab.path().name, line=makes[0] if makes else 1)


@check("applies")
def _(lab):
    seed = lab.seed % 29_000
    # The guest of the booking after one of the agency's: never the agency itself.
    guest = 100 + ((seed + 1) * 7919 + seed) % 29_000
    lab.users = {"the agency": 30_000 + seed, "a guest": guest, "nobody": 70_000 + seed}
    lab.db = connect(seed, lab.users["the agency"])
    lab.before, lab.had = page_steps(lab), set(indexes(lab.db))
    lab.measure("steps of the agency's page today", lab.before["the agency"], "steps")
    lab.answers = answers(lab)
    run_script(lab.db, lab.path())


@check("uses-index")
def _(lab):
    for name, sql in (("page", PAGE), ("badge", BADGE)):
        first = plan(lab.db, sql, (lab.users["a guest"],))[0]
        if first.startswith("SEARCH") and "INDEX" in first:
            continue
        if "INDEX" in first:
            why = "it reads the whole index, which gives it no place to start"
        else:
            why = "it reads the whole table"
        stop(lab, f"the {name}: {why} ({first})")


@check("no-sort")
def _(lab):
    for line in plan(lab.db, PAGE, (lab.users["a guest"],)):
        if "TEMP B-TREE" in line:
            stop(lab, f"the index finds the rows of the page, and SQLite still sorts them ({line})")


@check("less-work")
def _(lab):
    after = page_steps(lab)
    lab.measure("steps of the agency's page now", after["the agency"], "steps")
    for who, before in lab.before.items():
        if after[who] * 100 > before:
            stop(
                lab,
                f"the page of {who}: {before:,} steps before, {after[who]:,} after. "
                "The search passes over rows that are not confirmed",
            )


@check("one-index")
def _(lab):
    made = sorted(set(indexes(lab.db)) - lab.had)
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

import random
import sqlite3

from labkit import Fail, check
from labkit.graphql import Database, execute, execute_together, listed, run

TABLES = """
CREATE TABLE property (id INTEGER PRIMARY KEY, title TEXT, city TEXT);
CREATE TABLE user (id INTEGER PRIMARY KEY, name TEXT, phone TEXT, closed INTEGER DEFAULT 0);
CREATE TABLE booking
    (id INTEGER PRIMARY KEY, start_date TEXT, property_id INTEGER, user_id INTEGER);
"""
PAGE = "{ bookings { id startDate home { title city } guest { name phone } } }"
SIZES = (20, 1, 2, 57)
ALL = 60
"""Bookings there are. Four times as many homes and guests: most are not asked for."""
LOADERS = {"homes": "property", "guests": "user"}


def world(lab, name):
    """A database of this run's own. No two bookings next to each other are in the order of ids."""
    draw = random.Random(f"{lab.seed}{name}")
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    homes, guests = (draw.sample(range(10, 99_999), 4 * ALL) for _ in range(2))
    for home in homes:
        row = (home, f"Loft {draw.randrange(10**6)}", draw.choice(("Oslo", "Accra", "Lima")))
        connection.execute("INSERT INTO property VALUES (?, ?, ?)", row)
    for guest in guests:
        row = (guest, f"Guest {draw.randrange(10**6)}", f"+{draw.randrange(10**9)}")
        connection.execute("INSERT INTO user (id, name, phone) VALUES (?, ?, ?)", row)
    for number in range(1, ALL + 1):
        # The first twenty differ; after them, homes and guests come back.
        home, guest = (ids[number % 40] for ids in (homes, guests))
        row = (number, f"2025-05-{number % 28 + 1:02}", home, guest)
        connection.execute("INSERT INTO booking VALUES (?, ?, ?, ?)", row)
    db = Database(connection)
    db.traced = []
    connection.set_trace_callback(db.traced.append)
    return db


def wanted(db, first=20, staff=True):
    """What the page shows, read with one join."""
    found = db.connection.execute(
        """SELECT b.id, start_date, title, city, name, phone, closed FROM booking b
        LEFT JOIN property p ON p.id = property_id LEFT JOIN user u ON u.id = user_id
        ORDER BY b.id LIMIT ?""",
        (first,),
    )
    return [
        {
            "id": str(number),
            "startDate": start,
            "home": title and {"title": title, "city": city},
            "guest": {"name": who, "phone": phone if staff else None}
            if who and not closed
            else None,
        }
        for number, start, title, city, who, phone, closed in found
    ]


def ask(lab, db, query=PAGE, *, staff=True):
    before = len(db.traced)
    found = execute(lab.module.schema, query, context=lab.module.context(db, staff), db=db)
    beside = len(db.traced) - before - len(found.sent)
    lab.ok(beside <= 0, f"{beside} statements went past db.rows, which counts them", at="Booking")
    return found


def page(first):
    return PAGE.replace("bookings", f"bookings(first: {first})")


def compare(lab, got, want, said):
    """Fail at the first booking that is not as it should be."""
    lab.equal(len(got), len(want), f"{said}: the number of bookings")
    for each, right in zip(got, want, strict=True):
        for name, value in right.items():
            place = f"{said}: {name} of booking {right['id']}"
            lab.equal(each[name], value, place, at=name if name in ("home", "guest") else "")


@check("answers")
def _(lab):
    lab.load("accounts.py")
    lab.module = lab.load()
    for name in ("schema", "context"):
        lab.ok(hasattr(lab.module, name), f"schema.py defines no {name}")
    db = lab.db = world(lab, "answers")
    for first in SIZES:
        said = f"bookings(first: {first})"
        found = ask(lab, db, page(first))
        data = found.expect_data(said)
        compare(lab, data["bookings"], wanted(db, first), said)
        if first == SIZES[0]:
            lab.measure("statements for 20 bookings", len(found.sent))
    compare(lab, ask(lab, db).expect_data("bookings")["bookings"], wanted(db), "without first")


@check("three")
def _(lab):
    db = lab.db
    for first in SIZES:
        limit(lab, ask(lab, db, page(first)), 3, f"{first} bookings")
    query = "{ a: bookings(first: 9) { home { city } } b: bookings(first: 20) { home { title } } }"
    limit(lab, ask(lab, db, query), 3, "two lists in one request, both with homes")


def limit(lab, found, most, said):
    """The statements of an operation, and that none gave rows that nobody asked for."""
    found.expect_data(said)
    if len(found.sent) > most:
        said = f"{said} took {len(found.sent)} statements, {most} are enough"
        raise Fail(said, expected=f"{most} statements", got=found.listing(), at="Booking")
    for statement in found.sent:
        ids = len(set(statement.values))
        if "FROM booking" not in statement.sql and statement.rows > ids:
            said += f": a statement gave {statement.rows} rows for {ids} values: ask for ids, by ?"
            raise Fail(said, got=statement.sql, at="context")


@check("request")
def _(lab):
    db = lab.db
    shown(lab, ask(lab, db), wanted(db), "a request of the staff")
    said = "a request of a guest, after one of the staff"
    shown(lab, ask(lab, db, staff=False), wanted(db, staff=False), said)
    db.connection.execute("UPDATE user SET name = name || ' Jr.'")
    db.connection.execute("UPDATE property SET title = title || ' B'")
    shown(lab, ask(lab, db), wanted(db), "a request after names and titles were changed")
    requests = [(PAGE, lab.module.context(db, staff)) for staff in (True, False)]
    both = execute_together(lab.module.schema, requests, db=db)
    for found, staff in zip(both, (True, False), strict=True):
        said = f"two requests at once, the one of {'the staff' if staff else 'a guest'}"
        shown(lab, found, wanted(db, staff=staff), said)


def shown(lab, found, want, said):
    compare(lab, found.expect_data(said, at="context")["bookings"], want, said)


@check("asked")
def _(lab):
    db = world(lab, "asked")
    for query, tables in (
        ("{ bookings { id startDate } }", ["booking"]),
        ("{ bookings { id home { title } } }", ["booking", "property"]),
        ("{ bookings { id guest { name } } }", ["booking", "user"]),
    ):
        found = ask(lab, db, query)
        found.expect_data(query)
        read = sorted({name for name in ("booking", "property", "user") for s in found.sent
                       if name in s.sql.replace(f"{name}_id", "")})  # fmt: skip
        lab.equal(read, tables, f"the tables read by db.rows for {query}", at="Query")
        limit(lab, found, len(tables), query)


@check("contract")
def _(lab):
    db = world(lab, "contract")
    for name, table in LOADERS.items():
        rows = db.connection.execute(f"SELECT * FROM {table} ORDER BY id LIMIT 7").fetchall()
        right = {row[0]: row[1] for row in rows}
        ids = list(right)
        random.Random(f"{lab.seed}{name}").shuffle(ids)
        absent = 100_000 + lab.seed % 1000
        batch(lab, db, name, ids, right, "shuffled ids")
        batch(
            lab, db, name, [ids[2], absent, ids[0], absent + 1], right, "two of four ids are gone"
        )
        batch(
            lab, db, name, [ids[1], ids[4], ids[1], ids[1]], right, "an id that comes three times"
        )
        batch(lab, db, name, [absent], right, "one id, and it is gone")
    db.connection.execute("UPDATE booking SET property_id = 5, user_id = 6 WHERE id = 3")
    data = ask(lab, db).expect_data("a booking whose home and guest are gone")
    compare(lab, data["bookings"], wanted(db), "a booking whose home and guest are gone")


def loader(lab, db, name):
    made = lab.module.context(db, True)
    lab.ok(name in made, f'context() has no "{name}"', at="context")
    lab.ok(hasattr(made[name], "load_fn"), f'context()["{name}"] is no DataLoader', at="context")
    return made[name]


def batch(lab, db, name, ids, right, said):
    """Call a batch function as its loader does."""
    before = len(db.sent)
    function = loader(lab, db, name).load_fn
    said = f"the batch function of {name}, {said}"

    async def main():
        return await function(list(ids))

    try:
        values = list(run(main()))
    except Fail:
        raise
    except KeyError as error:
        raise Fail(
            f"{said}: it raised KeyError({error}); a value that is missing is None"
        ) from error
    lab.ok(len(values) == len(ids), f"{said}: {len(ids)} ids, {len(values)} values", at="context")
    got = [title(value) for value in values]
    lab.equal(got, [right.get(each) for each in ids], f"{said}: ids {ids}", at="context")
    sent = db.sent[before:]
    lab.ok(len(sent) == 1, f"{said}: it sent {len(sent)} statements, not one", at="context")


def title(value):
    """What a value of a batch is known by: a loader may give rows as well as objects."""
    if isinstance(value, dict):
        return value.get("title", value.get("name"))
    return getattr(value, "title", getattr(value, "name", value))


@check("closed")
def _(lab):
    db = world(lab, "closed")
    guests = [row[0] for row in db.connection.execute("SELECT user_id FROM booking LIMIT 20")]
    at = random.Random(f"{lab.seed}").sample(range(20), 2)
    db.connection.executemany("UPDATE user SET closed = 1 WHERE id = ?", [(guests[i],) for i in at])
    found = ask(lab, db)
    places = sorted(f"bookings[{number}].guest" for number in at)
    said = "two guests of 20 have closed their accounts"
    got = sorted(problem.where for problem in found.errors)
    if got != places:
        words = f"{said}: {len(got)} errors"
        first = f"{words}, such as {listed([str(p) for p in found.errors[:1]])}" if got else words
        raise Fail(f"{first}. Expected: an error at {' and at '.join(places)}", at="guest")
    for problem in found.errors:
        lab.ok(
            "closed" in problem.message, f"{said}: the error says {problem.message!r}", at="guest"
        )
    compare(lab, (found.data or {})["bookings"], wanted(db), said)
    limit_statements(lab, found, said)


def limit_statements(lab, found, said):
    lab.ok(len(found.sent) == 3, f"{said}: {len(found.sent)} statements, not 3", at="guest")

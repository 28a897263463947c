import random
import re
import sqlite3
from collections import Counter

from labkit import Fail, check
from labkit.sqlite import run_script

DECIDES = {
    "guest_id": ("guest_name",),
    "host_id": ("host_name", "host_phone"),
    "property_id": ("title", "city"),
    "booking_id": ("start_date", "price_cents"),
}
POINTS = (("booking_id", "guest_id"), ("booking_id", "property_id"), ("property_id", "host_id"))
COLUMNS = (
    "booking_id", "guest_id", "guest_name", "property_id", "title", "city",
    "host_id", "host_name", "host_phone", "start_date", "price_cents",
)  # fmt: skip
NAMES = ("Lena", "Omar", "Ines", "Kofi", "Efua")


def other_rows(seed):
    """Rows that keep the rules of the brief and that nobody has seen: 40 bookings."""
    draw = random.Random(seed)
    cities = ("Accra", "Kampala", "Tema")
    guests = {id: draw.choice(NAMES) for id in range(1, 9)}
    hosts = {id: (draw.choice(NAMES), f"555-{id:03}{draw.randrange(10)}") for id in range(21, 25)}
    homes = {
        id: (draw.choice(("Loft", "Cabin", "Flat")), draw.choice(cities), 21 + id % 4)
        for id in range(40, 51)
    }
    rows = []
    for number in range(40):
        guest, home = draw.choice(list(guests)), 40 + number % 11
        title, city, host = homes[home]
        day, price = f"2025-{1 + number % 12:02}-{draw.randrange(1, 29):02}", 5000 + 10 * number
        rows.append(
            (201 + number, guest, guests[guest], home, title, city, host, *hosts[host], day, price)
        )
    return rows


def connect(lab, rows=None):
    """A database with ``flat``, foreign keys on; ``rows`` instead of those in flat.sql."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(lab.path("flat.sql").read_text("utf-8"))
    if rows:
        db.execute("DELETE FROM flat")
        db.executemany(f"INSERT INTO flat VALUES ({', '.join('?' * len(COLUMNS))})", rows)
    db.execute("PRAGMA foreign_keys = ON")
    return db


def copy(db):
    """The same database again, to try things on: each statement is its own transaction."""
    new = sqlite3.connect(":memory:", isolation_level=None)
    db.backup(new)
    new.execute("PRAGMA foreign_keys = ON")
    return new


def tables(db):
    """Tables of the learner's with the names of their columns."""
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    return {
        name: [row[1].lower() for row in db.execute(f'PRAGMA table_info("{name}")')]
        for (name,) in db.execute(names).fetchall()
        if name.lower() != "flat"
    }


def pointers(db, table):
    """Columns of a table that are foreign keys, with the table each leads to."""
    rows = db.execute(f'PRAGMA foreign_key_list("{table}")')
    return {row[3].lower(): row[2].lower() for row in rows}


def homes(db, key):
    """Tables that hold a key together with facts it decides: ``{table: facts}``."""
    found = {
        table: [fact for fact in DECIDES[key] if fact in columns]
        for table, columns in tables(db).items()
        if key in columns
    }
    return {table: facts for table, facts in found.items() if facts}


def first_row(db, table):
    cursor = db.execute(f'SELECT * FROM "{table}"')
    return dict(zip([column[0].lower() for column in cursor.description], cursor.fetchone()))


def insert(db, table, row):
    """Insert a row; keys that the learner invented are left to SQLite."""
    known = {name: value for name, value in row.items() if name in COLUMNS}
    marks = ", ".join("?" * len(known))
    names = ", ".join(f'"{name}"' for name in known)
    db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(known.values()))


def other(value):
    return value + 1 if isinstance(value, int) else f"{value} (new)"


def refused(db, sql, values=()):
    """Whether a fresh copy of the database refuses a statement."""
    trial = copy(db)
    try:
        if callable(sql):
            sql(trial)
        else:
            trial.execute(sql, values)
    except sqlite3.IntegrityError:
        return True
    return False


def stop(lab, table, message):
    """Fail, pointing at the line that creates a table."""
    made = re.compile(
        rf"create\s+table\s+(if\s+not\s+exists\s+)?\W?{re.escape(table)}\b", re.IGNORECASE
    )
    path = lab.path()
    found = made.search(path.read_text("utf-8"))
    line = path.read_text("utf-8")[: found.start()].count("\n") + 1 if found else 0
    raise Fail(message, file=path.name, line=line)


@check("applies")
def _(lab):
    lab.given = connect(lab).execute("SELECT * FROM flat").fetchall()
    lab.cases = []
    for rows in (lab.given, other_rows(lab.seed)):
        db = connect(lab, rows)
        run_script(db, lab.path())
        kind = db.execute("SELECT type FROM sqlite_master WHERE name = 'flat_again'").fetchone()
        lab.ok(kind == ("view",), "schema.sql makes no view called flat_again")
        # A view that reads flat itself would prove nothing.
        db.execute("DELETE FROM flat")
        lab.cases.append((db, rows))
    names = {name for columns in tables(db).values() for name in columns}
    gone = [name for name in COLUMNS if name not in names]
    lab.ok(not gone, f"no table has a column {', '.join(gone)}: keep the names of flat's columns")


@check("lossless")
def _(lab):
    for db, rows in lab.cases:
        try:
            cursor = db.execute("SELECT * FROM flat_again")
            got = cursor.fetchall()
        except sqlite3.Error as error:
            raise Fail(f"the view flat_again: SQLite said: {error}") from error
        names = tuple(column[0].lower() for column in cursor.description)
        lab.equal(names, COLUMNS, "the columns of flat_again are not those of flat, in their order")
        compare(rows, got)


def compare(want, got):
    missing, extra = Counter(want) - Counter(got), Counter(got) - Counter(want)
    if len(got) != len(want):
        row = next(iter(extra or missing))
        raise Fail(
            f"flat_again has {len(got)} rows, flat has {len(want)}; look at booking {row[0]}",
            expected=shown(r for r in want if r[0] == row[0]),
            got=shown(r for r in got if r[0] == row[0]),
        )
    for row in missing:
        same = [other for other in extra if other[0] == row[0]] or list(extra)
        wrong = [name for name, a, b in zip(COLUMNS, row, same[0]) if a != b]
        raise Fail(
            f"flat_again shows booking {row[0]} with another {', '.join(wrong)} than flat",
            expected=shown([row]),
            got=shown(same[:1]),
        )


def shown(rows):
    return "\n".join(str(row) for row in rows) or "no row"


@check("once")
def _(lab):
    for db, rows in lab.cases:
        for table, columns in tables(db).items():
            for key, facts in (*DECIDES.items(), ("property_id", ("host_id",))):
                for fact in facts:
                    if fact in columns:
                        stored_once(lab, db, rows, table, key, fact)
        for fact in (fact for facts in DECIDES.values() for fact in facts):
            holding = [t for t, names in tables(db).items() if fact in names]
            own = [t for t in holding if fact not in pointers(db, t)]
            if len(own) > 1:
                stop(lab, own[-1], f"{fact} is stored in two tables: {' and '.join(own)}")


def stored_once(lab, db, rows, table, key, fact):
    """Fail when a table holds the same fact about the same thing in more than one row."""
    if key in tables(db)[table]:
        sql = f'SELECT {key}, {fact}, count(*) FROM "{table}" GROUP BY {key} HAVING count(*) > 1'
        found = db.execute(sql).fetchone()
        whose = f" for {key} {found[0]}" if found else ""
    elif fact in pointers(db, table):
        return
    else:
        # Values that only one thing has: a second row with one is a second copy.
        owners = {}
        for row in rows:
            value = row[COLUMNS.index(fact)]
            owners.setdefault(value, set()).add(row[COLUMNS.index(key)])
        sql = f'SELECT 0, {fact}, count(*) FROM "{table}" GROUP BY {fact} HAVING count(*) > 1'
        many = [row for row in db.execute(sql) if len(owners.get(row[1], ())) == 1]
        found, whose = (many[0] if many else None), ""
    if found:
        stop(
            lab,
            table,
            f"table {table} stores {fact} {found[1]!r} {found[2]} times{whose}: "
            "change one row, and the others still say the old",
        )


@check("keys")
def _(lab):
    db, _ = lab.cases[1]
    for key in DECIDES:
        no_second_row(lab, db, key)
    for child, parent in POINTS:
        references(lab, db, child, parent)
    for key in DECIDES:
        for table in homes(db, key):
            no_empty_columns(lab, db, table, key)
    for _, parent in POINTS:
        no_deletion(lab, db, parent)


def no_second_row(lab, db, key):
    """Another row with the same id and one other fact must be refused."""
    for fact in DECIDES[key]:
        table = next((name for name, facts in homes(db, key).items() if fact in facts), "")
        lab.ok(table, f"no table holds {fact} beside {key}, which decides it")
        row = first_row(db, table)
        second = {**row, fact: other(row[fact])}
        if not refused(db, lambda trial, t=table, r=second: insert(trial, t, r)):
            stop(
                lab,
                table,
                f"table {table} took a second row for {key} {row[key]}, "
                f"with another {fact}: nothing says that {key} is its key",
            )


def references(lab, db, child, parent):
    """The child's table must have an enforced foreign key to the parent's."""
    targets = {table.lower() for table in homes(db, parent)}
    for table in homes(db, child):
        columns = [name for name, to in pointers(db, table).items() if to in targets]
        if not columns:
            stop(lab, table, f"table {table} has no foreign key to {' or '.join(sorted(targets))}")
        row = first_row(db, table)
        for column in columns:
            unknown = 987_654 if isinstance(row[column], int) else "nobody"
            sql = f'UPDATE "{table}" SET {column} = ? WHERE {child} = ?'
            if not refused(db, sql, (unknown, row[child])):
                stop(lab, table, f"table {table} took {column} {unknown!r}, which leads to nothing")


def no_empty_columns(lab, db, table, key):
    row = first_row(db, table)
    for column in (name for name in row if name in COLUMNS):
        sql = f'UPDATE "{table}" SET {column} = NULL WHERE {key} = ?'
        if not refused(db, sql, (row[key],)):
            stop(
                lab,
                table,
                f"table {table} took a row whose {column} is NULL: declare it NOT NULL",
            )


def no_deletion(lab, db, key):
    """A row that others point to must stay as long as they do."""
    targets = {to for table in tables(db) for to in pointers(db, table).values()}
    count = "SELECT count(*) FROM flat_again"
    for table in (table for table in homes(db, key) if table.lower() in targets):
        trial = copy(db)
        id = trial.execute(f"SELECT {key} FROM flat_again").fetchone()[0]
        if not refused(db, f'DELETE FROM "{table}" WHERE {key} = ?', (id,)):
            trial.execute(f'DELETE FROM "{table}" WHERE {key} = ?', (id,))
            lost = db.execute(count).fetchone()[0] - trial.execute(count).fetchone()[0]
            message = f"deleting {key} {id} from {table} was allowed and took {lost} bookings along"
            stop(lab, table, message)


@check("anomalies")
def _(lab):
    for db, _ in lab.cases:
        for key, facts in DECIDES.items():
            for fact in facts:
                one_update(lab, db, key, fact)
        alone(db)


def one_update(lab, db, key, fact):
    """A fact is changed in one row, and every row of flat_again that shows it follows."""
    read = f"SELECT {fact} FROM flat_again WHERE {key} = ?"
    table = next(table for table, facts in homes(db, key).items() if fact in facts)
    for (id,) in db.execute(f"SELECT DISTINCT {key} FROM flat_again ORDER BY 1 LIMIT 3").fetchall():
        trial = copy(db)
        before = trial.execute(read, (id,)).fetchall()
        new = other(before[0][0])
        try:
            trial.execute(f'UPDATE "{table}" SET {fact} = ? WHERE {key} = ?', (new, id))
        except sqlite3.Error as error:
            raise Fail(f"{fact} of {key} {id} cannot be changed: SQLite said: {error}") from error
        after = trial.execute(read, (id,)).fetchall()
        want = [(new,)] * len(before)
        lab.equal(after, want, f"{fact} in flat_again after one update of {table}")


def alone(db):
    """A host, a guest and a property can be stored without a booking."""
    trial = copy(db)
    for key in ("host_id", "guest_id", "property_id"):
        for table, facts in homes(trial, key).items():
            row = first_row(trial, table)
            new = {key: 9_000, **{fact: other(row[fact]) for fact in facts}}
            try:
                insert(trial, table, {**row, **new})
            except sqlite3.IntegrityError as error:
                raise Fail(
                    f"a new {key} that no booking names cannot be stored in {table}: "
                    f"SQLite said: {error}"
                ) from error

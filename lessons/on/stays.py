"""Nexus Stays: the booking site that lessons, quizzes and labs work on.

A database in SQLite with users, properties, bookings, payments, reviews and
messages. Every row follows from its id by integer arithmetic, so the same
call gives the same rows on every machine. All sizes have the same shape:

* about fifty bookings a property over 2023, 2024 and 2025, never two at once;
* about 90 % of the bookings confirmed, 8 % pending, 2 % cancelled;
* few users with very many bookings, many with a handful, some with none.

Money is in whole cents, dates are ISO text ("2024-05-01"). A stay is the
half-open range [start_date, end_date): the guest leaves on ``end_date``.
There is no index beyond the keys and the unique constraints.

``import stays`` gives the functions; as a setup it defines ``db``.
"""

import sqlite3
from collections.abc import Iterator

SCHEMA = """
CREATE TABLE user (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    email      TEXT NOT NULL UNIQUE,
    phone      TEXT,
    role       TEXT NOT NULL DEFAULT 'guest'
               CHECK (role IN ('guest', 'host', 'admin')),
    created_at TEXT NOT NULL
);
CREATE TABLE property (
    id          INTEGER PRIMARY KEY,
    host_id     INTEGER NOT NULL REFERENCES user (id),
    title       TEXT NOT NULL,
    city        TEXT NOT NULL,
    max_guests  INTEGER NOT NULL CHECK (max_guests > 0),
    price_cents INTEGER NOT NULL CHECK (price_cents > 0)
);
CREATE TABLE booking (
    id          INTEGER PRIMARY KEY,
    property_id INTEGER NOT NULL REFERENCES property (id),
    user_id     INTEGER NOT NULL REFERENCES user (id),
    start_date  TEXT NOT NULL,
    end_date    TEXT NOT NULL,
    status      TEXT NOT NULL DEFAULT 'pending'
                CHECK (status IN ('pending', 'confirmed', 'cancelled')),
    price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
    CHECK (end_date > start_date)
);
CREATE TABLE payment (
    id           INTEGER PRIMARY KEY,
    booking_id   INTEGER NOT NULL REFERENCES booking (id),
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    method       TEXT NOT NULL
                 CHECK (method IN ('card', 'mobile', 'transfer')),
    paid_at      TEXT NOT NULL
);
CREATE TABLE review (
    id          INTEGER PRIMARY KEY,
    property_id INTEGER NOT NULL REFERENCES property (id),
    user_id     INTEGER NOT NULL REFERENCES user (id),
    rating      INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
    comment     TEXT,
    created_at  TEXT NOT NULL,
    UNIQUE (property_id, user_id)
);
CREATE TABLE message (
    id           INTEGER PRIMARY KEY,
    sender_id    INTEGER NOT NULL REFERENCES user (id),
    recipient_id INTEGER NOT NULL REFERENCES user (id),
    body         TEXT NOT NULL,
    sent_at      TEXT NOT NULL,
    CHECK (sender_id <> recipient_id)
);
"""

TABLES = ("user", "property", "booking", "payment", "review", "message")

FIRST = (
    "Amara", "Kofi", "Lena", "Tunde", "Zainab", "Mateo", "Aisha", "David", "Ngozi", "Omar",
    "Grace", "Samuel", "Wanjiru", "Pedro", "Halima", "Jonas", "Thandi", "Youssef", "Ines",
)  # fmt: skip
LAST = (
    "Okafor", "Mensah", "Haddad", "Silva", "Njoroge", "Berg", "Diallo", "Adeyemi", "Costa",
    "Abebe", "Mwangi", "Larsen", "Boateng", "Nkosi", "Farouk", "Moreau", "Kimani", "Osei",
    "Rossi", "Bello", "Achieng", "Weber", "Traore",
)  # fmt: skip
CITIES = (
    "Nairobi", "Lagos", "Accra", "Cape Town", "Cairo", "Kigali", "Lisbon", "Marrakesh", "Dakar",
    "Kampala", "Oslo", "Zanzibar",
)  # fmt: skip
KINDS = ("loft", "cottage", "flat", "house", "studio", "guest room", "cabin", "penthouse")
LOOKS = ("Sunny", "Quiet", "Cozy", "Bright", "Spacious", "Green", "Simple")
PLACES = (
    "near the market", "by the park", "with a garden", "in the old town", "by the water",
    "near the station", "with a view", "on the hill", "by the museum",
)  # fmt: skip

# The days of three years and the bookings a property gets in them: one every 21 days at least.
# A booking begins at most 7 days late and lasts at most 14 nights, so no two overlap.
DAYS = 1096
PER_PROPERTY = 50
# A prime above every number of bookings: n * k % PRIME spreads ids evenly, whatever the k.
PRIME = 1_000_003

_BOOKINGS = """
WITH RECURSIVE
n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :bookings),
drawn AS (
    SELECT i,
           (i * 10007 + (i - 1) / :properties) % :properties + 1 AS property_id,
           i * 736879 % :prime AS u,
           (i - 1) / :properties * :days / :each + (i * 520913 % :prime) % 8 AS first_day,
           1 + (i * 611953 % :prime) % CASE i % 7 WHEN 3 THEN 14 ELSE 4 END AS nights,
           (i * 350377 % :prime) % 100 AS percent
    FROM n
)
INSERT INTO booking
SELECT i,
       drawn.property_id,
       :guests * u / :prime * u / :prime + 1,
       first.date,
       last.date,
       CASE WHEN percent < 2 THEN 'cancelled'
            WHEN percent < 10 THEN 'pending'
            ELSE 'confirmed' END,
       nights * property.price_cents
FROM drawn
JOIN property ON property.id = drawn.property_id
JOIN temp.day AS first ON first.n = first_day
JOIN temp.day AS last ON last.n = first_day + nights
"""

_PAYMENTS = """
INSERT INTO payment (booking_id, amount_cents, method, paid_at)
SELECT id,
       CASE WHEN id % 8 <> 0 THEN price_cents
            WHEN part.n = 0 THEN price_cents / 4
            ELSE price_cents - price_cents / 4 END,
       CASE id * 7 % 10 WHEN 0 THEN 'transfer' WHEN 1 THEN 'mobile' WHEN 4 THEN 'mobile'
                        WHEN 7 THEN 'mobile' ELSE 'card' END,
       CASE part.n WHEN 0 THEN start_date ELSE end_date END
FROM booking
JOIN (SELECT 0 AS n UNION ALL SELECT 1) AS part ON part.n = 0 OR id % 8 = 0
WHERE status = 'confirmed'
ORDER BY id, part.n
"""

_REVIEWS = """
INSERT OR IGNORE INTO review (property_id, user_id, rating, comment, created_at)
SELECT property_id,
       user_id,
       CASE WHEN id * 13 % 50 < 26 THEN 5 WHEN id * 13 % 50 < 40 THEN 4
            WHEN id * 13 % 50 < 46 THEN 3 WHEN id * 13 % 50 < 48 THEN 2 ELSE 1 END,
       CASE id / 3 % 6 WHEN 0 THEN 'Clean, and the host answers fast.'
                        WHEN 1 THEN 'We would come again.'
                        WHEN 2 THEN 'Good location, thin walls.'
                        WHEN 3 THEN 'As in the photos.' END,
       end_date
FROM booking
WHERE status = 'confirmed' AND id % 3 = 0
ORDER BY id
"""

_MESSAGES = """
INSERT INTO message (sender_id, recipient_id, body, sent_at)
SELECT CASE part.n WHEN 0 THEN booking.user_id ELSE host_id END,
       CASE part.n WHEN 0 THEN host_id ELSE booking.user_id END,
       CASE part.n WHEN 1 THEN 'Yes. See you then.'
            ELSE CASE booking.id % 3 WHEN 0 THEN 'Can we check in at noon?'
                                     WHEN 1 THEN 'Is there parking nearby?'
                                     ELSE 'Is the kitchen shared?' END END,
       start_date
FROM booking
JOIN property ON property.id = property_id
JOIN (SELECT 0 AS n UNION ALL SELECT 1) AS part
WHERE booking.id % 8 = 5
ORDER BY booking.id, part.n
"""


def connect(bookings: int = 2000, path: str = ":memory:") -> sqlite3.Connection:
    """Return a new database with that many bookings, foreign keys on.

    There is a property for every 50 bookings and a user for every 10 (at least 4 and 20), so
    ``connect()`` has 40 properties and 200 users. ``path`` names a file that does not exist yet.
    Raises ValueError unless ``bookings`` is between 1 and 1,000,000.
    """
    if not 1 <= bookings <= 1_000_000:
        raise ValueError("bookings must be between 1 and 1000000")
    db = sqlite3.connect(path)
    db.executescript(SCHEMA)
    # The rows are right by construction (integrity_check agrees), and checking each takes time.
    db.execute("PRAGMA ignore_check_constraints = ON")
    users, properties = max(20, bookings // 10), max(4, -(-bookings // PER_PROPERTY))
    hosts = users // 10
    db.executemany("INSERT INTO user VALUES (?, ?, ?, ?, ?, ?)", _users(users, hosts))
    first_host = users - hosts
    homes = _properties(properties, first_host, hosts)
    db.executemany("INSERT INTO property VALUES (?, ?, ?, ?, ?, ?)", homes)
    _days(db)
    sizes = {"bookings": bookings, "properties": properties, "guests": users * 17 // 20}
    db.execute(_BOOKINGS, sizes | {"prime": PRIME, "days": DAYS, "each": PER_PROPERTY})
    for statement in (_PAYMENTS, _REVIEWS, _MESSAGES):
        db.execute(statement)
    db.execute("DROP TABLE temp.day")
    db.commit()
    db.execute("PRAGMA ignore_check_constraints = OFF")
    db.execute("PRAGMA foreign_keys = ON")
    return db


def describe(db: sqlite3.Connection) -> str:
    """Return one line a table: its name and its number of rows.

    ========  =========  ================
    table     connect()  connect(200_000)
    ========  =========  ================
    user            200            20,000
    property         40             4,000
    booking       2,000           200,000
    payment       2,024           202,495
    review          390            60,002
    message         500            50,000
    ========  =========  ================

    Of 200,000 bookings 180,000 are confirmed, 15,999 pending, 4,001 cancelled (of 2,000: 1,800,
    158, 42). User 1 has the most, 1,540 (168); 3,116 users (34) have none, the hosts among them.
    A confirmed booking has one payment, every eighth id two; others have none.
    """
    counts = [(t, db.execute(f"SELECT count(*) FROM {t}").fetchone()[0]) for t in TABLES]
    return "\n".join(f"{table:<8}  {count:>7}" for table, count in counts)


def _users(users: int, hosts: int) -> Iterator[tuple[int, str, str, str | None, str, str]]:
    """Yield the rows of ``user``: guests, then the hosts, the last one an admin."""
    for i in range(1, users + 1):
        first, last = FIRST[i * 8 % len(FIRST)], LAST[i * 10 % len(LAST)]
        role = "admin" if i == users else "host" if i >= users - hosts else "guest"
        email = f"{first}.{last}.{i}@example.com".lower()
        phone = None if i % 4 == 3 else f"555-{i * 7919 % 10_000:04}"
        joined = f"{2021 + i % 2}-{1 + i * 5 % 12:02}-{1 + i * 11 % 28:02}"
        yield i, f"{first} {last}", email, phone, role, joined


def _properties(
    properties: int, first_host: int, hosts: int
) -> Iterator[tuple[int, int, str, str, int, int]]:
    """Yield the rows of ``property``; the first cities and the first hosts have the most."""
    for i in range(1, properties + 1):
        draw = i * 7919 % 1009
        host = first_host + hosts * draw * draw // 1009**2
        city = CITIES[len(CITIES) * draw * draw // 1009**2]
        title = f"{LOOKS[i * 3 % 7]} {KINDS[i * 5 % 8]} {PLACES[i * 4 % 9]}"
        yield i, host, title, city, 1 + i * 5 % 8, 2500 + i * 37 % 24 * 500


def _days(db: sqlite3.Connection) -> None:
    """Make the table of days that the bookings take their dates from: a look-up, not a sum."""
    db.execute("CREATE TABLE temp.day (n INTEGER PRIMARY KEY, date TEXT)")
    db.execute(
        "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
        "INSERT INTO temp.day SELECT i, date('2023-01-01', '+' || i || ' days') FROM n",
        {"last": DAYS + 30},
    )


if __name__ == "setup":
    db = connect()

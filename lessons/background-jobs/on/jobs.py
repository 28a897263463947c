"""Nexus Stays with a table of jobs and a mail server that can be switched off.

A row of ``job`` is work to be done later; its state is queued, running, done or failed.
"""

import stays

db = stays.connect()
db.execute(
    """
    CREATE TABLE job (
        id      INTEGER PRIMARY KEY,
        kind    TEXT NOT NULL,
        subject INTEGER NOT NULL,
        state   TEXT NOT NULL DEFAULT 'queued'
                CHECK (state IN ('queued', 'running', 'done', 'failed')),
        result  TEXT
    )
    """
)


class MailServer:
    """Takes mails while it is up, and keeps them in ``sent``."""

    def __init__(self) -> None:
        self.up = True
        self.sent: list[object] = []

    def send(self, text: object) -> None:
        """Send one mail. Raises ConnectionError while the server is down."""
        if not self.up:
            raise ConnectionError("the mail server does not answer")
        self.sent.append(text)


mail = MailServer()


def taken(home: int, day: str) -> bool:
    """Whether a booking holds the home for the night of ``day``."""
    sql = "SELECT 1 FROM booking WHERE property_id = ? AND start_date <= ? AND end_date > ?"
    return db.execute(sql, (home, day, day)).fetchone() is not None


def reserve(guest: int, home: int, day: str) -> int:
    """Insert a booking of one night; its id."""
    sql = (
        "INSERT INTO booking (property_id, user_id, start_date, end_date, price_cents)"
        " SELECT id, ?, ?, date(?, '+1 day'), price_cents FROM property WHERE id = ?"
    )
    return db.execute(sql, (guest, day, day, home)).lastrowid or 0


def add_job(kind: str, subject: int) -> int:
    """Write down work for later; the job's id."""
    sql = "INSERT INTO job (kind, subject) VALUES (?, ?)"
    return db.execute(sql, (kind, subject)).lastrowid or 0


def waiting(kind: str) -> list[tuple[int, int]]:
    """Id and subject of each job of a kind that is queued, the oldest first."""
    sql = "SELECT id, subject FROM job WHERE kind = ? AND state = 'queued' ORDER BY id"
    return db.execute(sql, (kind,)).fetchall()


def set_state(job: int, state: str, result: str | None = None) -> None:
    """Note how far a job is."""
    db.execute("UPDATE job SET state = ?, result = ? WHERE id = ?", (state, result, job))


def state_of(job: int) -> tuple[str, str | None]:
    """State and result of a job."""
    return db.execute("SELECT state, result FROM job WHERE id = ?", (job,)).fetchone()


def states() -> dict[str, int]:
    """How many jobs there are in each state."""
    return dict(db.execute("SELECT state, count(*) FROM job GROUP BY state ORDER BY state"))

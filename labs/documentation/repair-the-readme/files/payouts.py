"""What hosts are paid: python payouts.py init | load FILE | report MONTH."""

import csv
import sqlite3
import sys
from pathlib import Path

import settings

TABLE = "CREATE TABLE booking(id INTEGER PRIMARY KEY, host TEXT, month TEXT, cents INTEGER)"
BOOKINGS = "INSERT INTO booking(host, month, cents) VALUES (:host, :month, :cents)"
REPORT = "SELECT host, sum(cents) FROM booking WHERE month = ? GROUP BY host ORDER BY host"


def init() -> None:
    """Create the database."""
    with sqlite3.connect(settings.DATABASE) as db:
        db.execute(TABLE)
    print(f"created {settings.DATABASE}")


def load(name: str) -> None:
    """Read bookings from a CSV file."""
    if not Path(settings.DATABASE).exists():
        raise SystemExit("there is no database yet: init creates it")
    with Path(name).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with sqlite3.connect(settings.DATABASE) as db:
        db.executemany(BOOKINGS, rows)
    print(f"{len(rows)} bookings loaded")


def report(month: str) -> None:
    """Print what each host is paid for a month."""
    with sqlite3.connect(settings.DATABASE) as db:
        rows = db.execute(REPORT, [month]).fetchall()
    if not rows:
        raise SystemExit(f"no bookings of {month}: have they been loaded?")
    for host, cents in rows:
        paid = payout_cents(cents, settings.fee_percent())
        print(f"{host:8}{paid / 100:9.2f} {settings.CURRENCY}")


def payout_cents(cents: int, fee_percent: int) -> int:
    """Return what is left after the fee, which is rounded down."""
    return cents - cents * fee_percent // 100


COMMANDS = {"init": init, "load": load, "report": report}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        raise SystemExit(__doc__)
    try:
        settings.fee_percent()
        COMMANDS[sys.argv[1]](*sys.argv[2:])
    except (settings.Missing, sqlite3.Error, OSError, TypeError, ValueError) as error:
        raise SystemExit(f"payouts: {error}") from error

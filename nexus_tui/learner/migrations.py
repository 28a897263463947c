"""Changes of the record's schema: one function each, in order, never edited once released."""

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui.learner.schema import APPLICATION, DERIVED, EVENTS, INDEXES

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations


def first(db: "Database") -> None:
    """Events, what is derived from them, and this device's name."""
    for statement in (*EVENTS, *DERIVED.values(), *INDEXES):
        db.execute(statement)
    db.execute("INSERT INTO meta VALUES ('device', ?)", [os.urandom(8).hex()])
    db.execute(f"PRAGMA application_id = {APPLICATION}")


def known(db: "Database") -> None:
    """Lessons known before they were read. A new record has the table already."""
    if not db["known"].exists():
        db.execute(DERIVED["known"])


def memories(db: "Database") -> None:
    """What was buried or flagged; and labs are remembered, from the runs there are."""
    from nexus_tui.learner.facts import COLUMNS, read_event
    from nexus_tui.learner.labmemory import remember
    from nexus_tui.learner.tables import FileTables

    # A new record has them from the first step.
    for name in ("bury", "flag", "lab_card"):
        db.execute(f"DROP TABLE IF EXISTS {name}")
        db.execute(DERIVED[name])
    tables = FileTables(db.conn)
    rows = db.execute(
        f"SELECT {COLUMNS} FROM event WHERE kind = 'lab_run' OR (kind = 'lab_save' "
        "AND json_extract(payload, '$.why') IN ('reset', 'restore')) ORDER BY id"
    ).fetchall()
    for row in rows:
        remember(tables, read_event(row))


def versions(db: "Database") -> None:
    """All that was written on one subject is found at once. A new record has the index."""
    db.execute("CREATE INDEX IF NOT EXISTS event_note ON event (subject) WHERE kind = 'note'")


STEPS = (first, known, memories, versions)
VERSION = len(STEPS)
"""``PRAGMA user_version`` of a record that is up to date."""


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring the record up to date, after a backup, in one transaction with every step.

    Two programs may start at once: the version is read again once the file is ours to write.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version < VERSION:
            if version:
                _back_up(path, version)
            _apply(db)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _apply(db: sqlite3.Connection) -> None:
    from sqlite_utils import Database

    _migrations().apply(Database(db, execute_plugins=False))
    db.execute(f"PRAGMA user_version = {len(STEPS)}")


def _migrations() -> "Migrations":
    from sqlite_utils import Migrations

    migrations = Migrations("record")
    for number, step in enumerate(STEPS, 1):
        migrations(name=f"{number:03d}-{step.__name__}")(step)
    return migrations


def _back_up(path: Path, version: int) -> None:
    from nexus_tui.learner.backups import copy_to, folder_of

    copy_to(path, folder_of(path) / f"before-schema-{version + 1}.db")

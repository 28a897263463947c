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


STEPS = (first,)
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

"""Opening the record: whatever is wrong with its file is said before anything is changed."""

import os
import sqlite3
import time
from pathlib import Path

from nexus_tui.errors import NexusError
from nexus_tui.learner.failures import READ_ONLY, code
from nexus_tui.learner.migrations import VERSION, migrate
from nexus_tui.learner.schema import APPLICATION

BUSY_SECONDS = 5.0
"""How long a write waits for another program before it gives up."""

_DOCTOR = "Run `nexus-tui doctor`: it restores the newest good backup"
_NO_WAL = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL)


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection without looking into the file. Transactions are ours to begin and end."""
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def prepare(path: Path) -> None:
    """Make the folder and look at the file from outside. Raises NexusError."""
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lost = not path.exists() or path.stat().st_size <= 1
    except OSError as error:
        raise NexusError(
            f"The folder of your record cannot be used: {folder} ({error.strerror}).",
            "Set NEXUS_HOME to a folder you can write to.",
        ) from error
    if not all(os.access(place, os.W_OK) for place in (folder, path) if place.exists()):
        raise NexusError(READ_ONLY[0].format(path=path), READ_ONLY[1])
    # SQLite would make a new one, and months of work would seem to be gone.
    if lost and any((folder / "backups").glob("*.db")):
        raise NexusError(
            f"Your record is missing or empty, though it has backups: {path}",
            f"{_DOCTOR}. To begin anew, move the folder `backups` away.",
        )
    if _is_cut_short(path):
        raise NexusError(
            f"Your record is damaged, its end is missing: {path}",
            f"{_DOCTOR} and keeps the damaged file.",
        )


def _is_cut_short(path: Path) -> bool:
    """Say whether the file lacks the end its header speaks of, and no log can make up for it.

    SQLite rounds up to whole pages and would read the lost bytes as zeros. Looked at twice:
    another window may be folding its log in at this moment.
    """
    for pause in (0.05, 0.0):
        logs = (Path(f"{path}{end}") for end in ("-wal", "-journal"))
        if not _is_short(path) or any(log.exists() for log in logs):
            return False
        time.sleep(pause)
    return True


def _is_short(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            header = file.read(100)
        page = int.from_bytes(header[16:18])
        pages = int.from_bytes(header[28:32])
        return header[:6] == b"SQLite" and path.stat().st_size < pages * max(page, 512)
    except OSError:
        return False


def set_up(db: sqlite3.Connection, path: Path) -> str:
    """Make the connection safe and the schema current; give the kind of journal."""
    journal = _journal(db, path)
    db.execute("PRAGMA synchronous = FULL")
    # So that INSERT OR REPLACE, too, meets the trigger that keeps events from being deleted.
    db.execute("PRAGMA recursive_triggers = ON")
    if _version(db, path) < VERSION:
        migrate(db, path)
    return journal


def _version(db: sqlite3.Connection, path: Path) -> int:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise NexusError(
            f"Your record was written by a newer nexus-tui (schema {version}; this one knows "
            f"{VERSION}): {path}",
            "Update nexus-tui on this machine. Nothing was changed.",
        )
    return version


def _journal(db: sqlite3.Connection, path: Path) -> str:
    """Turn the write-ahead log on, or settle for a rollback journal where there can be none."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            _ours(db, path)
            return str(db.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        except sqlite3.OperationalError as error:
            if code(error) in _NO_WAL:
                return _without_wal(db)
            # Two programs that make the file at once: SQLite does not wait for this one itself.
            if code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _ours(db: sqlite3.Connection, path: Path) -> None:
    """Refuse another program's database, and a newer record, before anything is changed."""
    # In one transaction: another window may be making the tables between two looks.
    db.execute("BEGIN")
    try:
        application = int(db.execute("PRAGMA application_id").fetchone()[0])
        tables = int(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    finally:
        db.execute("ROLLBACK")
    if application == APPLICATION:
        _version(db, path)
    elif application or tables:
        raise NexusError(
            f"This file belongs to another program: {path}",
            "Set NEXUS_HOME to a folder of its own for nexus-tui. Nothing was changed.",
        )


def _without_wal(db: sqlite3.Connection) -> str:
    # Held alone, a file needs no shared memory, so a log left there can be folded in first.
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA locking_mode = NORMAL")
    return str(db.execute("PRAGMA journal_mode").fetchone()[0])

"""What SQLite's failures mean, in words for the person at the keyboard."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nexus_tui.errors import NexusError

_DOCTOR = "Run `nexus-tui doctor`: it restores the newest good backup and keeps the damaged file."
_ROOM = "Make some room and try again: nothing was half-written, and what was saved before is safe."
READ_ONLY = (
    "Your record cannot be written: {path}",
    "Its file or folder is read-only. Change that, or set NEXUS_HOME to a folder of your own.",
)
_WORDS = {
    sqlite3.SQLITE_BUSY: (
        "Another program has held your record for too long: {path}",
        "Close other windows of nexus-tui (or the program that syncs or backs up this folder) "
        "and try again. Nothing was written.",
    ),
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: (
        "Your record cannot be opened: {path}",
        "Its folder may be read-only or missing. Change that, or set NEXUS_HOME to a folder of "
        "your own.",
    ),
    sqlite3.SQLITE_FULL: ("The disk is full: this was not saved ({path}).", _ROOM),
    sqlite3.SQLITE_IOERR: (
        "The disk refused to read or write your record: {path}",
        "It may be full, unplugged or failing; nothing was half-written. If this stays, run "
        "`nexus-tui doctor`.",
    ),
    sqlite3.SQLITE_CORRUPT: ("Your record is damaged: {path}", _DOCTOR),
    sqlite3.SQLITE_NOTADB: ("Your record's file is no database any more: {path}", _DOCTOR),
}
_WORDS[sqlite3.SQLITE_LOCKED] = _WORDS[sqlite3.SQLITE_BUSY]
_WORDS[sqlite3.SQLITE_PROTOCOL] = _WORDS[sqlite3.SQLITE_BUSY]
_WORDS[sqlite3.SQLITE_PERM] = _WORDS[sqlite3.SQLITE_READONLY]


def code(error: sqlite3.Error) -> int:
    """SQLite's primary result code, 0 when the error is Python's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def explain(error: sqlite3.Error, path: Path) -> NexusError:
    """Say what a failure means. One that no learner can act on (our own mistake) is raised."""
    if code(error) not in _WORDS:
        raise error
    message, hint = _WORDS[code(error)]
    return NexusError(message.format(path=path), hint)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn failures of the disk, the file or another program into a NexusError."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error

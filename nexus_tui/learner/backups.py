"""Copies of the record: made while it is in use, kept for days, weeks and months."""

import contextlib
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

from nexus_tui.errors import NexusError
from nexus_tui.learner.failures import code, explain, in_words
from nexus_tui.learner.schema import APPLICATION

DAILY, WEEKLY, MONTHLY = 7, 4, 6
_NAME = re.compile(r"progress-(\d{4}-\d\d-\d\d)\.db")
_DAY_SECONDS = 86_400


def folder_of(path: Path) -> Path:
    """Where the backups of a record lie."""
    return path.parent / "backups"


def daily(path: Path, today: date) -> Path | None:
    """Back the record up once a day and drop the backups no longer wanted.

    Gives the new backup, or None when there is one of today. Safe in a thread, beside an open
    record. Raises NexusError when it cannot be made or the record proves damaged; older backups
    are dropped only after a good new one.
    """
    folder = folder_of(path)
    target = folder / f"progress-{today.isoformat()}.db"
    if target.exists():
        return None
    copy_to(path, target)
    problems = quick_check(target)
    if problems:
        target.unlink()
        raise NexusError(
            f"Your record is damaged: {path} ({problems[0]})",
            "Run `nexus-tui doctor`: it restores the newest good backup and keeps the damaged "
            "file. No backup was dropped.",
        )
    _prune(folder)
    return target


def backups(path: Path) -> list[Path]:
    """All backups of a record, the newest first."""
    return sorted(folder_of(path).glob("*.db"), key=_made_on, reverse=True)


def copy_to(path: Path, target: Path) -> Path:
    """Copy the record to ``target`` with SQLite's online backup: whole, or not at all.

    Opens connections of its own, so it may run in a thread. Raises NexusError.
    """
    draft = target.with_suffix(f".{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            in_words(path),
            closing(connect_existing(path)) as source,
            closing(sqlite3.connect(draft)) as copy,
        ):
            source.backup(copy)
            # One file, with no log beside it, when it is moved.
            copy.execute("PRAGMA journal_mode = DELETE")
        settle(draft, target)
    except OSError as error:
        raise NexusError(
            f"The backup could not be made: {target} ({error.strerror}).",
            "Make room, or make the folder writable. Your record itself is untouched.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
    return target


def connect_existing(path: Path) -> sqlite3.Connection:
    """Open a database that must be there already: SQLite would make an empty one."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=5)


def settle(draft: Path, target: Path) -> None:
    """Put a finished draft in its place, on the disk before its name is."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(target)


def quick_check(path: Path) -> list[str]:
    """Say what is wrong with a record's file; nothing when it is good."""
    if not path.exists():
        return ["the file is missing"]
    try:
        with closing(connect_existing(path)) as db:
            if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
                return ["the file holds no record of nexus-tui"]
            found = [str(row[0]) for row in db.execute("PRAGMA quick_check(20)")]
            return [] if found == ["ok"] else found
    except sqlite3.Error as error:
        # A lock, a read-only folder: no damage, and nothing a backup would mend.
        if code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return [str(error)]
        raise explain(error, path) from error


def to_keep(days: Iterable[date]) -> set[date]:
    """Choose the backups to keep: the last 7, and the newest of 4 weeks and of 6 months.

    Of a week and of a month it is the newest that stays, so a backup that will be wanted later
    is never thrown away sooner.
    """
    newest = sorted(set(days), reverse=True)
    return {
        *newest[:DAILY],
        *_newest_of(newest, WEEKLY, lambda day: day.isocalendar()[:2]),
        *_newest_of(newest, MONTHLY, lambda day: (day.year, day.month)),
    }


def _newest_of(newest: list[date], n: int, period: Callable[[date], tuple[int, int]]) -> list[date]:
    first: dict[tuple[int, int], date] = {}
    for day in newest:
        first.setdefault(period(day), day)
    return list(first.values())[:n]


def _prune(folder: Path) -> None:
    dated = {day: path for path in folder.glob("progress-*.db") if (day := _date(path))}
    for day in dated.keys() - to_keep(dated):
        dated[day].unlink(missing_ok=True)
    for draft in folder.glob("*.part*"):
        # Left by a program that was killed; a young one may be another window at work.
        with contextlib.suppress(OSError):
            if time.time() - draft.stat().st_mtime > _DAY_SECONDS:
                draft.unlink()


def _date(path: Path) -> date | None:
    match = _NAME.fullmatch(path.name)
    with contextlib.suppress(ValueError):
        return date.fromisoformat(match[1]) if match else None
    return None


def _made_on(path: Path) -> tuple[date, float]:
    made = path.stat().st_mtime
    return _date(path) or date.fromtimestamp(made), made

"""A damaged record: what can be had back, from the newest good backup and from the file itself."""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from nexus_tui.errors import NexusError
from nexus_tui.learner.backups import backups, connect_existing, quick_check, settle
from nexus_tui.learner.database import Record
from nexus_tui.learner.events import INSERT
from nexus_tui.learner.facts import COLUMNS, problem_of
from nexus_tui.learner.rebuild import replay

_INSERT = INSERT.replace("INSERT", "INSERT OR IGNORE")
_LOGS = ("-wal", "-shm", "-journal")


class Restored(NamedTuple):
    """What a restore did."""

    backup: Path | None
    """The backup it began from, None when there was no good one."""
    kept: Path | None
    """Where the damaged file is now; its log lies beside it. None when there was no file."""
    events: int
    """Events in the record now."""
    rescued: int
    """Those of them that were read from the damaged file, newer than the backup."""

    def __str__(self) -> str:
        begun = f"the backup {self.backup.name}" if self.backup else "the damaged file alone"
        words = f"Your record was restored from {begun}: {self.events} events"
        if self.rescued:
            words += f", {self.rescued} of them rescued from the damaged file"
        return words + (f". The damaged file is kept: {self.kept}" if self.kept else ".")


def newest_good(path: Path) -> Path | None:
    """The newest backup without damage."""
    return next((backup for backup in backups(path) if not quick_check(backup)), None)


def restore(path: Path, *, now: datetime | None = None) -> Restored:
    """Put the newest good backup in the record's place, and what is newer in the damaged file.

    The record must not be open, here or in another window. The new file is finished before the
    old one is moved aside. Raises NexusError, with nothing changed, when there is nothing to
    restore from.
    """
    stamp = (now or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S")
    workshop = path.with_name(f"{path.name}.restoring")
    try:
        shutil.rmtree(workshop, ignore_errors=True)
        workshop.mkdir(parents=True)
        backup = newest_good(path)
        draft = workshop / path.name
        if backup:
            shutil.copyfile(backup, draft)
        events, rescued = _fill(draft, path)
        if not events:
            raise NexusError(
                f"There is no good backup of your record, and nothing in it can be read: {path}",
                "Move the file away to begin anew, or put a copy of your own in its place.",
            )
        kept = _set_aside(path, stamp)
        settle(draft, path)
    except OSError as error:
        raise NexusError(
            f"Your record could not be restored: {path} ({error.strerror}).",
            "Make room, or make the folder writable, and try again. Nothing was changed.",
        ) from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return Restored(backup, kept, events, rescued)


def _fill(draft: Path, damaged: Path) -> tuple[int, int]:
    with Record.open(draft) as record:
        with record.write() as db:
            last = db.execute("SELECT max(id) FROM event").fetchone()[0] or ""
            rescued = 0
            for row in _readable(damaged, draft.with_name("damaged"), last):
                rescued += db.execute(_INSERT, row).rowcount
            events = replay(db).events
        # One file again: a log must not be left behind when it is moved.
        record.rows("PRAGMA journal_mode = DELETE")
    return events, rescued


def _readable(damaged: Path, copy: Path, after: str) -> Iterator[tuple[Any, ...]]:
    """Events newer than ``after``: from both ends, each up to the first page that is damaged.

    Reads a copy: opening a database may change it.
    """
    if not damaged.exists():
        return
    _copy_padded(damaged, copy)
    with contextlib.suppress(sqlite3.Error), closing(connect_existing(copy)) as db:
        # Text that is no UTF-8 any more would end the reading: so it makes one event bad.
        db.text_factory = lambda data: data.decode(errors="surrogateescape")
        for row in _until_damaged(db, after, ""):
            yield row
            after = row[0]
        yield from _until_damaged(db, after, "DESC")


def _until_damaged(db: sqlite3.Connection, after: str, order: str) -> Iterator[tuple[Any, ...]]:
    sql = f"SELECT {COLUMNS} FROM event WHERE id > ? ORDER BY id {order}"
    with contextlib.suppress(sqlite3.Error):
        for row in db.execute(sql, (after,)):
            if not problem_of(row):
                yield row


def _copy_padded(damaged: Path, copy: Path) -> None:
    """Copy the file and its log. SQLite refuses a file shorter than its header says: pad it."""
    shutil.copyfile(damaged, copy)
    log = Path(f"{damaged}-wal")
    if log.exists():
        shutil.copyfile(log, f"{copy}-wal")
    with copy.open("rb+") as file:
        header = file.read(100)
        page = int.from_bytes(header[16:18])
        whole = int.from_bytes(header[28:32]) * (65536 if page == 1 else page)
        size = copy.stat().st_size
        # A header of noise may ask for anything: more than double is not believed.
        if size < whole <= 2 * size + (1 << 20):
            file.truncate(whole)


def _set_aside(path: Path, stamp: str) -> Path | None:
    """Keep the file and its logs under a name that is free, and give it.

    The logs are moved: SQLite would apply them to whatever stands in the file's place. The file
    itself is only given a second name, so that at no moment there is none.
    """
    kept = path.with_name(f"{path.name}.damaged-{stamp}")
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.name}.damaged-{stamp}-{number}")
    for log in _LOGS:
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{log}").replace(f"{kept}{log}")
    if not path.exists():
        return None
    try:
        kept.hardlink_to(path)
    except OSError:
        path.replace(kept)
    return kept

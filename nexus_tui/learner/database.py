"""The learner's record: one SQLite file, read, and written in transactions."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any

from nexus_tui.learner import opening
from nexus_tui.learner.failures import in_words


def _clock() -> datetime:
    return datetime.now(UTC)


class Record:
    """One open record. Belongs to the thread that opened it."""

    def __init__(
        self,
        path: Path,
        db: sqlite3.Connection,
        journal: str,
        clock: Callable[[], datetime],
        zone: tzinfo | None,
    ) -> None:
        self.path = path
        self.journal = journal
        """``wal``, or ``delete`` where the drive cannot share memory (a network drive)."""
        self._db = db
        self._clock = clock
        self._zone = zone
        self._seen = self._data_version()
        self.device: str = self.rows("SELECT value FROM meta WHERE name = 'device'")[0][0]
        """This file's random name, kept with every event written here."""

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        now: Callable[[], datetime] | None = None,
        zone: tzinfo | None = None,
    ) -> "Record":
        """Open the record at ``path``, made or migrated if need be.

        ``now`` gives aware times; ``zone`` is where days begin and end (the system's by default).
        Raises NexusError, with what to do, when the file cannot be used.
        """
        opening.prepare(path)
        with in_words(path):
            db = opening.connect(path)
            try:
                journal = opening.set_up(db, path)
                return cls(path, db, journal, now or _clock, zone)
            except BaseException:
                db.close()
                raise

    def close(self) -> None:
        """Close the file. Closing twice does nothing."""
        self._db.close()

    def __enter__(self) -> "Record":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def now(self) -> datetime:
        """The time, in UTC."""
        return self._clock().astimezone(UTC)

    def local(self, when: datetime) -> datetime:
        """``when`` as the learner's clock on the wall shows it."""
        return when.astimezone(self._zone)

    def today(self, now: datetime | None = None) -> date:
        """The learner's date, at ``now`` or at present."""
        return self.local(now or self.now()).date()

    def zone_minutes(self, when: datetime) -> int:
        """Minutes the learner's clock is ahead of UTC at ``when``."""
        offset = self.local(when).utcoffset()
        return int(offset.total_seconds() // 60) if offset else 0

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Read, all at once. Raises NexusError when the file cannot be read."""
        with in_words(self.path):
            return self._db.execute(sql, values).fetchall()

    def each(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Read row by row, for what may not fit in memory. Write nothing meanwhile."""
        with in_words(self.path):
            yield from self._db.execute(sql, values)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction: all of it is on the disk when this ends, or none of it."""
        with in_words(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def changed(self) -> bool:
        """Say whether another window has written since this was last asked."""
        version = self._data_version()
        changed, self._seen = version != self._seen, version
        return changed

    def _data_version(self) -> int:
        return int(self.rows("PRAGMA data_version")[0][0])

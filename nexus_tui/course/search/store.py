"""The index: a SQLite file that can be thrown away, in memory where no file can be written."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import RLock
from typing import Any
from zlib import crc32

from nexus_tui import __version__
from nexus_tui.course.search.entries import Entry
from nexus_tui.course.search.words import tokens

VERSION = f"1 {__version__}"
"""Raise the number when what is indexed, or how, changes."""
SOME = 500
"""Words taken into the list of words at a time."""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE unit (id TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (id INTEGER PRIMARY KEY, unit TEXT NOT NULL, kind TEXT NOT NULL,
    target TEXT NOT NULL, title TEXT NOT NULL, trail TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX entry_unit ON entry (unit);
"""
# Words come as `tokens` makes them: all that is between two blanks is one.
_FULL_TEXT = """
CREATE VIRTUAL TABLE words USING fts5(title, term, breath, text, trail, prefix = '1 2 3',
    tokenize = "unicode61 remove_diacritics 0 tokenchars '-_+./:@$#'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(10.0, 8.0, 3.0, 1.0, 2.0)');
"""
_LIST = """
CREATE VIRTUAL TABLE list USING fts5(word, tokenize = 'trigram');
"""


class Store:
    """One connection that the thread which builds and the one which asks take in turn.

    ``full_text`` is False where this SQLite has no FTS5, ``trigrams`` where it has no trigrams:
    then words are compared one by one, or slips of the finger are not forgiven.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.lock = RLock()
        self.full_text = self.trigrams = True
        self.in_memory = False
        self.near: dict[str, tuple[str, ...]] = {}
        """Words that were meant by others, as long as nothing changes: asked again at each key."""
        self.db = self._open()

    @classmethod
    def of(cls, root: Path, folder: Path) -> "Store":
        """The index of the course at ``root``, in the cache ``folder``."""
        return cls(folder / f"search-{crc32(os.fsencode(root)):08x}.db")

    def close(self) -> None:
        """Let go of the file."""
        with self.lock:
            self.db.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What a statement finds. A damaged file is begun anew, and finds nothing.

        Another program's lock, or an index gone from the disk, finds nothing either.
        """
        with self.lock:
            try:
                return self.db.execute(sql, values).fetchall()
            except sqlite3.OperationalError as error:
                if _damaged(error):
                    self._anew()
                return []
            except sqlite3.DatabaseError:
                self._anew()
                return []

    def stamps(self) -> dict[str, str]:
        """What is indexed: unit -> stamp."""
        return dict(self.rows("SELECT id, stamp FROM unit"))

    def write(self, units: Mapping[str, tuple[str, list[Entry]]]) -> bool:
        """Put units in place of what was there: id -> (stamp, entries). False when locked."""
        return self._change(lambda: self._put(units))

    def drop(self, units: Iterable[str]) -> bool:
        """Forget units. False when another program holds the file."""

        def work() -> None:
            for unit in units:
                self._forget(unit)

        return self._change(work)

    def _put(self, units: Mapping[str, tuple[str, list[Entry]]]) -> None:
        self.db.execute("DELETE FROM meta WHERE name = 'listed'")
        for unit, (stamp, entries) in units.items():
            self._forget(unit)
            self.db.execute("INSERT INTO unit VALUES (?, ?)", (unit, stamp))
            for entry in entries:
                self._add(unit, entry)

    def _add(self, unit: str, entry: Entry) -> None:
        fields = [
            part.encode("utf-8", "replace").decode()
            for part in (entry.kind, entry.target, entry.title, entry.trail, entry.text)
        ]
        sql = "INSERT INTO entry (unit, kind, target, title, trail, text) VALUES (?, ?, ?, ?, ?, ?)"
        row = self.db.execute(sql, (unit, *fields)).lastrowid
        if self.full_text:
            self.db.execute(
                "INSERT INTO words (rowid, title, term, breath, text, trail)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (row, *map(tokens, _columns(*fields))),
            )

    def _forget(self, unit: str) -> None:
        if self.full_text:
            sql = "DELETE FROM words WHERE rowid IN (SELECT id FROM entry WHERE unit = ?)"
            self.db.execute(sql, (unit,))
        self.db.execute("DELETE FROM entry WHERE unit = ?", (unit,))
        self.db.execute("DELETE FROM unit WHERE id = ?", (unit,))

    def list_words(self) -> Iterator[None]:
        """List all words anew, for slips and for parts of words; a pause after each step."""
        if not self.trigrams:
            return
        if not self._change(lambda: self.db.execute("DELETE FROM list")):
            return
        last = ""
        while True:
            sql = "SELECT term FROM vocabulary WHERE term > ? ORDER BY term LIMIT ?"
            found = self.rows(sql, (last, SOME))
            if not found:
                break
            last = found[-1][0]
            kept = [(word,) for (word,) in found if len(word) > 3]
            if not self._change(lambda rows=kept: self._list(rows)):  # type: ignore[misc]
                return
            yield
        self._change(lambda: self.db.execute("INSERT INTO meta VALUES ('listed', '1')"))

    @property
    def listed(self) -> bool:
        """Whether the list of words has all of them."""
        found = self.rows("SELECT 1 FROM meta WHERE name = 'listed'")
        return bool(found) or not self.trigrams

    def _list(self, rows: list[tuple[str]]) -> None:
        self.db.executemany("INSERT INTO list VALUES (?)", rows)

    def _change(self, work: Callable[[], object]) -> bool:
        with self.lock:
            self.near.clear()
            try:
                self.db.execute("BEGIN IMMEDIATE")
                work()
                self.db.execute("COMMIT")
            except sqlite3.OperationalError as error:
                self._roll_back()
                if _locked(error):
                    return False
                self._instead(error)
            except sqlite3.DatabaseError:
                self._anew()
                return False
        return True

    def _instead(self, error: sqlite3.OperationalError) -> None:
        """What cannot be written to a file (a full disk) goes on in memory."""
        if self.in_memory:
            return
        if _damaged(error):
            self._anew()
            return
        self.db.close()
        self.db = self._make(None)

    def _roll_back(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.db.execute("ROLLBACK")

    def _anew(self) -> None:
        """Throw the file away and begin an empty one."""
        self.db.close()
        self._remove()
        self.db = self._open()

    # Opening

    def _open(self) -> sqlite3.Connection:
        if self.path is None:
            return self._make(None)
        with contextlib.suppress(sqlite3.DatabaseError, OSError):
            return self._checked(self.path)
        self._remove()
        with contextlib.suppress(sqlite3.DatabaseError, OSError):
            return self._checked(self.path)
        return self._make(None)

    def _checked(self, path: Path) -> sqlite3.Connection:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = self._make(path)
        try:
            kept = db.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
            self._able(kept[0] if kept else "")
            db.execute("BEGIN IMMEDIATE")  # a file that cannot be written is of no use
            db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if _locked(error):
                return db
            db.close()
            raise
        except BaseException:
            db.close()
            raise
        return db

    def _able(self, version: str) -> None:
        """Raises DatabaseError when the file is of another version, or made by another SQLite."""
        if version != f"{VERSION} {int(self.full_text)}{int(self.trigrams)}":
            raise sqlite3.DatabaseError("another version")

    def _make(self, path: Path | None) -> sqlite3.Connection:
        self.in_memory = path is None
        name = ":memory:" if path is None else str(path)
        db = sqlite3.connect(name, timeout=0.02, isolation_level=None, check_same_thread=False)
        try:
            # Losing it costs nothing, so nothing waits for the disk.
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = OFF")
            self.full_text = _has(db, "words USING fts5(word)")
            self.trigrams = self.full_text and _has(db, "words USING fts5(w, tokenize='trigram')")
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                self._create(db)
        except BaseException:
            db.close()
            raise
        return db

    def _create(self, db: sqlite3.Connection) -> None:
        script = _TABLES + (_FULL_TEXT if self.full_text else "") + (_LIST if self.trigrams else "")
        version = f"{VERSION} {int(self.full_text)}{int(self.trigrams)}"
        db.executescript(f"BEGIN IMMEDIATE;{script}")
        db.execute("INSERT INTO meta VALUES ('version', ?)", (version,))
        db.execute("COMMIT")

    def _remove(self) -> None:
        if self.path is not None:
            for end in ("", "-wal", "-shm", "-journal"):
                with contextlib.suppress(OSError):
                    self.path.with_name(self.path.name + end).unlink()


def _columns(kind: str, target: str, title: str, trail: str, text: str) -> tuple[str, ...]:
    """Title, term, breath, text, trail: where a word stands says how much it weighs."""
    if kind == "term":
        return "", title, "", text, trail
    if kind == "breath":
        return "", "", text, "", f"{title} {trail}"
    if kind in ("question", "note"):
        return "", "", "", text, f"{title} {trail}"
    return title, "", "", text, trail


def _has(db: sqlite3.Connection, table: str) -> bool:
    """Whether this SQLite can make such a table."""
    try:
        db.execute(f"CREATE VIRTUAL TABLE temp.try_{table}")
        db.execute("DROP TABLE temp.try_words")
    except sqlite3.OperationalError:
        return False
    return True


def _locked(error: sqlite3.OperationalError) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _damaged(error: sqlite3.OperationalError) -> bool:
    """Whether the tables are not those that were made; other errors pass by themselves."""
    return any(sign in str(error) for sign in ("malformed", "no such table", "fts5: corrupt"))

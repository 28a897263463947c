"""Where the projector keeps what it derives: in the file, or in memory while all is replayed."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from nexus_tui.learner.facts import COLUMNS, Event, read_event
from nexus_tui.learner.ids import micros, moment
from nexus_tui.learner.memory import Card
from nexus_tui.learner.schema import DERIVED, INDEXES

Row: TypeAlias = tuple[Any, ...]

_ONE = f"SELECT {COLUMNS} FROM event WHERE id = ?"
_ANSWERS = (
    f"SELECT {COLUMNS} FROM event WHERE kind = 'answer' AND subject = ? AND id < ? ORDER BY id"
)


class Day(NamedTuple):
    """Counts of one local day; ``guess`` to ``sure_right`` are answers by confidence."""

    day: str
    answers: int = 0
    right: int = 0
    reviews: int = 0
    ms: int = 0
    guess: int = 0
    guess_right: int = 0
    think: int = 0
    think_right: int = 0
    sure: int = 0
    sure_right: int = 0
    sections: int = 0
    lessons: int = 0
    labs: int = 0
    notes: int = 0


class LessonRow(NamedTuple):
    """How far a lesson was read; ``sections`` is a JSON list of numbers, sorted."""

    lesson: str
    sections: str = "[]"
    done: int = 0
    section: int = 0
    scroll: int = 0
    last: int = 0
    event: str = ""


class LabRow(NamedTuple):
    """What came of a lab; ``checks`` is the last run's, JSON by id."""

    lab: str
    passed: int = 0
    checks: str = "{}"
    runs: int = 0
    hints: int = 0
    last: int = 0
    event: str = ""


class Tables:
    """What the projector needs: derived rows by key, and events of the past."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def get(self, table: str, key: str) -> Row | None:
        """The row with this key."""
        raise NotImplementedError

    def put(self, table: str, row: Row) -> None:
        """Write a row; its first value is the key."""
        raise NotImplementedError

    def drop(self, table: str, key: str) -> None:
        """Remove a row, if there is one."""
        raise NotImplementedError

    def event(self, id: str) -> Event | None:
        """One event."""
        row = self.db.execute(_ONE, (id,)).fetchone()
        return read_event(row) if row else None

    def answers(self, question: str, before: str) -> Iterator[Event]:
        """The answers to a question, in order, up to the event ``before``."""
        return map(read_event, self.db.execute(_ANSWERS, (question, before)))


class FileTables(Tables):
    """The tables in the file, inside the caller's transaction."""

    def get(self, table: str, key: str) -> Row | None:
        """The row with this key."""
        row: Row | None = self.db.execute(_SELECT[table], (key,)).fetchone()
        return row

    def put(self, table: str, row: Row) -> None:
        """Write a row; its first value is the key."""
        self.db.execute(_PUT[table], row)

    def drop(self, table: str, key: str) -> None:
        """Remove a row, if there is one."""
        self.db.execute(_DROP[table], (key,))


class MemoryTables(Tables):
    """Tables in memory, for a replay of everything; :meth:`flush` makes them the file's."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__(db)
        self.tables: dict[str, dict[str, Row]] = {name: {} for name in DERIVED}

    def get(self, table: str, key: str) -> Row | None:
        """The row with this key."""
        return self.tables[table].get(key)

    def put(self, table: str, row: Row) -> None:
        """Write a row; its first value is the key."""
        self.tables[table][row[0]] = row

    def drop(self, table: str, key: str) -> None:
        """Remove a row, if there is one."""
        self.tables[table].pop(key, None)

    def flush(self) -> None:
        """Replace the derived tables of the file, made anew, inside the caller's transaction."""
        for name, statement in DERIVED.items():
            self.db.execute(f"DROP TABLE IF EXISTS {name}")
            self.db.execute(statement)
            rows = self.tables[name]
            self.db.executemany(_PUT[name], (rows[key] for key in sorted(rows)))
        for statement in INDEXES:
            self.db.execute(statement)


def card_row(card: Card) -> Row:
    """A card as its table keeps it."""
    return (
        *(card.question, card.stability, card.difficulty, card.state, card.step),
        *(micros(card.due), micros(card.last), card.reps, card.lapses, card.day, card.success),
        *(int(card.sure_wrong), int(card.alone), card.event),
    )


def read_card(row: Row) -> Card:
    """A card from its row."""
    question, stability, difficulty, state, step, due, last, reps, lapses, day, success = row[:11]
    return Card(
        *(question, stability, difficulty, state, step, moment(due), moment(last), reps, lapses),
        day=day,
        success=success,
        sure_wrong=bool(row[11]),
        alone=bool(row[12]),
        event=row[13],
    )


def dump(value: object) -> str:
    """JSON, compact, with sorted keys: the same value is the same text. ValueError if it cannot."""
    text = json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    # A lone surrogate (from a terminal's odd byte) cannot be stored as UTF-8.
    return text.encode("utf-8", "replace").decode()


_WIDTH = {
    "card": 14,
    "lab_card": 16,
    "day": len(Day._fields),
    "sure": 3,
    "undone": 1,
    "lesson": len(LessonRow._fields),
    "lab": len(LabRow._fields),
    "lab_file": 2,
    "note": 5,
    "bookmark": 3,
    "bury": 3,
    "flag": 4,
    "setting": 2,
    "known": 3,
}
_KEY = {
    "card": "question",
    "lab_card": "lab",
    "day": "day",
    "sure": "event",
    "undone": "event",
    "lesson": "lesson",
    "lab": "lab",
    "lab_file": "name",
    "note": "subject",
    "bookmark": "subject",
    "bury": "question",
    "flag": "question",
    "setting": "name",
    "known": "lesson",
}
_SELECT = {name: f"SELECT * FROM {name} WHERE {key} = ?" for name, key in _KEY.items()}
_DROP = {name: f"DELETE FROM {name} WHERE {key} = ?" for name, key in _KEY.items()}
_PUT = {
    name: f"INSERT OR REPLACE INTO {name} VALUES ({', '.join('?' * width)})"
    for name, width in _WIDTH.items()
}

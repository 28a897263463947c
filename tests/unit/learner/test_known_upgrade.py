"""A record from before lessons could be marked as known is brought up to date with its data."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from nexus_tui.learner import events, progress
from nexus_tui.learner.database import Record
from nexus_tui.learner.rebuild import rebuild


def now() -> datetime:
    return datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def test_a_record_of_the_first_schema_gets_the_table_and_keeps_its_data(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    with Record.open(path, now=now) as record:
        events.answer(record, events.Answer("a/b#c", right=True))
        before = record.rows("SELECT * FROM card")
    db = sqlite3.connect(path)
    db.execute("DROP TABLE known")
    db.execute("DELETE FROM _sqlite_migrations WHERE name != '001-first'")
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.close()
    with Record.open(path, now=now) as record:
        assert record.rows("SELECT * FROM card") == before
        events.append(record, "known", "a/b", {"on": True, "answers": []})
        assert progress.lessons_known(record) == {"a/b": now()}
        assert rebuild(record).differed == ()

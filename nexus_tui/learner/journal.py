"""What the learner wrote and marked. Reads derived tables, and events for earlier versions."""

from datetime import datetime
from typing import NamedTuple

from nexus_tui.learner.database import Record
from nexus_tui.learner.facts import COLUMNS, read_event
from nexus_tui.learner.ids import moment


class Note(NamedTuple):
    """The note on a subject: the lesson, lab or question it is about, or a name of its own."""

    subject: str
    text: str
    first: datetime
    last: datetime


class Version(NamedTuple):
    """A note as it was written once; ``text`` is "" where it was removed."""

    event: str
    text: str
    when: datetime
    zone: int
    """Minutes that the learner's clock was ahead of UTC."""


class Bookmark(NamedTuple):
    """Something the learner wants to find again."""

    subject: str
    when: datetime


def notes(record: Record) -> list[Note]:
    """All notes, the one written last first."""
    rows = record.rows("SELECT subject, text, first, last FROM note ORDER BY event DESC")
    return [Note(subject, text, moment(first), moment(last)) for subject, text, first, last in rows]


def note(record: Record, subject: str) -> str:
    """The note on a subject, "" when there is none."""
    rows = record.rows("SELECT text FROM note WHERE subject = ?", (subject,))
    return str(rows[0][0]) if rows else ""


def versions(record: Record, subject: str) -> list[Version]:
    """Everything that was ever written on a subject, the newest first."""
    sql = f"SELECT {COLUMNS} FROM event WHERE kind = 'note' AND subject = ? ORDER BY id DESC"
    found = (read_event(row) for row in record.rows(sql, (subject,)))
    return [Version(event.id, event.text("text"), event.time, event.zone) for event in found]


def bookmarks(record: Record) -> list[str]:
    """What is bookmarked, the newest first."""
    return [mark.subject for mark in marks(record)]


def marks(record: Record) -> list[Bookmark]:
    """The bookmarks with their times, the newest first."""
    rows = record.rows("SELECT subject, last FROM bookmark ORDER BY event DESC")
    return [Bookmark(subject, moment(last)) for subject, last in rows]


def marked(record: Record, subject: str) -> bool:
    """Whether there is a bookmark on a subject."""
    return bool(record.rows("SELECT 1 FROM bookmark WHERE subject = ?", (subject,)))

"""What the learner wrote and marked. Reads derived tables only."""

from datetime import datetime
from typing import NamedTuple

from nexus_tui.learner.database import Record
from nexus_tui.learner.ids import moment


class Note(NamedTuple):
    """The note on a subject: the lesson, lab or question it is about, or a name of its own."""

    subject: str
    text: str
    first: datetime
    last: datetime


def notes(record: Record) -> list[Note]:
    """All notes, the one written last first."""
    rows = record.rows("SELECT subject, text, first, last FROM note ORDER BY event DESC")
    return [Note(subject, text, moment(first), moment(last)) for subject, text, first, last in rows]


def note(record: Record, subject: str) -> str:
    """The note on a subject, "" when there is none."""
    rows = record.rows("SELECT text FROM note WHERE subject = ?", (subject,))
    return str(rows[0][0]) if rows else ""


def bookmarks(record: Record) -> list[str]:
    """What is bookmarked, the newest first."""
    return [row[0] for row in record.rows("SELECT subject FROM bookmark ORDER BY event DESC")]

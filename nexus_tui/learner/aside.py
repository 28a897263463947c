"""Questions set aside: buried until tomorrow, or flagged as worth another look."""

from datetime import datetime
from typing import NamedTuple

from nexus_tui.learner import events
from nexus_tui.learner.database import Record
from nexus_tui.learner.ids import moment


class Flag(NamedTuple):
    """A question that was flagged."""

    question: str
    text: str
    """Why, in the learner's words, or ""."""
    when: datetime


def bury(record: Record, question: str, on: bool = True) -> None:
    """Do not ask a question again today; or, with ``on`` false, do. NexusError if not saved."""
    events.append(record, "bury", question, {"on": on})


def flag(record: Record, question: str, text: str = "", on: bool = True) -> None:
    """Mark a question as worth another look, or take the mark away. NexusError if not saved."""
    events.append(record, "flag", question, {"on": on, "text": text} if on else {"on": on})


def buried(record: Record) -> list[str]:
    """Ids of the questions buried for the rest of today, oldest first."""
    rows = record.rows(
        "SELECT question FROM bury WHERE day = ? ORDER BY event", (record.today().isoformat(),)
    )
    return [row[0] for row in rows]


def flags(record: Record) -> list[Flag]:
    """Everything flagged, newest first."""
    rows = record.rows("SELECT question, text, last FROM flag ORDER BY event DESC")
    return [Flag(question, text, moment(last)) for question, text, last in rows]


def flagged(record: Record, question: str) -> Flag | None:
    """How a question was flagged, None when it is not."""
    rows = record.rows("SELECT question, text, last FROM flag WHERE question = ?", (question,))
    return Flag(rows[0][0], rows[0][1], moment(rows[0][2])) if rows else None

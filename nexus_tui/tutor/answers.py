"""Every answer as a row of a table, for a spreadsheet or a data frame."""

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nexus_tui.learner.facts import COLUMNS as FIELDS
from nexus_tui.learner.facts import Event, read_event, write_time

if TYPE_CHECKING:
    from nexus_tui.learner.database import Record

COLUMNS = (
    "time",
    "day",
    "module",
    "lesson",
    "question",
    "right",
    "share",
    "unknown",
    "confidence",
    "hint",
    "seconds",
    "context",
    "chosen",
    "text",
    "explained",
    "event",
)
"""Column names; docs/record.md says what each holds."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""
_ANSWERS = (
    f"SELECT {FIELDS} FROM event WHERE kind = 'answer' "
    "AND id NOT IN (SELECT event FROM undone) ORDER BY id"
)


def table(record: "Record") -> str:
    """All answers that were not taken back as CSV (RFC 4180, UTF-8), oldest first."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    rows.writerows(_rows(record))
    return written.getvalue()


def _rows(record: "Record") -> Iterator[list[str]]:
    for row in record.each(_ANSWERS):
        yield [harmless(cell) for cell in _cells(read_event(row))]


def _cells(event: Event) -> list[str]:
    lesson = event.subject.partition("#")[0]
    chosen = event.payload.get("chosen")
    return [
        *(write_time(event.time), event.day, lesson.partition("/")[0], lesson, event.subject),
        *(_flag(event, "right"), _share(event), _flag(event, "unknown")),
        *(event.text("confidence"), _flag(event, "hint"), f"{event.whole('ms') / 1000:.1f}"),
        event.text("context"),
        " ".join(map(str, chosen)) if isinstance(chosen, list) else "",
        *(event.text("text"), event.text("explained"), event.id),
    ]


def _flag(event: Event, key: str) -> str:
    return "1" if event.payload.get(key) is True else "0"


def _share(event: Event) -> str:
    value = event.payload.get("share")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _flag(event, "right")
    return f"{min(max(value, 0), 1):g}"


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: what looks like a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell

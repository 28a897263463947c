"""An event: one thing the learner did, never changed afterwards."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from nexus_tui.learner.ids import is_id

_DAY_MINUTES = 24 * 60
COLUMNS = "id, device, time, zone, kind, subject, digest, payload"

KINDS = frozenset(
    (
        "section_read",
        "lesson_done",
        "position",
        "answer",
        "lab_run",
        "lab_save",
        "note",
        "bookmark",
        "setting",
        "undo",
        "known",
        "bury",
        "flag",
    )
)


class Event(NamedTuple):
    """One row of the record. ``time`` is UTC; the learner's clock was ``zone`` minutes ahead."""

    id: str
    device: str
    time: datetime
    zone: int
    kind: str
    subject: str
    """Id of a lesson, question, lab, setting: whatever the kind is about."""
    digest: str
    """Hash of the subject's content when it happened, or ""."""
    payload: dict[str, Any]

    @property
    def day(self) -> str:
        """The learner's date, ISO: wherever it is replayed, it stays the same."""
        return (self.time + timedelta(minutes=self.zone)).date().isoformat()

    @property
    def end_of_day(self) -> datetime:
        """When the learner's day is over: what falls due before is due on it."""
        ahead = timedelta(minutes=self.zone)
        midnight = (self.time + ahead).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(days=1) - ahead

    def text(self, key: str) -> str:
        """A text of the payload, "" when it is missing or something else."""
        value = self.payload.get(key, "")
        return value if isinstance(value, str) else ""

    def whole(self, key: str) -> int:
        """A number of the payload from 0 to a billion, 0 when it is missing or something else."""
        value = self.payload.get(key, 0)
        return min(max(0, int(value)), 10**9) if isinstance(value, int | float) else 0


def write_time(when: datetime) -> str:
    """A time as events keep it: UTC, ISO, microseconds, ``Z``."""
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_event(row: tuple[Any, ...]) -> Event:
    """An event from its row (:data:`COLUMNS`)."""
    id, device, time, zone, kind, subject, digest, payload = row
    when = datetime.fromisoformat(time)
    return Event(id, device, when, zone, kind, subject, digest, json.loads(payload))


def problem_of(row: tuple[Any, ...]) -> str:
    """Say what keeps a row from elsewhere from being an event, "" when it is one."""
    id, device, time, zone, kind, subject, digest, payload = row
    texts = (id, device, time, kind, subject, digest, payload)
    if not all(isinstance(text, str) and _is_clean(text) for text in texts):
        return "a value that should be text is not"
    if not is_id(id):
        return "no event's id"
    if not isinstance(zone, int) or isinstance(zone, bool) or abs(zone) > _DAY_MINUTES:
        return "no zone in minutes"
    return _problem_of_time(time) or _problem_of_payload(payload)


def _is_clean(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _problem_of_time(time: str) -> str:
    try:
        when = datetime.fromisoformat(time)
    except ValueError:
        return "no time"
    if when.tzinfo is None or write_time(when) != time or not 1970 <= when.year < 2200:
        return "no time in UTC with microseconds, 1970 to 2199"
    return ""


def _problem_of_payload(payload: str) -> str:
    try:
        value = json.loads(payload)
    except (ValueError, RecursionError):
        return "no payload in JSON"
    return "" if isinstance(value, dict) else "a payload that is no object"

"""Weeks in which something was done, and the streak they make: a forgiving one."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from nexus_tui.learner import events, stats
from nexus_tui.learner.database import Record
from nexus_tui.learner.stats import DayCount

ENOUGH = 2
"""Days with something done from which a week counts."""
_WEEK = timedelta(weeks=1)
_EXCUSE = "week-off:"
"""Before the date of a Monday: the setting that keeps why that week was missed."""


class Week(NamedTuple):
    """A week: ``days`` on which something was done, ``reason`` why it was missed."""

    monday: date
    days: int = 0
    answers: int = 0
    right: int = 0
    seconds: int = 0
    reason: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is a week of the streak."""
        return self.days >= ENOUGH


def weeks(record: Record, count: int) -> list[Week]:
    """The last ``count`` weeks in order, this one last."""
    today = record.today()
    first = today - timedelta(days=today.weekday()) - _WEEK * (count - 1)
    return of_days(stats.days(record, first), excuses(record))


def of_days(days: Sequence[DayCount], reasons: dict[date, str]) -> list[Week]:
    """Weeks of days in a row, the first of them a Monday."""
    parts = [days[n : n + 7] for n in range(0, len(days), 7)]
    return [_week(part, reasons.get(part[0].day, "")) for part in parts]


def _week(days: Sequence[DayCount], reason: str) -> Week:
    return Week(
        days[0].day,
        sum(day.active for day in days),
        sum(day.answers for day in days),
        sum(day.right for day in days),
        sum(day.seconds for day in days),
        reason,
    )


def streak(found: Sequence[Week]) -> int:
    """Weeks in a row that count, up to the last of ``found``, which may still be going on.

    A missed week with a reason is passed over when the week before it counts: it adds nothing
    and breaks nothing. Two missed weeks in a row end the streak, whatever the reasons.
    """
    this = int(bool(found) and found[-1].counts)
    return this + sum(week.counts for week in _kept(found))


def missed(found: Sequence[Week]) -> Week | None:
    """The missed week that a reason would pass over, so that the streak goes on behind it."""
    at = len(found) - 2 - sum(1 for _ in _kept(found))
    if at < 1 or found[at].reason or not found[at - 1].counts:
        return None
    return found[at]


def _kept(found: Sequence[Week]) -> Iterator[Week]:
    """Weeks before the last one, backwards, as long as none breaks the streak."""
    for at in range(len(found) - 2, -1, -1):
        week = found[at]
        if not (week.counts or (week.reason and at and found[at - 1].counts)):
            return
        yield week


def excuses(record: Record) -> dict[date, str]:
    """Why weeks were missed, by their Monday."""
    rows = record.rows(
        "SELECT name, value FROM setting WHERE name BETWEEN ? AND ?", (_EXCUSE, _EXCUSE + "~")
    )
    pairs = ((_date(name.removeprefix(_EXCUSE)), _text(value)) for name, value in rows)
    return {monday: reason for monday, reason in pairs if monday and reason}


def excuse(record: Record, monday: date, reason: str) -> None:
    """Keep why the week from ``monday`` was missed; "" takes it back.

    Raises NexusError when it cannot be written.
    """
    events.append(record, "setting", f"{_EXCUSE}{monday.isoformat()}", {"value": reason})


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _text(value: str) -> str:
    found = json.loads(value)
    return found if isinstance(found, str) else ""

"""Counts over time, and how well confidence matches the facts. No reading scans the events."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from nexus_tui.learner.database import Record
from nexus_tui.learner.ids import micros

_DAY = 86_400_000_000
_DAY_MINUTES = 24 * 60
_TRUE = "json_type(payload, '$.right') IS 'true'"
# Beside the one max(), SQLite gives the other columns of the very row that has it: the last answer.
_TALLY = (
    f"subject, count(*), sum({_TRUE}), max(id), {_TRUE}, "
    "json_type(payload, '$.unknown') IS 'true', json_extract(payload, '$.confidence')"
)

CONFIDENCE = {"guess": 0.4, "think": 0.7, "sure": 0.95}
"""What each word claims: the share of such answers that should be right."""


class DayCount(NamedTuple):
    """What was done on one of the learner's days."""

    day: date
    answers: int = 0
    right: int = 0
    seconds: int = 0
    reviews: int = 0
    sections: int = 0
    lessons: int = 0
    labs: int = 0
    notes: int = 0

    @property
    def active(self) -> bool:
        """Whether anything was done."""
        return bool(self.answers or self.sections or self.lessons or self.labs or self.notes)


class Totals(NamedTuple):
    """All of it. ``days`` on which something was done, ``questions`` met."""

    answers: int
    right: int
    seconds: int
    days: int
    questions: int
    lessons_done: int
    labs_passed: int
    since: date | None


class Bin(NamedTuple):
    """Answers given with one confidence: ``n`` of them, ``right`` of these right."""

    confidence: str
    n: int
    right: int

    @property
    def share(self) -> float:
        """Share that was right, 0 to 1."""
        return self.right / self.n if self.n else 0.0

    @property
    def claim(self) -> float:
        """Share that the word claims."""
        return CONFIDENCE[self.confidence]


class Tally(NamedTuple):
    """Answers to one question: how many, how many right, and how the last one was."""

    answers: int
    right: int
    last_right: bool
    last_unknown: bool
    last_confidence: str


def days(record: Record, since: date) -> list[DayCount]:
    """Every day from ``since`` to today, those without anything too, in order."""
    today = record.today()
    rows = record.rows(
        "SELECT day, answers, right, ms, reviews, sections, lessons, labs, notes FROM day "
        "WHERE day BETWEEN ? AND ?",
        (since.isoformat(), today.isoformat()),
    )
    found = {row[0]: row for row in rows}
    result = []
    for n in range((today - since).days + 1):
        day = since + timedelta(days=n)
        row = found.get(day.isoformat())
        counts = (row[1], row[2], row[3] // 1000, *row[4:]) if row else ()
        result.append(DayCount(day, *counts))
    return result


def totals(record: Record) -> Totals:
    """Sums over everything."""
    answers, right, ms, count, since = record.rows(
        "SELECT sum(answers), sum(right), sum(ms), count(*), min(day) FROM day"
    )[0]
    questions, lessons, labs = record.rows(
        "SELECT (SELECT count(*) FROM card), (SELECT count(*) FROM lesson WHERE done), "
        "(SELECT count(*) FROM lab WHERE passed)"
    )[0]
    start = date.fromisoformat(since) if since else None
    seconds = (ms or 0) // 1000
    return Totals(answers or 0, right or 0, seconds, count, questions, lessons, labs, start)


def streak(record: Record) -> int:
    """Days in a row with something done, up to today; today may still be to come."""
    today = record.today()
    rows = record.rows("SELECT day FROM day WHERE day <= ? ORDER BY day DESC", (today.isoformat(),))
    active = [date.fromisoformat(row[0]) for row in rows]
    if not active or active[0] < today - timedelta(days=1):
        return 0
    expected = (active[0] - timedelta(days=n) for n in range(len(active)))
    return next(
        (n for n, (a, b) in enumerate(zip(active, expected, strict=True)) if a != b), len(active)
    )


def calibration(record: Record, *, since: date | None = None) -> list[Bin]:
    """Answers by confidence: guess, think, sure; all three, in this order."""
    row = record.rows(
        "SELECT sum(guess), sum(guess_right), sum(think), sum(think_right), sum(sure), "
        "sum(sure_right) FROM day WHERE day >= ?",
        (since.isoformat() if since else "",),
    )[0]
    numbers = [value or 0 for value in row]
    return [Bin(word, *numbers[2 * n : 2 * n + 2]) for n, word in enumerate(CONFIDENCE)]


def brier(record: Record, *, since: date | None = None) -> float | None:
    """Mean squared distance of claim and fact: 0 is perfect, 0.25 a coin. None without answers."""
    bins = calibration(record, since=since)
    n = sum(bin.n for bin in bins)
    wrong = sum(
        bin.right * (1 - bin.claim) ** 2 + (bin.n - bin.right) * bin.claim**2 for bin in bins
    )
    return wrong / n if n else None


def tallies(record: Record, questions: Collection[str]) -> dict[str, Tally]:
    """How some questions were answered, by id; none for those never asked. A few: at most 200.

    Looks their answers up by question, as one that is taken back does; nothing else is read.
    """
    rows = record.rows(
        f"SELECT {_TALLY} FROM event WHERE kind = 'answer' "
        f"AND subject IN ({', '.join('?' * len(questions))}) "
        "AND id NOT IN (SELECT event FROM undone) GROUP BY subject",
        [*questions],
    )
    return {
        question: Tally(n, right, bool(last), bool(unknown), str(word or ""))
        for question, n, right, _, last, unknown, word in rows
    }


def sure_record(record: Record, n: int = 10) -> tuple[int, int]:
    """Of the last ``n`` answers given as sure: how many were right, and how many there are."""
    rows = record.rows("SELECT right FROM sure ORDER BY event DESC LIMIT ?", (n,))
    return sum(row[0] for row in rows), len(rows)


def due_forecast(record: Record, days: int = 30) -> list[int]:
    """Questions falling due on each of the next ``days`` days; what waits already counts today."""
    now = record.now()
    zone = record.zone_minutes(now) * _DAY // _DAY_MINUTES
    today = (micros(now) + zone) // _DAY
    rows = record.rows(
        f"SELECT max(?, (due + ?) / {_DAY}) - ? AS ahead, count(*) FROM card "
        "WHERE alone AND due < ? GROUP BY ahead",
        (today, zone, today, (today + days) * _DAY - zone),
    )
    counts = dict(rows)
    return [counts.get(n, 0) for n in range(days)]

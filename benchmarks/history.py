"""A learner's history made up, for measuring: python -m benchmarks.history PATH EVENTS."""

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nexus_tui.learner.database import Record
from nexus_tui.learner.events import INSERT
from nexus_tui.learner.facts import write_time
from nexus_tui.learner.ids import encode, micros
from nexus_tui.learner.memory import MODEL
from nexus_tui.learner.rebuild import replay
from nexus_tui.learner.tables import dump

A_YEAR = 20_000
"""Events of a year of forty answers a day and what goes with them."""

_KINDS = ("answer", "position", "section_read", "lab_run", "lesson_done", "note")
_WEIGHTS = (800, 100, 70, 20, 8, 2)


def made_up_questions(lessons: int = 140, each: int = 7) -> list[str]:
    """Ids like a course's."""
    return [f"module{n % 14:02d}/lesson{n:04d}#q{m}" for n in range(lessons) for m in range(each)]


def make_history(
    path: Path,
    events: int,
    *,
    questions: Sequence[str] = (),
    days: int = 365,
    now: datetime | None = None,
    seed: int = 7,
) -> None:
    """Fill a new record at ``path`` with ``events`` spread over the ``days`` up to ``now``.

    Give the ``questions`` (full ids) of the course it will be opened with: lessons and labs are
    taken from them. About 80 µs an event, derived tables included.
    """
    pick = random.Random(seed)
    asked = list(questions) or made_up_questions()
    end = now or datetime.now(UTC)
    with Record.open(path, now=lambda: end) as record:
        with record.write() as db:
            db.executemany(INSERT, _rows(record, pick, asked, events, days, end))
            replay(db)
        record.rows("PRAGMA wal_checkpoint(TRUNCATE)")


def _rows(
    record: Record, pick: random.Random, asked: list[str], events: int, days: int, end: datetime
) -> Iterator[tuple[Any, ...]]:
    zone = record.zone_minutes(end)
    start = end - timedelta(days=days)
    for n in range(events):
        when = start + timedelta(days=days) * ((n + 1) / (events + 1))
        # Questions are met one after the other over the time, and come back at random.
        met = max(10, min(len(asked), len(asked) * (n + 1) * 2 // events))
        kind = pick.choices(_KINDS, _WEIGHTS)[0]
        subject, payload = _fact(kind, asked[pick.randrange(met)], pick)
        id = encode(micros(when) // 1000 << 80 | n << 32 | pick.getrandbits(32))
        yield id, record.device, write_time(when), zone, kind, subject, "d" * 16, dump(payload)


def _fact(kind: str, question: str, pick: random.Random) -> tuple[str, dict[str, Any]]:
    lesson = question.partition("#")[0]
    match kind:
        case "answer":
            return question, _answer(pick)
        case "position":
            return lesson, {"section": pick.randrange(8), "scroll": pick.randrange(60)}
        case "section_read":
            return lesson, {"section": pick.randrange(8)}
        case "lab_run":
            return f"{lesson}-lab", {
                "checks": {"applies": "pass", "quick": pick.choice(("pass", "fail"))},
                "passed": pick.random() < 0.5,
                "ms": 800,
            }
        case "note":
            return lesson, {"text": "What I take from it."}
        case _:
            return lesson, {}


def _answer(pick: random.Random) -> dict[str, Any]:
    right = pick.random() < 0.8
    return {
        "chosen": [pick.choice(("one", "eleven", "ten"))],
        "text": "",
        "unknown": False,
        "right": right,
        "share": float(right),
        "confidence": pick.choice(("guess", "think", "sure", "")),
        "hint": pick.random() < 0.1,
        "ms": pick.randrange(2_000, 40_000),
        "context": pick.choice(("lesson", "review", "review", "review")),
        "fsrs": MODEL,
    }


if __name__ == "__main__":
    make_history(Path(sys.argv[1]), int(sys.argv[2]))

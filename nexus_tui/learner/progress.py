"""What the learner knows and has done, by lesson and lab. Reads derived tables only."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from nexus_tui.learner.database import Record
from nexus_tui.learner.ids import micros, moment
from nexus_tui.learner.memory import retention

_DAY = 86_400_000_000
_FEW = 200
_LESSONS = "SELECT lesson, sections, done, section, scroll, last FROM lesson"


class LessonState(NamedTuple):
    """How far a lesson was read. Sections count from 0, ``scroll`` is in lines."""

    sections_read: frozenset[int] = frozenset()
    done: bool = False
    section: int = 0
    scroll: int = 0
    last: datetime | None = None


class LabState(NamedTuple):
    """What came of a lab: ``passed`` ever, ``checks`` of the last run (status by id)."""

    passed: bool = False
    checks: Mapping[str, str] = MappingProxyType({})
    runs: int = 0
    last: datetime | None = None
    hints: int = 0


def recalls(
    record: Record, questions: Iterable[str], *, days: int = 0, now: datetime | None = None
) -> dict[str, float]:
    """Chance to answer each question right in ``days`` from now; 0 for those not met."""
    wanted = dict.fromkeys(questions, 0.0)
    for question, stability, ago in memories(record, wanted, now=now):
        if question in wanted:
            wanted[question] = retention(ago + days, stability)
    return wanted


def memories(
    record: Record, wanted: Collection[str] | None = None, *, now: datetime | None = None
) -> list[tuple[str, float, int]]:
    """Question, stability in days and whole days since the last answer, of every card.

    Where only a few are ``wanted``, of those alone.
    """
    at = micros(now or record.now())
    sql = f"SELECT question, stability, max(0, (? - last) / {_DAY}) FROM card"
    if wanted is None or len(wanted) > _FEW:
        return record.rows(sql, (at,))
    return record.rows(f"{sql} WHERE question IN ({', '.join('?' * len(wanted))})", (at, *wanted))


def lesson_states(record: Record) -> dict[str, LessonState]:
    """Every lesson that was opened, by id."""
    return {lesson: _lesson(*rest) for lesson, *rest in record.rows(_LESSONS)}


def lesson_state(record: Record, lesson: str) -> LessonState | None:
    """One lesson; None when it was never opened."""
    rows = record.rows(f"{_LESSONS} WHERE lesson = ?", (lesson,))
    return _lesson(*rows[0][1:]) if rows else None


def _lesson(sections: str, done: int, section: int, scroll: int, last: int) -> LessonState:
    return LessonState(frozenset(json.loads(sections)), bool(done), section, scroll, moment(last))


def lessons_done(record: Record) -> set[str]:
    """Lessons read to the end."""
    return {row[0] for row in record.rows("SELECT lesson FROM lesson WHERE done")}


def lessons_known(record: Record) -> dict[str, datetime]:
    """Lessons that a test-out found known, and when."""
    return {row[0]: moment(row[1]) for row in record.rows("SELECT lesson, last FROM known")}


def mark(record: Record) -> tuple[object, ...]:
    """Something that changes whenever what is known does: answers, labs, what was taken back."""
    return tuple(
        record.rows(
            "SELECT (SELECT max(id) FROM event), (SELECT sum(answers) + sum(labs) FROM day), "
            "(SELECT count(*) FROM undone), (SELECT sum(due / 1000000) FROM lab_card)"
        )[0]
    )


def lab_memories(record: Record, *, now: datetime | None = None) -> list[tuple[str, float, int]]:
    """Lab, stability in days and whole days since it last counted, of every lab that passed."""
    sql = f"SELECT lab, stability, max(0, (? - last) / {_DAY}) FROM lab_card"
    return record.rows(sql, (micros(now or record.now()),))


def labs_passed(record: Record) -> set[str]:
    """Labs that were passed once."""
    return {row[0] for row in record.rows("SELECT lab FROM lab WHERE passed")}


def lab_states(record: Record, *, unpassed: bool = False) -> dict[str, LabState]:
    """Every lab that was run, by id; or those that were and never passed."""
    rows = record.rows(
        "SELECT lab, passed, checks, runs, last, hints FROM lab"
        + (" WHERE NOT passed" if unpassed else "")
    )
    return {
        lab: LabState(bool(passed), json.loads(checks), runs, moment(last), hints)
        for lab, passed, checks, runs, last, hints in rows
    }


def last_lesson(record: Record) -> str:
    """Id of the lesson that was open last, "" when none was."""
    rows = record.rows("SELECT lesson FROM lesson ORDER BY event DESC LIMIT 1")
    return str(rows[0][0]) if rows else ""


def last_lab(record: Record) -> str:
    """Id of the lab that was run last, "" when none was."""
    rows = record.rows("SELECT lab FROM lab ORDER BY event DESC LIMIT 1")
    return str(rows[0][0]) if rows else ""


def saved_file(record: Record, lab: str, file: str) -> str | None:
    """The text a lab's file was last saved with, None when it never was."""
    rows = record.rows(
        "SELECT payload FROM lab_file JOIN event ON event.id = lab_file.event WHERE name = ?",
        (f"{lab}\n{file}",),
    )
    return str(json.loads(rows[0][0]).get("text", "")) if rows else None


def settings(record: Record, *names: str) -> dict[str, Any]:
    """Those of some settings that are kept in the record, in one read."""
    marks = ", ".join("?" * len(names))
    rows = record.rows(f"SELECT name, value FROM setting WHERE name IN ({marks})", names)
    return {name: json.loads(value) for name, value in rows}


def setting(record: Record, name: str, default: Any = None) -> Any:
    """A setting kept in the record."""
    rows = record.rows("SELECT value FROM setting WHERE name = ?", (name,))
    return json.loads(rows[0][0]) if rows else default

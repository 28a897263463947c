"""A clock that is set by hand, histories made at random, and a look at all that is derived."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from nexus_tui.learner import events
from nexus_tui.learner.database import Record
from nexus_tui.learner.facts import COLUMNS
from nexus_tui.learner.schema import DERIVED

BERLIN = timezone(timedelta(hours=1))
Opener = Callable[[Path], Record]


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> datetime:
        self.time += timedelta(**by)
        return self.time


def give(record: Record, question: str, right: bool = True, **more: Any) -> str:
    """Answer a question; gives the event's id."""
    return events.answer(record, events.Answer(question, right, **more)).event


def derived(record: Record) -> str:
    """Everything derived, to the last digit."""
    return "\n".join(
        f"{name} {row!r}"
        for name in DERIVED
        for row in record.rows(f"SELECT * FROM {name} ORDER BY 1")
    )


def all_events(record: Record) -> list[tuple[Any, ...]]:
    return record.rows(f"SELECT {COLUMNS} FROM event ORDER BY id")


def run(code: str, *args: object, wait: bool = True) -> subprocess.Popen[str]:
    """Run Python in another process."""
    command = [sys.executable, "-c", code, *map(str, args)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1
    )
    if wait:
        process.wait(60)
    return process


QUESTIONS = [f"m/l{n % 3}#q{n}" for n in range(7)]
LESSONS = ["m/l0", "m/l1", "m/l2"]
_answers = st.fixed_dictionaries(
    {
        "right": st.booleans(),
        "unknown": st.booleans(),
        "confidence": st.sampled_from(["", "guess", "think", "sure"]),
        "hint": st.booleans(),
        "ms": st.integers(0, 900_000),
        "context": st.sampled_from(["lesson", "review", "challenge", "test-out"]),
    }
)
_facts = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from(QUESTIONS), _answers),
    st.tuples(st.just("answer"), st.sampled_from(QUESTIONS), _answers),
    st.tuples(st.just("undo"), st.just(""), st.integers(0, 30)),
    st.tuples(
        st.sampled_from(["section_read", "position"]),
        st.sampled_from(LESSONS),
        st.fixed_dictionaries({"section": st.integers(0, 9), "scroll": st.integers(0, 99)}),
    ),
    st.tuples(st.just("lesson_done"), st.sampled_from(LESSONS), st.just({})),
    st.tuples(
        st.just("lab_run"),
        st.just("m/lab"),
        st.fixed_dictionaries(
            {"passed": st.booleans(), "checks": st.just({"b": "fail", "a": "x"})}
        ),
    ),
    st.tuples(
        st.just("lab_save"),
        st.just("m/lab"),
        st.fixed_dictionaries({"file": st.sampled_from("ab"), "text": st.text(max_size=9)}),
    ),
    st.tuples(
        st.just("note"),
        st.sampled_from(LESSONS),
        st.fixed_dictionaries({"text": st.text(max_size=5)}),
    ),
    st.tuples(
        st.just("bookmark"),
        st.sampled_from(LESSONS),
        st.fixed_dictionaries({"on": st.booleans()}),
    ),
    st.tuples(
        st.sampled_from(["bury", "flag"]),
        st.sampled_from(QUESTIONS),
        st.fixed_dictionaries({"on": st.booleans(), "text": st.text(max_size=4)}),
    ),
    st.tuples(
        st.just("setting"),
        st.sampled_from("xy"),
        st.fixed_dictionaries({"value": st.none() | st.integers() | st.text(max_size=4)}),
    ),
    # A payload from elsewhere, with nothing of what it should hold.
    st.tuples(
        st.sampled_from(sorted(events.KINDS)),
        st.sampled_from(QUESTIONS),
        st.just({"right": "no", "ms": "long", "section": None, "checks": 3, "event": 7}),
    ),
)
_hours = st.sampled_from([0.0, 0.01, 0.5, 7.0, 24.0, 24.0, 100.0, 2000.0, -3.0, -90.0])
histories = st.lists(st.tuples(_hours, _facts), max_size=40)
History = list[tuple[float, tuple[str, str, Any]]]


def live(record: Record, clock: Clock, history: History) -> None:
    """Do everything in a history. An undo's number says which earlier event it means."""
    done = [row[0] for row in all_events(record)]
    for hours, (kind, subject, payload) in history:
        clock.move(hours=hours)
        if kind == "undo" and isinstance(payload, int):
            payload = {"event": done[payload % len(done)] if done else "none"}
        done.append(events.append(record, kind, subject, payload).id)

"""An answer graded, scheduled, saved and shown; and the next question."""

from pathlib import Path

from benchmarks.clock import in_turn
from benchmarks.course import first_words
from benchmarks.reading import BARE, learn
from benchmarks.resting import memory
from benchmarks.table import Row
from benchmarks.terminal import Terminal

MOST = 36
"""Answers in one go: the made-up quiz has forty questions."""


def rows(course: Path, home: Path, runs: int) -> list[Row]:
    """A quiz, answered with a number and how sure one is."""
    with Terminal(BARE, home) as bare, Terminal(learn(course, "begin"), home) as nexus:
        bare.until("Hello")
        nexus.until(first_words(30))
        nexus.rest(0.3)
        nexus.press("t")
        found = in_turn(
            {"bare": lambda: {"ms": bare.press("x")}, "quiz": lambda: _answered(nexus)},
            min(runs * 3, MOST),
        )
        used = memory(nexus.process.pid)
    bare_key = found["bare.ms"]
    return [
        Row("an answer graded, scheduled, saved and shown", found["quiz.answer"], bare_key, 3),
        Row("next question", found["quiz.next"], bare_key, 3),
        Row("memory after a quiz", used, None, 120, "value", "MB"),
    ]


def _answered(nexus: Terminal) -> dict[str, float]:
    nexus.press("1")
    answer = nexus.press("s")
    return {"answer": answer, "next": nexus.press("n")}

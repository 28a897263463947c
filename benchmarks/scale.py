"""A course a hundred times as large, with a record to match, beside a small one with a day's.

Both have as many modules, because the map on the screen has a row for each.
"""

from pathlib import Path

from benchmarks.clock import in_turn
from benchmarks.course import document, make_course
from benchmarks.history import make_history
from benchmarks.start import start
from benchmarks.table import Row

MODULES, EACH, QUESTIONS = 14, 72, 10
FEW, MANY, QUICK = 60, 1_000_000, 100_000


def rows(home: Path, runs: int, *, quick: bool = False) -> list[Row]:
    """Start with 20 lessons and a day's record, and with 1 000 and a million events."""
    events = QUICK if quick else MANY
    small = made(home / "small", MODULES, 1, FEW, 1)
    large = made(home / "large", MODULES, EACH, events, 1_000)
    found = in_turn(
        {
            name: lambda c=course: start(
                ["-m", "nexus_tui", "--course", str(c / "course")], c, "Last 24 weeks"
            )
            for name, course in (("small", small), ("large", large))
        },
        runs,
    )
    what = f"start with 1 000 lessons, 10 000 questions, {events:,} events"
    return [
        Row(what, found["large.ms"], found["small.ms"], 1.1),
        Row("    the same in processor time", found["large.cpu"], found["small.cpu"]),
    ]


def made(home: Path, modules: int, each: int, events: int, days: int) -> Path:
    """A course and a record over its questions."""
    text = document(60)
    names = {
        f"module{m:02d}": {f"lesson{n:03d}": text for n in range(each)} for m in range(modules)
    }
    make_course(home / "course", names, QUESTIONS)
    asked = [
        f"{module}/{lesson}#q{n}"
        for module, lessons in names.items()
        for lesson in lessons
        for n in range(QUESTIONS)
    ]
    make_history(home / "nexus" / "progress.db", events, questions=asked, days=days)
    return home

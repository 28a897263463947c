"""From typing the name to the first frame, to Today, to a lesson, to keys being answered."""

from pathlib import Path

from benchmarks.clock import in_turn
from benchmarks.history import A_YEAR, make_history
from benchmarks.table import Row
from benchmarks.terminal import Terminal
from nexus_tui.paths import Places
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.study import Position

HELLO = ["-m", "benchmarks.hello"]
NEXUS = ["-m", "nexus_tui"]
PALETTE_KEY, PALETTE = "\x10", "for commands"
"""The palette's key, and part of its prompt that the cursor does not stand on."""


def rows(home: Path, runs: int) -> list[Row]:
    """The start, with a year behind one and the course that is built in."""
    a_year(home)
    found = in_turn(
        {
            "hello": lambda: start(HELLO, home, "Hello"),
            "hello_keys": lambda: keys(HELLO, home, "Hello"),
            "first": lambda: start(NEXUS, home, "Today"),
            "today": lambda: start(NEXUS, home, "Last 24 weeks"),
            "lesson": lambda: start([*NEXUS, "learn"], home, "You will be able to"),
            "keys": lambda: keys(NEXUS, home, "Today"),
        },
        runs,
    )
    hello, cpu = found["hello.ms"], found["hello.cpu"]
    return [
        Row("first frame", found["first.ms"], hello, 1.15),
        Row("Today with a year of history on the screen", found["today.ms"], hello, 1.35),
        Row("    the same in processor time", found["today.cpu"], cpu),
        Row("last lesson on the screen", found["lesson.ms"], hello, 1.5),
        Row("    the same in processor time", found["lesson.cpu"], cpu),
        Row("keys answered (palette open)", found["keys.ms"], found["hello_keys.ms"], 1.55),
    ]


def a_year(home: Path) -> None:
    """A record of a year, over the questions of the course that is built in."""
    places = Places(home / "nexus", home / "nexus" / "cache")
    tutor = Tutor.open(places=Places(home / "unused", places.cache))
    lessons = tutor.study.lessons()
    tutor.close()
    questions = [id for lesson in lessons for id in lesson.questions]
    make_history(places.record, A_YEAR, questions=questions)
    tutor = Tutor.open(places=places)
    tutor.study.keep_position(lessons[0].id, Position())
    tutor.close()


def start(command: list[str], home: Path, text: str) -> dict[str, float]:
    """Until ``text`` is on the screen; and the processor time it took."""
    with Terminal(command, home) as terminal:
        passed = terminal.until(text)
    return {"ms": passed, "cpu": terminal.cpu}


def keys(command: list[str], home: Path, text: str) -> dict[str, float]:
    """Until the palette is open, its key pressed as soon as ``text`` shows."""
    with Terminal(command, home) as terminal:
        passed = terminal.until(text)
        terminal.send(PALETTE_KEY)
        return {"ms": passed + terminal.until(PALETTE)}

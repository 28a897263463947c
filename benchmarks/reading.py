"""Opening a lesson beside Textual's Markdown widget; moving about beside a bare key."""

from pathlib import Path

from benchmarks.clock import in_turn
from benchmarks.course import document, first_words, make_course
from benchmarks.table import Row
from benchmarks.terminal import Terminal

SIZES = (50, 200, 1000, 5000)
HELD = ((50, 200, 0.15), (200, 200, 0.15), (1000, 1000, 0.05), (5000, 1000, 0.05))
"""Lines of our lesson, of the document beside it, and the budget."""
THEIRS = (200, 1000)
BARE = ["-m", "benchmarks.bare"]
MODULE = "reading"
UNDIVIDED = 1000
PAGE, DOWN, UP = " ", "j", "k"


def reading_course(home: Path) -> Path:
    """A lesson to begin with, one of each size, and one that is a single long section."""
    lessons = {"begin": document(30)} | {f"of-{size}": document(size) for size in SIZES}
    lessons["undivided"] = document(UNDIVIDED, divided=False)
    for size in SIZES:
        (home / f"{size}.md").write_text(document(size), "utf-8")
    return make_course(home / "reading", {MODULE: lessons}, questions=40)


def learn(course: Path, lesson: str) -> list[str]:
    """The command that opens a lesson."""
    return ["-m", "nexus_tui", "--course", str(course), f"{MODULE}/{lesson}"]


def rows(home: Path, runs: int) -> list[Row]:
    """Opening lessons of all sizes, once they were read before; and moving about."""
    course = reading_course(home)
    names = [*(f"of-{size}" for size in SIZES), "undivided"]
    ours = {
        name: lambda n=number: {"ms": opened(course, home, n)}
        for number, name in enumerate(names, 1)
    }
    theirs = {f"markdown-{size}": lambda s=size: {"ms": shown(home, s)} for size in THEIRS}
    found = in_turn(ours | theirs, max(runs // 2, 3))
    return [*_openings(found), *moving(course, home, runs)]


def _openings(found: dict[str, float]) -> list[Row]:
    made = [
        Row(f"open a lesson of {size} lines, beside Markdown with {beside}",
            found[f"of-{size}.ms"], found[f"markdown-{beside}.ms"], budget)
        for size, beside, budget in HELD
    ]  # fmt: skip
    whole, beside = found["undivided.ms"], found[f"markdown-{UNDIVIDED}.ms"]
    return [*made, Row(f"    {UNDIVIDED} lines in one section", whole, beside)]


def size_of(name_index: int) -> int:
    """Lines of the lesson that is so far down in the outline."""
    return (*SIZES, UNDIVIDED)[name_index - 1]


def opened(course: Path, home: Path, number: int) -> float:
    """Choose the lesson ``number`` below the first in the outline: until its text shows."""
    with Terminal(learn(course, "begin"), home) as terminal:
        terminal.until(first_words(30))
        terminal.rest()
        for key in ("o", *([DOWN] * number)):
            terminal.press(key)
        terminal.send("\r")
        return terminal.until(first_words(size_of(number)))


def shown(home: Path, size: int) -> float:
    """The same document in Textual's widget, until its text shows."""
    with Terminal(["-m", "benchmarks.document", str(home / f"{size}.md")], home) as terminal:
        terminal.until("Hello")
        terminal.rest()
        terminal.send("o")
        return terminal.until(first_words(size))


def moving(course: Path, home: Path, runs: int) -> list[Row]:
    """Keys in a long page and in the outline, each between two bare ones."""
    with Terminal(BARE, home) as bare, Terminal(learn(course, "undivided"), home) as nexus:
        bare.until("Hello")
        nexus.until(first_words(UNDIVIDED))
        for terminal in (bare, nexus):
            terminal.rest(0.3)
        lines = _keys(bare, nexus, [DOWN], runs * 3)
        pages = _keys(bare, nexus, [PAGE], runs * 2)
        nexus.press("o")
        outline = _keys(bare, nexus, [UP, DOWN], runs * 3)
    return [
        Row("scroll a line", lines["nexus.ms"], lines["bare.ms"], 4),
        Row("scroll a page", pages["nexus.ms"], pages["bare.ms"], 5),
        Row("move in the outline", outline["nexus.ms"], outline["bare.ms"], 2),
    ]


def _keys(bare: Terminal, nexus: Terminal, keys: list[str], runs: int) -> dict[str, float]:
    turns = iter(keys * (runs + 1))
    return in_turn(
        {
            "bare": lambda: {"ms": bare.press("x")},
            "nexus": lambda: {"ms": nexus.press(next(turns))},
        },
        runs,
    )

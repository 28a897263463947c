"""Search as one types: over the built-in course, and over one a hundred times as large."""

import random
import re
import string
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.course import make_course
from benchmarks.table import Row
from nexus_tui.course.lessons import front_matter
from nexus_tui.learner.database import Record
from nexus_tui.paths import Places, course_root
from nexus_tui.tutor import Tutor

TIMES = 100
BUDGET = 30
TYPED = (
    "the index of a row", "select_related", "selct_related", "celary", "X-Forwarded-For",
    "--no-cache", "how many queries", "N+1", "zzzzz",
)  # fmt: skip
"""What is typed, letter by letter."""


def rows(home: Path, runs: int) -> list[Row]:
    """A key in the middle and the slowest one; a refresh with nothing changed."""
    ours = measured(home / "ours", course_root(), runs)
    large = measured(home / "large", grown(home / "course"), runs)
    return [
        Row("search, a key, over this course", ours["median"], None, BUDGET, "value"),
        Row("    the slowest key", ours["slowest"], None, BUDGET, "value"),
        Row(f"search, a key, over {TIMES} times as much", large["median"], None, BUDGET, "value"),
        Row("    the slowest key", large["slowest"], None, BUDGET, "value"),
        Row("    looking for changes", large["refresh"]),
        Row("    indexing all of it, in the background", large["build"] / 1000, unit="s"),
    ]


def grown(root: Path) -> Path:
    """The built-in course so many times, with words of its own in each lesson."""
    chance = random.Random(1)
    modules: dict[str, dict[str, str]] = {}
    for path in sorted((course_root() / "lessons").glob("*/*.md")):
        body = re.sub(r"```question.*?```", "", front_matter(path.read_text("utf-8"))[1])
        for number in range(TIMES):
            made = modules.setdefault(f"{path.parent.name}-{number:02d}", {})
            made[path.stem] = f"{body}\n\n{_words(chance)}\n"
    return make_course(root, modules)


def _words(chance: random.Random) -> str:
    return " ".join("".join(chance.choices(string.ascii_lowercase, k=8)) for _ in range(30))


def measured(home: Path, root: Path, runs: int) -> dict[str, float]:
    """Milliseconds: every key of what is typed, the best of its runs; building; refreshing."""
    places = Places(home, home / "cache")
    tutor = Tutor(root, Record.open(places.record), places)
    try:
        build, refresh = _timed(tutor.search.wait), _timed(tutor.search.wait)
        prefixes = [text[:end] for text in TYPED for end in range(1, len(text) + 1)]
        keys = [_best(tutor, text, min(runs, 5)) for text in prefixes]
    finally:
        tutor.close()
    return {"median": median(keys), "slowest": max(keys), "build": build, "refresh": refresh}


def _best(tutor: Tutor, text: str, runs: int) -> float:
    return min(_timed(lambda: tutor.search.find(text)) for _ in range(runs))


def _timed(work: "object") -> float:
    assert callable(work)
    before = perf_counter()
    work()
    return (perf_counter() - before) * 1000

"""The whole table; ``--quick`` repeats less and takes a shorter record."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import answering, labs, reading, resting, scale, searching, start
from benchmarks.table import HEAD, Row, shown

PARTS = ("start", "reading", "answering", "searching", "labs", "resting", "scale")


def main() -> int:
    """Measure, print as it comes; status 1 when a budget is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats")
    parser.add_argument("parts", nargs="*", help=f"only these: {', '.join(PARTS)}")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    print(shown(HEAD))
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        for row in measured(Path(folder), given.parts or PARTS, quick=given.quick):
            print(shown(row.cells()), flush=True)
            kept = kept and row.ok
    return 0 if kept else 1


def measured(home: Path, parts: tuple[str, ...], *, quick: bool) -> Iterator[Row]:
    """The rows of the parts asked for, each part in a home of its own."""
    runs = 5 if quick else 15
    ways: dict[str, Callable[[Path], list[Row]]] = {
        "start": lambda here: start.rows(here, runs),
        "reading": lambda here: reading.rows(here, runs),
        "answering": lambda here: answering.rows(reading.reading_course(here), here, runs),
        "searching": lambda here: searching.rows(here, runs),
        "labs": lambda here: labs.rows(here, runs),
        "resting": lambda here: resting.rows(here, 2 if quick else 5),
        "scale": lambda here: scale.rows(here, runs, quick=quick),
    }
    for part in PARTS:
        if part in parts and (part != "resting" or sys.platform == "linux"):
            here = home / part
            here.mkdir()
            yield from ways[part](here)


if __name__ == "__main__":
    sys.exit(main())

"""``python -m nexus_tui.course.check [ROOT] [MODULE …] [--json]``."""

import sys
from dataclasses import replace
from pathlib import Path

from nexus_tui.course.check import Report, check


def main(arguments: list[str]) -> int:
    """Print the problems of the course at ROOT (here without one), of all or some modules."""
    names = [argument for argument in arguments if not argument.startswith("-")]
    report = check(Path(names[0] if names else "."))
    if names[1:]:
        report = _only(report, set(names[1:]))
    print(report.json() if "--json" in arguments else report)
    return report.exit_code


def _only(report: Report, modules: set[str]) -> Report:
    """Return the report on the files of some modules."""
    kept = [problem for problem in report.problems if modules & set(problem.file.split("/"))]
    return replace(report, problems=tuple(kept))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

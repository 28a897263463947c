"""The author's check, printed."""

from pathlib import Path

from nexus_tui import paths
from nexus_tui.launch import course_folder
from nexus_tui.plain.lines import safe, say


def run(path: str | None, *, as_json: bool, labs: bool) -> int:
    """Print every problem of a course; the exit status: 0 in order, 1 not."""
    from nexus_tui.course.check import check

    root = course_folder(path) if path else paths.course_root()
    assert root is not None
    report = check(root)
    if as_json:
        print(report.json())
    else:
        print(safe(str(report)))
    failed = bool(report.exit_code)
    if labs:
        failed = not _certify(root) or failed
    return int(failed)


def _certify(root: Path) -> bool:
    from nexus_tui.course.loader import Course
    from nexus_tui.labs.certify import certify

    good = True
    for module in Course(root).outline().modules.values():
        for head in module.labs:
            made = certify(head.path)
            told = f"{made.mutants} mutants, {made.mistakes} wrong solutions"
            verdict = "none passes" if made.ok else f"{len(made.problems)} problems"
            say(f"{head.id}: {told}: {verdict} ({made.seconds:.0f} s)")
            for problem in made.problems:
                say(f"  {problem}")
            good = good and not made.problems
    return good

"""The author's check, printed."""

from pathlib import Path

from nexus_tui import paths
from nexus_tui.course.model import LabHead
from nexus_tui.errors import NexusError
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
        failed = not _certify_all(root) or failed
    return int(failed)


def _certify_all(root: Path) -> bool:
    """Try every lab with all of its mutants: minutes. Whether all of them are proven."""
    from nexus_tui.course.loader import Course

    heads = [head for module in Course(root).outline().modules.values() for head in module.labs]
    proven = [_certify(head) for head in heads]
    return all(proven)


def _certify(head: LabHead) -> bool:
    """Try one lab and say what was found, a problem a line."""
    from nexus_tui.labs.certify import certify

    try:
        made = certify(head.path)
    except NexusError as error:
        say(f"{head.id}: {error.message} {error.hint}".rstrip())
        return False
    refused = f"{made.killed} of {made.mutants} mutants and {made.mistakes} wrong solutions"
    verdict = "certified" if made.ok else f"{len(made.problems)} problems"
    say(f"{head.id}: {verdict}: tried on {refused} ({made.seconds:.0f} s)")
    for problem in made.problems:
        say(f"  {problem}")
    for mutant in made.survivors:
        say(f"  survives: {mutant.file}:{mutant.line}: {mutant.now}")
    return made.ok

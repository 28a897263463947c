"""The author's linter: every problem of a course in one run."""

from pathlib import Path

from nexus_tui.course.check.bias import check_bias
from nexus_tui.course.check.challenges import check_challenges
from nexus_tui.course.check.files import read_all
from nexus_tui.course.check.handbook import check_handbook
from nexus_tui.course.check.ids import check_ids
from nexus_tui.course.check.labs import check_labs
from nexus_tui.course.check.labsteps import check_certificates, check_steps
from nexus_tui.course.check.needs import check_needs
from nexus_tui.course.check.pages import check_pages
from nexus_tui.course.check.paths import check_paths
from nexus_tui.course.check.prose import check_prose
from nexus_tui.course.check.quiz import check_quizzes
from nexus_tui.course.check.references import check_references
from nexus_tui.course.check.report import Bias, Report
from nexus_tui.course.check.wording import check_wording

__all__ = ["RULES", "Bias", "Report", "check"]

RULES = (
    check_ids,
    check_references,
    check_needs,
    check_paths,
    check_handbook,
    check_prose,
    check_pages,
    check_quizzes,
    check_wording,
    check_challenges,
    check_labs,
    check_steps,
    check_certificates,
)
"""What is looked at, one function a subject. Each takes what is known and notes problems."""


def check(root: Path) -> Report:
    """Read the whole course at ``root`` and return everything that is wrong with it."""
    known = read_all(root.absolute())
    for rule in RULES:
        rule(known)
    bias = check_bias(known)
    found = sorted(
        dict.fromkeys(known.problems.items), key=lambda item: (item.file, item.line, item.code)
    )
    return Report(tuple(found), known.counts(), bias)

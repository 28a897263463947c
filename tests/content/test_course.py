"""The course we ship is in order, by the author's own linter, and its labs are certified."""

from pathlib import Path

import pytest

from nexus_tui.course.check import check
from nexus_tui.course.loader import Course
from nexus_tui.labs.certify import certify

ROOT = Path(__file__).resolve().parents[2]
LABS = [
    pytest.param(head.path, id=head.id)
    for module in Course(ROOT).outline().modules.values()
    for head in module.labs
]


def test_the_linter_finds_nothing_to_mend() -> None:
    report = check(ROOT)
    assert not report.errors, str(report)


def test_every_module_of_the_programme_is_there() -> None:
    outline = Course(ROOT).outline()
    assert [group.title for group in outline.groups] == [
        "Technologies",
        "Concepts",
        "Challenges",
        "Best practices",
    ]
    assert len(outline.modules) == 14
    assert all(module.lessons for module in outline.modules.values())


def test_no_module_gives_its_answers_away_by_length() -> None:
    for module, bias in check(ROOT).bias.items():
        assert bias.longest <= 0.4 * bias.questions + 1, f"{module}: {bias}"


@pytest.mark.parametrize("folder", LABS)
def test_lab_is_certified(folder: Path) -> None:
    proof = certify(folder)
    assert proof.ok, "\n".join(proof.problems)
    assert proof.mutants > 0

"""Every lab of the course is proven: what is wrong does not pass it, what is right does.

Mutants are sampled here; ``nexus-tui check --labs`` tries them all.
"""

from collections.abc import Mapping

import pytest

from nexus_tui import paths
from nexus_tui.course.loader import Course
from nexus_tui.course.model import Lab
from nexus_tui.labs import certificate, fading
from nexus_tui.labs.certify import certify
from nexus_tui.labs.certify.proof import solution
from nexus_tui.labs.manifest import read
from nexus_tui.labs.runner import missing, run

ROOT = paths.course_root()
COURSE = Course(ROOT)
LABS = [head.id for module in COURSE.outline().modules.values() for head in module.labs]
MUTANTS = 4
"""How many of each lab are tried."""


def lab(id: str) -> Lab:
    made = COURSE.lab(id)
    if lacking := missing(made.requires):
        pytest.skip(f"not installed: {', '.join(lacking)}")
    return made


def model(made: Lab) -> dict[str, str]:
    return solution(read(made.head.path))


def passes(made: Lab, texts: Mapping[str, str]) -> bool:
    result = run(read(made.head.path).request(texts))
    assert result.checks
    assert not result.stopped.startswith("the checks cannot run"), result.stopped
    return result.passed


def test_every_module_has_its_labs() -> None:
    folders = {
        path.parent.relative_to(ROOT / "labs").as_posix() for path in ROOT.glob("labs/*/*/lab.yaml")
    }
    assert {*LABS} == folders


@pytest.mark.parametrize("id", LABS)
def test_a_lab_is_proven(id: str) -> None:
    proof = certify(lab(id).head.path, most=MUTANTS)
    assert proof.ok, "\n".join(proof.problems)
    assert proof.mistakes >= 5
    assert proof.mutants


@pytest.mark.parametrize("id", LABS)
def test_the_certificate_is_of_the_lab_as_it_is(id: str) -> None:
    folder = COURSE.lab(id).head.path
    found = certificate.read(folder)
    remedy = f"run: python -m nexus_tui.labs.certify labs/{id} --write"
    assert found is not None, remedy
    assert found.digest == certificate.digest(folder) == COURSE.lab(id).digest, remedy
    assert found.wrong == len(COURSE.lab(id).mistakes)


@pytest.mark.parametrize("id", LABS)
def test_the_gaps_filled_in_are_the_solution(id: str) -> None:
    made = COURSE.lab(id)
    texts, answers = fading.gaps(model(made), made.steps), fading.answers(model(made), made.steps)
    assert any(answers.values())
    for name, text in texts.items():
        assert text.count(fading.GAP) == len(answers[name])
        for answer in answers[name]:
            text = text.replace(fading.GAP, answer, 1)
        assert text == model(made)[name]


@pytest.mark.parametrize("id", LABS)
def test_the_parts_put_in_order_are_the_solution(id: str) -> None:
    made = COURSE.lab(id)
    for name, parts in fading.parts(model(made), made.steps).items():
        head, rest = fading.split(parts)
        for seed in range(fading.SHUFFLES):
            shuffled = fading.order(model(made), made.steps, seed)[name]
            numbers = fading.arrangement(shuffled, parts)
            assert numbers is not None
            back = sorted(zip(numbers, fading.arrange(rest, numbers), strict=True))
            assert "".join(p.text for p in (*head, *(p for _, p in back))) == model(made)[name]


@pytest.mark.parametrize("id", LABS)
def test_an_easier_form_does_not_pass_as_it_is(id: str) -> None:
    made = lab(id)
    assert not passes(made, fading.gaps(model(made), made.steps))
    for seed in range(fading.SHUFFLES):
        assert not passes(made, fading.order(model(made), made.steps, seed))

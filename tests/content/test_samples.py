"""The samples are true: every ``run`` fence prints what the lesson says it prints."""

from pathlib import Path

import pytest

from nexus_tui.course.loader import Course
from nexus_tui.course.model import Block, Callout, Code, Listing, Question
from nexus_tui.labs.samples import run_sample

ROOT = Path(__file__).resolve().parents[2]
COURSE = Course(ROOT)
LESSONS = [head for module in COURSE.outline().modules.values() for head in module.lessons]
CHALLENGES = [head for module in COURSE.outline().modules.values() for head in module.challenges]


def _codes(blocks: tuple[Block, ...]) -> list[Code]:
    found: list[Code] = []
    for block in blocks:
        if isinstance(block, Code):
            found.append(block)
        elif isinstance(block, Callout):
            found += _codes(block.blocks)
        elif isinstance(block, Listing):
            found += [code for item in block.items for code in _codes(item)]
    return found


def _run(owner: str, language: str, source: str, on: str) -> str:
    setup = COURSE.setup(owner, on) if on else None
    result = run_sample(language, source, setup=setup, paths=COURSE.setup_paths(owner), seconds=30)
    assert not result.stopped, result.stopped
    return _trimmed(result.output)


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.rstrip().split("\n"))


SAMPLES = [
    pytest.param(head.id, code, id=f"{head.id}:{code.line}")
    for head in LESSONS
    if not head.problem
    for section in COURSE.lesson(head.id).sections
    for code in _codes(section.blocks)
    if code.run
]
PREDICTIONS = [
    pytest.param(question, id=question.id)
    for head in LESSONS
    if not head.problem
    for question in COURSE.quiz(head.id)
    if question.kind == "predict"
]


def test_every_lesson_can_be_read() -> None:
    assert LESSONS
    assert not [f"{head.id}: {head.problem}" for head in LESSONS if head.problem]
    for head in CHALLENGES:
        assert COURSE.challenge(head.id).steps


@pytest.mark.parametrize(("owner", "code"), SAMPLES)
def test_sample_prints_what_the_lesson_says(owner: str, code: Code) -> None:
    assert code.output is not None, f"{owner}:{code.line} runs, but shows no output"
    assert _run(owner, code.language, code.source, code.on) == _trimmed(code.output)


@pytest.mark.parametrize("question", PREDICTIONS)
def test_prediction_is_what_the_code_prints(question: Question) -> None:
    assert question.accept is not None
    evidence = question.evidence[0]
    printed = _run(question.lesson, evidence.language, evidence.text, question.on)
    assert printed in [_trimmed(answer) for answer in question.accept.answers]

"""What is behind a number: module, lesson, objective, question; and only what was met."""

import pytest

from nexus_tui.errors import NexusError
from nexus_tui.learner import events
from nexus_tui.tutor import Tutor, recall
from nexus_tui.tutor.knowledge import Recall
from nexus_tui.tutor.recall import QuestionRecall
from tests.ui.conftest import Clock
from tests.ui.course import LAB, LOOPS, NAMES, TORN, answer


def test_a_question_never_met_has_no_words(tutor: Tutor) -> None:
    found = recall.of_lesson(tutor, NAMES)
    assert found.recall == Recall(0.0, 0.0, 0, 3)
    assert [objective.key for objective in found.objectives] == ["bind", "copy"]
    assert found.questions == (
        QuestionRecall(f"{NAMES}#one-list"),
        QuestionRecall(f"{NAMES}#copies"),
    )
    assert recall.session(tutor, "All", found.questions) is None


def test_a_question_met_tells_all_of_it(tutor: Tutor, clock: Clock) -> None:
    question = f"{NAMES}#one-list"
    answer(tutor, question, right=True, confidence="guess")
    clock.days(3)
    answer(tutor, question, right=False, confidence="sure")
    clock.days(2)
    bind, copy = recall.of_lesson(tutor, NAMES).objectives
    (met,) = bind.questions
    assert met.prompt is not None
    assert met.prompt.text == "Which object is first?"
    assert met.memory is not None
    assert 0 < met.memory.later < met.memory.now < 1
    assert bind.recall == Recall(met.memory.now, met.memory.later, 1, 1)
    assert copy.recall == Recall(0.0, 0.0, 0, 1)
    assert recall.last(met.memory) == "wrong 2 days ago, said sure"
    assert recall.often(met.memory) == "right 1 of 2"
    assert recall.returns(met.memory) == "due today"
    assert met.memory.back is not None
    assert met.memory.back <= 0


def test_numbers_are_those_of_the_map(tutor: Tutor, clock: Clock) -> None:
    for name in ("one-list", "copies"):
        answer(tutor, f"{NAMES}#{name}")
    clock.days(4)
    known = tutor.knowledge.map()
    module = recall.of_module(tutor, "python")
    lesson = recall.of_lesson(tutor, NAMES)
    assert module.recall == known["python"]
    assert {head.id: found for head, found in module.lessons}[NAMES] == known[NAMES]
    memories = [q.memory.now for q in lesson.questions if q.memory]
    assert sum(memories) / 3 == pytest.approx(known[NAMES].now)  # two questions and a lab


def test_labs_stand_with_their_lesson_and_module(tutor: Tutor) -> None:
    events.append(tutor.record, "lab_run", LAB, {"checks": {"doubles": "pass"}, "passed": True})
    ((head, state),) = recall.of_lesson(tutor, NAMES).labs
    assert (head.id, state.passed) == (LAB, True)
    assert recall.of_module(tutor, "python").labs == ((head, state),)
    assert recall.of_lesson(tutor, LOOPS).labs == ()


def test_what_is_asked_is_what_was_met_least_remembered_first(tutor: Tutor, clock: Clock) -> None:
    answer(tutor, f"{NAMES}#copies", right=False)
    clock.days(5)
    answer(tutor, f"{NAMES}#one-list")
    session = recall.session(tutor, "Names", recall.of_lesson(tutor, NAMES).questions)
    assert session is not None
    assert session.questions == (f"{NAMES}#copies", f"{NAMES}#one-list")
    assert session.context == "lesson"


def test_a_step_of_a_challenge_comes_back_only_there(tutor: Tutor) -> None:
    question = f"{LOOPS}#last"
    given = events.Answer(question, right=False, unknown=True, context="challenge")
    events.answer(tutor.record, given)
    (met,) = recall.of_lesson(tutor, LOOPS).questions
    assert met.memory is not None
    assert met.memory.due is None
    assert recall.returns(met.memory) == "asked in its challenge only"
    assert recall.last(met.memory) == "not known today"


def test_what_cannot_be_read_or_is_not_there_is_said(tutor: Tutor) -> None:
    for id in ("python/nothing", TORN, "nix/lesson"):
        with pytest.raises(NexusError):
            recall.of_lesson(tutor, id)
    with pytest.raises(NexusError):
        recall.of_module(tutor, "nix")


@pytest.mark.parametrize(
    ("days", "said"), [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (-1, "today")]
)
def test_how_long_ago(days: int, said: str) -> None:
    assert recall.ago(days) == said


def test_when_it_comes_back(tutor: Tutor, clock: Clock) -> None:
    question = f"{LOOPS}#last"
    answer(tutor, question)
    said = []
    for _ in range(3):
        (met,) = recall.of_lesson(tutor, LOOPS).questions
        assert met.memory is not None
        said.append(recall.returns(met.memory))
        clock.days(1)
    assert said == ["comes back in 2 days", "comes back tomorrow", "due today"]

"""Testing out: the choice of questions, what answers justify, what the record keeps of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nexus_tui.errors import NexusError
from nexus_tui.learner import events, progress
from nexus_tui.learner.memory import Rating, grade
from nexus_tui.learner.rebuild import rebuild
from nexus_tui.paths import Places
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.quiz import Confidence
from nexus_tui.tutor.testout import MOST, TestOut
from tests.ui.course import write


class Clock:
    """Moves when told."""

    now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def _question(name: str, difficulty: int, objective: str) -> str:
    return (
        f"  - id: {name}\n    kind: choice\n    objective: {objective}\n"
        f"    difficulty: {difficulty}\n    prompt: Which?\n    explanation: It is so.\n"
        "    options:\n"
        '      - {id: yes-it, text: "The right one", right: true, why: "So."}\n'
        '      - {id: no-it, text: "A wrong one", why: "Not so."}\n'
    )


def _quiz() -> str:
    rows = [
        _question(f"{objective}-{level}", level, objective)
        for objective in ("one", "two", "three", "four")
        for level in (1, 2, 3, 4)
    ]
    return "questions:\n" + "".join(rows)


@pytest.fixture
def tutor(tmp_path: Path) -> Iterator[Tutor]:
    files = {f"quizzes/python/{name}.yaml": _quiz() for name in ("names", "loops")}
    root = write(tmp_path / "course", files)
    made = Tutor.open(root=root, places=Places(tmp_path, tmp_path / "cache"), now=Clock())
    yield made
    made.close()


def take(
    tutor: Tutor, session: TestOut, answers: str, confidence: Confidence = "sure"
) -> list[int]:
    """Answer in turn, ``y`` right and ``n`` wrong, the last for ever; give the difficulties."""
    levels = []
    while (question := tutor.quiz.question(session)) is not None:
        levels.append(question.difficulty)
        right = answers[min(len(levels), len(answers)) - 1] == "y"
        from nexus_tui.course.model import Response

        chosen = Response(("yes-it" if right else "no-it",))
        tutor.quiz.answer(session, question, chosen, confidence=confidence)
        session.index += 1
    return levels


def test_it_starts_in_the_middle_and_follows_the_answers(tutor: Tutor) -> None:
    levels = take(tutor, tutor.testout.start("python", 1), "yyynn")
    assert levels[:5] == [2, 3, 4, 4, 3]
    assert len(levels) <= MOST


def test_all_right_and_sure_ends_early_and_marks_every_lesson(tutor: Tutor) -> None:
    session = tutor.testout.start("python", 1)
    asked = take(tutor, session, "y")
    assert len(asked) < MOST
    objectives = {graded.question.objective for graded in session.of("python/names")}
    assert objectives == {"one", "two", "three", "four"}
    outcome = tutor.testout.settle(session)
    assert [head.id for head in outcome.known] == ["python/names", "python/loops"]
    assert tutor.study.known() == {"python/names", "python/loops"}
    card = tutor.today.lesson()
    assert card is not None
    assert card.head.id not in tutor.study.known()
    assert tutor.study.open("python/names").head.title == "Names and objects"


def test_three_wrong_answers_make_it_clear_and_mark_nothing(tutor: Tutor) -> None:
    session = tutor.testout.start("python", 1)
    assert len(take(tutor, session, "n")) == 3
    assert tutor.testout.settle(session).known == ()
    assert not tutor.study.known()


def test_guesses_prove_nothing(tutor: Tutor) -> None:
    session = tutor.testout.start("python", 1)
    assert len(take(tutor, session, "y", "guess")) == MOST
    assert not tutor.testout.settle(session).known


def test_an_answer_taken_back_takes_its_mark_with_it(tutor: Tutor) -> None:
    session = tutor.testout.start("python", 1)
    take(tutor, session, "y")
    tutor.testout.settle(session)
    last = session.last
    assert last is not None
    tutor.quiz.take_back(session)
    session.forget_ahead()
    outcome = tutor.testout.settle(session)
    assert last.question.lesson in {head.id for head in outcome.rest}
    assert last.question.lesson not in tutor.study.known()


def test_a_mark_can_be_taken_back_and_reading_makes_it_needless(tutor: Tutor) -> None:
    tutor.study.mark_known("python/names")
    assert tutor.study.settled() == {"python/names"}
    tutor.study.mark_known("python/names", on=False)
    assert not tutor.study.settled()


def test_only_what_was_asked_is_met_and_hard_ones_last_longer(tutor: Tutor) -> None:
    session = tutor.testout.start("python", 1)
    take(tutor, session, "y")
    met = {row[0] for row in progress.memories(tutor.record)}
    assert met == {*session.results}
    by_level = {
        graded.question.difficulty: events.card(tutor.record, id)
        for id, graded in session.results.items()
    }
    easy, hard = by_level[2], by_level[4]
    assert easy is not None
    assert hard is not None
    assert hard.stability > 3 * easy.stability
    assert hard.due - hard.last > timedelta(days=5)


def test_a_hard_question_answered_elsewhere_or_not_surely_is_only_good(tutor: Tutor) -> None:
    def stability(context: str, confidence: str, question: str) -> float:
        given = events.Answer(
            question,
            right=True,
            confidence=confidence,
            context=context,
            hard=True,  # type: ignore[arg-type]
        )
        return events.answer(tutor.record, given).stability

    usual = stability("lesson", "sure", "a#1")
    assert stability("test-out", "think", "a#2") == usual
    assert stability("test-out", "sure", "a#3") > usual
    assert grade(True, proven=True) is Rating.EASY
    assert grade(False, proven=True) is Rating.AGAIN
    assert grade(True, hint=True, proven=True) is Rating.HARD


def test_all_of_it_is_derived_again_byte_for_byte(tutor: Tutor) -> None:
    session = tutor.testout.start("python", 1)
    take(tutor, session, "y")
    tutor.testout.settle(session)
    tutor.study.mark_known("python/names", on=False)
    assert rebuild(tutor.record).differed == ()


@pytest.mark.parametrize("id", ["python/names", "nowhere"])
def test_only_modules_can_be_tested_out_of(tutor: Tutor, id: str) -> None:
    with pytest.raises(NexusError):
        tutor.testout.start(id)

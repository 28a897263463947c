"""The quiz of a lesson: enough questions, of enough kinds, that test what is promised."""

from collections import Counter

from nexus_tui.course.check.files import Known
from nexus_tui.course.check.walk import flat
from nexus_tui.course.model import Ask, Lesson, Question

FEWEST = 8
KINDS = 4


def check_quizzes(known: Known) -> None:
    """Note what a lesson's quiz lacks."""
    for name, questions in known.quizzes.items():
        if questions:
            _enough(known, name, questions)
            _difficulty(known, name, questions)
        lesson = known.lessons.get(name)
        if lesson:
            _objectives(known, lesson, questions)
            _asks(known, lesson, {question.id: question for question in questions})


def _enough(known: Known, name: str, questions: tuple[Question, ...]) -> None:
    path = known.layout.quiz(name)
    if len(questions) < FEWEST:
        message = f"there are {len(questions)} questions; at least {FEWEST} are meant"
        known.add(path, 0, message, code="few-questions")
    kinds = sorted({question.kind for question in questions})
    if len(kinds) < KINDS:
        message = f"there are {len(kinds)} kinds ({', '.join(kinds)}); at least {KINDS} are meant"
        known.add(path, 0, message, code="few-kinds")


def _difficulty(known: Known, name: str, questions: tuple[Question, ...]) -> None:
    there = {question.difficulty for question in questions}
    for level in (1, 2, 3):
        if level not in there:
            message = f"no question has difficulty {level}"
            hint = "A lesson spans at least 1 to 3."
            known.add(known.layout.quiz(name), 0, message, hint, code="difficulty")


def _objectives(known: Known, lesson: Lesson, questions: tuple[Question, ...]) -> None:
    path = known.layout.quiz(lesson.head.id)
    keys = [objective.key for objective in lesson.head.objectives]
    for question in questions:
        if question.objective and question.objective not in keys:
            hint = f"Use one of: {', '.join(keys)}."
            message = f"`{_short(question.id)}` tests `{question.objective}`, no objective here"
            known.add(path, question.line, message, hint, code="dangling")
        slugs = [section.slug for section in lesson.sections]
        if question.section and question.section not in slugs:
            message = (
                f"`{_short(question.id)}` names the section `{question.section}`, there is none"
            )
            known.add(
                path, question.line, message, f"Use one of: {', '.join(slugs)}.", code="dangling"
            )
    tested = {question.objective for question in questions}
    for key in keys:
        if questions and key not in tested:
            known.add(
                lesson.head.path, f"{key}:", f"no question tests `{key}`", code="untested-objective"
            )
    if not 2 <= len(keys) <= 4:
        message = f"there are {len(keys)} objectives; 2 to 4 are meant"
        known.warn(lesson.head.path, "objectives:", message, code="objectives")


def _asks(known: Known, lesson: Lesson, questions: dict[str, Question]) -> None:
    """Questions in the text must be in the quiz, stand once, and grow harder by steps."""
    path, hardest = lesson.head.path, 1
    asked = [
        block.question
        for section in lesson.sections
        for block in flat(section.blocks)
        if isinstance(block, Ask)
    ]
    for name, number in Counter(asked).items():
        at = f"```question {_short(name)}"
        if not questions:
            break
        if name not in questions:
            known.add(path, at, f"the quiz has no question `{_short(name)}`", code="dangling")
            continue
        if number > 1:
            known.add(path, at, f"`{_short(name)}` is asked {number} times", code="duplicate-id")
        level = questions[name].difficulty
        if level > hardest + 1:
            message = (
                f"`{_short(name)}` has difficulty {level}, and the hardest before it {hardest}"
            )
            known.warn(path, at, message, "Ask an easier one first.", code="difficulty-jump")
        hardest = max(hardest, level)


def _short(name: str) -> str:
    return name.partition("#")[2]

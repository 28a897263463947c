"""Test out of a module: at most ten questions, as hard as the answers before allow."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nexus_tui.course.model import LessonHead, Module, Question
from nexus_tui.course.value import value
from nexus_tui.errors import NexusError
from nexus_tui.learner import progress
from nexus_tui.tutor.quiz import Graded, Session

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor

MOST = 10
START, HARD, HARDEST = 2, 3, 4
"""Difficulties: of the first question, of one that shows more than others, of the hardest."""
ENOUGH = 2
"""Points that a lesson must gather at least; see :func:`points`."""
HOPELESS = 3
"""Wrong answers with none right after which the answer is clear."""


@value
class Item:
    """A question that can be asked."""

    question: str
    lesson: str
    objective: str
    difficulty: int
    met: bool


@value
class Outcome:
    """What a test-out found."""

    known: tuple[LessonHead, ...]
    rest: tuple[LessonHead, ...]
    """Lessons worth reading."""


def points(graded: Graded) -> int:
    """What a right answer is worth: two if it was hard and sure, none for a guess."""
    if not graded.verdict.right or graded.confidence == "guess":
        return 0
    sure = graded.confidence in ("sure", "") and not graded.hint
    return 2 if sure and graded.question.difficulty >= HARD else 1


@dataclass
class TestOut(Session):
    """A session that chooses each question when it comes to it."""

    __test__ = False
    module: str = ""
    pool: tuple[Item, ...] = ()
    marked: set[str] = field(default_factory=set)
    """Lessons that this session marked as known."""

    @property
    def current(self) -> str:
        """The question that is up; at the end of those chosen so far, one more is chosen."""
        if self.index >= len(self.questions) and (item := self._choose()):
            self.questions = (*self.questions, item.question)
        return super().current

    @property
    def over(self) -> bool:
        """Nothing more is asked."""
        return self._choose() is None

    def hard(self, question: Question) -> bool:
        """Whether a right, sure answer shows that it was known long before."""
        return question.difficulty >= HARD

    def forget_ahead(self) -> None:
        """An answer was taken back: what was chosen after it is chosen again."""
        self.questions = self.questions[: self.index + 1]

    @property
    def lessons(self) -> tuple[str, ...]:
        """Lessons it can ask about, in order."""
        return tuple(dict.fromkeys(item.lesson for item in self.pool))

    @property
    def level(self) -> int:
        """Difficulty to ask for next: right goes up, wrong goes down, a lucky guess stays."""
        level = START
        for graded in self.results.values():
            if not graded.verdict.right:
                level = max(level - 1, 1)
            elif graded.confidence != "guess":
                level = min(level + 1, HARDEST)
        return level

    def of(self, lesson: str) -> list[Graded]:
        """Answers about a lesson."""
        return [one for one in self.results.values() if one.question.lesson == lesson]

    def known(self, lesson: str) -> bool:
        """Whether its answers justify that it need not be read.

        It takes two points, and more where fewer lessons share the ten questions: up to four,
        over as many objectives. Where a lesson gets three questions or more one of them may be
        wrong, if two points more make up for it.
        """
        given, quota = self.of(lesson), self._quota
        wrong = sum(not graded.verdict.right for graded in given)
        objectives = {item.objective for item in self.pool if item.lesson == lesson}
        met = {graded.question.objective for graded in given if graded.verdict.right}
        return (
            wrong <= self._allowed
            and sum(map(points, given)) >= max(ENOUGH, quota) + 2 * wrong
            and len(met) >= min(quota, len(objectives) - wrong)
        )

    @property
    def _quota(self) -> int:
        return max(min(MOST // max(len(self.lessons), 1), 4), 1)

    @property
    def _allowed(self) -> int:
        return 1 if self._quota >= 3 else 0

    def _failed(self, lesson: str) -> bool:
        return sum(not graded.verdict.right for graded in self.of(lesson)) > self._allowed

    def _choose(self) -> Item | None:
        """The next question: of the lesson least asked about, near the level, on something new."""
        wrong = len(self.missed)
        if len(self.results) >= MOST or (wrong >= HOPELESS and wrong == len(self.results)):
            return None
        asked = {*self.questions[: self.index], *self.results}
        left = [
            (len(self.of(item.lesson)), self._asked(item), abs(item.difficulty - self.level),
             item.met, number, item)
            for number, item in enumerate(self.pool)
            if item.question not in asked
            and not self.known(item.lesson) and not self._failed(item.lesson)
        ]  # fmt: skip
        return min(left, key=lambda row: row[:5])[5] if left else None

    def _asked(self, item: Item) -> int:
        return sum(one.question.objective == item.objective for one in self.of(item.lesson))


class TestOuts:
    """Begins test-outs and keeps what they find."""

    __test__ = False

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor

    def start(self, module: str, seed: int | None = None) -> TestOut:
        """A test-out of a module. Raises NexusError when it has nothing to ask."""
        found = self._tutor.study.find(module)
        if not isinstance(found, Module):
            raise NexusError(f"{found.title} is no module.", "A test-out is of a whole module.")
        pool = self._pool(found)
        if not pool:
            raise NexusError(f"{found.title} has no questions yet.", "Its lessons can be read.")
        made = self._tutor.quiz.session("", (), "test-out", seed)
        title = f"Test out of {found.title}"
        return TestOut(title, "test-out", (), made.seed, module=found.id, pool=pool)

    def _pool(self, module: Module) -> tuple[Item, ...]:
        quizzes = []
        for head in module.lessons:
            try:
                quizzes.append(self._tutor.course.quiz(head.id) if not head.problem else ())
            except NexusError:
                continue  # broken: the linter says so, the others can still be asked
        asked = [question for quiz in quizzes for question in quiz]
        met = {row[0] for row in progress.memories(self._tutor.record, [q.id for q in asked])}
        return tuple(Item(q.id, q.lesson, q.objective, q.difficulty, q.id in met) for q in asked)

    def settle(self, session: TestOut) -> Outcome:
        """Mark what the answers justify; take back what an answer taken back had justified.

        Lessons read already need no mark. Raises NexusError when it could not be saved.
        """
        study = self._tutor.study
        heads = [study.find(lesson) for lesson in session.lessons]
        lessons = [head for head in heads if isinstance(head, LessonHead)]
        known = [head for head in lessons if session.known(head.id)]
        before = study.settled()
        for head in known:
            if head.id not in before:
                study.mark_known(head.id, answers=[g.event for g in session.of(head.id)])
                session.marked.add(head.id)
        for id in sorted(session.marked - {head.id for head in known}):
            study.mark_known(id, on=False)
            session.marked.discard(id)
        return Outcome(tuple(known), tuple(head for head in lessons if head not in known))

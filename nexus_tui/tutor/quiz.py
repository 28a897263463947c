"""Asking: quizzes of a lesson, today's reviews, the steps of a challenge."""

import random
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from nexus_tui.course.model import LessonHead, Option, Question, Response
from nexus_tui.errors import NexusError
from nexus_tui.learner import events, progress, queue, stats
from nexus_tui.tutor.session import Confidence, Context, Graded, Session

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor
    from nexus_tui.tutor.review import Reviews

__all__ = ["Confidence", "Context", "Graded", "Quizmaster", "Session"]

GAIN_DAYS = 7
"""Days after which what a review has gained is told."""


class Quizmaster:
    """Starts sessions, judges and records answers."""

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor
        self._left: dict[str, Session] = {}

    def session(
        self, title: str, questions: tuple[str, ...], context: Context, seed: int | None = None
    ) -> Session:
        """A run through ``questions`` in the order given."""
        return Session(title, context, questions, random.getrandbits(32) if seed is None else seed)

    def of_lesson(self, lesson: str, seed: int | None = None) -> Session:
        """The whole quiz of a lesson, easier questions first; one left in the middle goes on."""
        left = self._left.get(lesson)
        if left is not None and left.results and not left.finished:
            return left
        self._left[lesson] = session = self._whole(lesson, seed)
        return session

    def _whole(self, lesson: str, seed: int | None) -> Session:
        questions = sorted(self._tutor.course.quiz(lesson), key=lambda q: q.difficulty)
        if not questions:
            raise NexusError(
                f"{lesson} has no questions.", "Its quiz file may be broken: nexus-tui check"
            )
        title = self._tutor.course.lesson(lesson).head.title
        return self.session(title, tuple(q.id for q in questions), "lesson", seed)

    def of_challenge(self, id: str, seed: int | None = None) -> Session:
        """The steps of a challenge."""
        challenge = self._tutor.course.challenge(id)
        steps = tuple(step.id for step in challenge.steps)
        return self.session(challenge.head.title, steps, "challenge", seed)

    def due(self) -> tuple[str, ...]:
        """Ids of what is worth reviewing today, in the order to ask; only what the course has."""
        return tuple(item.question for item in self.waiting())

    def waiting(self) -> list[queue.Due]:
        """The same with what is remembered of each."""
        return self.reviews.due()

    @cached_property
    def reviews(self) -> "Reviews":
        """Today's questions and all that belongs to the Review place."""
        from nexus_tui.tutor.review import Reviews

        return Reviews(self._tutor)

    def review(self, limit: int | None = None, seed: int | None = None) -> Session:
        """Today's reviews, or the first of them."""
        session = self.session("Review", self.due()[:limit], "review", seed)
        modules = self._tutor.course.outline().modules.values()
        pairs = {frozenset(pair) for module in modules for pair in module.confusable}
        beside = pairwise(session.questions)
        session.contrasts = frozenset(b for a, b in beside if frozenset((a, b)) in pairs)
        record = self._tutor.record
        session.unaided = progress.recalls(record, session.questions, days=GAIN_DAYS)
        return session

    def gain(self, session: Session) -> tuple[float, float] | None:
        """Of what a review got right: mean recall in a week, had it not been asked, and now."""
        right = (id for id, graded in session.results.items() if graded.verdict.right)
        ids = [id for id in right if id in session.unaided]
        if not ids:
            return None
        after = progress.recalls(self._tutor.record, ids, days=GAIN_DAYS)
        return sum(session.unaided[id] for id in ids) / len(ids), sum(after.values()) / len(ids)

    def forecast(self, days: int = 8) -> list[int]:
        """How many questions fall due today and on each of the days after it."""
        return stats.due_forecast(self._tutor.record, days)

    def question(self, session: Session) -> Question | None:
        """The question that is up; broken ones are passed over and named in the session."""
        while session.current:
            try:
                return self._tutor.course.question(session.current)
            except NexusError as error:
                session.broken[session.current] = str(error)
                session.index += 1
        return None

    def options(self, session: Session, question: Question) -> tuple[Option, ...]:
        """The options as this session shows them."""
        from nexus_tui.course.questions import shown_order

        return shown_order(question, session.seed_of(question.id))

    def answer(
        self,
        session: Session,
        question: Question,
        response: Response,
        *,
        confidence: Confidence = "",
        hint: bool = False,
        ms: int = 0,
        explained: str = "",
    ) -> Graded:
        """Judge and record an answer. When this returns, it is on the disk.

        Raises NexusError when it could not be saved; nothing is half-written then.
        """
        from nexus_tui.course.questions import judge

        verdict = judge(question, response)
        record = self._tutor.record
        card = events.answer(
            record,
            events.Answer(
                question=question.id,
                digest=question.digest,
                chosen=response.chosen,
                text=response.text,
                unknown=response.unknown,
                right=verdict.right,
                share=verdict.share,
                confidence=confidence,
                hint=hint,
                ms=ms,
                context=session.context,
                hard=session.hard(question),
                explained=explained,
            ),
        )
        right, total = stats.sure_record(record)
        graded = Graded(
            question,
            response,
            verdict,
            confidence,
            hint,
            card.due,
            self._returns(card.due) if card.alone else "",
            right,
            total,
            card.event,
            explained,
        )
        session.results.pop(question.id, None)
        session.results[question.id] = graded
        return graded

    def take_back(self, session: Session) -> Graded | None:
        """Undo the newest answer of a session and ask its question again; None: there is none.

        Raises NexusError when that could not be saved; the answer stands then.
        """
        graded = session.last
        if graded is None:
            return None
        self.undo(graded)
        del session.results[graded.question.id]
        session.index = [*map(self._tutor.course.resolve, session.questions)].index(
            graded.question.id
        )
        return graded

    def _returns(self, due: datetime) -> str:
        days = (due.astimezone().date() - self._tutor.record.now().astimezone().date()).days
        if days <= 0:
            return "today"
        return "tomorrow" if days == 1 else f"in {days} days"

    def undo(self, graded: Graded) -> None:
        """Take an answer back, as an event of its own."""
        events.undo(self._tutor.record, graded.event)

    def bury(self, session: Session) -> None:
        """Leave the question that is up for tomorrow. NexusError if that could not be saved."""
        self.reviews.bury(session.current)
        left = (id for id in session.questions if id != session.current)
        session.questions = tuple(left)

    def again(self, session: Session) -> Session:
        """Once more, the missed ones. That is practice: it takes nothing of the day's limit."""
        context: Context = "lesson" if session.context == "review" else session.context
        return self.session(session.title, session.missed, context)

    def lesson_of(self, question: Question) -> LessonHead | None:
        """The lesson a question belongs to; None for a step of a challenge."""
        try:
            head = self._tutor.study.find(question.lesson)
        except NexusError:
            return None
        return head if isinstance(head, LessonHead) else None

    def objective(self, question: Question) -> str:
        """What the question tests, in words; "" when nobody said."""
        head = self.lesson_of(question)
        texts = {objective.key: objective.text for objective in head.objectives} if head else {}
        return texts.get(question.objective, "")

    def recall(self, questions: tuple[str, ...]) -> float:
        """Mean predicted recall of some questions now."""
        found = progress.recalls(self._tutor.record, questions)
        return sum(found.values()) / len(found) if found else 0.0

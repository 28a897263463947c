"""Asking: quizzes of a lesson, today's reviews, the steps of a challenge."""

import random
import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from nexus_tui.course.model import LessonHead, Option, Question, Response, Verdict
from nexus_tui.course.value import value
from nexus_tui.errors import NexusError
from nexus_tui.learner import events, progress, queue, stats

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor

Confidence = Literal["", "guess", "think", "sure"]
Context = Literal["lesson", "challenge", "review", "test-out"]


@value
class Graded:
    """An answer, judged and saved."""

    question: Question
    response: Response
    verdict: Verdict
    confidence: Confidence
    hint: bool
    due: datetime | None
    returns: str
    """When it comes back, in words: "tomorrow", "in 3 days"; "" when it never does by itself."""
    sure_right: int
    sure_total: int
    """Of the last sure answers, how many were right."""
    event: str
    """Id of the event, to undo it."""


@dataclass
class Session:
    """One run through some questions. Nothing here is saved but the answers."""

    title: str
    context: Context
    questions: tuple[str, ...]
    seed: int
    index: int = 0
    results: dict[str, Graded] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    """Questions that could not be read, and why."""

    @property
    def current(self) -> str:
        """Id of the question that is up, or "" at the end."""
        return self.questions[self.index] if self.index < len(self.questions) else ""

    @property
    def missed(self) -> tuple[str, ...]:
        """Questions answered wrong."""
        return tuple(id for id, graded in self.results.items() if not graded.verdict.right)

    @property
    def right(self) -> int:
        """How many were answered right."""
        return len(self.results) - len(self.missed)

    @property
    def last(self) -> Graded | None:
        """The newest answer that was not taken back."""
        return next(reversed(self.results.values()), None)

    @property
    def finished(self) -> bool:
        """Every question was answered, or could not be read."""
        return all(id in self.results or id in self.broken for id in self.questions)

    def seed_of(self, question: str) -> int:
        """Seed of the order in which a question's options are shown in this session."""
        return zlib.crc32(f"{self.seed}:{question}".encode())


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
        cap, known = self._tutor.settings.daily_cap, self._tutor.knowledge.owners()
        items = queue.due(self._tutor.record, limit=cap, known=known.__contains__)
        return tuple(item.question for item in items)

    def review(self, limit: int | None = None, seed: int | None = None) -> Session:
        """Today's reviews, or the first of them."""
        return self.session("Review", self.due()[:limit], "review", seed)

    @property
    def met(self) -> int:
        """How many questions were ever answered."""
        return stats.totals(self._tutor.record).questions

    def forecast(self, days: int = 8) -> list[int]:
        """How many questions fall due today and on each of the days after it."""
        return stats.due_forecast(self._tutor.record, days)

    def away(self, most: int = 60) -> int:
        """Days since something was answered, ``most`` if that is longer ago; 0 if never."""
        record = self._tutor.record
        if not stats.totals(record).answers:
            return 0
        days = stats.days(record, record.today() - timedelta(days=most))
        return next((ago for ago, day in enumerate(reversed(days)) if day.answers), most)

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

    def again(self, session: Session) -> Session:
        """Once more, the missed ones."""
        return self.session(session.title, session.missed, session.context)

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

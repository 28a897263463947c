"""A run through some questions, and what came of each answer."""

import zlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from nexus_tui.course.model import Question, Response, Verdict
from nexus_tui.course.value import value

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
    explained: str = ""
    """The learner's own line, written before the options were shown."""


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
    contrasts: frozenset[str] = frozenset()
    """Questions easily confused with the one before them."""
    unaided: dict[str, float] = field(default_factory=dict)
    """Of a review: recall of each question in a week, had it not been asked."""

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

    def hard(self, question: Question) -> bool:
        """Whether a right answer shows more than usual: only a test-out can tell."""
        return False

    def seed_of(self, question: str) -> int:
        """Seed of the order in which a question's options are shown in this session."""
        return zlib.crc32(f"{self.seed}:{question}".encode())

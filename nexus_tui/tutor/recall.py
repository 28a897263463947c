"""What is known, down to the questions behind a number. Reads only the lesson asked for."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from nexus_tui.course.model import Inline, LabHead, LessonHead, Module, Question
from nexus_tui.course.value import value
from nexus_tui.errors import NexusError
from nexus_tui.learner import events, memory, progress, stats
from nexus_tui.learner.memory import Card
from nexus_tui.learner.progress import LabState
from nexus_tui.learner.stats import Tally
from nexus_tui.tutor.knowledge import AHEAD, Recall

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor
    from nexus_tui.tutor.quiz import Session

SURE = {"guess": "a guess", "think": "think so", "sure": "sure"}
"""How each confidence is said."""


@value
class Memory:
    """What is remembered of a question that was met."""

    now: float
    later: float
    """Chance to answer it right in 30 days if nothing is done."""
    ago: int
    """Days since it was last answered."""
    back: int | None
    """Days until it comes back, below 0 when that is past; None: it never does by itself."""
    due: date | None
    tally: Tally


@value
class QuestionRecall:
    """A question. It has no prompt until it was met: nobody should read a question beforehand."""

    id: str
    prompt: Inline | None = None
    memory: Memory | None = None


@value
class ObjectiveRecall:
    """Something to be able to do, and the questions that test it."""

    key: str
    text: str
    recall: Recall
    questions: tuple[QuestionRecall, ...]


@value
class LessonRecall:
    """A lesson, its objectives and its labs."""

    head: LessonHead
    recall: Recall
    objectives: tuple[ObjectiveRecall, ...]
    labs: tuple[tuple[LabHead, LabState], ...]

    @property
    def questions(self) -> tuple[QuestionRecall, ...]:
        """All its questions, by objective."""
        return tuple(q for objective in self.objectives for q in objective.questions)


@value
class ModuleRecall:
    """A module, its lessons and its labs."""

    module: Module
    recall: Recall
    lessons: tuple[tuple[LessonHead, Recall], ...]
    labs: tuple[tuple[LabHead, LabState], ...]


def of_module(tutor: "Tutor", id: str) -> ModuleRecall:
    """What is known of a module. Raises NexusError when there is none of that id."""
    module = tutor.study.module_of(id)
    known = tutor.knowledge.map()
    lessons = tuple((head, known.get(head.id, Recall())) for head in module.lessons)
    return ModuleRecall(module, known.get(module.id, Recall()), lessons, _labs(tutor, module.labs))


def of_lesson(tutor: "Tutor", id: str) -> LessonRecall:
    """What is known of a lesson. Raises NexusError when it or its quiz cannot be read."""
    module = tutor.study.module_of(id)
    questions = tutor.course.quiz(id)
    head = next(head for head in module.lessons if head.id == id)
    if head.problem:
        raise NexusError(f"{head.title or id} cannot be read.", head.problem)
    read = _memories(tutor, [question.id for question in questions])
    labs = [lab for lab in module.labs if lab.lesson == id]
    recall = tutor.knowledge.map().get(id, Recall())
    return LessonRecall(head, recall, _objectives(head, questions, read), _labs(tutor, labs))


def session(tutor: "Tutor", title: str, questions: Iterable[QuestionRecall]) -> "Session | None":
    """Ask those that were met, the least remembered first; None when none was.

    They count as answers of a lesson: what one asks for oneself takes nothing from the day's
    reviews.
    """
    met = [(q.memory.now, q.id) for q in questions if q.memory]
    if not met:
        return None
    return tutor.quiz.session(title, tuple(id for _, id in sorted(met)), "lesson")


def _labs(tutor: "Tutor", heads: Iterable[LabHead]) -> tuple[tuple[LabHead, LabState], ...]:
    found = [*heads]
    states = progress.lab_states(tutor.record) if found else {}
    return tuple((head, states.get(head.id, LabState())) for head in found)


def _objectives(
    head: LessonHead, questions: tuple[Question, ...], read: dict[str, Memory]
) -> tuple[ObjectiveRecall, ...]:
    texts = {objective.key: objective.text for objective in head.objectives}
    texts |= {q.objective: q.objective for q in questions if q.objective not in texts}
    made = []
    for key, text in texts.items():
        there = tuple(_question(q, read.get(q.id)) for q in questions if q.objective == key)
        made.append(ObjectiveRecall(key, text, _mean(there), there))
    return tuple(made)


def _question(question: Question, memory: Memory | None) -> QuestionRecall:
    return QuestionRecall(question.id, question.prompt if memory else None, memory)


def _mean(questions: tuple[QuestionRecall, ...]) -> Recall:
    """As a lesson's: those not met count as not known."""
    met = [q.memory for q in questions if q.memory]
    total = len(questions) or 1
    now, later = sum(m.now for m in met) / total, sum(m.later for m in met) / total
    return Recall(now, later, len(met), len(questions))


def _memories(tutor: "Tutor", questions: list[str]) -> dict[str, Memory]:
    tallies = stats.tallies(tutor.record, questions)
    cards = {id: events.card(tutor.record, id) for id in tallies}
    return {id: _memory(tutor, card, tallies[id]) for id, card in cards.items() if card}


def _memory(tutor: "Tutor", card: Card, tally: Tally) -> Memory:
    record = tutor.record
    today, days = record.today(), max(0, (record.now() - card.last).days)
    due = record.local(card.due).date() if card.alone else None
    return Memory(
        now=memory.retention(days, card.stability),
        later=memory.retention(days + AHEAD, card.stability),
        ago=max((today - record.local(card.last).date()).days, 0),
        back=(due - today).days if due else None,
        due=due,
        tally=tally,
    )


def returns(memory: Memory) -> str:
    """When it comes back, in words."""
    if memory.back is None:
        return "asked in its challenge only"
    if memory.back <= 0:
        return "due today"
    return "comes back tomorrow" if memory.back == 1 else f"comes back in {memory.back} days"


def last(memory: Memory) -> str:
    """How and when it was last answered, in words."""
    tally = memory.tally
    how = "right" if tally.last_right else "not known" if tally.last_unknown else "wrong"
    said = "" if tally.last_unknown else SURE.get(tally.last_confidence, "")
    return f"{how} {ago(memory.ago)}{said and f', said {said}'}"


def ago(days: int) -> str:
    """How long ago, in words."""
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def often(memory: Memory) -> str:
    """How often right, in words."""
    return f"right {memory.tally.right} of {memory.tally.answers}"

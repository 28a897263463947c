"""Lessons: opening them, keeping the place, knowing which come next."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from nexus_tui.course.model import ChallengeHead, LabHead, Lesson, LessonHead, Module, Term
from nexus_tui.course.value import value
from nexus_tui.errors import NexusError
from nexus_tui.learner import events, progress

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor


PLACES = ("today", "learn", "labs", "review", "progress", "journal")
"""Places one can name on the command line; the faces have them all."""


@value
class Position:
    """Where a reader was: section from 0, scroll as a share of the page, 0 to 1."""

    section: int = 0
    scroll: float = 0.0


def _suggest(name: str, known: list[str]) -> str:
    """What was meant, where that can be told; else what there is."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    return f"Did you mean {near[0]}?" if near else "There are: " + ", ".join(known)


class Study:
    """What the Learn place does."""

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor

    def module_of(self, id: str) -> Module:
        """The module that a lesson, lab, challenge or module id belongs to."""
        outline = self._tutor.course.outline()
        name = id.partition("#")[0].partition("/")[0]
        if name not in outline.modules:
            known = [*PLACES, *outline.modules]
            raise NexusError(f"There is no {name!r} in this course.", _suggest(name, known))
        return outline.modules[name]

    def find(self, id: str) -> Module | LessonHead | LabHead | ChallengeHead:
        """What an id names. Raises NexusError for an unknown one, naming what there is."""
        id = self._tutor.course.outline().retired.get(id, id)
        module = self.module_of(id)
        if id == module.id:
            return module
        for head in module.heads:
            if head.id == id:
                return head
        raise NexusError(
            f"There is no {id!r} in this course.", _suggest(id, [h.id for h in module.heads])
        )

    def lessons(self) -> list[LessonHead]:
        """Every lesson in the order of the course."""
        outline = self._tutor.course.outline()
        return [
            head
            for group in outline.groups
            for name in group.modules
            if name in outline.modules
            for head in outline.modules[name].lessons
        ]

    def open(self, id: str) -> Lesson:
        """Read a lesson. Raises NexusError when its file is broken."""
        return self._tutor.course.lesson(id)

    def section_of(self, question: str) -> int:
        """The section of its lesson to read again for a question, from 0.

        The one the question names; else where it is asked, unless that is at the lesson's end;
        else where another question of the same objective is asked.
        """
        course = self._tutor.course
        found = course.question(question)
        sections = course.lesson(found.lesson).sections
        for at, section in enumerate(sections):
            if found.section and section.slug == found.section:
                return at
        asked = {id: at for at, section in enumerate(sections) for id in section.asks}
        last = max(asked.values(), default=0)
        if asked.get(found.id, last) < last:
            return asked[found.id]
        same = [id for id in asked if asked[id] < last]
        alike = [id for id in same if course.question(id).objective == found.objective]
        return min([asked[id] for id in alike], default=0)

    def position(self, id: str) -> Position:
        """Where this lesson was left."""
        state = progress.lesson_state(self._tutor.record, id)
        return Position(state.section, state.scroll / 1000) if state else Position()

    def keep_position(self, id: str, position: Position) -> None:
        """Remember the place; written only when it changed."""
        thousandths = round(position.scroll * 1000)
        kept = progress.lesson_state(self._tutor.record, id)
        if kept is None or (kept.section, kept.scroll) != (position.section, thousandths):
            payload = {"section": position.section, "scroll": thousandths}
            events.append(self._tutor.record, "position", id, payload)

    def read(self, lesson: Lesson, section: int) -> None:
        """A section was read to its end; the last one finishes the lesson."""
        record, id = self._tutor.record, lesson.head.id
        state = progress.lesson_state(record, id)
        if state is None or section not in state.sections_read:
            events.append(record, "section_read", id, {"section": section}, digest=lesson.digest)
            state = progress.lesson_state(record, id) or state
        if state and not state.done and len(state.sections_read) >= len(lesson.sections):
            events.append(record, "lesson_done", id, {}, digest=lesson.digest)

    def sections_read(self, id: str) -> frozenset[int]:
        """Sections of a lesson read so far."""
        state = progress.lesson_state(self._tutor.record, id)
        return state.sections_read if state else frozenset()

    def after(
        self, id: str, passed_by: Collection[str] = ()
    ) -> LessonHead | LabHead | ChallengeHead | None:
        """What comes after a lesson: its lab, unless one went past it; else the next lesson."""
        module = self.module_of(id)
        passed = progress.labs_passed(self._tutor.record)
        for lab in module.labs:
            if lab.lesson == id and not lab.problem and lab.id not in passed.union(passed_by):
                return lab
        heads = [head for head in self.lessons() if not head.problem]
        ids = [head.id for head in heads]
        following = heads[ids.index(id) + 1 :] if id in ids else heads
        known = self.known()
        return next((head for head in following if head.id not in known), None)

    def objectives_met(self, head: LessonHead) -> dict[str, bool]:
        """Objectives whose questions one would still answer, by key."""
        try:
            quiz = self._tutor.course.quiz(head.id)
        except NexusError:
            return {}
        recalls = progress.recalls(self._tutor.record, [q.id for q in quiz])
        able: dict[str, bool] = {}
        for objective in head.objectives:
            values = [recalls.get(q.id, 0.0) for q in quiz if q.objective == objective.key]
            able[objective.key] = bool(values) and sum(values) / len(values) >= 0.6
        return able

    def done(self) -> set[str]:
        """Lessons read to the end."""
        return progress.lessons_done(self._tutor.record)

    def known(self) -> set[str]:
        """Lessons not read that a test-out found known."""
        found = progress.lessons_known(self._tutor.record)
        return found.keys() - self.done() if found else set()

    def settled(self) -> set[str]:
        """Lessons that need not be read: read already, or known."""
        return self.done() | self.known()

    def mark_known(self, id: str, *, on: bool = True, answers: Collection[str] = ()) -> None:
        """Mark a lesson as known, for the events that show it; or take the mark back."""
        payload = {"on": True, "answers": [*answers]} if on else {"on": False}
        events.append(self._tutor.record, "known", id, payload)

    def last(self) -> str:
        """The lesson opened last, if it is still in the course; else ""."""
        last = progress.last_lesson(self._tutor.record)
        return last if last and any(head.id == last for head in self.lessons()) else ""

    def term(self, word: str) -> Term | None:
        """The glossary's entry for a word, however it is written, also in the plural."""
        return self._tutor.glossary.find(word)

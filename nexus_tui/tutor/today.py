"""What is worth doing now: the three cards of the first screen, the map, the last weeks."""

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from nexus_tui.course.model import Group, LabHead, LessonHead, Module
from nexus_tui.course.value import value
from nexus_tui.learner import progress, stats
from nexus_tui.learner.stats import DayCount, Totals
from nexus_tui.tutor.knowledge import Recall

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor

SECONDS_A_QUESTION = 20


@value
class LessonCard:
    """The lesson to go on with, or to begin."""

    head: LessonHead
    module: Module
    number: int
    """Its place in the module, from 1."""
    read: int
    """Sections read."""
    reason: str
    """Why this one."""

    @property
    def minutes_left(self) -> int:
        """Minutes for the sections not yet read, at least one."""
        total = max(len(self.head.sections), 1)
        return max(round(self.head.minutes * (total - self.read) / total), 1)


@value
class ReviewCard:
    """What is due."""

    count: int
    recall: float
    modules: tuple[tuple[str, int], ...]
    """Titles of modules and how many of each, most first."""

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return max(round(self.count * SECONDS_A_QUESTION / 60), 1)


@value
class LabCard:
    """A lab begun, or one worth beginning."""

    head: LabHead
    module: Module
    checks: tuple[str, ...]
    """Status of each check when it ran last; empty when it never ran."""


@value
class View:
    """All that Today shows."""

    lesson: LessonCard | None
    review: ReviewCard
    lab: LabCard | None
    groups: tuple[Group, ...]
    modules: dict[str, Module]
    recall: dict[str, Recall]
    days: tuple[DayCount, ...]
    totals: Totals
    streak: int

    @property
    def worth(self) -> int:
        """How many things are worth doing now."""
        return sum((self.lesson is not None, self.review.count > 0, self.lab is not None))


class Today:
    """Makes the view; one read of the record for all of it."""

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor

    def view(self, weeks: int = 24) -> View:
        """Everything the first screen shows."""
        tutor = self._tutor
        outline = tutor.course.outline()
        here = tutor.record.now().astimezone().date()
        since = here - timedelta(days=here.weekday() + 7 * (weeks - 1))
        return View(
            lesson=self.lesson(),
            review=self.review(),
            lab=self.lab(),
            groups=outline.groups,
            modules=dict(outline.modules),
            recall=tutor.knowledge.map(),
            days=tuple(stats.days(tutor.record, since)),
            totals=stats.totals(tutor.record),
            streak=stats.streak(tutor.record),
        )

    @property
    def date(self) -> date:
        """Today, where the learner is."""
        return self._tutor.record.now().astimezone().date()

    def lesson(self) -> LessonCard | None:
        """The lesson left in the middle; else the first not read whose needs are; else any."""
        study = self._tutor.study
        done, last = study.done(), study.last()
        heads = [head for head in study.lessons() if not head.problem]
        if last and last not in done:
            found = next((head for head in heads if head.id == last), None)
            if found:
                return self._card(found, "You stopped here.")
        open_ones = [head for head in heads if head.id not in done]
        ready = [head for head in open_ones if self._ready(head, done)]
        chosen = next(iter(ready or open_ones), None)
        return (
            self._card(chosen, "Next in the course." if done else "A good place to begin.")
            if chosen
            else None
        )

    def _ready(self, head: LessonHead, done: set[str]) -> bool:
        outline = self._tutor.course.outline()
        needs = [*head.needs, *self._tutor.study.module_of(head.id).needs]
        for need in needs:
            module = outline.modules.get(need.id)
            wanted = [h.id for h in module.lessons] if module else [need.id]
            if not done.issuperset(wanted):
                return False
        return True

    def _card(self, head: LessonHead, reason: str) -> LessonCard:
        module = self._tutor.study.module_of(head.id)
        number = [h.id for h in module.lessons].index(head.id) + 1
        return LessonCard(
            head, module, number, len(self._tutor.study.sections_read(head.id)), reason
        )

    def review(self) -> ReviewCard:
        """What is due today."""
        due = self._tutor.quiz.due()
        titles = Counter(self._tutor.study.module_of(id).title for id in due)
        return ReviewCard(len(due), self._tutor.quiz.recall(due), tuple(titles.most_common()))

    def lab(self) -> LabCard | None:
        """The lab begun last and not passed; else one of a lesson read; else none."""
        states = progress.lab_states(self._tutor.record, unpassed=True)
        passed = progress.labs_passed(self._tutor.record)
        done = self._tutor.study.done()
        heads = [
            (head, module)
            for module in self._tutor.course.outline().modules.values()
            for head in module.labs
            if not head.problem
        ]
        begun = [
            (states[head.id].last, head, module) for head, module in heads if head.id in states
        ]
        if begun:
            _, head, module = max(begun, key=lambda row: (row[0] is not None, row[0]))
            return LabCard(head, module, tuple(states[head.id].checks.values()))
        for head, module in heads:
            if head.lesson in done and head.id not in passed:
                return LabCard(head, module, ())
        return None

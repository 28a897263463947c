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
    from nexus_tui.tutor.next import Next
    from nexus_tui.tutor.paths import Choices, Route

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
    ago: int = -1
    """Days since it was left in the middle, -1 when it was not."""

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
    sure: int = 0
    """Of these, how many one was sure and wrong about."""

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
    next: "Next"
    route: "Route | None" = None
    """The path chosen, or the whole course when there is only a day to be through by."""
    fresh: bool = False
    """Nothing was ever done, and the first screens were not seen."""

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
        totals, choices = stats.totals(tutor.record), tutor.paths.choices()
        route = self._route(choices)
        lesson, review, lab = self._lesson(route), self.review(), self.lab()
        return View(
            lesson=lesson,
            review=review,
            lab=lab,
            groups=outline.groups,
            modules=dict(outline.modules),
            recall=tutor.knowledge.map(),
            days=tuple(stats.days(tutor.record, since)),
            totals=totals,
            streak=stats.streak(tutor.record),
            next=self._next(lesson, review, lab, route),
            route=route,
            fresh=not (choices.welcomed or totals.answers or tutor.study.last()),
        )

    @property
    def date(self) -> date:
        """Today, where the learner is."""
        return self._tutor.record.now().astimezone().date()

    def next(self) -> "Next":
        """The one thing to do now, and why."""
        route = self._route(self._tutor.paths.choices())
        return self._next(self._lesson(route), self.review(), self.lab(), route)

    def _route(self, choices: "Choices") -> "Route | None":
        followed = choices.path or choices.goal
        return self._tutor.paths.route(choices=choices) if followed else None

    def _next(
        self,
        lesson: LessonCard | None,
        review: ReviewCard,
        lab: LabCard | None,
        route: "Route | None",
    ) -> "Next":
        from nexus_tui.tutor import next as choosing

        faded: tuple[str, ...] = ()
        test_out = None
        ahead = route.next if route else None
        if lesson and lesson.ago < 0 and (ahead is None or ahead.id == lesson.head.id):
            faded = choosing.faded(self._tutor, lesson.head)
            if lesson.number == 1 and choosing.worth_testing(self._tutor, lesson.module):
                test_out = lesson.module
        return choosing.choose(choosing.Situation(lesson, review, lab, route, faded, test_out))

    def lesson(self) -> LessonCard | None:
        """The lesson left in the middle; else the next on the path; else the first to read.

        That is the first whose needs are read or known; where there is none, any.
        """
        return self._lesson(self._route(self._tutor.paths.choices()))

    def _lesson(self, route: "Route | None") -> LessonCard | None:
        study = self._tutor.study
        done, last = study.settled(), study.last()
        heads = [head for head in study.lessons() if not head.problem]
        if last and last not in done:
            found = next((head for head in heads if head.id == last), None)
            if found:
                return self._card(found, "You stopped here.", self._ago(last))
        on_path = [step.id for step in route.steps if step.open] if route else []
        if found := next((h for id in on_path for h in heads if h.id == id), None):
            return self._card(found, "Next on your path.")
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

    def _ago(self, id: str) -> int:
        state = progress.lesson_state(self._tutor.record, id)
        if state is None or state.last is None:
            return 0
        return max((self.date - state.last.astimezone().date()).days, 0)

    def _card(self, head: LessonHead, reason: str, ago: int = -1) -> LessonCard:
        module = self._tutor.study.module_of(head.id)
        number = [h.id for h in module.lessons].index(head.id) + 1
        return LessonCard(
            head, module, number, len(self._tutor.study.sections_read(head.id)), reason, ago
        )

    def review(self) -> ReviewCard:
        """What is due today."""
        waiting = self._tutor.quiz.waiting()
        due = tuple(item.question for item in waiting)
        titles = Counter(self._tutor.study.module_of(id).title for id in due)
        sure = sum(item.sure_wrong for item in waiting)
        recall = self._tutor.quiz.recall(due)
        return ReviewCard(len(due), recall, tuple(titles.most_common()), sure)

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

"""What to do next: one thing, and why that."""

from typing import TYPE_CHECKING, Literal

from nexus_tui.course.model import LessonHead, Module
from nexus_tui.course.value import value
from nexus_tui.learner import progress
from nexus_tui.tutor.dates import spoken

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor
    from nexus_tui.tutor.paths import Route
    from nexus_tui.tutor.quiz import Session
    from nexus_tui.tutor.steps import Step
    from nexus_tui.tutor.today import LabCard, LessonCard, ReviewCard

Kind = Literal[
    "lesson", "review", "lab", "challenge", "refresh", "test-out", "fork", "paths", "rest"
]
FADED = 0.6
"""Recall of what was met below which it no longer carries what is built on it."""
MANY, SHAKY = 10, 0.8
"""Reviews come before anything new from this many on, or when this little would be recalled."""
REFRESH = 3
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@value
class Next:
    """The one recommendation."""

    kind: Kind
    id: str
    """What to open; "" for reviews and when there is nothing."""
    title: str
    reason: str
    minutes: int = 0


@value
class Situation:
    """All that the choice is made from."""

    lesson: "LessonCard | None"
    review: "ReviewCard"
    lab: "LabCard | None"
    route: "Route | None" = None
    """The chosen path; None when there is neither path nor goal."""
    faded: tuple[str, ...] = ()
    """Lessons that the next one builds on, met and half forgotten."""
    test_out: Module | None = None
    """The next module, when there is reason to think that it is known."""


def choose(now: Situation) -> Next:
    """Weigh what waits.

    First what was interrupted a moment ago, then what one was sure and wrong about, then a path
    that is behind its day, then reviews that press. After these what lies open: an older lesson,
    a lab, the few reviews left. Something new comes last, and before it what it builds on.
    """
    weighed = (
        _interrupted(now), _mend(now), _behind(now), _pressing(now), _left(now), _lab(now),
        _reviews(now), _refresh(now), _test_out(now), _step(now), _lesson(now),
    )  # fmt: skip
    nothing = Next("rest", "", "Nothing is waiting", "What you know comes back when it must.")
    return next((found for found in weighed if found), nothing)


def _interrupted(now: Situation) -> Next | None:
    card = now.lesson
    if card is None or not 0 <= card.ago <= 1:
        return None
    when = "yesterday" if card.ago else "today"
    return Next("lesson", card.head.id, card.head.title, f"You stopped here {when}.",
                card.minutes_left)  # fmt: skip


def _mend(now: Situation) -> Next | None:
    number = now.review.sure
    if not number:
        return None
    what = "a question" if number == 1 else f"{_number(number)} questions"
    return Next("review", "", "Review", f"You were sure of {what}, and wrong: mend that first.",
                now.review.minutes)  # fmt: skip


def _behind(now: Situation) -> Next | None:
    plan = now.route.plan if now.route else None
    step = now.route.next if now.route else None
    if plan is None or step is None or not plan.behind or not plan.days or now.faded:
        return None
    many = "one step" if plan.behind == 1 else f"{_number(plan.behind)} steps"
    return _open(step, f"Your path is {many} behind its day.")


def _pressing(now: Situation) -> Next | None:
    card = now.review
    if not card.count or (card.count < MANY and card.recall >= SHAKY):
        return None
    return Next("review", "", "Review", f"{_due(card.count)}; you would know {card.recall:.0%}.",
                card.minutes)  # fmt: skip


def _left(now: Situation) -> Next | None:
    card = now.lesson
    if card is None or card.ago < 0:
        return None
    return Next("lesson", card.head.id, card.head.title, "You stopped here.", card.minutes_left)


def _lab(now: Situation) -> Next | None:
    card = now.lab
    if card is None or not card.checks:
        return None
    left = sum(status != "pass" for status in card.checks)
    checks = "one check is" if left == 1 else f"{_number(left)} checks are"
    return Next("lab", card.head.id, card.head.title, f"It is begun; {checks} left.",
                card.head.minutes)  # fmt: skip


def _reviews(now: Situation) -> Next | None:
    card = now.review
    return (
        Next("review", "", "Review", f"{_due(card.count)}, before anything new.", card.minutes)
        if card.count
        else None
    )


def _refresh(now: Situation) -> Next | None:
    if not now.faded or now.lesson is None:
        return None
    number = len(now.faded)
    things = "a thing this builds on has" if number == 1 else (
        f"{_number(number)} things this builds on have"
    )  # fmt: skip
    reason = f"{things} faded: three questions, one minute."
    return Next("refresh", now.lesson.head.id, f"Before {now.lesson.head.title}",
                reason[0].upper() + reason[1:], 1)  # fmt: skip


def _test_out(now: Situation) -> Next | None:
    module = now.test_out
    if module is None:
        return None
    reason = "You knew what you tested last: ten questions may spare you this module."
    return Next("test-out", module.id, f"Test out of {module.title}", reason, 4)


def _step(now: Situation) -> Next | None:
    step = now.route.next if now.route else None
    if now.route is None or step is None:
        return None
    return _open(step, _on_path(now.route))


def _lesson(now: Situation) -> Next | None:
    card = now.lesson
    if card is None:
        return None
    return Next("lesson", card.head.id, card.head.title, card.reason, card.minutes_left)


def _on_path(route: "Route") -> str:
    if route.plan and route.plan.days:
        plan = route.plan
        return f"{plan.a_day} a day, to be through by {spoken(plan.goal.day, plan.today)}."
    return f"Next on your path: {route.done} of {route.total} done."


def _open(step: "Step", reason: str) -> Next:
    if step.kind == "fork":
        return Next("fork", step.id, step.title, "Your path asks, and goes on as you answer.")
    assert step.kind != "to come"
    return Next(step.kind, step.id, step.title, reason, step.minutes)


def _due(count: int) -> str:
    return "A question is due" if count == 1 else f"{count} questions are due"


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


# What the choice is made from


def faded(tutor: "Tutor", head: LessonHead) -> tuple[str, ...]:
    """Lessons that ``head`` builds on, met once and now half forgotten."""
    outline, recall = tutor.course.outline(), tutor.knowledge.map()
    found: dict[str, None] = {}
    for need in (*head.needs, *tutor.study.module_of(head.id).needs):
        module = outline.modules.get(need.id)
        for id in [h.id for h in module.lessons] if module else [need.id]:
            known = recall.get(id)
            # The map counts what was never met as nothing; here only what was met can fade.
            if known and known.met and known.now * known.total / known.met < FADED:
                found[id] = None
    return tuple(found)


def refresh(tutor: "Tutor", lesson: str) -> "Session":
    """The few questions to ask before a lesson: the least remembered of what it builds on."""
    found = tutor.study.find(lesson)
    assert isinstance(found, LessonHead)
    owners = set(faded(tutor, found))
    wanted = [question for question, owner in tutor.knowledge.owners().items() if owner in owners]
    met = {row[0] for row in progress.memories(tutor.record, wanted)}
    recall = progress.recalls(tutor.record, [question for question in wanted if question in met])
    least = sorted(recall, key=lambda question: (recall[question], question))[:REFRESH]
    return tutor.quiz.session(f"Before {found.title}", tuple(least), "review")


def worth_testing(tutor: "Tutor", module: Module) -> bool:
    """Whether a module not begun may be known: the last thing tested out of was."""
    if not any(head.questions for head in module.lessons) or not tutor.study.known():
        return False
    begun = tutor.study.settled() & {head.id for head in module.lessons}
    return not begun and not tutor.knowledge.map()[module.id].met

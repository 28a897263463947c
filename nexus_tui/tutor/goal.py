"""A day to be ready by, and the plan that counts back from it."""

from collections.abc import Sequence
from datetime import date
from math import ceil

from nexus_tui.course.value import value
from nexus_tui.tutor.steps import Step

ENOUGH = 60
"""Minutes a day beyond which something should be left out."""
_LESS = {"challenge": 0, "lab": 1, "lesson": 2}
"""What can be missed first."""


@value
class Goal:
    """What the learner said: be through by ``day``; and how much was left when they said it."""

    day: date
    what: str = ""
    since: date = date.min
    left: int = 0


@value
class Plan:
    """How the rest of a path spreads over the days that are left."""

    goal: Goal
    today: date
    days: int
    """Days to learn on: from today to the day before; 0 when the day has come."""
    left: int
    """Steps left that exist."""
    minutes: int
    """Minutes they take."""
    behind: int
    """Steps more are left than should be by now."""
    leave_out: tuple[Step, ...] = ()
    """What to leave out so that a day takes an hour at most."""

    @property
    def a_day(self) -> int:
        """Steps a day from now on."""
        return ceil(self.left / max(self.days, 1))

    @property
    def minutes_a_day(self) -> int:
        """Minutes a day from now on."""
        return ceil(self.minutes / max(self.days, 1))


def plan(goal: Goal, steps: Sequence[Step], today: date) -> Plan:
    """Count back from the goal over the steps that are left."""
    left = [step for step in steps if step.open]
    days = max((goal.day - today).days, 0)
    minutes = sum(step.minutes for step in left)
    return Plan(
        goal,
        today,
        days,
        len(left),
        minutes,
        _behind(goal, len(left), today),
        _leave_out(left, days),
    )


def _behind(goal: Goal, left: int, today: date) -> int:
    """How many more are left than on a straight line from the day the goal was set."""
    total = max((goal.day - goal.since).days, 1)
    gone = min(max((today - goal.since).days, 0), total)
    return max(left - ceil(goal.left * (1 - gone / total)), 0)


def _leave_out(left: Sequence[Step], days: int) -> tuple[Step, ...]:
    """Challenges, labs, then lessons that nothing left builds on; the last of each kind first."""
    over = sum(step.minutes for step in left) - ENOUGH * max(days, 1)
    needed = {need for step in left for need in step.needs}
    spare = [s for s in left if s.kind in _LESS and s.id not in needed and not s.begun]
    out: list[Step] = []
    places = {step.id: number for number, step in enumerate(spare)}
    for step in sorted(spare, key=lambda step: (_LESS[step.kind], -places[step.id])):
        if over <= 0:
            break
        out.append(step)
        over -= step.minutes
    return tuple(out)

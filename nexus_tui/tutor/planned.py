"""A path and its plan in words: the same on the screen and line by line."""

from typing import TYPE_CHECKING

from nexus_tui.tutor.dates import spoken
from nexus_tui.tutor.goal import ENOUGH, Plan

if TYPE_CHECKING:
    from nexus_tui.tutor.paths import Route

FEW = 3
"""Titles named before the rest are counted."""


def progress(route: "Route") -> str:
    """How far: "3 of 11 done, 5 to come"."""
    done = f"{route.done} of {route.total} done"
    return f"{done}, {route.to_come} to come" if route.to_come else done


def short(route: "Route") -> str:
    """One line for the first screen."""
    told = f"{route.path.title} {route.done}/{route.total}"
    plan = route.plan
    if plan is None or not plan.left:
        return told
    day = spoken(plan.goal.day, plan.today)
    if not plan.days:
        return f"{told} · {day} is here"
    late = f", {plan.behind} behind" if plan.behind else ""
    often = f"{plan.a_day} a day" if plan.left >= plan.days else f"{plan.left} left"
    return f"{told} · {often} until {day}{late}"


def sentences(plan: Plan) -> list[str]:
    """The plan: how much a day, whether that is on track, what to leave out."""
    day = spoken(plan.goal.day, plan.today)
    what = f"{plan.goal.what}: {day}" if plan.goal.what else f"By {day}"
    if not plan.left:
        return [f"{what}. All that exists of this path is done."]
    if not plan.days:
        return [f"{what}. The day has come, with {_steps(plan.left)} left. Choose another day."]
    days = "a day" if plan.days == 1 else f"{plan.days} days"
    told = [f"{what}. {_steps(plan.left)} in {days}: {pace(plan)}. {_track(plan)}"]
    if plan.leave_out:
        told.append(f"A day would take more than {ENOUGH} minutes. Leave out {_named(plan)}.")
    return told


def pace(plan: Plan) -> str:
    """Steps a day and their minutes; where there are fewer steps than days, days a step."""
    if plan.left < plan.days:
        every = plan.days // plan.left
        often = "one a day" if every == 1 else f"one every {every} days"
        return f"{often}, {plan.minutes} minutes in all"
    return f"{plan.a_day} a day, about {plan.minutes_a_day} minutes a day"


def _track(plan: Plan) -> str:
    return f"You are {_steps(plan.behind)} behind." if plan.behind else "You are on track."


def _steps(number: int) -> str:
    return "1 step" if number == 1 else f"{number} steps"


def _named(plan: Plan) -> str:
    titles = [step.title for step in plan.leave_out]
    more = len(titles) - FEW
    if more > 0:
        return f"{', '.join(titles[:FEW])} and {more} more"
    return " and ".join(part for part in (", ".join(titles[:-1]), titles[-1]) if part)

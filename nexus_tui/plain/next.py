"""What to do next, and the learning paths, as text."""

import json
from typing import TYPE_CHECKING

from nexus_tui.launch import course_folder
from nexus_tui.plain.lines import say
from nexus_tui.tutor import Tutor, planned
from nexus_tui.tutor.dates import read_day

if TYPE_CHECKING:
    from nexus_tui.tutor.next import Next
    from nexus_tui.tutor.paths import Route
    from nexus_tui.tutor.steps import Step


def run(course: str | None, *, as_json: bool = False) -> None:
    """Say the one thing to do now, its reason and how to begin."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        wanted = tutor.today.next()
        choices = tutor.paths.choices()
        route = tutor.paths.route(choices=choices) if choices.path or choices.goal else None
        if as_json:
            print(json.dumps(_data(wanted, route), indent=1))
            return
        minutes = f" About {wanted.minutes} min." if wanted.minutes else ""
        say(f"{wanted.title}\n{wanted.reason}{minutes}")
        say(_how(wanted))
        if route:
            say(f"\n{route.path.title}: {planned.progress(route)}.")
            for sentence in planned.sentences(route.plan) if route.plan else ():
                say(sentence)
    finally:
        tutor.close()


def _how(wanted: "Next") -> str:
    """The command that does it."""
    commands = {
        "review": "nexus-tui review",
        "test-out": f"nexus-tui quiz --test-out {wanted.id}",
        "refresh": f"nexus-tui {wanted.id}",
        "fork": "nexus-tui path",
        "rest": "nexus-tui",
    }
    return f"Begin with: {commands.get(wanted.kind, f'nexus-tui {wanted.id}')}"


def _data(wanted: "Next", route: "Route | None") -> dict[str, object]:
    plan = route.plan if route else None
    return {
        "kind": wanted.kind,
        "id": wanted.id,
        "title": wanted.title,
        "reason": wanted.reason,
        "minutes": wanted.minutes,
        "path": route and {
            "id": route.path.id,
            "title": route.path.title,
            "done": route.done,
            "of": route.total,
            "to_come": route.to_come,
        },
        "goal": plan and {
            "date": plan.goal.day.isoformat(),
            "what": plan.goal.what,
            "steps_left": plan.left,
            "steps_a_day": plan.a_day,
            "minutes_a_day": plan.minutes_a_day,
            "steps_behind": plan.behind,
            "leave_out": [step.id for step in plan.leave_out],
        },
    }  # fmt: skip


def path(
    course: str | None, id: str | None, *, by: str | None, what: str, branch: str | None
) -> None:
    """List the paths and the steps of one; follow it; set a day to be through by."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        if id is not None:
            tutor.paths.choose("" if id == "whole" else id)
        if branch:
            _take(tutor, branch)
        if by is not None:
            _aim(tutor, by, what)
        if id is None and by is None and branch is None:
            _list(tutor)
        else:
            _show(tutor.paths.route())
    finally:
        tutor.close()


def _aim(tutor: Tutor, by: str, what: str) -> None:
    if by == "none":
        tutor.paths.drop_goal()
    else:
        tutor.paths.aim(read_day(by, tutor.record.today()), what)


def _take(tutor: Tutor, branch: str) -> None:
    """Take a branch of the path followed. Raises NexusError naming those there are."""
    from nexus_tui.errors import NexusError

    route = tutor.paths.route()
    forks = [step.fork for step in route.steps if step.fork]
    for fork in forks:
        if any(one.id == branch for one in fork.branches):
            tutor.paths.turn(route.path.id, fork.id, branch)
            return
    known = ", ".join(one.id for fork in forks for one in fork.branches)
    raise NexusError(f"Your path has no branch {branch!r}.", f"There are: {known or 'none'}.")


def _list(tutor: Tutor) -> None:
    choices = tutor.paths.choices()
    for one in (tutor.paths.whole, *tutor.paths.all):
        route = tutor.paths.route(one.id, choices)
        mine = " (followed)" if one.id == choices.path else ""
        say(f"{one.id or 'whole'}: {one.title}{mine}")
        say(f"  {one.whom}. {planned.progress(route)}.")
    say("\nFollow one: nexus-tui path ID. By a day: nexus-tui path --by '12 March'.")


def _show(route: "Route") -> None:
    say(f"{route.path.title}: {planned.progress(route)}.")
    for sentence in planned.sentences(route.plan) if route.plan else ():
        say(sentence)
    for number, step in enumerate(route.steps, 1):
        _step(number, step)


def _step(number: int, step: "Step") -> None:
    if step.fork:
        say(f"{number:>3}. {step.title}")
        for branch in step.fork.branches:
            taken = " (taken)" if branch.id == step.taken else ""
            say(f"     {branch.id}: {branch.text}{taken}")
        return
    state = "done" if step.done else "known" if step.known else ""
    state = state or ("to come" if step.kind == "to come" else f"{step.minutes} min")
    name = "" if step.kind == "to come" else f" [{step.id}]"
    say(f"{number:>3}. {step.title}: {state}{name}")

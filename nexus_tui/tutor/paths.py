"""Learning paths: which one was chosen, how far it was gone, and a day to be through by."""

from datetime import date
from typing import TYPE_CHECKING, Any

from nexus_tui.course.model import LearningPath
from nexus_tui.course.value import value
from nexus_tui.errors import NexusError
from nexus_tui.learner import events, progress
from nexus_tui.tutor.goal import Goal, Plan, plan
from nexus_tui.tutor.steps import Step, steps

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor

NAMES = ("path", "turns", "goal", "welcomed")
"""Settings of the record that belong here: they travel with it."""


@value
class Choices:
    """What the learner chose, as the record keeps it."""

    path: str = ""
    turns: Any = None
    """Branches taken: path -> fork -> branch."""
    goal: Goal | None = None
    welcomed: bool = False


@value
class Route:
    """A path, its steps for this learner, and the plan when there is a day to be through by."""

    path: LearningPath
    steps: tuple[Step, ...]
    plan: Plan | None = None

    @property
    def done(self) -> int:
        """Steps done or known."""
        return sum(step.done or step.known for step in self.steps)

    @property
    def total(self) -> int:
        """Steps that exist."""
        return sum(step.kind not in ("fork", "to come") for step in self.steps)

    @property
    def to_come(self) -> int:
        """Steps that nobody has written yet."""
        return sum(step.kind == "to come" for step in self.steps)

    @property
    def next(self) -> Step | None:
        """The first step to do, or the first fork to choose at."""
        return next((s for s in self.steps if s.open or (s.fork and not s.taken)), None)


class Paths:
    """Chooses paths and follows them."""

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor

    @property
    def all(self) -> tuple[LearningPath, ...]:
        """The paths of the course."""
        return self._tutor.course.outline().paths

    @property
    def whole(self) -> LearningPath:
        """The course from its first module to its last, for those who chose no path."""
        groups = self._tutor.course.outline().groups
        modules = tuple(id for group in groups for id in group.modules)
        return LearningPath("", "The whole course", "Those who want it all, in order", modules)

    def find(self, id: str) -> LearningPath:
        """A path by its id, "" the whole course. Raises NexusError naming what there is."""
        for path in (self.whole, *self.all):
            if path.id == id:
                return path
        known = ", ".join(path.id for path in self.all) or "none in this course"
        raise NexusError(f"There is no path {id!r}.", f"Paths: {known}.")

    def choices(self) -> Choices:
        """What was chosen, in one read. What cannot be understood counts as not chosen."""
        found = progress.settings(self._tutor.record, *NAMES)
        path, turns = found.get("path"), found.get("turns")
        return Choices(
            path if isinstance(path, str) and any(p.id == path for p in self.all) else "",
            turns if isinstance(turns, dict) else {},
            _goal(found.get("goal")),
            found.get("welcomed") is True,
        )

    def route(self, id: str | None = None, choices: Choices | None = None) -> Route:
        """A path for this learner: the chosen one unless another is named."""
        chosen = choices or self.choices()
        path = self.find(chosen.path if id is None else id)
        turns = chosen.turns.get(path.id)
        made = steps(self._tutor, path, _words(turns))
        goal = chosen.goal if path.id == chosen.path else None
        return Route(path, tuple(made), plan(goal, made, self._today) if goal else None)

    # Choosing: each is on the disk when it returns, or raises NexusError

    def choose(self, id: str) -> Route:
        """Follow a path from now on; "" follows none."""
        self._set("path", self.find(id).id)
        self._aim_again()
        return self.route()

    def _aim_again(self) -> None:
        """The path is another: what is left counts from today."""
        if goal := self.choices().goal:
            self.aim(goal.day, goal.what)

    def turn(self, path: str, fork: str, branch: str) -> None:
        """Take a branch at a fork of a path."""
        turns = {name: dict(_words(taken)) for name, taken in self.choices().turns.items()}
        turns.setdefault(path, {})[fork] = branch
        self._set("turns", turns)
        if path == self.choices().path:
            self._aim_again()

    def aim(self, day: date, what: str = "") -> None:
        """Be through with the chosen path by a day."""
        left = sum(step.open for step in self.route().steps)
        told = {"date": day.isoformat(), "what": what.strip(), "left": left}
        self._set("goal", told | {"since": self._today.isoformat()})

    def drop_goal(self) -> None:
        """No day any more."""
        self._set("goal", None)

    def welcomed(self) -> None:
        """The first screens were seen, or skipped: they do not come back by themselves."""
        if not self.choices().welcomed:
            self._set("welcomed", True)

    @property
    def _today(self) -> date:
        return self._tutor.record.today()

    def _set(self, name: str, value: object) -> None:
        events.append(self._tutor.record, "setting", name, {"value": value})


def _words(value: object) -> dict[str, str]:
    pairs = value.items() if isinstance(value, dict) else ()
    return {str(key): word for key, word in pairs if isinstance(word, str)}


def _goal(value: object) -> Goal | None:
    if not isinstance(value, dict):
        return None
    try:
        day, since = (date.fromisoformat(value[name]) for name in ("date", "since"))
        return Goal(day, str(value.get("what", "")), since, int(value.get("left", 0)))
    except (LookupError, TypeError, ValueError):
        return None

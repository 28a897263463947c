"""A lab in four forms, from a solution to read to an empty start, and which one fits now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from nexus_tui.course.model import Inline
from nexus_tui.errors import NexusError
from nexus_tui.labs import fading
from nexus_tui.labs.fading import Part
from nexus_tui.learner.labhistory import Standing
from nexus_tui.tutor.knowledge import Recall

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor
    from nexus_tui.tutor.bench import Bench, Opened

Form: TypeAlias = Literal["worked", "gaps", "order", "blank"]
FORMS: tuple[Form, ...] = get_args(Form)
"""From the most help to none."""
LOW, GOOD = 0.35, 0.6
"""Recall of a lab's lesson below which it is new, and from which it is mostly known."""
STUCK = 4
"""Runs without a pass after which an easier form may help."""


@dataclass(frozen=True, slots=True)
class Advice:
    """The form to take, and why, in a sentence."""

    form: Form
    why: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of the model solution, and why it is so (None for what stands before the first)."""

    file: str
    text: str
    why: Inline | None


class Fading:
    """Lays a lab's files out as one of its forms. Only the empty start can pass the lab."""

    def __init__(self, tutor: "Tutor", bench: "Bench") -> None:
        self._tutor, self._bench = tutor, bench

    def forms(self, opened: "Opened") -> tuple[Form, ...]:
        """The forms this lab has. One whose steps do not fit has only the starter."""
        steps = opened.lab.steps
        try:
            found = self._parts(opened)
            holes = fading.answers(self._bench.solution(opened), steps)
        except (NexusError, OSError, UnicodeDecodeError):
            return ("blank",)
        has = {
            "worked": bool(steps),
            "gaps": any(holes.values()),
            "order": any(len(fading.split(parts)[1]) > 1 for parts in found.values()),
            "blank": True,
        }
        return tuple(form for form in FORMS if has[form])

    def _parts(self, opened: "Opened") -> dict[str, list[Part]]:
        return fading.parts(self._bench.solution(opened), opened.lab.steps)

    def current(self, opened: "Opened") -> Form:
        """What the learner's files began as."""
        form = self._bench.history.form(opened)
        return next((one for one in FORMS if one == form), "blank")

    def choose(self, opened: "Opened", form: Form) -> Form:
        """Lay the files out anew; the form they then have. What was there stays in the record.

        Choosing to read the worked example leaves alone what was written from the starter.
        Raises NexusError when the lab has no such form, or a file cannot be written.
        """
        if form not in self.forms(opened):
            raise NexusError(f"This lab has no form {form}.", "Its author can add `steps:`.")
        if form == "worked" and self.current(opened) in ("blank", "worked"):
            self._mark_as_read(opened)
        elif form in ("worked", "blank"):
            self._bench.reset(opened, form="" if form == "blank" else form)
        else:
            self._bench.reset(opened, self.texts(opened, form), form)
        return self.current(opened)

    def _mark_as_read(self, opened: "Opened") -> None:
        if self.current(opened) != "worked":
            name = opened.lab.files[0]
            self._bench.history.keep(opened, name, opened.workspace.read(name), form="worked")

    def texts(self, opened: "Opened", form: Form) -> dict[str, str]:
        """By file, what the learner begins with."""
        model, steps = self._bench.solution(opened), opened.lab.steps
        if form == "gaps":
            return fading.gaps(model, steps)
        if form == "order":
            state = self._bench.states().get(opened.lab.head.id)
            return fading.order(model, steps, (state.runs if state else 0) % fading.SHUFFLES)
        return {name: opened.workspace.starter_text(name) for name in opened.lab.files}

    def worked(self, opened: "Opened") -> list[Shown]:
        """The model solution part by part, in the order of the files."""
        steps = opened.lab.steps
        return [
            Shown(part.file, part.text, steps[part.step].why if part.step >= 0 else None)
            for parts in self._parts(opened).values()
            for part in parts
        ]

    # Order

    def arrangement(self, opened: "Opened", name: str, text: str) -> list[Part] | None:
        """A file's parts as they stand in ``text``; None when it is not made of them alone."""
        parts = self._parts(opened).get(name, [])
        numbers = fading.arrangement(text, parts)
        return None if numbers is None else fading.arrange(fading.split(parts)[1], numbers)

    def arranged(self, opened: "Opened", name: str, parts: Sequence[Part]) -> str:
        """The file's text with its parts in this order."""
        head, _ = fading.split(self._parts(opened).get(name, []))
        return "".join(part.text for part in (*head, *parts))

    # Advice

    def advice(self, opened: "Opened") -> Advice:
        """Which form to take now. The program recommends; any can be taken."""
        head = opened.lab.head
        state = self._bench.states().get(head.id)
        wanted = advise(
            passed=bool(state and state.passed),
            runs=state.runs if state else 0,
            standing=self._bench.history.standing(opened),
            recall=self._tutor.knowledge.map().get(head.lesson, Recall()),
        )
        has = self.forms(opened)
        if has == ("blank",):
            return Advice("blank", "This lab has no easier form.")
        less = FORMS[FORMS.index(wanted.form) :]
        return Advice(next(form for form in less if form in has), wanted.why)


def advise(*, passed: bool, runs: int, standing: Standing, recall: Recall) -> Advice:
    """Less help at each pass; more for what is new, or where one is stuck."""
    eased = standing.last.eased if standing.last else ()
    if passed:
        return Advice("blank", "You have passed it. An empty start shows what has stayed.")
    if "order" in eased:
        return Advice("blank", "You put its parts in order. Now write it from an empty start.")
    if "gaps" in eased:
        return Advice("order", "You filled its gaps. Now see how its parts depend on one another.")
    if "worked" in eased:
        return Advice("blank", "You wrote it after reading it. Now without the solution in mind.")
    if not runs:
        return _first(recall)
    if runs >= STUCK and standing.last and standing.last.form in ("", "blank"):
        return Advice("gaps", f"{runs} runs, and it has not passed. Gaps show how it is built.")
    if recall.now < GOOD:
        return Advice("gaps", f"Its lesson is {recall.words}: {_percent(recall)} recall.")
    return Advice("blank", f"Its lesson is {recall.words}: {_percent(recall)} recall.")


def _first(recall: Recall) -> Advice:
    """For a lab that never ran."""
    if not recall.met:
        return Advice("worked", "You have not tried it, and no question of its lesson either.")
    if recall.now < LOW:
        told = f"You have not tried it, and recall of its lesson is {_percent(recall)}."
        return Advice("worked", told)
    told = f"You have not tried it. Its lesson is {recall.words}: {_percent(recall)} recall."
    return Advice("gaps", told)


def _percent(recall: Recall) -> str:
    return f"{recall.now:.0%}"

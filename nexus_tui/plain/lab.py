"""A lab line by line: where its files are, what each check says, again at every save."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from nexus_tui.errors import NexusError
from nexus_tui.labs.protocol import RunResult
from nexus_tui.launch import course_folder
from nexus_tui.plain import forms
from nexus_tui.plain.checks import PASSED, UNRUN, tell_check, tell_end, tell_hints
from nexus_tui.plain.lines import as_it_is, say
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.bench import Opened
from nexus_tui.tutor.fading import Form

if TYPE_CHECKING:
    from nexus_tui.labs.engines import Variant

STOPPED = 130
"""Exit status after ctrl+c, as shells expect."""
TICK = 0.5
"""Seconds between two looks at the files' times."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for."""

    watch: bool = False
    engine: str = ""
    form: Form | None = None
    hint: bool = False
    solution: bool = False
    reset: bool = False

    @property
    def runs(self) -> bool:
        """Whether checks run: laying files out or reading a solution is not running them."""
        return self.watch or not (self.form or self.solution or self.reset)


def run(course: str | None, lab: str, wishes: Wishes) -> int:
    """Do it; 0 passed, 1 not, 2 could not run. NexusError when there is no such lab or engine."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        return _Lab(tutor, tutor.bench.open(lab), wishes).go()
    except KeyboardInterrupt:
        say("\nStopped. Nothing of this run is recorded.")
        return STOPPED
    finally:
        tutor.close()


class _Lab:
    def __init__(self, tutor: Tutor, opened: Opened, wishes: Wishes) -> None:
        self.tutor, self.opened, self.wishes = tutor, opened, wishes
        self.bench, self.history = tutor.bench, tutor.bench.history
        self.engine: Variant | None = None

    def go(self) -> int:
        if self.wishes.runs:
            self.bench.require_consent()
        if self.wishes.engine:
            self.engine = self._find_engine(self.wishes.engine)
        self._lay_out()
        self._greet()
        if self.wishes.solution:
            self._solution()
        if not self.wishes.runs:
            return PASSED
        return self._watch() if self.wishes.watch else self._once(hint=self.wishes.hint)

    def _lay_out(self) -> None:
        """Start over, or in another form. What was there is kept."""
        if self.wishes.form:
            self.bench.fading.choose(self.opened, self.wishes.form)
        elif self.wishes.reset:
            self.bench.reset(self.opened)

    def _greet(self) -> None:
        head, form = self.opened.lab.head, self.bench.fading.current(self.opened)
        say(f"{head.title}: about {head.minutes} minutes. {head.summary}")
        say("Your files:")
        for name in self.opened.lab.files:
            as_it_is(f"  {self.opened.workspace.path(name)}")
        if form != "blank":
            say(forms.TOLD[form])
        if self.wishes.reset or self.wishes.form:
            say("What was there before is kept in your record.")
        if self.wishes.form:
            forms.tell(self.bench.fading, self.opened, form)
        elif not self.history.standing(self.opened).first:
            forms.advise(self.bench.fading, self.opened)
        say()

    def _solution(self) -> None:
        state = self.bench.states().get(self.opened.lab.head.id)
        if not (state and state.passed) and not self.history.standing(self.opened).gave_up:
            self.history.give_up(self.opened)
            say("The lab has not passed. That you looked is in your record.\n")
        forms.tell_solution(self.bench, self.opened)

    # Runs

    def _once(self, *, hint: bool) -> int:
        """Run the checks on what is on the disk, and record what came of it."""
        pinned, engine = self.history.pin(self.opened), self.engine
        told = partial(tell_check, self.opened.lab)
        result = self.bench.run(self.opened, None, told, texts=pinned.texts, variant=engine)
        hinted = self._hinted(result, more=hint)
        self.history.record(
            *(self.opened, result, sum(hinted.values())),
            hinted=hinted,
            pinned=pinned,
            variant=engine.name if engine else "",
        )
        tell_hints(self.opened.lab, result, hinted)
        return tell_end(self.opened.lab, result, self.bench.fading.current(self.opened))

    def _find_engine(self, name: str) -> "Variant":
        """The engine of that name. NexusError when the lab or the machine has none."""
        for one in self.bench.engines(self.opened):
            if one.name == name and one.available:
                return one
            if one.name == name:
                raise NexusError(f"{one.title} is not here.", one.hint)
        others = ", ".join(self.opened.lab.also)
        hint = f"It can run on: {others}." if others else "It runs on its own engine only."
        raise NexusError(f"This lab cannot run on {name}.", hint)

    def _hinted(self, result: RunResult, *, more: bool) -> dict[str, int]:
        """Hints open by check: those of the last run, and one more where it fails now."""
        last = self.history.standing(self.opened).last
        hinted = dict(last.hinted) if last else {}
        failed = result.first_failure
        if more and failed:
            most = next((len(c.hints) for c in self.opened.lab.checks if c.id == failed.id), 0)
            hinted[failed.id] = min(hinted.get(failed.id, 0) + 1, most)
        return hinted

    # Watching

    def _watch(self) -> int:
        """Run now, and whenever a file is saved, until ctrl+c; the last run's status."""
        status, hint = UNRUN, self.wishes.hint
        try:
            while True:
                seen = self._stamps()
                status = self._attempt(partial(self._once, hint=hint))
                hint = False
                say("Watching your files: save one to run again, ctrl+c ends.\n")
                sys.stdout.flush()
                while self._stamps() == seen:
                    rest()
        except KeyboardInterrupt:
            say("\nStopped watching.")
        return status

    def _attempt(self, action: Callable[[], int]) -> int:
        """A file that cannot be read for a moment ends nothing."""
        try:
            return action()
        except NexusError as error:
            say(f"{error.message} {error.hint}".strip())
            return UNRUN

    def _stamps(self) -> list[tuple[int, int]]:
        """When each file was written and how long it is; zeros for one that is missing."""
        found = []
        for name in self.opened.lab.files:
            try:
                stat = self.opened.workspace.path(name).stat()
                found.append((stat.st_mtime_ns, stat.st_size))
            except OSError:
                found.append((0, 0))
        return found


def rest() -> None:
    """Wait until the next look."""
    time.sleep(TICK)

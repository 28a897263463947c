"""Running a lab on its screen: in a thread, each check shown as it comes in."""

import asyncio
import contextlib
import threading
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from nexus_tui.errors import NexusError
from nexus_tui.labs.protocol import CheckResult, Measure, RunResult
from nexus_tui.learner.labhistory import Change, Figure, changes, is_number
from nexus_tui.tutor.bench import Opened
from nexus_tui.ui.lab.moves import LabMoves
from nexus_tui.ui.text import clean
from nexus_tui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from nexus_tui.tutor.labhistory import Pinned

FRAME = 0.03
"""Seconds between two drawings while results pour in."""


class LabRuns(LabMoves):
    """One run at a time; escape stops it."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self._cancel = threading.Event()
        self._drawn = 0.0
        self._stale = False

    def action_run(self) -> None:
        """Save, then run the checks."""
        if not self.bench.running:
            self._saved(self._start)

    def _start(self) -> None:
        pinned = self.nexus.attempt(lambda: self.tutor.bench.history.pin(self.opened))
        if pinned is None or self.bench.running:
            return
        self.bench.begin()
        self._cancel = threading.Event()
        self._editor.unmark()
        if self._tab == "brief" and not self._roomy:
            self.action_tab("result")
        self._redraw()
        pane = self.query_one("#brief", Pane)
        for check in reversed(self.opened.lab.checks):
            pane.reveal(f"check:{check.id}")
        self.run_worker(self._run(pinned), group="lab", exclusive=True, exit_on_error=False)

    async def _run(self, pinned: "Pinned") -> None:
        loop = asyncio.get_running_loop()
        variant = self.bench.variant

        def heard(event: CheckResult | Measure) -> None:
            with contextlib.suppress(RuntimeError):  # the program has ended
                loop.call_soon_threadsafe(self._heard, event)

        work = partial(self.tutor.bench.run, texts=pinned.texts, variant=variant)
        try:
            result = await asyncio.to_thread(work, self.opened, None, heard, self._cancel)
        except NexusError as error:
            self.bench.fail(error)
            self._redraw()
            return
        self._finish(result, pinned, variant.name if variant else "")

    def _heard(self, event: CheckResult | Measure) -> None:
        if isinstance(event, Measure) or not (self.bench.running and self.is_mounted):
            return
        self.bench.hear(event)
        if self._stale:
            return
        wait = self._drawn + FRAME - monotonic()
        if wait <= 0:
            self._draw_running()
        else:
            self._stale = True
            self.set_timer(wait, self._draw_running)

    def _draw_running(self) -> None:
        self._stale, self._drawn = False, monotonic()
        if self.bench.running:
            self._redraw(keep=True)

    def _compare(self, result: RunResult, engine: str) -> list[Change]:
        """The run's numbers beside those of earlier runs on the same engine."""
        standing = self.tutor.bench.history.standing(self.opened)
        figures = [Figure(m.name, m.value, m.unit) for m in result.measures if is_number(m.value)]
        earlier = [run if run and run.variant == engine else None for run in standing[:2]]
        return changes(figures, *earlier)

    def _finish(self, result: RunResult, pinned: "Pinned", engine: str) -> None:
        compared = self.nexus.attempt(lambda: self._compare(result, engine)) or ()
        if result.complete or not self._cancel.is_set():
            record = partial(
                self.tutor.bench.history.record, hinted=self.bench.hints, pinned=pinned
            )
            opened = self.bench.hints_opened
            self.nexus.attempt(lambda: record(self.opened, result, opened, variant=engine))
        self.bench.end(result, compared)
        ran = pinned.texts.get(self._file, "")
        self.bench.stale = ran.splitlines() != self._editor.text.splitlines()
        if not self.is_mounted:
            return
        self._redraw()
        self._mark_failure()
        if self._editor.marked and self.focused is not self._editor:
            self._editor.go(self._editor.marked)

    # Engines

    def _find_engines(self) -> None:
        """Ask in a thread what the lab can run on here: some have to be called first."""
        if self.opened.lab.also:
            self.run_worker(self._engines(), group="engines", exit_on_error=False)

    async def _engines(self) -> None:
        self.bench.variants = await asyncio.to_thread(self.tutor.bench.engines, self.opened)
        if self.is_mounted:
            self._redraw(keep=True)

    def action_engine(self) -> None:
        """The next engine that is there; what would bring the others is said."""
        bench = self.bench
        if bench.running or not bench.variants:
            return
        missing = [one for one in bench.variants if not one.available]
        chosen = bench.next_engine() if len(missing) < len(bench.variants) else None
        told = [f"Runs go to {chosen.title if chosen else 'the embedded engine'}."]
        told += [f"{one.title} is not here: {one.hint}" for one in missing]
        self.notify(clean("\n".join(told)), markup=False)
        self._state("saved" if not self._dirty else "typing")
        self._redraw(keep=True)

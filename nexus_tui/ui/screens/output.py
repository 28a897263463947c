"""A sample of a lesson, run before the reader's eyes."""

import asyncio
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.binding import Binding

from nexus_tui.course.model import Code
from nexus_tui.errors import NexusError
from nexus_tui.ui import layout
from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.screens.dialogs import Dialog
from nexus_tui.ui.text import plain, words
from nexus_tui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from nexus_tui.labs.samples import SampleResult
    from nexus_tui.ui.app import NexusApp


class OutputScreen(Dialog):
    """What the sample prints now, beside what the lesson printed."""

    BINDINGS = [Binding("x", "again", "Run again")]

    def __init__(self, owner: str, code: Code) -> None:
        super().__init__()
        self._owner, self._code = owner, code
        self._result: SampleResult | None = None
        self._error: NexusError | None = None
        self._cancel = threading.Event()

    def on_mount(self) -> None:
        """Run it."""
        super().on_mount()
        self.action_again()

    def action_again(self) -> None:
        """Run it, once more."""
        self._result = self._error = None
        self._cancel = threading.Event()
        self.query_one(Pane).show(self.lay_out)
        self.run_worker(self._run(), group="sample", exclusive=True, exit_on_error=False)

    async def _run(self) -> None:
        bench = cast("NexusApp", self.app).tutor.bench
        cancel = self._cancel
        try:
            self._result = await asyncio.to_thread(bench.sample, self._owner, self._code, cancel)
        except NexusError as error:
            self._error = error
        self.query_one(Pane).show(self.lay_out)
        self.query_one(Pane).refresh(layout=True)

    def on_unmount(self) -> None:
        """Nothing runs on behind a closed dialog."""
        self._cancel.set()

    def lay_out(self, width: int) -> Sequence[Line]:
        """State, output now, output then."""
        if self._error:
            return [
                *flow(plain(self._error.message, "bold"), width),
                BLANK,
                *flow(plain(self._error.hint), width),
            ]
        if self._result is None:
            return [
                Line(plain("Running …", "bold")),
                BLANK,
                Line(plain("escape stops it", "$muted")),
            ]
        return self._outcome(self._result, width)

    def _outcome(self, result: "SampleResult", width: int) -> list[Line]:
        now, then = result.output.rstrip(), (self._code.output or "").rstrip()
        made = [
            Line(words(("It prints now", "bold"), (f"  {result.ms:.0f} ms", "$muted"))),
            BLANK,
            *layout.code(now or "(nothing)", "output", width),
            BLANK,
        ]
        if result.stopped:
            made += [*flow(plain(f"It was stopped: {result.stopped}", "$wrong"), width), BLANK]
        if self._code.output is not None:
            same = _lines(now) == _lines(then)
            told = "The lesson printed the same." if same else "The lesson printed:"
            made += flow(plain(told, "$right" if same else "bold"), width)
            if not same:
                made += [BLANK, *layout.code(then, "output", width, "$rule")]
        return [*made, BLANK, Line(plain("x runs it again · escape closes", "$muted"))]


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]

"""A lab: the brief and its checks, the learner's code, and what happened when it ran."""

import asyncio
import contextlib
import threading
from collections.abc import Iterable, Sequence

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static, TextArea

from nexus_tui.errors import NexusError
from nexus_tui.labs.protocol import CheckResult, Measure, RunResult
from nexus_tui.labs.workspace import ChangedOutside
from nexus_tui.tutor.bench import Opened
from nexus_tui.ui.lab.pages import Bench, brief, outcome, solution
from nexus_tui.ui.lines import Line
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.screens.dialogs import ConfirmScreen
from nexus_tui.ui.text import words
from nexus_tui.ui.widgets.editor import CodeEditor
from nexus_tui.ui.widgets.pane import Pane

REST = 0.8
"""Seconds after the last key until what was typed is saved."""
TABS = ("brief", "code", "result")


class LabScreen(NexusScreen):
    """Brief left, code and outcome right; one at a time where there is no room."""

    PLACE = "labs"
    BINDINGS = [
        Binding("ctrl+r,f5", "run", "Run", key_display="^r", id="lab.run"),
        Binding("f2", "tab('brief')", "Brief"),
        Binding("f3", "tab('code')", "Code"),
        Binding("f4", "tab('result')", "Result"),
        Binding("h,f9", "hint", "Hint"),
        Binding("e", "tab('code')", "Edit", show=False),
        Binding("r", "run", "Run", show=False),
        Binding("s", "solution", "Solution", show=False),
        Binding("f8", "file", "Next file", show=False),
        Binding("z", "reset", "Start over", show=False),
        Binding("escape,backspace", "leave", "Back", key_display="esc"),
    ]

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self.opened = opened
        self.bench = Bench(opened.lab)
        self._file = opened.lab.files[0]
        self._tab = "brief"
        self._rest: Timer | None = None
        self._cancel = threading.Event()
        self._asking = False
        # Held, not asked for: when the program ends the editor is gone before this screen is.
        self._editor = CodeEditor(id="code")

    def body(self) -> Iterable[Widget]:
        """Brief; file, code, result."""
        with Horizontal(id="lab", classes="-show-brief"):
            yield Pane(self._brief, id="brief")
            with Vertical(id="bench"):
                yield Static(id="file-line", markup=False)
                yield self._editor
                yield Pane(self._outcome, id="result")

    def on_mount(self) -> None:
        """Open the first file."""
        self.nexus.attempt(lambda: self._open_file(self._file))
        self.query_one("#brief").focus()

    def _brief(self, width: int) -> Sequence[Line]:
        module = self.tutor.study.module_of(self.opened.lab.head.id)
        return brief(self.bench, module.title, self.glyphs, width)

    def _outcome(self, width: int) -> Sequence[Line]:
        return outcome(self.bench, self.glyphs, width)

    def _open_file(self, name: str) -> None:
        """Show a file. Raises NexusError, and then nothing can be typed."""
        self._file, self._editor.read_only = name, True
        self._state("cannot be read")
        self._editor.open(name, self.opened.workspace.read(name))
        self._editor.read_only = False
        self._state("saved")

    def _state(self, state: str) -> None:
        others = len(self.opened.lab.files) - 1
        more = f" · f8 next of {others + 1} files" if others else ""
        line = words((f" {self._file}", "bold"), (f" · {state}{more}", "$muted"))
        self.query_one("#file-line", Static).update(line)

    # Saving

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Typed: save when the fingers rest."""
        if self._editor.loading_file:
            return
        self._state("typing")
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._save)

    def _save(self) -> bool:
        """Whether what is on the screen is on the disk."""
        if self._asking or self._editor.read_only:
            return False
        try:
            self.tutor.bench.save(self.opened, self._file, self._editor.text)
        except ChangedOutside:
            self._ask_whose()
            return False
        except NexusError as error:
            self._state("NOT SAVED")
            self.nexus.tell(error)
            return False
        self._state("saved")
        return True

    def _ask_whose(self) -> None:
        self._asking = True
        self._state("NOT SAVED: changed by another program")
        question = f"{self._file} was changed by another program. Take that text? (n keeps yours)"
        self.nexus.push_screen(ConfirmScreen(question), self._settle_change)

    def _settle_change(self, take: bool | None) -> None:
        """Whose text stands: the other program's, or the one on the screen."""
        self._asking = False
        if take:
            self.nexus.attempt(lambda: self._open_file(self._file))
            return
        save, text = self.tutor.bench.save, self._editor.text
        self.nexus.attempt(lambda: save(self.opened, self._file, text, over=True))
        self._save()

    def on_screen_suspend(self) -> None:
        """Another screen comes up."""
        if self.is_mounted and not isinstance(self.app.screen, ConfirmScreen):
            self._save()

    def on_unmount(self) -> None:
        """Stop what runs; keep what was typed last."""
        self._cancel.set()
        if not self._editor.read_only:
            with contextlib.suppress(NexusError):
                self.tutor.bench.save(self.opened, self._file, self._editor.text)

    # Running

    def action_run(self) -> None:
        """Save, then run the checks."""
        if self.bench.running or not self._save():
            return
        self.bench.begin()
        self._cancel = threading.Event()
        if self._tab == "brief" and not self._roomy:
            self.action_tab("result")
        self._redraw()
        self.run_worker(self._run(), group="lab", exclusive=True, exit_on_error=False)

    async def _run(self) -> None:
        bench = self.tutor.bench
        loop = asyncio.get_running_loop()

        def heard(event: CheckResult | Measure) -> None:
            loop.call_soon_threadsafe(self._heard, event)

        try:
            result = await asyncio.to_thread(bench.run, self.opened, None, heard, self._cancel)
        except NexusError as error:
            self.bench.fail(error)
            self._redraw()
            return
        self._finish(result)

    def _heard(self, event: CheckResult | Measure) -> None:
        if self.bench.running and self.is_mounted:
            self.bench.hear(event)
            self._redraw()

    def _finish(self, result: RunResult) -> None:
        if result.complete or not self._cancel.is_set():
            self.nexus.attempt(
                lambda: self.tutor.bench.record(self.opened, result, self.bench.hints_opened)
            )
        self.bench.end(result)
        if not self.is_mounted:
            return
        self._redraw()
        failed = self.bench.failed
        if failed and failed.line and failed.file == self._file:
            self._editor.mark(failed.line)

    def _redraw(self) -> None:
        self.query_one("#brief", Pane).show(self._brief, keep=True)
        self.query_one("#result", Pane).show(self._outcome)

    # Help

    def action_hint(self) -> None:
        """The next hint of the check that fails first."""
        if not self.bench.open_hint():
            told = "Run it first: hints belong to the check that fails."
            self.notify(
                told if not self.bench.result else "There is no further hint for this check.",
                markup=False,
            )
        self._redraw()
        if self._tab == "code":
            self.action_tab("brief")

    def action_solution(self) -> None:
        """The model solution, once the lab passed."""
        state = self.tutor.bench.states().get(self.opened.lab.head.id)
        if not self.bench.passed and not (state and state.passed):
            self.notify(
                "The model solution opens when your code passes. h opens a hint.", markup=False
            )
            return
        files = self.nexus.attempt(lambda: self.tutor.bench.solution(self.opened))
        if files is not None:
            lab = self.opened.lab
            self.query_one("#result", Pane).show(lambda width: solution(lab, files, width))
            self.action_tab("result")

    def action_reset(self) -> None:
        """Back to the starter, after asking; what was there is kept beside it."""
        question = "Start over with the files as they came? Yours are kept in the lab's folder."
        self.nexus.push_screen(ConfirmScreen(question), self._reset)

    def _reset(self, sure: bool | None) -> None:
        if sure and (self._editor.read_only or self._save()):
            self.nexus.attempt(lambda: self.tutor.bench.reset(self.opened))
            self.nexus.attempt(lambda: self._open_file(self._file))

    # Moving

    @property
    def _roomy(self) -> bool:
        return self.size.width >= 112

    def action_tab(self, tab: str) -> None:
        """Go to a part; where there is no room, it takes the place of the others."""
        self._tab = tab
        lab = self.query_one("#lab")
        for name in TABS:
            lab.set_class(name == tab, f"-show-{name}")
        self.query_one(f"#{tab}").focus()

    def action_file(self) -> None:
        """The next file."""
        if self._editor.read_only or self._save():
            names = self.opened.lab.files
            following = names[(names.index(self._file) + 1) % len(names)]
            self.nexus.attempt(lambda: self._open_file(following))

    def action_leave(self) -> None:
        """From the code to the brief; from there, out. Stops a run first."""
        if self.bench.running:
            self._cancel.set()
        elif self.focused is self._editor:
            self.action_tab("brief")
        elif self._editor.read_only or self._save():
            self.dismiss(None)

    def on_code_editor_left(self) -> None:
        """Escape in the editor leaves the editor, never the lab."""
        self.action_leave()

"""A lab: the brief and its checks, the learner's code, and what happened when it ran."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.binding import Binding

from nexus_tui.labs.difference import Row, between
from nexus_tui.learner.labhistory import Moment
from nexus_tui.tutor.bench import Opened
from nexus_tui.ui.lab.fading import LabForms
from nexus_tui.ui.lab.outcome import outcome
from nexus_tui.ui.lab.solution import against, solution
from nexus_tui.ui.lines import Line
from nexus_tui.ui.screens.dialogs import ConfirmScreen
from nexus_tui.ui.widgets.pane import Pane
from nexus_tui.ui.writing import MARK, NOTE, Writing

if TYPE_CHECKING:
    from nexus_tui.tutor.journal import Kind

GIVE_UP = (
    "The lab has not passed. Give up and look at the model solution? "
    "That goes into your record. (n, then h, opens a hint instead)"
)
START_OVER = "Start over with the files as they came? Yours are kept: t brings them back."


class LabScreen(Writing, LabForms):
    """The keys of a lab, and the help one can ask for."""

    CSS_PATH = "lab.tcss"
    BINDINGS = [
        Binding("ctrl+r,f5", "run", "Run", key_display="^r", id="lab.run"),
        Binding("f2", "tab('brief')", "Brief"),
        Binding("f3", "tab('code')", "Code"),
        Binding("f4", "tab('result')", "Result"),
        Binding("h,f9", "hint", "Hint"),
        Binding("l,ctrl+g", "line", "Line"),
        Binding("t,ctrl+t", "history", "Runs"),
        Binding("escape,backspace", "leave", "Back", key_display="esc"),
        Binding("f,ctrl+n", "form", "Form", key_display="f"),
        NOTE,
        MARK,
        Binding("s", "solution", "Solution", show=False),
        Binding("d", "difference", "Solution beside yours", show=False),
        Binding("e", "tab('code')", "Edit", show=False),
        Binding("r", "run", "Run", show=False),
        Binding("o,ctrl+o", "external", "Your own editor", show=False),
        Binding("f8", "file", "Next file", show=False),
        Binding("v", "engine", "Another engine", show=False),
        Binding("z", "reset", "Start over", show=False),
    ]

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self._page = "outcome"
        self._gave_up = False
        self._model: dict[str, str] = {}
        self._differs: dict[str, list[Row]] = {}

    def on_mount(self) -> None:
        """Open the file one was in; the brief comes first."""
        self.bench.certificate = self.tutor.bench.certificate(self.opened)
        self._begin()
        self.nexus.attempt(self._recall)
        self._find_engines()
        self.query_one("#brief").focus()

    def _recall(self) -> None:
        history = self.tutor.bench.history
        if last := history.standing(self.opened).last:
            self.bench.recall(last, same=history.is_as(self.opened, last))
            self._redraw()

    def on_unmount(self) -> None:
        """Stop what runs; keep what was typed last."""
        self._cancel.set()
        self._keep_last()

    def _draw_result(self, width: int) -> Sequence[Line]:
        if self._page == "solution":
            return solution(self.opened.lab, self._model, self._gave_up, width)
        if self._page == "against":
            return against(self._differs, self._gave_up, width)
        return outcome(self.bench, self.glyphs, width)

    def _start(self) -> None:
        self._page = "outcome"
        super()._start()

    # Help

    def action_hint(self) -> None:
        """The next hint of the check that fails first."""
        if not self.bench.open_hint():
            told = "There is no further hint for this check."
            if not self.bench.failed:
                told = "Run it first: hints belong to the check that fails."
            self.notify(told, markup=False)
            return
        self._page = "outcome"
        self._redraw(keep=True)
        if self._tab == "code" and not self._roomy:
            self.action_tab("brief")
        failed = self.bench.failed
        item = f"hint:{failed.id}:{self.bench.hints[failed.id]}" if failed else ""
        for pane in self.query(Pane):
            self.call_after_refresh(pane.reveal, item)

    def action_solution(self) -> None:
        """The model solution: after passing, or after giving up, which is asked first."""
        allowed = self.nexus.attempt(self._may_look)
        if allowed:
            self._show_solution()
        elif allowed is not None:
            self.nexus.push_screen(ConfirmScreen(GIVE_UP), self._give_up)

    def _may_look(self) -> bool:
        """Whether the lab passed, ever, or was given up."""
        self._gave_up = self.tutor.bench.history.standing(self.opened).gave_up
        state = self.tutor.bench.states().get(self.opened.lab.head.id)
        return self.bench.passed or self._gave_up or bool(state and state.passed)

    def _give_up(self, sure: bool | None) -> None:
        if sure:
            hints = self.bench.hints_opened
            self.nexus.attempt(lambda: self.tutor.bench.history.give_up(self.opened, hints))
            self._gave_up = True
            self._show_solution()

    def _show_solution(self, page: str = "solution") -> None:
        if self.nexus.attempt(self._read_model) is not None:
            self._page = page
            self.query_one("#result", Pane).show(self._draw_result)
            self.action_tab("result")

    def _read_model(self) -> bool:
        """Read the model solution and one's own. NexusError when a file cannot be read."""
        model = self.tutor.bench.solution(self.opened)
        mine = {name: self.opened.workspace.peek(name) for name in model}
        mine[self._file] = self._editor.text
        self._model = model
        self._differs = {name: between(mine[name], text) for name, text in model.items()}
        return True

    def action_difference(self) -> None:
        """The model solution beside one's own, and back; only once it may be seen."""
        if self._page == "outcome":
            self.notify("d compares yours with the model solution: s opens it.", markup=False)
        else:
            self._show_solution("against" if self._page == "solution" else "solution")

    def note_subject(self) -> "tuple[str, Kind]":
        """The lab; once it has passed, a challenge of the learner's own."""
        return self.opened.lab.head.id, "own" if self.bench.passed else "note"

    def action_history(self) -> None:
        """Every run, to look at and to go back to."""
        if self._editor.read_only:
            self._show_history()
        else:
            self._saved(self._show_history)

    def _show_history(self) -> None:
        from nexus_tui.ui.lab.history import HistoryScreen

        self.nexus.push_screen(HistoryScreen(self.opened), self._restore)

    def _restore(self, moment: Moment | None) -> None:
        if moment is None:
            return
        self.nexus.attempt(lambda: self.tutor.bench.history.restore(self.opened, moment))
        self._read_again()
        self.notify("Your files are as they were then. t finds what was here.", markup=False)

    def action_reset(self) -> None:
        """Back to the starter, after asking; what was there can be had back."""
        self.nexus.push_screen(ConfirmScreen(START_OVER), self._reset)

    def _reset(self, sure: bool | None) -> None:
        if sure and (self._editor.read_only or self._save()):
            self.nexus.attempt(lambda: self.tutor.bench.reset(self.opened))
            self._read_again()

    def action_leave(self) -> None:
        """From the solution to the result, from the code to the brief; then out. Stops a run."""
        if self.bench.running:
            self._cancel.set()
        elif self.focused is self._editor:
            self.action_tab("brief")
        elif self._page != "outcome":
            self._page = "outcome"
            self.query_one("#result", Pane).show(self._draw_result)
        elif self._editor.read_only:
            self.dismiss(None)
        else:
            self._saved(lambda: self.dismiss(None))

    def on_code_editor_left(self) -> None:
        """Escape in the editor leaves the editor, never the lab."""
        self.action_leave()

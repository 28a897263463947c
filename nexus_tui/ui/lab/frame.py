"""The lab screen's parts: brief, code, result, side by side or one at a time."""

from collections.abc import Iterable, Sequence

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from nexus_tui.tutor.bench import Opened
from nexus_tui.ui.lab.brief import Brief
from nexus_tui.ui.lab.forms import SHORT
from nexus_tui.ui.lab.outcome import outcome
from nexus_tui.ui.lab.state import Bench
from nexus_tui.ui.lines import Line
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.text import clean, plain, words
from nexus_tui.ui.widgets.editor import CodeEditor
from nexus_tui.ui.widgets.pane import Pane

TABS = ("brief", "code", "result")
FAULT = 200
"""Most characters of a message under the editor."""


class LabFrame(NexusScreen):
    """Brief left, code and outcome right; one at a time where there is no room."""

    PLACE = "labs"

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self.opened = opened
        self.bench = Bench(opened.lab)
        self._tab = "brief"
        self._file = opened.lab.files[0]
        self._brief: Brief | None = None
        self._line = plain("")
        # Held, not asked for: when the program ends the editor is gone before this screen is.
        self._editor = CodeEditor(id="code")

    def body(self) -> Iterable[Widget]:
        """Brief; file, code, what is wrong in it, result."""
        with Horizontal(id="lab", classes="-show-brief"):
            yield Pane(self._draw_brief, id="brief")
            with Vertical(id="bench"):
                yield Static(id="file-line", markup=False)
                yield self._editor
                yield Static(id="fault", markup=False)
                yield Pane(self._draw_result, id="result")

    def _draw_brief(self, width: int) -> Sequence[Line]:
        if self._brief is None or self._brief.glyphs is not self.glyphs:
            module = self.tutor.study.module_of(self.opened.lab.head.id)
            self._brief = Brief(self.bench, module.title, self.glyphs)
        return self._brief(width)

    def _draw_result(self, width: int) -> Sequence[Line]:
        return outcome(self.bench, self.glyphs, width)

    def _redraw(self, *, keep: bool = False) -> None:
        """Draw what is known anew; ``keep`` what part of the result is in view."""
        self.query_one("#brief", Pane).show(self._draw_brief, keep=True)
        self.query_one("#result", Pane).show(self._draw_result, keep=keep)
        self._show_fault()

    def _state(self, state: str) -> None:
        """The files, the open one marked; how it stands; the engine, when it is another."""
        names = self.opened.lab.files
        sign = f"{self.glyphs.lab} " if len(names) > 1 else ""
        parts = [
            (f" {sign}{name}", "bold") if name == self._file else (f"  {name}", "$muted")
            for name in names
        ]
        more = " · f8 next file" if len(names) > 1 else ""
        engine = f" · on {clean(self.bench.variant.name)}" if self.bench.variant else ""
        form = f" · {SHORT[self.bench.form]}" if self.bench.form in SHORT else ""
        line = words(*parts, (f" · {state}{form}{more}{engine}", "$muted"))
        if line != self._line:  # not at every key: an update lays the whole screen out
            self._line = line
            self.query_one("#file-line", Static).update(line)

    def _show_fault(self) -> None:
        """Under the editor, where the result cannot be seen beside it: how the run stands."""
        told = self._fault()
        fault = self.query_one("#fault", Static)
        fault.set_class(told is not None, "-shown")
        fault.update(told or plain(""))

    def _fault(self) -> Content | None:
        bench, glyphs = self.bench, self.glyphs
        count = len(self.opened.lab.checks)
        if bench.running:
            return plain(f" Running … {len(bench.checks)} of {count} checks. Escape stops it.")
        if bench.error or bench.result is None or bench.result.stopped == "cancelled":
            return None
        if bench.stale and bench.passed:
            return plain(" Changed since all checks passed.", "$muted")
        failed = bench.failed
        if failed is None:
            passed = (f" {glyphs.check} All {count} checks pass", "bold $right")
            return words(passed, ("  f4 shows the numbers", "$muted"))
        message = " ".join(clean(failed.message or failed.title).split())
        message = message if len(message) <= FAULT else message[: FAULT - 1] + "…"
        where = f"{clean(failed.file)}:{failed.line} " if failed.line else ""
        go = ("  ^g goes there" if failed.line else "  f4 shows more", "$muted")
        return words((f" {glyphs.cross} {where}", "bold $wrong"), message, go)

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

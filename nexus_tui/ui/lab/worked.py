"""The worked example: the model solution, one part more at each key, each with its reason."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from nexus_tui.tutor.fading import Shown
from nexus_tui.ui import layout
from nexus_tui.ui.lab.solution import language
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.text import inline, plain
from nexus_tui.ui.widgets.pane import Pane

LAST = "That is all of it. Close this, then write it yourself in the empty files."


class WorkedScreen(ModalScreen[None]):
    """Think what comes next, then look."""

    DEFAULT_CSS = """
    WorkedScreen { align: center middle; background: $background 60%; }
    WorkedScreen > Pane { width: 96%; max-width: 100; height: 92%; background: $surface;
        border: round $primary; border-title-color: $accent; border-subtitle-color: $muted;
        padding: 1 0 0 0; }
    """
    BINDINGS = [
        Binding("escape,q,backspace", "close", "Close", key_display="esc"),
        Binding("enter,space,n,right", "next", "Next part", priority=True),
        Binding("left,p", "back", "Part before", priority=True),
    ]

    def __init__(self, title: str, parts: Sequence[Shown]) -> None:
        super().__init__()
        self._title, self._parts = title, parts
        self._open = 1

    def compose(self) -> ComposeResult:
        """The parts that are open."""
        pane = Pane(self._lay_out, id="worked")
        pane.border_title = Content(f" {plain(self._title).plain} ")
        yield pane

    def on_mount(self) -> None:
        """Keys come here."""
        pane = self.query_one(Pane)
        pane.focus()
        self._show()

    def _show(self) -> None:
        pane = self.query_one(Pane)
        count = len(self._parts)
        pane.border_subtitle = Content(
            f" part {self._open} of {count} · enter next · ← back · esc "
        )
        pane.selected = f"part:{self._open - 1}"
        pane.show(self._lay_out, keep=True)
        # What grew can be scrolled to only once it is laid out.
        self.call_after_refresh(pane.reveal, pane.selected)

    def _lay_out(self, width: int) -> Sequence[Line]:
        made: list[Line] = []
        for number, part in enumerate(self._parts[: self._open]):
            if not number or part.file != self._parts[number - 1].file:
                made.append(Line(plain(part.file, "$muted")))
            made += on(_part(part, width), item=f"part:{number}")
        if self._open < len(self._parts):
            told = "What comes next? Say it to yourself, then enter shows it."
        else:
            told = LAST
        return [*made, *on(flow(plain(told, "$muted"), width), item=f"part:{self._open - 1}")]

    def action_next(self) -> None:
        """One part more; after the last one, close."""
        if self._open == len(self._parts):
            self.dismiss(None)
        else:
            self._open += 1
            self._show()

    def action_back(self) -> None:
        """One part less."""
        self._open = max(1, self._open - 1)
        self._show()

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)


def _part(part: Shown, width: int) -> list[Line]:
    made = list(layout.code(part.text.rstrip("\n"), language(part.file), width))
    if part.why:
        made += flow(inline(part.why), width, first="  ", rest="  ")
    return [*made, BLANK]

"""Moving the parts of a file by keys, whole."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from nexus_tui.labs.fading import Part
from nexus_tui.ui import layout
from nexus_tui.ui.lab.solution import language
from nexus_tui.ui.lines import BLANK, Line, on
from nexus_tui.ui.text import plain
from nexus_tui.ui.widgets.pane import Pane


class OrderScreen(ModalScreen[list[Part] | None]):
    """Arrows choose a part, shift with arrows moves it. Enter keeps the order."""

    DEFAULT_CSS = """
    OrderScreen { align: center middle; background: $background 60%; }
    OrderScreen > Pane { width: 96%; max-width: 100; height: 92%; background: $surface;
        border: round $primary; border-title-color: $accent; border-subtitle-color: $muted;
        padding: 1 0 0 0; }
    """
    BINDINGS = [
        Binding("escape,q,backspace", "close", "Leave it as it was", key_display="esc"),
        Binding("enter", "keep", "Keep this order"),
        Binding("down,j", "go(1)", "Next part", priority=True),
        Binding("up,k", "go(-1)", "Part before", priority=True),
        Binding("shift+down,J,ctrl+down", "carry(1)", "Move it down", priority=True),
        Binding("shift+up,K,ctrl+up", "carry(-1)", "Move it up", priority=True),
    ]

    def __init__(self, file: str, parts: Sequence[Part]) -> None:
        super().__init__()
        self._file, self._parts = file, list(parts)

    def compose(self) -> ComposeResult:
        """The parts as they stand."""
        pane = Pane(self._lay_out, id="order")
        pane.border_title = Content(f" {plain(self._file).plain} ")
        pane.border_subtitle = Content(" ↑↓ choose · shift+↑↓ or J K move · enter keeps it · esc ")
        yield pane

    def on_mount(self) -> None:
        """Begin at the top."""
        self.query_one(Pane).focus()
        self._select(0)

    def _lay_out(self, width: int) -> Sequence[Line]:
        made: list[Line] = []
        for number, part in enumerate(self._parts):
            code = layout.code(part.text.rstrip("\n"), language(part.file), width)
            made += [*on(code, item=f"part:{number}"), BLANK]
        return made

    @property
    def _at(self) -> int:
        selected = self.query_one(Pane).selected
        return int(selected.partition(":")[2] or 0)

    def _select(self, number: int) -> None:
        pane = self.query_one(Pane)
        pane.selected = f"part:{number}"
        pane.show(self._lay_out, keep=True)
        pane.reveal(pane.selected)

    def action_go(self, by: int) -> None:
        """Another part."""
        self._select(max(0, min(self._at + by, len(self._parts) - 1)))

    def action_carry(self, by: int) -> None:
        """Let the part change places with its neighbour."""
        at, to = self._at, self._at + by
        if 0 <= to < len(self._parts):
            self._parts[at], self._parts[to] = self._parts[to], self._parts[at]
            self._select(to)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A part was clicked."""
        self._select(int(message.item.partition(":")[2]))

    def action_keep(self) -> None:
        """Close with the order."""
        self.dismiss(self._parts)

    def action_close(self) -> None:
        """Leave all as it was."""
        self.dismiss(None)

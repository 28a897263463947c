"""Choosing one of a few reasons, by number."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.screens.dialogs import FittingPane
from nexus_tui.ui.text import plain, words
from nexus_tui.ui.widgets.pane import Pane


class ReasonScreen(ModalScreen[str | None]):
    """Closes with the reason chosen, or with None."""

    DEFAULT_CSS = """
    ReasonScreen { align: center middle; background: $background 60%; }
    ReasonScreen > Pane { width: 64; max-width: 94%; height: auto; max-height: 90%;
                          background: $surface; border: round $accent; padding: 1; }
    """
    BINDINGS = [
        *(Binding(str(n), f"choose({n})", show=False) for n in range(1, 10)),
        Binding("escape,backspace,q,n", "choose(0)", "Back"),
    ]

    def __init__(self, title: str, reasons: Sequence[str]) -> None:
        super().__init__()
        self._title, self._reasons = title, reasons

    def compose(self) -> ComposeResult:
        """The question."""
        yield FittingPane(self._lay_out)

    def on_mount(self) -> None:
        """Keys come here."""
        self.query_one(Pane).focus()

    def _lay_out(self, width: int) -> Sequence[Line]:
        made = [*flow(plain(self._title, "bold"), width), BLANK]
        for n, reason in enumerate(self._reasons, 1):
            lead = words((f"{n}", "bold $accent"), "  ")
            made += flow(plain(reason), width, first=lead, rest="   ", item=reason)
        return [*made, BLANK, Line(plain("escape leaves it as it is", "$muted"))]

    def action_choose(self, number: int) -> None:
        """Close with a reason; 0: with none."""
        if number <= len(self._reasons):
            self.dismiss(self._reasons[number - 1] if number else None)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A reason was clicked."""
        self.dismiss(message.item)

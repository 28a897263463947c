"""A line about a question that is flagged: what is wrong with it, or nothing."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from nexus_tui.ui.text import words

LONGEST = 200
ASKS = "Flag this question. Why? One line, or nothing."
KEYS = words(("enter", "$accent"), " flags   ", ("esc", "$accent"), " leaves it")


class RemarkScreen(ModalScreen[str | None]):
    """Closes with the line; with None when it is left."""

    DEFAULT_CSS = """
    RemarkScreen { align: center middle; background: $background 60%; }
    RemarkScreen > Static, RemarkScreen > Input { width: 64; max-width: 94%;
                                                  background: $surface; padding: 0 1; }
    RemarkScreen > Input, RemarkScreen > Input:focus { border: round $accent; }
    """
    BINDINGS = [Binding("escape", "close", "Leave it")]

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """What is asked, the line, the keys."""
        field = Input(self._text, max_length=LONGEST, select_on_focus=False)
        field.cursor_blink = False  # a blinking cursor is a timer
        yield Static(ASKS, markup=False)
        yield field
        yield Static(KEYS, markup=False)

    def on_mount(self) -> None:
        """Keys go into the line."""
        self.query_one(Input).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter."""
        self.dismiss(message.value.strip())

    def action_close(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)

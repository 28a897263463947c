"""The small screen on which one chooses how much of a lab is given."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from nexus_tui.tutor.fading import Advice, Form
from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.screens.dialogs import FittingPane
from nexus_tui.ui.text import plain, words
from nexus_tui.ui.widgets.pane import Pane

Choice: TypeAlias = Form | Literal["move"]
"""A form to begin in, or the parts of the present one to be moved."""
NAMES: dict[Choice, tuple[str, str]] = {
    "move": ("Move the parts", "Go on putting this file's parts in order."),
    "worked": ("Worked example", "Read the solution part by part, then write it yourself."),
    "gaps": ("With gaps", "The solution with pieces left open: fill in each ____."),
    "order": ("Out of order", "The solution's parts, shuffled: put them in order."),
    "blank": ("From the starter", "The files as they came. Only this can pass the lab."),
}
SHORT: dict[str, str] = {
    "worked": "after the example",
    "gaps": "with gaps",
    "order": "out of order",
}
"""What stands in the line of the file; nothing for the starter."""
NEXT = (
    "That was practice. The lab passes when you write it from the starter: "
    "what you know is what you can do without the solution on the screen. f goes on."
)
KEPT = "t brings back what you have"


class FormScreen(ModalScreen[Choice | None]):
    """Arrows choose, enter takes it. What is recommended is chosen first, and why is said."""

    DEFAULT_CSS = """
    FormScreen { align: center middle; background: $background 60%; }
    FormScreen > Pane { width: 76; max-width: 94%; height: auto; max-height: 90%;
                        background: $surface; border: round $primary; padding: 1; }
    """
    BINDINGS = [
        Binding("escape,q,backspace,f,ctrl+n", "close", "Close", key_display="esc"),
        Binding("enter", "take", "Take it"),
        Binding("down,j", "move(1)", "Down", priority=True),
        Binding("up,k", "move(-1)", "Up", priority=True),
    ]

    def __init__(self, choices: Sequence[Choice], advice: Advice, current: Form) -> None:
        super().__init__()
        self._choices, self._advice, self._current = choices, advice, current

    def compose(self) -> ComposeResult:
        """The forms."""
        yield FittingPane(self._lay_out)

    def on_mount(self) -> None:
        """Begin at what is recommended, or at what is under way."""
        pane = self.query_one(Pane)
        pane.focus()
        first = self._choices[0]
        pane.selected = first if first == "move" else self._advice.form

    def _lay_out(self, width: int) -> Sequence[Line]:
        made = list(flow(plain("How much of it is given?", "bold $accent"), width))
        why = f"Recommended: {NAMES[self._advice.form][0].lower()}. {self._advice.why}"
        made += [*flow(plain(why), width), BLANK]
        for choice in self._choices:
            name, told = NAMES[choice]
            made += flow(plain(name, "bold") + self._signs(choice), width, item=choice)
            made += flow(plain(told), width, first="  ", rest="  ", item=choice)
        keys = words(("enter", "$accent"), " takes it   ", ("esc", "$accent"), " closes   ")
        return [*made, BLANK, *flow(keys + plain(KEPT, "$muted"), width)]

    def _signs(self, choice: Choice) -> Content:
        told = ["recommended"] if choice == self._advice.form else []
        told += ["now"] if choice == self._current else []
        return plain(f"  {', '.join(told)}", "$muted") if told else plain("")

    def action_move(self, by: int) -> None:
        """Another form."""
        pane = self.query_one(Pane)
        at = pane.items.index(pane.selected) if pane.selected in pane.items else 0
        pane.selected = pane.items[max(0, min(at + by, len(pane.items) - 1))]
        pane.reveal(pane.selected)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A form was clicked."""
        message.pane.selected = message.item
        self.action_take()

    def action_take(self) -> None:
        """Close with the form chosen."""
        chosen = self.query_one(Pane).selected
        self.dismiss(next((one for one in self._choices if one == chosen), None))

    def action_close(self) -> None:
        """Leave all as it is."""
        self.dismiss(None)

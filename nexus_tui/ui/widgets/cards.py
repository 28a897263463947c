"""The cards of Today: a thing worth doing, and the key that does it."""

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from nexus_tui.ui.lines import wrap


class Card(Widget, can_focus=True):
    """A few lines in a border; enter or a click does it."""

    BINDINGS = [Binding("enter", "do", "Open")]

    class Done(Message):
        """The card was chosen."""

        def __init__(self, card: "Card") -> None:
            super().__init__()
            self.card = card

    def __init__(self, title: str, key: str, *, id: str, classes: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self.border_title = title
        self.border_subtitle = key
        self._lines: tuple[Content, ...] = ()

    def show(self, *lines: Content) -> None:
        """What the card says, wrapped to its width; what does not fit is left out."""
        self._lines = lines
        self.refresh()

    def render(self) -> Content:
        """The lines, cut to the card."""
        width, height = self.content_size
        lines = [part for line in self._lines for part in wrap(line, width)]
        if len(lines) > height:
            lines = [line for line in lines if line.plain]
        return Content("\n").join(lines[:height])

    def action_do(self) -> None:
        """Choose it."""
        self.post_message(self.Done(self))

    def on_click(self, event: events.Click) -> None:
        """Choose it."""
        self.action_do()

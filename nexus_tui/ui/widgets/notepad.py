"""Where running text is written: wrapped, none of it obeyed by a terminal, no endless paste."""

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from nexus_tui.tutor.journal import LONGEST
from nexus_tui.ui.text import clean


class NotePad(TextArea):
    """A text area for Markdown. It is drawn plain: a grammar would cost more than it shows."""

    DEFAULT_CSS = """
    NotePad, NotePad:focus { border: none; padding: 0; background: $surface; }
    """

    class TooLong(Message):
        """More was pasted than a note may hold; nothing was taken."""

        def __init__(self, length: int) -> None:
            super().__init__()
            self.length = length

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(
            text, id=id, soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False
        )
        self.cursor_blink = False  # a blinking cursor is a timer

    async def _on_paste(self, event: events.Paste) -> None:
        """Refuse what does not fit; wrapping a megabyte would hold all up. The base takes it."""
        length = len(self.text) + len(event.text)
        if length > LONGEST:
            event.stop()
            event.prevent_default()
            self.post_message(self.TooLong(length))

    def get_line(self, line_index: int) -> "object":  # type: ignore[override]
        """A line, in which what a terminal would obey is a sign."""
        line = super().get_line(line_index)
        if not line.plain.isprintable():
            line.plain = "".join(sign if sign == "\t" else _shown(sign) for sign in line.plain)
        return line


def _shown(sign: str) -> str:
    """One character for one, so that every column stays where it is."""
    made = clean(sign)
    return made if len(made) == 1 and made != "\n" else "\N{REPLACEMENT CHARACTER}"

"""Where an answer is typed: one line, or several. One field, kept, and shown when needed."""

from collections.abc import Iterable
from typing import Protocol

from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, TextArea

LONGEST = 400
"""Characters that a one-line answer may have."""


class Typing(Protocol):
    """What is typed into the field."""

    text: str

    @property
    def several(self) -> bool:
        """It may have several lines."""

    @property
    def placeholder(self) -> str:
        """What an empty field says."""


class OwnWords:
    """A line of explanation, before the options are shown."""

    several = False
    placeholder = "in your words"
    text = ""


class Lines(TextArea):
    """Short enough to do without paging: these keys page what stands over it."""

    async def action_cursor_page_down(self) -> None:  # type: ignore[override]
        """Scroll the question."""
        await self.run_action("screen.page(1)")

    async def action_cursor_page_up(self) -> None:  # type: ignore[override]
        """Scroll the question."""
        await self.run_action("screen.page(-1)")


class Field(Vertical):
    """An input and a text area, of which at most one is on the screen."""

    def compose(self) -> Iterable[Widget]:
        """The two."""
        word = Input(id="word", select_on_focus=False, max_length=LONGEST)
        lines = Lines(id="lines", show_line_numbers=False, highlight_cursor_line=False)
        # A blinking cursor is a timer: none of those.
        word.cursor_blink = lines.cursor_blink = False
        yield word
        yield lines

    @property
    def shown(self) -> bool:
        """Whether there is something to type into."""
        return self.has_class("-word") or self.has_class("-lines")

    def put(self, typed: Typing | None) -> None:
        """Show the field of a sheet with what it holds; none, for a sheet that is not typed."""
        self.set_class(typed is not None and not typed.several, "-word")
        self.set_class(typed is not None and typed.several, "-lines")
        if typed is None:
            return
        if typed.several:
            self.query_one(TextArea).load_text(typed.text)
        else:
            field = self.query_one(Input)
            field.value, field.placeholder = typed.text, typed.placeholder

    @property
    def text(self) -> str:
        """What was typed."""
        several = self.has_class("-lines")
        return self.query_one(TextArea).text if several else self.query_one(Input).value

    def type(self) -> None:
        """Keys go here from now on."""
        self.query_one("#lines" if self.has_class("-lines") else "#word").focus()

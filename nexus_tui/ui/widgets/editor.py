"""An editor for a lab's files: the theme's colours, a mark on the line to mend, files with undo."""

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import App
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from nexus_tui.ui.text import clean
from nexus_tui.ui.widgets.editorcolours import theme

LANGUAGES = {
    ".py": "python",
    ".sql": "sql",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".toml": "toml",
    ".md": "markdown",
    ".sh": "bash",
}
"""Languages whose grammar we have tried; anything else is edited without colour."""
ROOM = 12
"""Cells right of a line from which its message stands beside it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line to mend: counted from 0, the sign before it, what is wrong with it."""

    line: int
    sign: str
    message: str


@dataclass(slots=True)
class Kept:
    """A file that was open: what can be undone in it, for as long as its text is the same."""

    text: str
    history: Any
    """What `TextArea.history` was."""
    selection: Selection
    top: int


STEPS = {".py": "    ", ".yml": "  ", ".yaml": "  "}
"""By how much a line that ends in a colon indents what follows it."""


class CodeEditor(TextArea):
    """A code editor in the theme's colours; escape belongs to the screen."""

    DEFAULT_CSS = "CodeEditor, CodeEditor:focus { border: none; padding: 0; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, show_line_numbers=True, tab_behavior="indent", soft_wrap=False)
        self.opened = ""
        """The file's name, "" when none is open."""
        self._kept: dict[str, Kept] = {}
        self._waiting: tuple[Selection, int] | None = None
        """Where to stand once there is room to stand: an editor that is hidden has none."""
        self._mark: Mark | None = None
        self._lines = 0

    class Left(Message):
        """Escape was pressed."""

    async def _on_key(self, event: events.Key) -> None:
        """Escape would go to whatever is next; here it goes back. Enter keeps the indentation."""
        if event.key not in ("escape", "enter") or (event.key == "enter" and self.read_only):
            return
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.post_message(self.Left())
        else:
            self._replace_via_keyboard("\n" + self._indentation(), *self.selection)

    def _indentation(self) -> str:
        """What the next line begins with: as this one, and a step more after a colon."""
        row, column = min(self.selection)
        before = self.document.get_line(row)[:column]
        indent = before[: len(before) - len(before.lstrip())]
        step = STEPS.get(PurePath(self.opened).suffix, "")
        return indent + step * before.rstrip().endswith(":")

    def on_mount(self) -> None:
        """Colours of the theme, now and when it changes."""
        self.cursor_blink = False
        self._colour(self.app)
        self.app.theme_changed_signal.subscribe(self, lambda _: self._colour(self.app))

    def on_show(self) -> None:
        """Colours of the language: a grammar is loaded when there is something to see."""
        if self._waiting:
            selection, top = self._waiting
            self._waiting = None
            self.call_after_refresh(self._settle, selection, top)
        else:
            self.call_after_refresh(self._speak)

    def _colour(self, app: App[object]) -> None:
        self.register_theme(theme(app.theme_variables))
        self.theme = "css"
        self.theme = "nexus"

    def _speak(self) -> None:
        """Read the text in the language of the file's name."""
        known = LANGUAGES.get(PurePath(self.opened).suffix)
        language = known if known in self.available_languages else None
        if language == self.language or not self.region:
            return
        selection, top = self.selection, self.scroll_offset.y
        with self.prevent(TextArea.SelectionChanged):
            self.language = language
            self._stand(selection, top)

    # Files

    def open(self, name: str, text: str, spot: tuple[int, int, int] = (0, 0, 0)) -> None:
        """Show a file: where one was in it, else at ``spot`` (row, column, first row shown)."""
        self._put_away()
        self.opened, self._mark = name, None
        kept = self._kept.get(name)
        row, column, top = spot
        selection = Selection.cursor(self._inside(text, row, column))
        self.load_text(text)
        if kept and kept.text == text:
            self.history, selection, top = kept.history, kept.selection, kept.top
        self._lines = self.document.line_count
        self._stand(selection, top)
        self.call_after_refresh(self._settle, selection, top)

    def _settle(self, selection: Selection, top: int) -> None:
        """Once the size of the text is known, so is what can be scrolled to."""
        if self.is_mounted and self.selection == selection:
            self._waiting = None if self.region else (selection, top)
            self._stand(selection, top)
        self._speak()

    def _put_away(self) -> None:
        """Keep what can be undone in the file that goes."""
        if self.opened:
            top = self.scroll_offset.y
            self._kept[self.opened] = Kept(self.text, self.history, self.selection, top)
            self.history = replace(self.history)  # as empty as a new one

    def _stand(self, selection: Selection, top: int) -> None:
        self.selection = selection
        self.scroll_to(0, top, animate=False, immediate=True)

    @staticmethod
    def _inside(text: str, row: int, column: int) -> tuple[int, int]:
        lines = text.splitlines() or [""]
        row = min(row, len(lines) - 1)
        return row, min(column, len(lines[row]))

    @property
    def spot(self) -> tuple[int, int, int]:
        """Where one is: row, column, first row shown."""
        return *self.cursor_location, self.scroll_offset.y

    def swap(self, text: str) -> None:
        """Put another text in the place of this one; it can be undone."""
        if text == self.text:
            return
        selection, top = self.selection, self.scroll_offset.y
        self.history.checkpoint()
        self.replace(text, self.document.start, self.document.end)
        self.history.checkpoint()
        self._stand(Selection.cursor(self._inside(text, *selection.end)), top)

    # The line to mend

    def mark(self, line: int, sign: str, message: str) -> None:
        """Mark a line, counted from 1, with what is wrong with it."""
        said = " ".join(clean(message).split())
        self._mark = Mark(min(line, self.document.line_count) - 1, sign, said)
        self.refresh()

    def unmark(self) -> None:
        """There is nothing to mend, or nothing is known of it."""
        self._mark = None
        self.refresh()

    @property
    def marked(self) -> int:
        """The line that is marked, from 1; 0 when none is."""
        return self._mark.line + 1 if self._mark else 0

    def go(self, line: int) -> None:
        """Put the cursor on a line, counted from 1."""
        self.move_cursor((min(line, self.document.line_count) - 1, 0), center=True)

    def on_text_area_changed(self) -> None:
        """The mark stays with its line when lines come or go above it."""
        more = self.document.line_count - self._lines
        self._lines = self.document.line_count
        if more and self._mark and self.cursor_location[0] - max(more, 0) < self._mark.line:
            line = max(self._mark.line + more, 0)
            self._mark = replace(self._mark, line=line)
            self.refresh()

    # Drawing

    def get_line(self, line_index: int) -> Text:
        """A line of the file, in which nothing is obeyed by a terminal."""
        line = super().get_line(line_index)
        if not line.plain.isprintable():
            line.plain = "".join(sign if sign == "\t" else _shown(sign) for sign in line.plain)
        return line

    def render_line(self, y: int) -> Strip:
        """A row of the screen; the line to mend has a sign before it and its message after."""
        strip = super().render_line(y)
        mark = self._mark
        if mark is None or y + self.scroll_offset.y != mark.line:
            return strip
        return self._marked(strip, mark)

    def _marked(self, strip: Strip, mark: Mark) -> Strip:
        wrong = Style.parse(f"bold {self._wrong}") if self._wrong else Style(bold=True)
        width = self.size.width
        gutter = self.gutter_width
        text = self.document.get_line(mark.line).expandtabs(self.indent_width)
        end = gutter + Text(text).cell_len - self.scroll_offset.x + 2
        parts = [
            strip.crop(0, gutter - 2),
            Strip([Segment(f"{mark.sign} ", wrong + self.rich_style.background_style)]),
            strip.crop(gutter, width),
        ]
        made = Strip.join(parts)
        if gutter <= end <= width - ROOM:
            message = Text(f"{mark.sign} {mark.message}", style=wrong, end="")
            message.truncate(width - end, overflow="ellipsis")
            drawn = Strip(message.render(self.app.console)).apply_style(
                self.rich_style.background_style
            )
            made = Strip.join([made.crop(0, end), drawn, made.crop(end + drawn.cell_length, width)])
        return made

    @property
    def _wrong(self) -> str:
        value = self.app.theme_variables.get("wrong", "")
        return value if value.startswith("#") else ""


def _shown(sign: str) -> str:
    """One character for one, so that every column stays where it is."""
    made = clean(sign)
    return made if len(made) == 1 and made != "\n" else "\N{REPLACEMENT CHARACTER}"

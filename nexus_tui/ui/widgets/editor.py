"""Where the learner writes code."""

from pathlib import PurePath

from rich.style import Style
from textual import events
from textual.app import App
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

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


class CodeEditor(TextArea):
    """A code editor in the theme's colours; escape belongs to the screen."""

    DEFAULT_CSS = "CodeEditor { border: none; padding: 0; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, show_line_numbers=True, tab_behavior="indent", soft_wrap=False)
        self.loading_file = False

    class Left(Message):
        """Escape was pressed."""

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        """Escape would go to whatever is next; here it goes back. All else is the base's."""
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.post_message(self.Left())

    def on_mount(self) -> None:
        """Colours of the theme, now and when it changes."""
        self.cursor_blink = False
        self._colour(self.app)
        self.app.theme_changed_signal.subscribe(self, lambda _: self._colour(self.app))

    def _colour(self, app: App[object]) -> None:
        self.register_theme(_theme(app.theme_variables))
        self.theme = "css"
        self.theme = "nexus"

    def open(self, name: str, text: str) -> None:
        """Show a file from its first line."""
        self.loading_file = True
        language = LANGUAGES.get(PurePath(name).suffix)
        self.language = language if language in self.available_languages else None
        self.load_text(text)
        self.call_after_refresh(self._loaded)

    def _loaded(self) -> None:
        self.loading_file = False

    def mark(self, line: int) -> None:
        """Put the cursor on a line, counted from 1."""
        self.move_cursor((min(line, self.document.line_count) - 1, 0), center=True)


def _theme(colours: dict[str, str]) -> TextAreaTheme:
    """Syntax colours from the theme's variables, the same as the reader's."""

    def style(name: str, *, italic: bool = False) -> Style:
        value = colours.get(name, "")
        return Style(color=value if value.startswith("#") else None, italic=italic)

    names = {
        "keyword": style("secondary"),
        "keyword.function": style("secondary"),
        "keyword.return": style("secondary"),
        "keyword.operator": style("secondary"),
        "conditional": style("secondary"),
        "repeat": style("secondary"),
        "include": style("secondary"),
        "exception": style("secondary"),
        "string": style("right"),
        "string.documentation": style("right"),
        "comment": style("muted", italic=True),
        "number": style("accent"),
        "float": style("accent"),
        "boolean": style("accent"),
        "constant.builtin": style("accent"),
        "function": style("primary"),
        "function.call": style("primary"),
        "method": style("primary"),
        "method.call": style("primary"),
        "class": Style(bold=True),
        "type": Style(bold=True),
        "type.class": Style(bold=True),
        "type.builtin": style("secondary"),
    }
    return TextAreaTheme(name="nexus", syntax_styles=names)

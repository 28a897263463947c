"""The reference for lessons: Textual's Markdown widget, which opens a file at a key."""

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Markdown


class Document(App[None]):
    """``o`` opens the file named on the command line."""

    BINDINGS = [("o", "open", "Open")]

    def compose(self) -> ComposeResult:
        """An empty document."""
        with VerticalScroll():
            yield Markdown("Hello, world")

    async def action_open(self) -> None:
        """Read and show the file."""
        await self.query_one(Markdown).update(Path(sys.argv[1]).read_text("utf-8"))


if __name__ == "__main__":
    Document().run()

"""Color where the terminal has it. The one file of this face that knows Rich."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console
from rich.syntax import Syntax
from rich.text import Text

STYLES = {
    "title": "bold cyan",
    "strong": "bold",
    "em": "italic",
    "strike": "strike",
    "code": "cyan",
    "link": "underline",
    "muted": "dim",
    "right": "bold green",
    "wrong": "bold red",
}
"""Name of a style -> what Rich draws: colors of the terminal's own palette only."""

Run = tuple[int, int, str]
"""Start and end of a stretch in characters, and the name of its style."""


class Ink:
    """Prints lines in color, one after another: no cursor is moved, nothing is markup."""

    def __init__(self, stdout: TextIO) -> None:
        self._console = Console(file=stdout, highlight=False, markup=False, emoji=False)

    def line(self, lead: str, text: str, runs: Iterable[Run] = (), style: str = "") -> None:
        """Print one line: ``lead`` as it is, then ``text`` in its styles."""
        drawn = Text(text, STYLES.get(style, ""))
        for start, end, name in runs:
            drawn.stylize(STYLES.get(name, ""), start, end)
        self._print(Text(lead), drawn)

    def code(self, source: str, language: str, leads: Sequence[str]) -> None:
        """Print highlighted lines, each behind its lead. An unknown language stays plain."""
        syntax = Syntax(source, language, theme="ansi_dark", background_color="default")
        drawn = syntax.highlight(source)
        drawn.rstrip()
        for lead, line in zip(leads, drawn.split("\n", allow_blank=True), strict=False):
            self._print(Text(lead), line)

    def _print(self, lead: Text, text: Text) -> None:
        self._console.print(lead.append_text(text), soft_wrap=True)

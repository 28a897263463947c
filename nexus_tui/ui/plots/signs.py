"""The signs that plots are drawn with. What a color says, a sign says too."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from textual.content import Content

from nexus_tui.course.value import value
from nexus_tui.ui.glyphs import ASCII, Glyphs
from nexus_tui.ui.text import words

Cell = tuple[str, str]
"""A sign, one cell wide, and its style."""


@value
class Signs:
    """A set of signs, each one cell wide."""

    stays: str
    fades: str
    never: str
    """Of a bar: what is still known later, what is known now only, what is not."""
    steps: str
    """Of a column: empty to full, in eighths."""
    other: str
    """Of a column: the part on top of it, such as wrong answers."""
    heat: str
    """Of a heatmap: nothing, to much."""
    point: str
    up: str
    tick_up: str
    corner: str
    along: str
    tick_along: str
    braille: bool


SIGNS = Signs("━", "╍", "─", " ▁▂▃▄▅▆▇█", "░", "·□■█", "●", "│", "┤", "└", "─", "┬", True)
PLAIN = Signs("=", "-", ".", " ...:::##", "/", ".-+#", "o", "|", "+", "+", "-", "+", False)


def signs(glyphs: Glyphs) -> Signs:
    """Those that go with the glyphs of the screen."""
    return PLAIN if glyphs is ASCII else SIGNS


def runs(cells: Iterable[Cell]) -> Content:
    """Cells as one line. Neighbors that look the same become one piece: a fifth of the work."""
    return words(
        *(("".join(map(itemgetter(0), run)), style) for style, run in groupby(cells, itemgetter(1)))
    )


def canvas(width: int, height: int) -> list[list[Cell]]:
    """Empty cells, by row."""
    return [[(" ", "")] * width for _ in range(height)]


def put(row: list[Cell], at: int, text: str, style: str = "$muted") -> bool:
    """Write over empty cells of a row; whether there was room, with a cell to spare around it."""
    around = row[max(at - 1, 0) : at + len(text) + 1]
    if at < 0 or at + len(text) > len(row) or any(sign != " " for sign, _ in around):
        return False
    row[at : at + len(text)] = [(sign, style) for sign in text]
    return True

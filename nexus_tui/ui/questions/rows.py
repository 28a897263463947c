"""How rows look: open, chosen, right, wrong. Each state has a color, a bar, a sign and a word."""

from collections.abc import Iterator
from typing import Literal

from textual.content import Content

from nexus_tui.course.model import Inline
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.lines import Line, flow
from nexus_tui.ui.text import inline, plain, words

State = Literal["", "chosen", "right", "wrong"]
BARS = {"": "", "chosen": "$accent", "right": "$right", "wrong": "$wrong"}
GROUNDS = {"": "", "chosen": "on $panel", "right": "on $right 10%", "wrong": "on $wrong 10%"}
INKS = {"": "", "chosen": "bold", "right": "$right", "wrong": "$wrong"}
MINE = "mine"
"""The item of judged rows that are about what the learner chose: they must be in view."""
TRUTH = "truth"
"""The item of the right row when it is another: it should be in view too."""


def sign(state: State, glyphs: Glyphs) -> Content:
    """The sign of a state, one cell."""
    mark = {"right": glyphs.check, "wrong": glyphs.cross}.get(state, " ")
    return plain(mark, BARS[state])


def row(
    lead: Content, text: Content, width: int, state: State = "", item: str = ""
) -> Iterator[Line]:
    """A row: what comes before it, the text, and the ground of its state."""
    ink = INKS[state]
    shown = text.stylize_before(ink) if ink else text
    yield from flow(
        shown, width, first=lead, rest=" " * lead.cell_length,
        bar=BARS[state], ground=GROUNDS[state], item=item,
    )  # fmt: skip


def why(
    text: Inline, width: int, indent: int, state: State = "", word: str = "", item: str = ""
) -> Iterator[Line]:
    """The reason under a row, and a word on what the row was to the learner."""
    style = "$foreground 85%" if state else "$muted"
    parts = [inline(text, style)] if text.text else []
    if word:
        parts += [Content(" ")] if parts else []
        parts.append(plain(word, "bold"))
    if parts:
        yield from flow(
            words(*parts), width, first=" " * indent, rest=" " * indent,
            bar=BARS[state], ground=GROUNDS[state], item=item,
        )  # fmt: skip

"""How questions look and act on the screen: a file for each shape.

A new shape is a file with a :class:`~nexus_tui.ui.questions.sheet.Sheet` and a line in ``SHEETS``.
"""

from collections.abc import Sequence

from nexus_tui.course.model import Option, Question
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.questions.many import Many
from nexus_tui.ui.questions.match import Match
from nexus_tui.ui.questions.one import One
from nexus_tui.ui.questions.order import Order
from nexus_tui.ui.questions.point import Point
from nexus_tui.ui.questions.sheet import Key, Sheet
from nexus_tui.ui.questions.typed import Typed

__all__ = ["SHEETS", "Key", "Sheet", "sheet"]

SHEETS: dict[str, type[Sheet]] = {
    "one": One,
    "many": Many,
    "order": Order,
    "text": Typed,
    "point": Point,
    "match": Match,
}
"""Every shape of question."""


def sheet(question: Question, options: Sequence[Option], glyphs: Glyphs) -> Sheet:
    """A fresh sheet for a question."""
    return SHEETS[question.shape](question, options, glyphs)

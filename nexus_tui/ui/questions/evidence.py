"""What a question gives to look at: titled panes, below each other or one at a time."""

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style

from nexus_tui.course.model import Evidence
from nexus_tui.ui.layout import GROUND, code
from nexus_tui.ui.lines import BLANK, EMPTY, Line
from nexus_tui.ui.text import plain, words

MARGIN = Line(EMPTY, "$primary", GROUND)


def stacked(evidence: Sequence[Evidence], width: int, *, airy: bool = False) -> list[Line]:
    """All of it, one below the other; ``airy``: with a margin above and below."""
    made: list[Line] = []
    for number, shown in enumerate(evidence):
        if number:
            made += [MARGIN, BLANK] if airy else [BLANK]
        if airy:
            made.append(MARGIN)
        if shown.title:
            made.append(Line(plain(f"  {shown.title}", "bold $muted"), "$primary", GROUND))
        made += code(shown.text, shown.language, width)
    return [*made, MARGIN] if made and airy else made


def folded(evidence: Sequence[Evidence], width: int, open_one: int) -> list[Line]:
    """Titles in a line, the open one underlined, and only that one's text."""
    parts: list[Content] = [Content("  ")]
    for number, shown in enumerate(evidence):
        here = number == open_one
        title = plain(shown.title or shown.language, "bold underline" if here else "$muted")
        click = Style.from_meta({"@click": f"screen.evidence({number})"})
        parts += [title.stylize(click), Content("   ")]
    parts.append(words(("e", "bold $accent"), (" next", "$muted")))
    head = Content("").join(parts)
    shown = evidence[open_one]
    lines = [Line(piece, "$primary", GROUND) for piece in head.wrap(max(width, 8))]
    return [*lines, *code(shown.text, shown.language, width)]

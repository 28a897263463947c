"""Lines: what a :class:`~nexus_tui.ui.widgets.pane.Pane` draws, already as wide as the screen."""

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from nexus_tui.course.value import value

EMPTY = Content("")
MEASURE = 88
"""Most columns of running text: longer lines tire the eye."""


@value
class Line:
    """One line of the screen."""

    content: Content = EMPTY
    bar: str = ""
    """Style of the bar at the left edge; none when empty."""
    ground: str = ""
    """Style under the whole line, such as ``on $surface``."""
    item: str = ""
    """The thing on the page it belongs to: what one can select, run or choose."""


BLANK = Line()


def wrap(content: Content, width: int) -> list[Content]:
    """Break at words; break words that are longer than the line."""
    width = max(width, 8)
    if content.cell_length <= width and "\n" not in content.plain:
        return [content]
    return content.wrap(width)


def flow(
    content: Content,
    width: int,
    *,
    first: Content | str = "",
    rest: Content | str = "",
    bar: str = "",
    ground: str = "",
    item: str = "",
) -> Iterator[Line]:
    """A paragraph as lines: ``first`` before the first one, ``rest`` before the others."""
    head = first if isinstance(first, Content) else Content(first)
    tail = rest if isinstance(rest, Content) else Content(rest)
    room = width - max(head.cell_length, tail.cell_length)
    for number, piece in enumerate(wrap(content, room)):
        yield Line((tail if number else head) + piece, bar, ground, item)


def on(lines: Iterable[Line], *, bar: str = "", ground: str = "", item: str = "") -> list[Line]:
    """The same lines with a bar, a ground or an item where they had none."""
    return [
        Line(line.content, line.bar or bar, line.ground or ground, line.item or item)
        for line in lines
    ]


def plain_text(lines: Sequence[Line]) -> str:
    """What the lines say, for the clipboard."""
    return "\n".join(line.content.plain.rstrip() for line in lines)

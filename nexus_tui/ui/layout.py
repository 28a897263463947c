"""From blocks of a lesson to lines of the screen."""

from collections.abc import Callable, Iterator, Sequence
from functools import singledispatch

from textual.content import Content

from nexus_tui.course.model import (
    Ask,
    Block,
    Callout,
    Code,
    Diagram,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Rule,
    Table,
)
from nexus_tui.ui.code import highlight
from nexus_tui.ui.lines import BLANK, Line, flow, on, wrap
from nexus_tui.ui.text import inline, plain

BARS = {
    "misconception": "$accent",
    "careful": "$wrong",
    "note": "$primary",
    "wire": "$secondary",
    "quote": "$rule",
}
NAMES = {
    "misconception": "Misconception.",
    "careful": "Careful.",
    "note": "Note.",
    "wire": "Across the wire.",
}
GROUND = "on $surface"


def lines(
    blocks: Sequence[Block],
    width: int,
    asks: Callable[[str], list[Line]] | None = None,
    prefix: str = "",
) -> list[Line]:
    """Lay blocks out in ``width`` cells, a blank line between them.

    ``asks`` draws the place of a question from its id; without it, the place stays out.
    Samples that run get an item ``run:<number>`` (``prefix`` before the number), counted from 0.
    """
    made: list[Line] = []
    runs = 0
    for block in blocks:
        if isinstance(block, Ask):
            part = asks(block.question) if asks else []
        else:
            part = list(draw(block, width))
        if isinstance(block, Code) and block.run:
            part = on(part, item=f"run:{prefix}{runs}")
            runs += 1
        if made and part:
            made.append(BLANK)
        made += part
    return made


@singledispatch
def draw(block: Block, width: int) -> Iterator[Line]:
    """The lines of one block."""
    raise TypeError(f"no way to draw {type(block).__name__}")


@draw.register
def _(block: Paragraph, width: int) -> Iterator[Line]:
    yield from flow(inline(block.text), width)


@draw.register
def _(block: Heading, width: int) -> Iterator[Line]:
    yield from flow(inline(block.text, "bold"), width)


@draw.register
def _(block: Rule, width: int) -> Iterator[Line]:
    yield Line(Content.styled("─" * min(width, 20), "$rule"))


@draw.register
def _(block: Diagram, width: int) -> Iterator[Line]:
    for text in block.text.split("\n"):
        yield Line(plain("  " + text))


@draw.register
def _(block: Listing, width: int) -> Iterator[Line]:
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.ordered else "• "
        inner = lines(item, width - 2 - len(mark))
        for index, line in enumerate(line for line in inner if line is not BLANK):
            lead = Content.styled(mark, "$primary") if not index else Content(" " * len(mark))
            yield Line(Content("  ") + lead + line.content, line.bar, line.ground)


@draw.register
def _(block: Callout, width: int) -> Iterator[Line]:
    inner = lines(block.blocks, width - 2)
    yield from on(
        (Line(Content("  ") + line.content) for line in inner), bar=BARS[block.kind], ground=GROUND
    )


@draw.register
def _(block: Code, width: int) -> Iterator[Line]:
    yield from on(_code(block.source, block.language, width), bar="$primary", ground=GROUND)
    if block.output is not None:
        yield Line(Content.styled("  prints", "$muted italic"), "$rule", GROUND)
        yield from on(_code(block.output, "output", width), bar="$rule", ground=GROUND)


def code(source: str, language: str, width: int, bar: str = "$primary") -> list[Line]:
    """Code or evidence outside a lesson."""
    return on(_code(source, language, width), bar=bar, ground=GROUND)


def _code(source: str, language: str, width: int) -> Iterator[Line]:
    """Long lines go on below, marked, rather than out of sight."""
    room = max(width - 4, 8)
    for content in highlight(source.rstrip("\n"), language):
        if content.cell_length <= room:
            yield Line(Content("  ") + content)
            continue
        for number, piece in enumerate(content.fold(room - 2)):
            lead = Content.styled("↪ ", "$muted") if number else Content("")
            yield Line(Content("  ") + lead + piece)


@draw.register
def _(block: Table, width: int) -> Iterator[Line]:
    rows = [[inline(cell, "$primary") for cell in block.header]]
    rows += [[inline(cell) for cell in row] for row in block.rows]
    widths = _columns(rows, width)
    for number, row in enumerate(rows):
        yield from _row(row, widths)
        if number == 0:
            yield Line(Content.styled("─" * min(sum(widths) + 2 * len(widths) - 2, width), "$rule"))


def _columns(rows: list[list[Content]], width: int) -> list[int]:
    """Natural widths, the widest shrunk until the table fits."""
    widths = [max(row[i].cell_length for row in rows) for i in range(len(rows[0]))]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return widths


def _row(row: list[Content], widths: list[int]) -> Iterator[Line]:
    cells = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
    for index in range(max(map(len, cells))):
        parts = [(cell[index] if index < len(cell) else Content("")) for cell in cells]
        padded = [
            part.pad_right(size - part.cell_length) if size > part.cell_length else part
            for part, size in zip(parts, widths, strict=True)
        ]
        yield Line(Content("  ").join(padded))


def paragraph(text: Inline, width: int, style: str = "") -> list[Line]:
    """Running text outside a lesson, in one style."""
    return list(flow(inline(text, style), width))

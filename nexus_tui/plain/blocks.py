"""Blocks of a lesson, told line by line; what a color or a bar says on the screen is a word."""

from collections.abc import Callable, Sequence
from functools import singledispatch

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
from nexus_tui.plain import page
from nexus_tui.plain.lines import width


def tell_all(
    blocks: Sequence[Block], lead: str = "", ask: Callable[[str], None] | None = None
) -> None:
    """Tell blocks, an empty line between them. ``ask`` tells a question from its id."""
    told = False
    for block in blocks:
        if isinstance(block, Ask) and ask is None:
            continue
        if told:
            page.blank()
        told = True
        if isinstance(block, Ask):
            assert ask is not None
            ask(block.question)
        else:
            tell(block, lead)


@singledispatch
def tell(block: Block, lead: str) -> None:
    """Tell one block, every line of it behind ``lead``."""
    raise TypeError(f"no way to tell {type(block).__name__}")


@tell.register
def _(block: Paragraph, lead: str) -> None:
    page.tell(block.text, lead=lead)


@tell.register
def _(block: Heading, lead: str) -> None:
    page.tell(block.text, lead=lead, style="strong")


@tell.register
def _(block: Rule, lead: str) -> None:
    page.put(lead, "---")


@tell.register
def _(block: Diagram, lead: str) -> None:
    page.tell("Diagram:", lead=lead, style="muted")
    for row in block.text.rstrip("\n").split("\n"):
        page.put(f"{lead}    ", row)


@tell.register
def _(block: Code, lead: str) -> None:
    kind = f"Sample that runs ({block.language}):" if block.run else f"Code ({block.language}):"
    page.tell(kind, lead=lead, style="muted")
    page.code(block.source, block.language, lead=f"{lead}    ")
    if block.output is not None:
        page.tell("It prints:", lead=lead, style="muted")
        page.code(block.output, "text", lead=f"{lead}    ")


@tell.register
def _(block: Callout, lead: str) -> None:
    if block.kind == "quote":
        page.tell("Quote:", lead=lead, style="muted")
    tell_all(block.blocks, f"{lead}  ")


@tell.register
def _(block: Listing, lead: str) -> None:
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.ordered else "- "
        for at, part in enumerate(item):
            if at == 0 and isinstance(part, Paragraph):
                page.tell(part.text, lead=f"{lead}{mark}")
            else:
                tell(part, lead + " " * len(mark))


@tell.register
def _(block: Table, lead: str) -> None:
    rows = [block.header, *block.rows]
    sizes = [max(len(row[at].text) for row in rows) for at in range(len(block.header))]
    if len(lead) + sum(sizes) + 2 * len(sizes) > width():
        _records(block, lead)
        return
    for number, row in enumerate(rows):
        cells = [cell.text.ljust(size) for cell, size in zip(row, sizes, strict=True)]
        style = "strong" if number == 0 else ""
        page.put(lead, "  ".join(cells).rstrip(), style=style)


def _records(block: Table, lead: str) -> None:
    """A table that is too wide: row by row, each cell behind its column's name."""
    for number, row in enumerate(block.rows):
        if number:
            page.blank()
        for name, cell in zip(block.header, row, strict=True):
            page.tell(_named(name, cell), lead=lead, rest=f"{lead}  ")


def _named(name: Inline, cell: Inline) -> Inline:
    from nexus_tui.course.inline import joined

    return joined([name, cell], ": ") if name.text else cell

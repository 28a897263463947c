"""Walk over the blocks of a page."""

from collections.abc import Iterable, Iterator
from math import ceil

from nexus_tui.course.model import (
    Block,
    Callout,
    Code,
    Diagram,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Table,
)

COLUMNS = 76
"""Width that the height of a page is reckoned for."""


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block, those inside lists and call-outs too."""
    for block in blocks:
        yield block
        if isinstance(block, Callout):
            yield from flat(block.blocks)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from flat(item)


def inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Yield every running text."""
    for block in flat(blocks):
        if isinstance(block, Paragraph | Heading):
            yield block.text
        elif isinstance(block, Table):
            yield from block.header
            for row in block.rows:
                yield from row


def words(blocks: Iterable[Block]) -> int:
    """Return the number of words of prose: no code, no diagrams."""
    return sum(len(text.text.split()) for text in inlines(blocks))


def height(blocks: Iterable[Block]) -> int:
    """Return about how many lines the blocks take on an 80-column screen, gaps left out."""
    return sum(_height(block) for block in flat(blocks))


def _height(block: Block) -> int:
    if isinstance(block, Paragraph | Heading):
        return sum(ceil(len(row) / COLUMNS) or 1 for row in block.text.text.split("\n"))
    if isinstance(block, Code):
        return sum(len(text.split("\n")) for text in (block.source, block.output) if text)
    if isinstance(block, Diagram):
        return len(block.text.split("\n"))
    return len(block.rows) + 2 if isinstance(block, Table) else 0

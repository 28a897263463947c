"""Walking through the terms of a page, each shown in its place."""

from collections.abc import Callable, Sequence

from nexus_tui.course.model import Term
from nexus_tui.tutor.glossary import Glossary, Mention
from nexus_tui.ui.lines import Line
from nexus_tui.ui.reading import Page
from nexus_tui.ui.widgets.pane import Pane

LayOut = Callable[[int], Sequence[Line]]
ABOVE = 2
"""Lines of the page kept above a term that was scrolled to."""


class TermWalk:
    """The terms of the page in a pane; made when they are asked for, gone with the dialog."""

    def __init__(self, glossary: Glossary, pane: Pane, page: Page) -> None:
        self._pane, self._page = pane, page
        self._came = pane.scroll_offset.y
        self._text = pane.plain
        blocks = page.lesson.sections[page.section].blocks
        prose = glossary.in_prose(blocks, page.module.id)
        found = [found for found in glossary.mentions(self._text) if found.term.word in prose]
        self._mentions = {mention.term.word: mention for mention in found}

    @property
    def terms(self) -> list[Term]:
        """From the one nearest the top of the screen down, then those above."""
        rows = [(self._row(mention.start)[0], mention) for mention in self._mentions.values()]
        below = [mention for row, mention in rows if row >= self._came]
        above = [mention for row, mention in rows if row < self._came]
        return [mention.term for mention in (*below, *above)]

    def turned(self, term: Term | None) -> None:
        """Mark a term where it stands, in view; None: the page is as it was."""
        mention = self._mentions.get(term.word) if term else None
        if mention is None:
            self._pane.show(self._page.lay_out, keep=True)
            self._to(self._came)
            return
        row, column = self._row(mention.start)
        self._pane.show(self._marked(row, column, mention), keep=True)
        top, third = self._pane.scroll_offset.y, self._pane.size.height // 3
        if not top <= row <= top + third:
            self._to(max(row - ABOVE, 0))

    def _to(self, row: int) -> None:
        self._pane.scroll_to(0, row, animate=False, immediate=True)

    def _row(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the page's text."""
        before = self._text[:offset]
        return before.count("\n"), offset - (before.rfind("\n") + 1)

    def _marked(self, row: int, column: int, mention: Mention) -> LayOut:
        """The page with the term marked; of one that is broken, what stands on its first line."""

        def lay_out(width: int) -> Sequence[Line]:
            lines = list(self._page.lay_out(width))
            if row < len(lines):
                line = lines[row]
                end = column + mention.end - mention.start
                content = line.content.stylize("bold reverse", column, end)
                lines[row] = Line(content, line.bar, line.ground, line.item)
            return lines

        return lay_out

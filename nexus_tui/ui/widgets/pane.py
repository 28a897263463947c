"""A scrolling page drawn line by line: the lesson, the question, the report, the brief.

One widget for a page of any length: laying out is wrapping, `painted` draws what is on the screen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message

from nexus_tui.ui.lines import MEASURE, Line
from nexus_tui.ui.widgets.painted import GUTTER, Painted

Layout = Callable[[int], Sequence[Line]]


class Pane(Painted, can_focus=True):
    """Shows what a layout function makes of the width there is; things on it can be selected."""

    BINDINGS = [
        Binding("down,j", "line(1)", "Scroll", show=False),
        Binding("up,k", "line(-1)", "Scroll", show=False),
        Binding("pagedown,space", "page(1)", "Page", show=False),
        Binding("pageup,b", "page(-1)", "Page back", show=False),
        Binding("home,g", "edge(False)", "Top", show=False),
        Binding("end,G", "edge(True)", "End", show=False),
    ]
    DEFAULT_CSS = """
    Pane { background: $background; scrollbar-size-vertical: 1; overflow-x: hidden; }
    """

    @dataclass
    class Chosen(Message):
        """An item was clicked."""

        pane: "Pane"
        item: str

        @property
        def control(self) -> "Pane":
            """The pane clicked on."""
            return self.pane

    @dataclass
    class Edge(Message):
        """The reader asked for more than there is, below or above."""

        pane: "Pane"
        below: bool

    @dataclass
    class Moved(Message):
        """Another part of the page is on the screen."""

        pane: "Pane"

    def __init__(
        self,
        layout: Layout | None = None,
        *,
        measure: int = MEASURE,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(measure, id=id, classes=classes)
        self._layout_fn: Layout = layout or (lambda width: ())
        self._laid = 0

    def show(self, layout: Layout, *, keep: bool = False) -> None:
        """Put another page up, from its top, or where the last one stood."""
        self._layout_fn = layout
        self._lay_out()
        if not keep:
            self.scroll_to(0, 0, animate=False, immediate=True)

    @property
    def items(self) -> list[str]:
        """The things on the page, in order."""
        return list(dict.fromkeys(line.item for line in self._lines if line.item))

    def reveal(self, item: str) -> None:
        """Bring an item on the screen, with as little movement as needed."""
        rows = [y for y, line in enumerate(self._lines) if line.item == item]
        if not rows:
            return
        top, height = self.scroll_offset.y, self._window
        if rows[-1] >= top + height:
            top = rows[-1] - height + 1
        top = min(top, rows[0])
        if top != self.scroll_offset.y:
            self.scroll_to(0, top, animate=False, immediate=True)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            self._laid = 0  # hidden: laid out when it is shown
            return
        self._laid = width
        before, self._lines = (
            self._lines,
            self._layout_fn(max(min(width - GUTTER - 1, self._measure), 8)),
        )
        # A layout function that gives the same line again need not have it drawn again.
        same = {
            y for y, (old, new) in enumerate(zip(before, self._lines, strict=False)) if old is new
        }
        self._strips = {y: strip for y, strip in self._strips.items() if y in same}
        self.virtual_size = Size(width, len(self._lines))
        self._repaint()

    def _repaint(self) -> None:
        """Other lines are on the page."""
        self.refresh()

    def on_show(self) -> None:
        """What was put up while it was hidden is laid out now."""
        if not self._laid:
            self._lay_out()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap again; keep the same part of the text in view."""
        if self.scrollable_content_region.width != self._laid:
            before = len(self._lines)
            share = self.scroll_offset.y / before if before else 0
            self._lay_out()
            if share:
                self.scroll_to(0, round(share * len(self._lines)), animate=False, immediate=True)

    def watch_selected(self, before: str, after: str) -> None:
        """Another item stands out."""
        rows = {
            row
            for row, line in enumerate(self._lines)
            if line.item and line.item in (before, after)
        }
        if not rows:
            return
        for row in rows:
            self._strips.pop(row, None)
        shown = self._rows_at(range(self.size.height))
        self._refresh_rows([y for y, row in enumerate(shown) if row in rows])

    def _refresh_rows(self, rows: Sequence[int]) -> None:
        """Paint rows of the screen again, in order; none, if there are none."""
        if rows:
            # From the first to the last: painting them again costs less than cutting them out.
            self.refresh(Region(0, rows[0], self.size.width, rows[-1] - rows[0] + 1))

    @property
    def _window(self) -> int:
        """Rows that scroll."""
        return self.size.height

    def on_click(self, event: events.Click) -> None:
        """Choose the item under the mouse."""
        at = event.get_content_offset(self)
        row = self._rows_at(range(at.y, at.y + 1))[0] if at else -1
        if 0 <= row < len(self._lines) and self._lines[row].item:
            self.post_message(self.Chosen(self, self._lines[row].item))

    def action_line(self, by: int) -> None:
        """Scroll by a line."""
        self._move(self.scroll_offset.y + by)

    def action_page(self, by: int) -> None:
        """Scroll by a page less two lines; at the edge, say so."""
        if not self._move(self.scroll_offset.y + by * max(self._window - 2, 1)):
            self.post_message(self.Edge(self, by > 0))

    def action_edge(self, end: bool) -> None:
        """To the top or the end."""
        self.scroll_to(0, self.max_scroll_y if end else 0, animate=False, immediate=True)

    def _move(self, to: int) -> bool:
        """Whether there was anywhere to go."""
        to = max(0, min(to, self.max_scroll_y))
        if to == self.scroll_offset.y:
            return False
        self.scroll_to(0, to, animate=False, immediate=True)
        return True

    @property
    def share(self) -> float:
        """How far down the page one is: first line shown, as a share of all lines."""
        return self.scroll_offset.y / len(self._lines) if self._lines else 0.0

    def scroll_to_share(self, share: float) -> None:
        """Go where ``share`` says."""
        self.scroll_to(0, round(share * len(self._lines)), animate=False, immediate=True)

    @property
    def at_end(self) -> bool:
        """Whether the last line is on the screen."""
        return self.scroll_offset.y >= self.max_scroll_y

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Say that the page moved, so that its place can be kept."""
        super().watch_scroll_y(old, new)
        if round(old) != round(new):
            self.post_message(self.Moved(self))

"""A scrolling page drawn line by line: the lesson, the question, the report, the brief.

One widget for a page of any length: laying out is wrapping, and only the lines on the screen are
rendered (after Textual's line API, https://textual.textualize.io/guide/widgets/#line-api).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style

from nexus_tui.ui.lines import MEASURE, Line, plain_text
from nexus_tui.ui.widgets.bar import Bar

Layout = Callable[[int], Sequence[Line]]
GUTTER = 2
NOTHING = Spacing()


class Pane(ScrollView, can_focus=True):
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

    selected: reactive[str] = reactive("", layout=False)
    """The item under the keyboard's hand."""

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
        super().__init__(id=id, classes=classes)
        self._layout_fn: Layout = layout or (lambda width: ())
        self._measure = measure
        self._lines: Sequence[Line] = ()
        self._laid = 0
        self._strips: dict[int, Strip] = {}
        self._styles: dict[str, Style] = {}

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The bar, made when first asked for, as Textual's is."""
        if self._vertical_scrollbar is None:
            bar = Bar(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar = bar
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

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

    def notify_style_update(self) -> None:
        """Colours changed."""
        self._strips.clear()
        self._styles.clear()
        super().notify_style_update()

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

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines kept, as they are; Textual copies each line, which a border would need."""
        if self.styles.gutter != NOTHING or self.styles.has_rule("tint") or self.opacity < 1:
            return super().render_lines(crop)
        width, base = self.size.width, self.visual_style
        strips = [self._line(row, width, base) for row in self._rows_at(crop.line_range)]
        background = self.background_colors[1]
        for filter in self.get_line_filters():
            strips = [strip.apply_filter(filter, background) for strip in strips]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    @property
    def _window(self) -> int:
        """Rows that scroll."""
        return self.size.height

    def _rows_at(self, ys: range) -> list[int]:
        """The lines of the page that are drawn in rows of the screen."""
        top = self.scroll_offset.y
        return [y + top for y in ys]

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        return self._line(self._rows_at(range(y, y + 1))[0], self.size.width, self.visual_style)

    def _line(self, row: int, width: int, base: Style) -> Strip:
        if row >= len(self._lines):
            return Strip.blank(width, base.rich_style)
        strip = self._strips.get(row)
        if strip is None or strip.cell_length != width:
            # Kept with its offsets: a strip that is the same object is not filtered or cut again.
            strip = self._draw(row, width, base).apply_offsets(0, row)
            self._strips[row] = strip
        return strip

    def _draw(self, row: int, width: int, base: Style) -> Strip:
        line = self._lines[row]
        ground = base + self._style(line.ground) if line.ground else base
        chosen = bool(line.item) and line.item == self.selected
        content = line.content
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(row)) is not None:
            start, end = span
            end = len(content.plain) + GUTTER if end == -1 else end
            content = content.stylize(
                Style.from_styles(self.screen.get_component_styles("screen--selection")),
                max(start - GUTTER, 0),
                max(end - GUTTER, 0),
            )
        first = not row or self._lines[row - 1].item != line.item
        mark = "▐" if line.bar else ("›" if chosen and first else " ")
        bar = self._style("$accent" if chosen else line.bar) if (line.bar or chosen) else base
        segments = [Segment(f" {mark}" if line.bar or chosen else "  ", (base + bar).rich_style)]
        segments += [
            Segment(text, style.rich_style)
            for text, style in content.render(ground, end="", parse_style=self._style)
        ]
        body = Strip(segments)
        if line.ground:
            body = body.extend_cell_length(
                min(self._measure + GUTTER + 1, width), ground.rich_style
            )
        return body.adjust_cell_length(width, base.rich_style)

    def _style(self, style: str | Style) -> Style:
        if isinstance(style, Style):
            return style
        made = self._styles.get(style)
        if made is None:
            made = self._styles[style] = Style.parse(style, self.app.theme_variables)
        return made

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text dragged over, for the clipboard."""
        text = "\n".join("  " + line.content.plain for line in self._lines)
        picked = selection.extract(text)
        return "\n".join(part.removeprefix("  ") for part in picked.split("\n")), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self._strips.clear()
        self.refresh()

    @property
    def plain(self) -> str:
        """All the page says."""
        return plain_text(self._lines)

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

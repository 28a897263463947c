"""A page as lines, painted: only those on the screen, and each only when it changed.

After Textual's line API, https://textual.textualize.io/guide/widgets/#line-api.
"""

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Region, Spacing
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style

from nexus_tui.ui.lines import Line, plain_text
from nexus_tui.ui.widgets.bar import Bar

GUTTER = 2
NOTHING = Spacing()


class Painted(ScrollView):
    """Draws ``_lines``; what they are, and how one moves among them, is up to who inherits."""

    selected: reactive[str] = reactive("", layout=False)
    """The item under the keyboard's hand."""

    def __init__(self, measure: int, *, id: str | None, classes: str | None) -> None:
        super().__init__(id=id, classes=classes)
        self._measure = measure
        self._lines: Sequence[Line] = ()
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

    def notify_style_update(self) -> None:
        """Colours changed."""
        self._strips.clear()
        self._styles.clear()
        super().notify_style_update()

    def _rows_at(self, ys: range) -> list[int]:
        """The lines of the page that are drawn in rows of the screen."""
        top = self.scroll_offset.y
        return [y + top for y in ys]

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

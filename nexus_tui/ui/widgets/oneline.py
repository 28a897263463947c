"""A widget of one row, drawn directly: what a frame costs is counted in tenths of a millisecond."""

from collections.abc import Iterable

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


class OneLine(Widget):
    """Says one line, made by ``render``, and keeps it until it is refreshed. It has no padding."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._strip: Strip | None = None
        self._styles: dict[str, Style] = {}

    def render(self) -> Content:
        """What it says."""
        raise NotImplementedError

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> "OneLine":
        """Say it anew."""
        self._strip = None
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    def notify_style_update(self) -> None:
        """Colors changed."""
        self._strip = None
        self._styles.clear()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The line, as far as it is wanted."""
        if self._strip is None or self._strip.cell_length != self.size.width:
            self._strip = self._draw()
        strips: Iterable[Strip] = [self._strip] * crop.height
        background = self.background_colors[1]
        for filter in self.get_line_filters():
            strips = [strip.apply_filter(filter, background) for strip in strips]
        return [strip.crop(*crop.column_span) for strip in strips]

    def _draw(self) -> Strip:
        base = self.visual_style
        segments = [
            Segment(text, style.rich_style)
            for text, style in self.render().render(base, end="", parse_style=self._style)
        ]
        return Strip(segments).adjust_cell_length(self.size.width, base.rich_style)

    def _style(self, style: str | Style) -> Style:
        if isinstance(style, Style):
            return style
        made = self._styles.get(style)
        if made is None:
            made = self._styles[style] = Style.parse(style, self.app.theme_variables)
        return made
